"""The Orchestrator at run time: takes submissions, has them dispatched, and sees them out."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Protocol

import simpy

from simulator.engine.clock import Clock, Instant, Phase
from simulator.engine.dispatcher import Dispatcher, Listener
from simulator.engine.draws import Drawn, Link
from simulator.engine.expiry import Expiry
from simulator.engine.guard import Guard
from simulator.engine.journal import Journal
from simulator.engine.limits import Limits
from simulator.engine.queues import Queue
from simulator.engine.slots import Slot, Slots, Told
from simulator.engine.usage import Usage
from simulator.errors import TooManySubmissions
from simulator.plan.plan import Plan
from simulator.plan.volume import MOST_SUBMISSIONS
from simulator.records.codes import JobState, PendingReason

REFUSED = -1

_MATCH_FREED = int(Phase.MATCH_FREED)
_FAULTED, _SUCCESSFUL = int(JobState.FAULTED), int(JobState.SUCCESSFUL)
_FULL = int(PendingReason.TEMPLATE_FULL_CAPACITY)
_NO_HOSTS = int(PendingReason.TEMPLATE_NO_HOSTS_AVAILABLE)
_LIMIT = int(PendingReason.ROBOT_CONCURRENCY_LIMIT)
_BUSY = int(PendingReason.ROBOT_BUSY)
_HELD_BACK = int(PendingReason.NONE)


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
        self.clock = clock
        self._plan, self._journal = plan, journal
        self._each_submission = plan.dispatch.match == "submission"
        usage = Usage(len(plan.hosts), len(plan.legend.names.accounts), clock, draw)
        self._work: dict[int, Drawn] = {}
        begun = self._no_longer_pending if plan.counter_count else None
        told = Told(begun, self._freed)
        self._slots = Slots(clock, plan, journal, queues, usage, self._work, told)
        self._watches = bool(plan.counter_count) or any(
            one.is_limited or one.work.patience is not None for one in plan.sources
        )
        begin = self._begin if self._watches else self._slots.begin
        self._dispatcher = Dispatcher(plan, usage, Listener(begin, self._fault, self._process_of))
        self._lines = plan.legend.routes.line.tolist()
        self._processes = plan.legend.routes.process.tolist()
        self.pending = [0] * plan.counter_count
        """Jobs Pending now, by pending-guard counter."""

        self._hopeful: list[tuple[int, int]] = []
        self._when_over: dict[int, WhenOver] = {}
        self._guards: dict[int, Guard] = {}
        self._follows: dict[int, Follow] = {}
        self._match_freed = Instant(clock, self._on_match_freed)
        self._match_last = Instant(clock, self._on_match_last)
        self._last_phase = self.phase_of(len(plan.sources))
        self._match_freed_is_due = self._match_last_is_due = False
        self._limits = Limits([rules.pending_limit for rules in plan.processes])
        self._expiry = Expiry(clock, self._withdraw, self._work.__contains__, self._last_phase + 1)

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

    # --- submissions ----------------------------------------------------------------------------

    def submit(self, route: int, work: Drawn, when_over: WhenOver | None = None) -> int:
        """Take one submission; return its job, or `REFUSED`. `settle` follows its instant's last.

        `when_over` is called once its job is over.

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
        if self._dispatcher.submit(job, line):
            self._hopeful.append((job, line))
            journal.submitted(route, now, 0)
        else:
            journal.submitted(route, now, self._no_slot(line))
        if self._watches:
            self._watch(job, line, work[2])
        if self._each_submission:
            self._match()
        return job

    def _watch(self, job: int, line: int, patience_s: float) -> None:
        """Count a job that is Pending now, for guards and limits, and note how long it stays."""
        route = self._journal.route[job]
        for counter in self._plan.counters[route]:
            self.pending[counter] += 1
        self._limits.came(job, line, self._processes[route])
        if patience_s != math.inf:
            self._expiry.add(job, line, patience_s)

    def settle(self) -> None:
        """Match once this instant's submissions are all there: now, if nothing else is due."""
        if self._dispatcher.stirred or self._limits.fresh:
            if self.clock.nothing_else_now():
                self._match_instant()
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

    def _match_soon(self) -> None:
        """Match what came free once all ends of this instant are there: now, if nothing is due."""
        if self.clock.nothing_else_now():
            self._dispatcher.match()
        elif not self._match_freed_is_due:
            self._match_freed_is_due = True
            self._match_freed.due_in(0.0, _MATCH_FREED)

    def _on_match_freed(self, _event: simpy.Event) -> None:
        self._match_freed_is_due = False
        self._dispatcher.match()

    def _on_match_last(self, _event: simpy.Event) -> None:
        self._match_last_is_due = False
        self._match_instant()

    def _match_instant(self) -> None:
        """Match the submissions of an instant; refuse what then waits over a pending limit."""
        self._match()
        if not self._limits.fresh:
            return
        self._refuse_over_limits()
        if self._dispatcher.stirred:
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

    # --- jobs that start, and end ---------------------------------------------------------------

    def _begin(self, job: int, line: int, pool: int, account: int) -> None:
        """Give a job its place that somebody counts while it waits."""
        self._limits.left(self._process_of(job))
        self._slots.begin(job, line, pool, account)

    def _freed(self, slot: Slot) -> None:
        """Give back the place of a job that has ended, and let its end be followed."""
        dispatcher = self._dispatcher
        dispatcher.release(slot.line, slot.pool, slot.account)
        if slot.link is not None and slot.ends_as == _SUCCESSFUL:
            then = self._plan.processes[self._process_of(slot.job)].then
            self._follows[then](slot.link, slot.account)
        if self._when_over:
            self._over(slot.job, ended=True)
        if dispatcher.stirred:
            self._match_soon()

    def _fault(self, job: int, line: int, pool: int) -> None:  # noqa: ARG002 - told like a start
        """End a job Faulted where it found its session busy, as before 18.2."""
        del self._work[job]
        now = self.clock.now
        self._journal.held(job, pool, 0, -1, now, now, _FAULTED)
        if self._watches:
            self._limits.left(self._process_of(job))
            self._no_longer_pending(job)
        if self._when_over:
            self._over(job, ended=True)

    def close(self) -> None:
        """Note the slots that are still held when the run stops."""
        self._slots.close()

    # --- jobs that never start ------------------------------------------------------------------

    def _withdraw(self, waited: Sequence[tuple[int, int]]) -> None:
        """Withdraw the jobs, each with its line, that have been Pending too long and still are."""
        for job, line in waited:
            if job in self._work:
                self._journal.withdrawn(job, self.clock.now)
                self._leave(job, line)
        if self._dispatcher.stirred:
            self._match_soon()

    def _refuse_over_limits(self) -> None:
        """Refuse the instant's youngest that wait over their process's limit; tell their guards."""
        over: dict[int, list[int]] = defaultdict(list)
        for job, line, process in self._limits.youngest_first():
            if job in self._work and self._limits.is_over(process):
                over[int(self._plan.legend.routes.source[self._journal.route[job]])].append(job)
                self._journal.over_limit.append(job)
                self._leave(job, line)
        for source, jobs in over.items():
            if source in self._guards:
                self._guards[source].take_back(self.clock.now, jobs)

    def _leave(self, job: int, line: int) -> None:
        """Take a Pending job out of its line for good."""
        del self._work[job]
        self._dispatcher.withdraw(job, line)
        self._limits.left(self._process_of(job))
        self._no_longer_pending(job)
        if self._when_over:
            self._over(job, ended=False)

    def _no_longer_pending(self, job: int) -> None:
        for counter in self._plan.counters[self._journal.route[job]]:
            self.pending[counter] -= 1

    def _over(self, job: int, *, ended: bool) -> None:
        then = self._when_over.pop(job, None)
        if then is not None:
            then(ended=ended)
