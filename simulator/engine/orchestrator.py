"""The Orchestrator at run time: takes submissions, has them dispatched, begins and ends jobs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import simpy

from simulator.engine.clock import Clock, Instant, Phase
from simulator.engine.dispatcher import Dispatcher, Listener
from simulator.engine.journal import OPEN, Journal
from simulator.engine.usage import Usage
from simulator.errors import TooManySubmissions
from simulator.plan.plan import Plan
from simulator.plan.volume import MOST_SUBMISSIONS
from simulator.records.columns import JobState, PendingReason

REFUSED = -1

_BEGIN, _END, _MATCH_FREED = int(Phase.BEGIN), int(Phase.END), int(Phase.MATCH_FREED)
_RUNNING, _FAULTED = int(JobState.RUNNING), int(JobState.FAULTED)
_FULL = int(PendingReason.TEMPLATE_FULL_CAPACITY)
_NO_HOSTS = int(PendingReason.TEMPLATE_NO_HOSTS_AVAILABLE)
_LIMIT = int(PendingReason.ROBOT_CONCURRENCY_LIMIT)
_BUSY = int(PendingReason.ROBOT_BUSY)
_HELD_BACK = int(PendingReason.NONE)


class Slot:
    """One slot while it is held: which job, from which line, under whom, and how it ends."""

    __slots__ = ("account", "end", "ends_as", "from_s", "job", "line", "number", "pool",
                 "run_s")  # fmt: skip

    def __init__(self, orchestrator: Orchestrator, pool: int, number: int) -> None:
        self.pool, self.number = pool, number
        self.job = self.line = self.account = -1
        self.run_s, self.ends_as, self.from_s = 0.0, _RUNNING, OPEN
        self.end = Instant(orchestrator.clock, partial(orchestrator.finish, self))


class Orchestrator:
    """Jobs from submission to end.

    Args:
        clock: SimPy's environment.
        plan: what there is.
        journal: where every event is noted.
        draw: uniform numbers for random choices.
    """

    def __init__(
        self, clock: Clock, plan: Plan, journal: Journal, draw: Callable[[], float]
    ) -> None:
        self.clock = clock
        self._journal = journal
        self._latency_s = plan.latency_s
        self._each_submission = plan.dispatch.match == "submission"
        self._usage = Usage(len(plan.hosts), len(plan.legend.names.accounts), clock, draw)
        self._books_usage = plan.dispatch.hosts != "first" or plan.dispatch.accounts != "first"
        listener = Listener(self._begin, self._fault, self._process_of)
        self._dispatcher = Dispatcher(plan, self._usage, listener)
        self._lines = plan.legend.routes.line.tolist()
        self._processes = plan.legend.routes.process.tolist()
        self._counters = plan.counters if plan.counter_count else ()
        self.pending = [0] * plan.counter_count
        """Jobs Pending now, by pending-guard counter."""

        self._host_of = [pool.host for pool in plan.pools]
        self._idle: list[list[Slot]] = [[] for _ in plan.pools]
        self._slots: list[Slot] = []
        self._slots_made = [0] * len(plan.pools)
        self._work: dict[int, tuple[float, int]] = {}
        self._hopeful: list[tuple[int, int]] = []
        self._when_over: dict[int, Callable[[], None]] = {}
        self._match_freed = Instant(clock, self._on_match_freed)
        self._match_last = Instant(clock, self._on_match_last)
        self._last_phase = Phase.SUBMIT + len(plan.sources)
        self._match_freed_is_due = self._match_last_is_due = False

    # --- submissions ----------------------------------------------------------------------------

    def submit(
        self, route: int, work: tuple[float, int], when_over: Callable[[], None] | None = None
    ) -> int:
        """Take one submission; return its job, or `REFUSED`. `settle` follows its instant's last.

        `work` is how long the job will run, in seconds, and the `JobState` it will end in;
        `when_over` is called once it has ended.

        Raises:
            TooManySubmissions: there is no end to them.
        """
        journal = self._journal
        job, now = len(journal.route), self.clock.now
        if job >= MOST_SUBMISSIONS:
            raise TooManySubmissions(MOST_SUBMISSIONS, now)
        line = self._lines[route]
        if line < 0:
            journal.submitted(route, now, 0)
            return REFUSED
        self._work[job] = work
        if when_over is not None:
            self._when_over[job] = when_over
        if self._counters:
            for counter in self._counters[route]:
                self.pending[counter] += 1
        if self._dispatcher.submit(job, line):
            self._hopeful.append((job, line))
            journal.submitted(route, now, 0)
        else:
            journal.submitted(route, now, self._no_slot(line))
        if self._each_submission:
            self._match()
        return job

    def settle(self) -> None:
        """Match once this instant's submissions are all there: now, if nothing else is due."""
        if self._dispatcher.stirred:
            if self.clock.nothing_else_now():
                self._match()
            elif not self._match_last_is_due:
                self._match_last_is_due = True
                self._match_last.due_in(0.0, self._last_phase)

    def _no_slot(self, line: int) -> int:
        """Return what a job waits for that finds no free slot."""
        return _FULL if self._dispatcher.places.has_hosts(line) else _NO_HOSTS

    def _reason(self, line: int) -> int:
        """Return what a job waits for that a match has passed over."""
        places = self._dispatcher.places
        if not places.has_free_slot(line):
            return _FULL
        if not places.takes_account(line):
            return _HELD_BACK
        return _LIMIT if places.accounts_at_their_limit(line) else _BUSY

    # --- matching -------------------------------------------------------------------------------

    def _on_match_freed(self, _event: simpy.Event) -> None:
        self._match_freed_is_due = False
        self._dispatcher.match()

    def _on_match_last(self, _event: simpy.Event) -> None:
        self._match_last_is_due = False
        self._match()

    def _match(self) -> None:
        """Match after submissions; of those that found a free slot and did not get it, say why."""
        self._dispatcher.match()
        for job, line in self._hopeful:
            if job in self._work:
                self._journal.waits_for[job] = self._reason(line)
        self._hopeful.clear()

    def _process_of(self, job: int) -> int:
        return int(self._processes[self._journal.route[job]])

    # --- jobs -----------------------------------------------------------------------------------

    def _begin(self, job: int, line: int, pool: int, account: int) -> None:
        """Give a job its place; it begins Running after the dispatch latency."""
        idle = self._idle[pool]
        slot = idle.pop() if idle else self._new_slot(pool)
        slot.job, slot.line, slot.account = job, line, account
        slot.from_s = self.clock.now
        slot.run_s, slot.ends_as = self._work.pop(job)
        if self._latency_s:
            Instant(self.clock, partial(self._run, slot)).due_in(self._latency_s, _BEGIN)
        else:
            self._run(slot)

    def _new_slot(self, pool: int) -> Slot:
        self._slots_made[pool] += 1
        slot = Slot(self, pool, self._slots_made[pool] - 1)
        self._slots.append(slot)
        return slot

    def _run(self, slot: Slot, _event: simpy.Event | None = None) -> None:
        """Let the job of a slot begin Running."""
        if self._counters:
            self._no_longer_pending(slot.job)
        if self._books_usage:
            self._book(slot)
        slot.end.due_in(slot.run_s, _END)

    def finish(self, slot: Slot, _event: simpy.Event) -> None:
        """End the job on a slot and let others have its place."""
        job, pool, line, account = slot.job, slot.pool, slot.line, slot.account
        self._journal.held(
            job, pool, slot.number, account, slot.from_s, self.clock.now, slot.ends_as
        )
        slot.from_s = OPEN
        if self._books_usage:
            self._usage.hosts.ended(self._host_of[pool])
            self._usage.accounts.ended(account)
        self._idle[pool].append(slot)
        dispatcher = self._dispatcher
        dispatcher.release(line, pool, account)
        if self._when_over:
            self._over(job)
        if dispatcher.stirred:
            if self.clock.nothing_else_now():
                dispatcher.match()
            elif not self._match_freed_is_due:
                self._match_freed_is_due = True
                self._match_freed.due_in(0.0, _MATCH_FREED)

    def close(self) -> None:
        """Note the slots that are still held when the run stops."""
        for slot in self._slots:
            if slot.from_s != OPEN:
                self._journal.held(
                    slot.job, slot.pool, slot.number, slot.account, slot.from_s, OPEN, _RUNNING
                )

    def _fault(self, job: int, line: int, pool: int) -> None:  # noqa: ARG002 - told like a start
        """End a job Faulted where it found its session busy, as before 18.2."""
        del self._work[job]
        now = self.clock.now
        self._journal.held(job, pool, 0, -1, now, now, _FAULTED)
        if self._counters:
            self._no_longer_pending(job)
        if self._when_over:
            self._over(job)

    def _no_longer_pending(self, job: int) -> None:
        for counter in self._counters[self._journal.route[job]]:
            self.pending[counter] -= 1

    def _book(self, slot: Slot) -> None:
        host = self._host_of[slot.pool]
        self._usage.hosts.began(host)
        self._usage.accounts.began(slot.account)
        self._usage.last_hosts[self._process_of(slot.job)] = host

    def _over(self, job: int) -> None:
        then = self._when_over.pop(job, None)
        if then is not None:
            then()
