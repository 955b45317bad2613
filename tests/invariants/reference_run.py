"""The course of a run, written as plainly as it can be said, to hold the engine against.

At each instant: what ends ends, and Pending jobs take what is free; then, one by one in the order
of the plan, items are added and sources submit; then one match, and what is over a pending limit is
refused. No events and no running totals: whatever is asked is looked up among all jobs and items.
From the plan it takes instants that are known beforehand, and routes as they stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from math import inf, nan

from invariants.reference_fleet import ReferenceFleet
from invariants.reference_jobs import Due, Fired, Item, Job, seconds

from simulator.plan.items import ItemSource
from simulator.plan.lines import Line
from simulator.plan.plan import Plan
from simulator.plan.sources import Activation, Firings, FollowUp, Source
from simulator.records.codes import ItemStatus, JobState

NO_LINE = Line(folder=-1, priority=0, takes_session=False, takes_account=False, places=())
"""Where refused submissions stand."""

NEVER = -1.0


@dataclass
class ReferenceRun:
    """One run; afterwards `jobs`, `items` and `firings` know what became of them."""

    plan: Plan
    jobs: list[Job] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    firings: list[Fired] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.fleet = ReferenceFleet(self.plan)
        self.stretches, self.children = count(), count()
        self.looked_s = [NEVER] * len(self.plan.sources)
        self.due = [*self._arrivals(), *self._firings(), *self._looks()]

    # --- what is known beforehand -----------------------------------------------------------------

    def _arrivals(self) -> Iterator[Due]:
        for number, source in enumerate(self.plan.arrivals):
            assert isinstance(source.arrivals, Firings)
            for turn, at_s in enumerate(source.arrivals.times_s.tolist()):
                yield Due(at_s, is_source=False, number=number, turn=turn)

    def _firings(self) -> Iterator[Due]:
        for number, source in enumerate(self.plan.sources):
            if isinstance(source.arrivals, Firings):
                for turn, at_s in enumerate(source.arrivals.times_s.tolist()):
                    yield Due(at_s, is_source=True, number=number, turn=turn)

    def _looks(self) -> Iterator[Due]:
        """As soon as the run and the trigger's own span have begun, and at every re-check on."""
        for number, source in enumerate(self.plan.sources):
            if isinstance(source.arrivals, Activation):
                at_s = max(0.0, source.from_s)
                while at_s < self.plan.until_s:
                    yield Due(at_s, is_source=True, number=number, turn=0)
                    at_s += source.arrivals.recheck_s

    # --- the course of time -----------------------------------------------------------------------

    def serve(self) -> None:
        """Let everything happen."""
        last_s = inf if self.plan.drain else self.plan.until_s
        while (now := self._next()) < last_s:
            self._instant(now)
        if not self.plan.drain:
            self._end(last_s)
            for job in self.fleet.holding:
                if job.state is JobState.PENDING:  # it never came to run there
                    job.started_s, job.host, job.account = nan, -1, -1

    def _next(self) -> float:
        """When something happens next, infinite for never."""
        instants = [one.at_s for one in self.due]
        for job in self.fleet.holding:
            begins = job.state is JobState.PENDING
            instants.append(job.started_s if begins else job.stretch_ends_s)
        instants += [job.withdrawn_s for job in self.fleet.pending]
        return min(instants, default=inf)

    def _instant(self, now: float) -> None:
        self._settle(now)
        while True:
            while coming := [one for one in self.due if one.at_s == now]:
                first = min(coming, key=lambda one: one.order)
                self.due.remove(first)
                self._happens(first, now)
                self._settle(now)
            self._match(now)
            while self._refuse(now):
                self._match(now)
            self._settle(now)
            if not self._is_due(now):
                return

    def _is_due(self, now: float) -> bool:
        return any(one.at_s == now for one in self.due)

    def _settle(self, now: float) -> None:
        """Whatever ends gives its place to who is Pending, until nothing ends any more.

        Of those whose latency is over each begins, and what takes no time ends, before the next.
        """
        changes = self._end(now)
        for job in self._beginning(now):
            self._begin(job, now)
            changes |= self._end(now)
        while changes:
            self._match(now)
            changes = self._end(now)

    def _match(self, now: float) -> None:
        for job in self.fleet.match(now):
            self._look_after(job, now)
        for job in self._beginning(now):
            self._begin(job, now)

    def _beginning(self, now: float) -> list[Job]:
        """Those with a place that are to be Running from now on, in the order of the match."""
        return [
            job
            for job in self.fleet.holding
            if job.state is JobState.PENDING and job.started_s == now
        ]

    def _begin(self, job: Job, now: float) -> None:
        job.state = JobState.RUNNING
        own_s = seconds(job.work.start_up) + seconds(job.work.duration)
        job.works(own_s, now, next(self.stretches))

    # --- ends -------------------------------------------------------------------------------------

    def _end(self, now: float) -> bool:
        """End what ends now, then withdraw; tell whether anything became free."""
        ended = False
        while ending := [job for job in self.fleet.holding if job.stretch_ends_s == now]:
            job = min(ending, key=lambda one: one.begun)
            ended |= self._ends_stretch(job, now)
        withdrawn = [job for job in self.fleet.pending if job.withdrawn_s == now]
        for job in withdrawn:
            self.fleet.pending.remove(job)
            job.state, job.ended_s = JobState.EXPIRED, now
        return ended or bool(withdrawn)

    def _ends_stretch(self, job: Job, now: float) -> bool:
        """Go on to the next item, or end the job; tell whether it ended."""
        if job.item is not None and job.item.ended(now, cut=job.cut):
            self._retry(job.item, now)
        job.item = None if job.cut else self._taken(job, now)
        if job.item is None:
            self._ends(job, now)
            return True
        job.works(seconds(job.item.source.work.duration), now, next(self.stretches))
        return False

    def _ends(self, job: Job, now: float) -> None:
        self.fleet.holding.remove(job)
        job.ended_s = now
        if job.cut:
            job.state = JobState.STOPPED
        else:
            job.state = JobState.FAULTED if job.work.faults == 1 else JobState.SUCCESSFUL
        self._look_after(job, now)
        follower = self.plan.processes[job.process].then
        if job.state is JobState.SUCCESSFUL and follower >= 0:
            asks = self.plan.sources[follower].arrivals
            assert isinstance(asks, FollowUp)
            at_s, turn = now + seconds(asks.after), next(self.children)
            self.due.append(Due(at_s, is_source=True, number=follower, turn=turn, parent=job))

    # --- queues -----------------------------------------------------------------------------------

    def _add(self, source: ItemSource, turn: int, now: float) -> None:
        route = source.routes[turn % len(source.routes)]
        refused = self.plan.legend.item_routes.refusal[route] >= 0
        for _ in range(source.items):
            deadline_s = nan if source.deadline_s == inf else now + source.deadline_s
            row, available_s = len(self.items), now + source.defer_s
            item = Item(row, route, row, 0, now, available_s, deadline_s, source)
            self.items.append(item)
            if refused:
                item.status = ItemStatus.REFUSED
        if not refused:
            self._look_at(source.queue, now)

    def _retry(self, item: Item, now: float) -> None:
        row = len(self.items)
        again = Item(
            row, item.route, item.first, item.retry + 1, now, now, item.deadline_s, item.source
        )
        self.items.append(again)

    def _new(self, queue: int, now: float) -> list[Item]:
        return [
            item
            for item in self.items
            if item.status is ItemStatus.NEW
            and item.source.queue == queue
            and item.available_s <= now
        ]

    def _taken(self, job: Job, now: float) -> Item | None:
        """Take the first item of the process's queue, unless there is none or no time left."""
        found = self._new(self.plan.processes[job.process].queue, now)
        if not found:
            return None
        if now == job.started_s + job.work.stop_after_s:
            job.cut = True
            return None
        item = min(found, key=lambda one: one.turn)
        item.status, item.taken_s, item.job = ItemStatus.IN_PROGRESS, now, job.id
        return item

    # --- queue triggers ---------------------------------------------------------------------------

    def _look_at(self, queue: int, now: float) -> None:
        """Let the triggers of a queue look, to which an item was added."""
        for number, source in enumerate(self.plan.sources):
            if isinstance(source.arrivals, Activation) and source.arrivals.queue == queue:
                self.due.append(Due(now, is_source=True, number=number, turn=0))

    def _look_after(self, job: Job, now: float) -> None:
        """Let the queue trigger look whose job ended, if it is to."""
        asks = self.plan.sources[job.source].arrivals
        if isinstance(asks, Activation) and asks.on_job_end:
            self.due.append(Due(now, is_source=True, number=job.source, turn=0))

    def _wanted(self, number: int, asks: Activation, now: float) -> int:
        """How many jobs a queue trigger starts, looking now; none a second time at an instant."""
        source = self.plan.sources[number]
        inside = source.from_s <= now < min(source.until_s, self.plan.until_s)
        if not inside or self.looked_s[number] == now:
            return 0
        self.looked_s[number] = now
        active = sum(
            job.source == number and job.state in {JobState.PENDING, JobState.RUNNING}
            for job in self.jobs
        )
        new, wanted = len(self._new(asks.queue, now)), 0
        while (
            active + wanted < asks.at_most
            and new >= asks.minimum + (active + wanted) * asks.per_job
        ):
            wanted += 1
        return wanted

    # --- submissions ------------------------------------------------------------------------------

    def _happens(self, one: Due, now: float) -> None:
        if not one.is_source:
            self._add(self.plan.arrivals[one.number], one.turn, now)
            return
        source = self.plan.sources[one.number]
        if isinstance(source.arrivals, Activation):
            wanted = self._wanted(one.number, source.arrivals, now)
            if wanted:
                self._fires(one, source.routes[0], wanted, wanted)
        elif one.parent is not None:
            self._follow(one, source, one.parent, now)
        else:
            route = source.routes[one.turn % len(source.routes)]
            self._fires(one, route, source.jobs, source.jobs - self._guarded(source))

    def _follow(self, one: Due, source: Source, parent: Job, now: float) -> None:
        """Submit as whoever executed the parent; after the window only what the chain lacks."""
        if now >= self.plan.until_s and source.process in parent.chain:
            return
        principals = self.plan.legend.routes.principal
        (route,) = [row for row in source.routes if principals[row] == parent.account]
        self._submit(one, route, source.jobs)

    def _fires(self, one: Due, route: int, asked: int, jobs: int) -> None:
        before = len(self.jobs)
        self._submit(one, route, jobs)
        self.firings.append(Fired(one.number, one.at_s, asked, self.jobs[before:]))

    def _guarded(self, source: Source) -> int:
        """How many Pending jobs the source's guard counts."""
        return sum(
            job.state is JobState.PENDING and source.guard_counter in self.plan.counters[job.route]
            for job in self.jobs
        )

    def _submit(self, one: Due, route: int, jobs: int) -> None:
        source, line = self.plan.sources[one.number], int(self.plan.legend.routes.line[route])
        chain = () if one.parent is None else one.parent.chain
        for _ in range(jobs):
            job = Job(
                id=len(self.jobs),
                route=route,
                source=one.number,
                process=source.process,
                submitted_s=one.at_s,
                line=NO_LINE if line < 0 else self.plan.lines[line],
                work=source.work,
                chain=(*chain, source.process),
            )
            self.jobs.append(job)
            if line < 0:
                _refused(job)
            else:
                self.fleet.pending.append(job)
            if self.plan.dispatch.match == "submission":
                self._match(one.at_s)

    def _refuse(self, now: float) -> bool:
        """Refuse the youngest of this instant that are Pending over a limit; tell if there are."""
        over = [
            job
            for number, process in enumerate(self.plan.processes)
            if process.pending_limit >= 0
            for job in self._in_line(number)[process.pending_limit :]
            if job.submitted_s == now
        ]
        for job in over:
            self.fleet.pending.remove(job)
            _refused(job)
        return bool(over)

    def _in_line(self, process: int) -> list[Job]:
        """The Pending jobs of a process without a place yet, the oldest first."""
        return [job for job in self.fleet.pending if job.process == process]


def _refused(job: Job) -> None:
    job.state, job.ended_s = JobState.REFUSED, job.submitted_s
