"""The Orchestrator at run time: takes submissions, has them dispatched, and sees them out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

import simpy

from simulator.engine.clock import Clock, Instant, Phase
from simulator.engine.dispatcher import Dispatcher, Listener
from simulator.engine.guard import Guard
from simulator.engine.journal import Journal
from simulator.engine.pending import PendingJobs
from simulator.engine.queues import Queue
from simulator.engine.reasons import Reasons
from simulator.engine.returns import Returns
from simulator.engine.slots import Slot, SlotListener, Slots
from simulator.engine.span_log import packed
from simulator.engine.usage import Usage
from simulator.engine.work_draws import Drawn, Link
from simulator.errors import TooManySubmissions
from simulator.plan.plan import Plan
from simulator.plan.volume import MOST_SUBMISSIONS
from simulator.records.codes import JobState

REFUSED = -1

_MATCH_FREED = int(Phase.MATCH_FREED)
_FAULTED, _SUCCESSFUL = int(JobState.FAULTED), int(JobState.SUCCESSFUL)
_SUSPENDED, _PENDING = int(JobState.SUSPENDED), int(JobState.PENDING)


class WhenOver(Protocol):
    """What is called when a job is over: it `ended`, or was withdrawn or refused while Pending."""

    def __call__(self, *, ended: bool) -> None:
        """Take it in."""


Follow = Callable[[Link, int], None]
"""What is called at the Successful end of a job in a chain: its link, and the account it had."""


class Orchestrator:
    """Jobs from submission to end.

    Args:
        clock: SimPy's environment.
        plan: what there is.
        journal: where every event is noted.
        queues: the queues that jobs take items from.
        draw: uniform numbers for random choices.
    """

    def __init__(
        self,
        clock: Clock,
        plan: Plan,
        journal: Journal,
        queues: Sequence[Queue],
        draw: Callable[[], float],
    ) -> None:
        # Long, as it is here that all parts of the engine meet.
        self.clock = clock
        self._plan, self._journal = plan, journal
        self._each_submission = plan.dispatch.match == "submission"
        self._last_phase = self.phase_of(len(plan.sources))
        self.jobs = PendingJobs(clock, plan, journal, self._withdraw, self._last_phase + 1)
        """The jobs that are Pending or Resumed."""

        usage = Usage(len(plan.hosts), len(plan.legend.names.accounts), clock, draw)
        self._work, self._limits = self.jobs.work, self.jobs.limits
        self._counts, self._always_matches = self.jobs.are_counted, _any_is_elastic(plan)
        told = SlotListener(self.jobs.begun if self._counts else None, self._freed)
        self.slots = Slots(clock, plan, journal, queues, usage, self._work, told)
        self._meter = self.slots.meter
        begin = self._begin if self._counts else self.slots.begin
        starts = Listener(begin, self._fault, self.jobs.process_of)
        self.dispatcher = Dispatcher(plan, usage, starts)
        self._starts_some_at_once = not (
            self._counts
            or self._always_matches
            or self.dispatcher.draws
            or self.dispatcher.gives_tickets
            or plan.latency_s
        )
        self._places, self._lines = self.dispatcher.places, plan.legend.routes.line.tolist()
        self.reasons = Reasons(plan, self._places)
        self._returns = Returns(
            clock, plan, journal, self.dispatcher, self.jobs, self._meter, self.settle
        )
        self._hopeful: list[tuple[int, int]] = []
        self._when_over: dict[int, WhenOver] = {}
        self._guards: dict[int, Guard] = {}
        self._follows: dict[int, Follow] = {}
        self._match_freed, self._match_last = (
            Instant(clock, self._on_match_freed),
            Instant(clock, self._on_match_last),
        )
        self._match_freed_is_due = self._match_last_is_due = False
        self.when_matched: Callable[[], None] | None = None
        """Called after each match of freed places, and at the end of each instant with a match."""

        self.when_left: Callable[[Slot], None] | None = None
        """Called for each job that has left its slot."""

        # Whether anything but a match may follow the end of a job, which most estates have not.
        self._has_sequels = self._always_matches or _any_suspends(plan)

    def phase_of(self, source: int) -> int:
        """Return in which phase of an instant a source submits: after whatever adds items."""
        return Phase.SUBMIT + len(self._plan.arrivals) + source

    def guard(self, source: int) -> Guard:
        """Return the guard of a source's firings, made now; it is told of jobs refused later."""
        self._guards[source] = Guard(source, self._plan.sources[source], self._journal)
        return self._guards[source]

    def follow(self, source: int, ended: Follow) -> None:
        """Have `ended` called at each Successful end that sets a source off."""
        self._follows[source] = ended
        self._has_sequels = True

    # --- submissions ----------------------------------------------------------------------------

    def submit(  # noqa: C901 - done for every job: what stands here costs no call
        self, route: int, work: Drawn, when_over: WhenOver | None = None, *, alone: bool = False
    ) -> int:
        """Take one submission; return its job, or `REFUSED`. `settle` follows its instant's last.

        `when_over` is called once its job is over; `alone`, it is settled too, as its source
        submits nothing else now.

        Raises:
            TooManySubmissions: there is no end to them.
        """
        journal, places = self._journal, self._places
        job, now, line = len(journal.route), self.clock.now, self._lines[route]
        if job >= MOST_SUBMISSIONS:
            raise TooManySubmissions.beyond(MOST_SUBMISSIONS, now)
        journal.route.append(route)
        journal.submitted_s.append(now)
        journal.waits_for.append(0)
        if line < 0:
            return REFUSED
        if (
            alone
            and places.free
            and not places.stirred
            and self._starts_some_at_once
            and self.clock.nothing_else_now()
            and self.dispatcher.start_plainly(job, line, work) >= 0
        ):
            return job
        self._work[job] = work
        self._meter.waited_s -= now
        if when_over is not None:
            self._when_over[job] = when_over
            self._has_sequels = True
        if self.dispatcher.submit(job, line):
            self._hopeful.append((job, line))
        else:
            journal.waits_for[job] = self.reasons.without_slot(line)
        if self._counts:
            _, _, patience_s, _, _ = work
            self.jobs.came(job, line, patience_s)
        if self._each_submission:
            self._match()
        if alone and (places.stirred or not self._starts_some_at_once):
            self.settle()
        return job

    def settle(self) -> None:
        """Match once this instant's submissions are all there: now, if nothing else is due."""
        if self._places.stirred or self._limits.fresh or self._always_matches:
            if self.clock.nothing_else_now():
                self._match_instant()
            elif not self._match_last_is_due:
                self._match_last_is_due = True
                self._match_last.due_in(0.0, self._last_phase)

    # --- matching -------------------------------------------------------------------------------

    def match_soon(self) -> None:
        """Match what came free once all ends of this instant are there: now, if nothing is due."""
        if self._places.stirred or self._always_matches:
            self._match_now_or_soon()

    def _match_now_or_soon(self) -> None:
        if self.clock.nothing_else_now():
            self.dispatcher.match()
            if self.when_matched is not None:
                self.when_matched()
        elif not self._match_freed_is_due:
            self._match_freed_is_due = True
            self._match_freed.due_in(0.0, _MATCH_FREED)

    @property
    def matches_due(self) -> int:
        """Return how many matches are still to come in this instant."""
        return self._match_freed_is_due + self._match_last_is_due

    def _on_match_freed(self, _event: simpy.Event) -> None:
        self._match_freed_is_due = False
        self.dispatcher.match()
        if self.when_matched is not None:
            self.when_matched()

    def _on_match_last(self, _event: simpy.Event) -> None:
        self._match_last_is_due = False
        self._match_instant()

    def _match_instant(self) -> None:
        """Match the submissions of an instant; refuse what then waits over a pending limit."""
        self._match()
        if self._limits.fresh:
            self._refuse_over_limits()
            if self._places.stirred:
                self._match()
        if self.when_matched is not None:
            self.when_matched()

    def _match(self) -> None:
        """Match after submissions; of those that found a free slot and did not get it, say why."""
        self.dispatcher.match()
        if self._places.waiting:
            for job, line in self._hopeful:
                if job in self._work:
                    self._journal.waits_for[job] = self.reasons.passed_over(line)
        self._hopeful.clear()

    # --- jobs that start, and end ---------------------------------------------------------------

    def _begin(
        self, job: int, line: int, pool: int, account: int, brings: Drawn | None = None
    ) -> None:
        """Give a job its place that somebody counts while it waits."""
        self.jobs.has_place(job)
        self.slots.begin(job, line, pool, account, brings)

    def _freed(self, slot: Slot) -> None:
        """Take a job off its slot whose stretch of running has ended, and let others have it."""
        self.dispatcher.release(slot.line, slot.pool, slot.account)
        if self._has_sequels:
            self._see_to_sequels(slot)
        if self._places.stirred or self._always_matches:
            self._match_now_or_soon()

    def left(self, slot: Slot) -> None:
        """Give back the place of a job that has left its slot, and see to what follows."""
        self.dispatcher.release(slot.line, slot.pool, slot.account)
        self._see_to_sequels(slot)

    def _see_to_sequels(self, slot: Slot) -> None:
        """See to what follows when a job has left its slot: its return, the next in its chain."""
        left_as = slot.ends_as
        if self.when_left is not None:
            self.when_left(slot)
        if left_as == _SUSPENDED:
            self._returns.suspend(slot, self.slots)
        elif left_as == _PENDING:
            self._returns.put_back(slot)
        else:
            if slot.link is not None and left_as == _SUCCESSFUL:
                then = self._plan.processes[self.jobs.process_of(slot.job)].then
                self._follows[then](slot.link, slot.account)
            if self._when_over:
                self._over(slot.job, ended=True)

    def _fault(self, job: int, line: int, pool: int) -> None:  # noqa: ARG002 - told like a start
        """End a job Faulted where it found its session busy, as before 18.2."""
        now = self.clock.now
        self._journal.spans.write(packed(now, now, job, pool, 0, -1, _FAULTED))
        self._meter.waited_s += now
        if self._counts:
            self.jobs.has_place(job)
            self.jobs.begun(job)
        del self._work[job]
        if self._when_over:
            self._over(job, ended=True)

    def close(self) -> None:
        """Note the slots that are still held when the run stops."""
        self.slots.close()

    # --- jobs that never start ------------------------------------------------------------------

    def _withdraw(self, waited: Sequence[tuple[int, int]]) -> None:
        """Withdraw the jobs, each with its line, that have been Pending too long."""
        for job, _ in waited:
            self._journal.withdrawn(job, self.clock.now)
            self.jobs.left(job)
        self._leave(waited)
        self.match_soon()

    def _refuse_over_limits(self) -> None:
        """Refuse the instant's youngest that wait over their process's limit; tell their guards."""
        for source, jobs in self.jobs.over_limits().items():
            refused = [job for job, _ in jobs]
            self._journal.over_limit.extend(refused)
            self._leave(jobs)
            if source in self._guards:
                self._guards[source].take_back(self.clock.now, refused)

    def _leave(self, jobs: Iterable[tuple[int, int]]) -> None:
        """Take Pending jobs, each with its line, out of it for good."""
        for job, line in jobs:
            self._meter.waited_s += self.clock.now
            self.dispatcher.withdraw(job, line)
            if self._when_over:
                self._over(job, ended=False)

    def _over(self, job: int, *, ended: bool) -> None:
        then = self._when_over.pop(job, None)
        if then is not None:
            then(ended=ended)


def _any_is_elastic(plan: Plan) -> bool:
    return any(machine.elastic is not None for machine in plan.machines)


def _any_suspends(plan: Plan) -> bool:
    return any(source.work.suspends is not None for source in plan.sources)
