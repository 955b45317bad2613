"""The course of a run, written as plainly as it can be said, to hold the engine against.

At each instant: what ends ends, hosts change, and Pending jobs take what is free; then, one by one
in the order of the plan, Resumed jobs come back, items are added and sources submit; then one
match, and what is over a pending limit is refused. No events and no running totals: whatever is
asked is looked up among all jobs and items. From the plan it takes instants that are known
beforehand, and routes as they stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from math import floor, inf, log, log1p

from invariants.reference_fleet import ReferenceFleet
from invariants.reference_hosts import ReferenceHosts
from invariants.reference_items import Item
from invariants.reference_jobs import Due, Fired, Interrupted, Job
from invariants.reference_queues import ReferenceQueues
from invariants.reference_reasons import pending_reason
from invariants.reference_work import ReferenceWork

from simulator.plan.lines import Line
from simulator.plan.plan import Plan
from simulator.plan.sources import Activation, Firings, Source
from simulator.records.codes import JobState, PendingReason
from simulator.sampling.streams import generator

NO_LINE = Line(folder=-1, priority=0, takes_session=False, takes_account=False, places=())
"""Where refused submissions stand."""

NEVER = -1.0

UNDER_WAY = {JobState.PENDING, JobState.RUNNING, JobState.SUSPENDED, JobState.RESUMED}
"""What a queue trigger counts as active."""

QUIET_S = 86400.0
"""If for so long nothing but hosts changed, whoever waits does so for ever."""


@dataclass
class ReferenceRun:
    """One run; afterwards `jobs`, `items`, `firings` and `hosts` know what became of them."""

    plan: Plan
    jobs: list[Job] = field(default_factory=list)
    firings: list[Fired] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.hosts = ReferenceHosts(self.plan)
        self.fleet = ReferenceFleet(self.plan, self.hosts)
        self.queues = ReferenceQueues(self.plan)
        self.looked_s = [NEVER] * len(self.plan.sources)
        self.intended = Counter[int]()
        self.due = [*self._arrivals(), *self._firings(), *self._looks()]
        self.work = ReferenceWork(self.plan, self.fleet, self.queues, self.due)
        self.in_order: list[bool] = []

    @property
    def items(self) -> list[Item]:
        return self.queues.items

    @property
    def interruptions(self) -> list[Interrupted]:
        return [wait for job in self.jobs for wait in job.waits]

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
        now = quiet_s = 0.0
        while now < last_s:
            before = self._course()
            self._instant(now)
            self.hosts.look(now)
            quiet_s = now if self._course() != before or now < self.plan.until_s else quiet_s
            now = self._next(now, hosts_matter=now < quiet_s + QUIET_S)
        if not self.plan.drain:
            self._clear(last_s)

    def _course(self) -> list[tuple[JobState, int]]:
        """How far jobs have come."""
        return [(job.state, len(job.stays)) for job in self.jobs]

    def _next(self, now: float, *, hosts_matter: bool) -> float:
        """When something happens next, infinite for never.

        A host's coming and going keeps a run from its end only while somebody waits.
        """
        instants = [one.at_s for one in self.due]
        for job in self.fleet.holding:
            begins = job.state is not JobState.RUNNING
            instants.append(job.stay.begins_s if begins else job.stretch_ends_s)
        instants += [job.withdrawn_s for job in self.fleet.waiting]
        instants += [self.work.back_s(job) for job in self.work.suspended]
        goes_on = hosts_matter or min(instants, default=inf) < inf or self.fleet.holding
        if now < self.plan.until_s or (instants and goes_on):
            instants.append(self.hosts.next_change(now))
            idle = [self.fleet.idle_until_s(host) for host in range(len(self.plan.hosts))]
            instants += [at_s for at_s in idle if at_s > now]
        return min(instants, default=inf)

    def _instant(self, now: float) -> None:
        self._settle(now)
        while True:
            self.work.come_back(now)
            while coming := [one for one in self.due if one.at_s == now]:
                first = min(coming, key=lambda one: one.order)
                self.due.remove(first)
                self._happens(first, now)
                self._settle(now)
            self._match(now)
            self._explain(now)
            while self._refuse(now):
                self._match(now)
            self.fleet.scale(now)
            self._settle(now)
            if not self._is_due(now):
                self._explain(now)
                return

    def _is_due(self, now: float) -> bool:
        back = any(self.work.back_s(job) == now for job in self.work.suspended)
        return back or any(one.at_s == now for one in self.due)

    def _settle(self, now: float) -> None:
        """Whatever ends gives its place to who is Pending, until nothing ends any more.

        Of those whose latency is over each begins, and what takes no time ends, before the next.
        """
        changes = self._clear(now)
        for job in self.work.beginning(now):
            self.work.begin(job, now)
            changes |= self._clear(now)
        while changes:
            self._match(now)
            self.fleet.scale(now)
            changes = self._clear(now)

    def _clear(self, now: float) -> bool:
        """End what ends, change hosts, withdraw; tell whether anything may be free since."""
        changes = self.work.end(now)
        changes |= self.hosts.connect(now)
        changes |= self.work.lose_hosts(now)
        changes |= self.fleet.stop_idle(now)
        in_order = self.hosts.in_order(now)
        changes |= in_order != self.in_order
        self.in_order = in_order
        changes |= self.work.withdraw(now)
        return changes

    def _match(self, now: float) -> None:
        for job in self.fleet.match(now):
            self.work.look_after(job, now)
        for job in self.work.beginning(now):
            self.work.begin(job, now)

    def _explain(self, now: float) -> None:
        """Say what those wait for that were submitted and not taken; nothing if for no time."""
        for job in self.jobs:
            if job.reason is None:
                waits = job in self.fleet.waiting
                job.reason = pending_reason(self.fleet, job, now) if waits else PendingReason.NONE
            elif job.submitted_s in {job.started_s, job.ended_s}:
                job.reason = PendingReason.NONE

    # --- queue triggers ---------------------------------------------------------------------------

    def _look_at(self, queue: int, now: float) -> None:
        """Let the triggers of a queue look, to which an item was added."""
        for number, source in enumerate(self.plan.sources):
            if isinstance(source.arrivals, Activation) and source.arrivals.queue == queue:
                self.due.append(Due(now, is_source=True, number=number, turn=0))

    def _wanted(self, number: int, asks: Activation, now: float) -> int:
        """How many jobs a queue trigger starts, looking now; none a second time at an instant."""
        source = self.plan.sources[number]
        inside = source.from_s <= now < min(source.until_s, self.plan.until_s)
        if not inside or self.looked_s[number] == now:
            return 0
        self.looked_s[number] = now
        active = sum(job.source == number and job.state in UNDER_WAY for job in self.jobs)
        new, wanted = len(self.queues.new(asks.queue, now)), 0
        while (
            active + wanted < asks.at_most
            and new >= asks.minimum + (active + wanted) * asks.per_job
        ):
            wanted += 1
        return wanted

    # --- submissions ------------------------------------------------------------------------------

    def _happens(self, one: Due, now: float) -> None:
        if not one.is_source:
            added = self.plan.arrivals[one.number]
            if self.queues.add(added, one.turn, now):
                self._look_at(added.queue, now)
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
        """Submit what is not guarded; those held back were intended too, after the others."""
        before = len(self.jobs)
        self._submit(one, route, jobs)
        self.intended[one.number] += asked - max(jobs, 0)
        self.firings.append(Fired(one.number, one.at_s, asked, self.jobs[before:]))

    def _guarded(self, source: Source) -> int:
        """How many Pending jobs the source's guard counts."""
        return sum(
            job.state is JobState.PENDING and source.guard_counter in self.plan.counters[job.route]
            for job in self.jobs
        )

    def _submit(self, one: Due, route: int, jobs: int) -> None:
        for _ in range(jobs):
            job = self._submission(one, route)
            self.jobs.append(job)
            if job.number < 0:
                _refused(job)
            else:
                self.fleet.waiting.append(job)
            if self.plan.dispatch.match == "submission":
                self._match(one.at_s)
                self._explain(one.at_s)

    def _submission(self, one: Due, route: int) -> Job:
        source, line = self.plan.sources[one.number], int(self.plan.legend.routes.line[route])
        chain = () if one.parent is None else one.parent.chain
        self.intended[one.number] += 1
        return Job(
            id=len(self.jobs),
            route=route,
            source=one.number,
            process=source.process,
            submitted_s=one.at_s,
            number=line,
            line=NO_LINE if line < 0 else self.plan.lines[line],
            work=source.work,
            first_number=line,
            chain=(*chain, source.process),
            suspensions=_suspensions(source, self.intended[one.number]),
            place=next(self.work.places),
        )

    def _refuse(self, now: float) -> bool:
        """Refuse the youngest of this instant that are Pending over a limit; tell if there are."""
        over = [
            job
            for number, process in enumerate(self.plan.processes)
            if process.pending_limit >= 0
            for job in self._in_line(number)[process.pending_limit :]
            if job.submitted_s == now and not job.waits
        ]
        for job in over:
            self.fleet.waiting.remove(job)
            _refused(job)
        return bool(over)

    def _in_line(self, process: int) -> list[Job]:
        """The Pending jobs of a process without a place, the oldest first; no Resumed ones."""
        waiting = (job for job in self.fleet.waiting if job.process == process)
        pending = [job for job in waiting if job.state is JobState.PENDING]
        return sorted(pending, key=lambda job: job.id)


def _refused(job: Job) -> None:
    job.state, job.ended_s = JobState.REFUSED, job.submitted_s


def _suspensions(source: Source, intended: int) -> int:
    """How often the n-th intended submission of a source is Suspended.

    After each stretch it is so with the same probability p. So the number of times is geometric,
    and by inversion of one uniform u of the source's own stream it is floor(log(1 - u) / log(p)).
    """
    suspends = source.work.suspends
    if suspends is None or suspends.probability == 0:
        return 0
    return floor(log1p(-_uniforms(source.entity)[intended - 1]) / log(suspends.probability))


@cache
def _uniforms(entity: str) -> list[float]:
    """The first draws of the stream, of the run's seed 1 and replication 0."""
    return generator(1, 0, entity, "suspensions").random(1000).tolist()
