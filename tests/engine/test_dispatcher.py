"""The dispatcher without a clock: who takes what, on each change."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.plans import a_line, a_plan

from simulator.engine.clock import Clock
from simulator.engine.dispatcher import Dispatcher, Listener
from simulator.engine.usage import Usage
from simulator.plan.plan import Plan


@dataclass
class Floor:
    """A dispatcher and what it was told to begin: (job, pool, account)."""

    plan: Plan
    began: list[tuple[int, int, int]] = field(default_factory=list)
    failed: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        usage = Usage(len(self.plan.hosts), 4, Clock(), lambda: 0.0)
        listener = Listener(self._begin, self._fail, lambda _job: 0)
        self.dispatcher = Dispatcher(self.plan, usage, listener)
        for number, pool in enumerate(self.plan.pools):
            self.dispatcher.places.connect(number, pool.licensed)
            self.dispatcher.let_in([number])
        self._line_of: dict[int, int] = {}

    def _begin(self, job: int, line: int, pool: int, account: int, brings: object = None) -> None:
        del brings
        self._line_of[job] = line
        self.began.append((job, pool, account))

    def _fail(self, job: int, line: int, pool: int) -> None:
        assert line >= 0
        self.failed.append((job, pool))

    def come(self, *jobs: tuple[int, int]) -> list[tuple[int, int, int]]:
        """Submit (job, line) pairs, match once; return what began."""
        for job, line in jobs:
            self.dispatcher.submit(job, line)
        return self._match()

    def end(self, *jobs: int) -> list[tuple[int, int, int]]:
        """End jobs, match once; return what began."""
        for job in jobs:
            _, pool, account = next(row for row in self.began if row[0] == job)
            self.dispatcher.release(self._line_of[job], pool, account)
        return self._match()

    def _match(self) -> list[tuple[int, int, int]]:
        before = len(self.began)
        self.dispatcher.match()
        return self.began[before:]


def test_a_slot_goes_to_the_higher_priority_and_then_to_the_older() -> None:
    floor = Floor(a_plan([a_line(0, priority=65), a_line(0), a_line(0, folder=1)]))
    assert floor.come((0, 1)) == [(0, 0, 0)]
    assert floor.come((1, 2), (2, 1), (3, 0)) == []
    assert floor.end(0) == [(3, 0, 0)]
    assert floor.end(3) == [(1, 0, 0)]
    assert floor.end(1) == [(2, 0, 0)]


def test_one_match_an_instant_lets_the_later_but_better_submission_win() -> None:
    floor = Floor(a_plan([a_line(0, priority=65), a_line(0)]))
    assert floor.come((0, 1), (1, 0)) == [(1, 0, 0)]


def test_hosts_are_taken_in_the_order_of_the_folder_even_against_the_files_order() -> None:
    floor = Floor(a_plan([a_line(1, 0), a_line(0, 1)], slots=(1, 1)))
    assert floor.come((0, 0)) == [(0, 1, 0)]
    assert floor.come((1, 1)) == [(1, 0, 0)]


def test_a_job_that_cannot_start_does_not_block_a_younger_one() -> None:
    """A's one account is busy on the host, so B takes the second slot although it is younger."""
    lines = [a_line(0, accounts=(0,), foreground=True), a_line(0, accounts=(1,), folder=1)]
    floor = Floor(a_plan(lines, slots=(2,)))
    assert floor.come((0, 0)) == [(0, 0, 0)]
    assert floor.come((1, 0), (2, 1)) == [(2, 0, 1)]


def test_blocked_block_holds_up_the_younger_jobs_of_the_same_folder_only() -> None:
    lines = [
        a_line(0, accounts=(0,), foreground=True),
        a_line(0, accounts=(1,)),
        a_line(0, accounts=(1,), folder=1),
    ]
    floor = Floor(a_plan(lines, slots=(3,), blocked="block"))
    assert floor.come((0, 0)) == [(0, 0, 0)]
    assert floor.come((1, 0), (2, 1), (3, 2)) == [(3, 0, 1)]
    assert floor.end(0) == [(1, 0, 0), (2, 0, 1)]


def test_foreground_work_needs_a_session_of_the_host() -> None:
    """Two slots but one session: the second foreground job waits, a background one does not."""
    lines = [a_line(0, accounts=(0, 1), foreground=True), a_line(0)]
    floor = Floor(a_plan(lines, slots=(2,), sessions=(1,)))
    assert floor.come((0, 0), (1, 0)) == [(0, 0, 0)]
    assert floor.come((2, 1)) == [(2, 0, 0)]
    assert floor.end(0) == [(1, 0, 0)]


def test_an_account_runs_foreground_work_once_a_host_but_on_several_hosts() -> None:
    floor = Floor(a_plan([a_line(0, 1, accounts=(0,), foreground=True)], slots=(2, 2)))
    assert floor.come((0, 0), (1, 0), (2, 0)) == [(0, 0, 0), (1, 1, 0)]


def test_one_job_at_a_time_holds_over_all_hosts_and_frees_them_all() -> None:
    line = a_line(0, 1, accounts=(0,), foreground=True)
    floor = Floor(a_plan([line], slots=(2, 2), single=(0,)))
    assert floor.come((0, 0), (1, 0)) == [(0, 0, 0)]
    assert floor.end(0) == [(1, 0, 0)]


def test_an_account_freed_on_one_host_lets_a_job_start_on_another() -> None:
    """Line 1 may use only M2; its account is busy on M1 under one_job_at_a_time."""
    lines = [
        a_line(0, accounts=(0,), foreground=True),
        a_line(1, accounts=(0,), folder=1, foreground=True),
    ]
    floor = Floor(a_plan(lines, slots=(1, 1), single=(0,)))
    assert floor.come((0, 0), (1, 1)) == [(0, 0, 0)]
    assert floor.end(0) == [(1, 1, 0)]


def test_before_18_2_a_busy_session_faults_the_second_job() -> None:
    lines = [a_line(0, accounts=(0, 1), foreground=True)]
    floor = Floor(a_plan(lines, slots=(2,), sessions=(1,), busy_session="fault"))
    assert floor.come((0, 0), (1, 0)) == [(0, 0, 0)]
    assert floor.failed == [(1, 0)]


def test_background_that_needs_an_account_runs_one_job_an_account_and_host() -> None:
    line = a_line(0, accounts=(0, 1))
    held = type(line)(line.folder, line.priority, False, True, line.places)  # noqa: FBT003 - a row
    floor = Floor(a_plan([held], slots=(3,)))
    assert floor.come((0, 0), (1, 0), (2, 0)) == [(0, 0, 0), (1, 0, 1)]


def test_round_robin_serves_the_folder_served_longest_ago() -> None:
    floor = Floor(a_plan([a_line(0), a_line(0, folder=1)], order="round_robin"))
    assert floor.come((0, 0), (1, 0), (2, 0), (3, 1)) == [(0, 0, 0)]
    assert floor.end(0) == [(3, 0, 0)]
    assert floor.end(3) == [(1, 0, 0)]


def test_a_random_order_draws_on_though_the_last_slot_is_gone() -> None:
    """Once for each line that was helped: else later choices would be made by other draws."""
    floor = Floor(a_plan([a_line(0), a_line(1)], slots=(1, 1), order="random"))
    assert floor.come((1, 1)) == [(1, 1, 0)]
    draws = iter([0.0, 0.0])
    floor.dispatcher.draw = lambda: next(draws)
    floor.dispatcher.put_back(3, 1, at_its_place=True)
    assert floor.come((2, 0)) == [(2, 0, 0)]
    assert list(draws) == []
