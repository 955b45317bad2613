"""What becomes of jobs that have a place: they begin, end, are Suspended, lose their host."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from math import inf

from invariants.reference_fleet import ReferenceFleet
from invariants.reference_jobs import Due, Interrupted, Job, Span, seconds
from invariants.reference_queues import ReferenceQueues

from simulator.plan.plan import Plan
from simulator.plan.sources import Activation, FollowUp
from simulator.records.codes import Interruption, JobState
from simulator.units import to_grid

MOST_RESTARTS = 1000
"""Random estates are such that every job ends long before."""


@dataclass
class ReferenceWork:
    """Jobs at work. `suspended` are in the order in which they left; `due` is what comes of it."""

    plan: Plan
    fleet: ReferenceFleet
    queues: ReferenceQueues
    due: list[Due]
    suspended: list[Job] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.parts, self.children, self.places, self.gone = count(), count(), count(), count()

    # --- beginning --------------------------------------------------------------------------------

    def beginning(self, now: float) -> list[Job]:
        """Those with a place that are to be Running from now on, in the order of the match."""
        return [
            job
            for job in self.fleet.holding
            if job.state is not JobState.RUNNING and job.stay.begins_s == now
        ]

    def begin(self, job: Job, now: float) -> None:
        """Begin to be Running: for the first time, or again."""
        job.stay.spans.append(Span(now))
        job.host, job.account, job.state = job.stay.host, job.stay.account, JobState.RUNNING
        if job.waits:
            job.waits[-1].again_s = now
        else:
            job.started_s = now
        own_s = seconds(job.work.start_up) + self._on_host(job, seconds(job.work.duration))
        job.works(own_s, now, next(self.parts))

    def _on_host(self, job: Job, length_s: float) -> float:
        """How long on its host something lasts that is work, not start-up."""
        machine = self.plan.machines[self.plan.hosts[job.stay.host].machine]
        return to_grid(length_s * machine.duration_factor)

    # --- ends -------------------------------------------------------------------------------------

    def end(self, now: float) -> bool:
        """End what ends now; tell whether anything became free."""
        freed = False
        while ending := [job for job in self.fleet.holding if job.stretch_ends_s == now]:
            job = min(ending, key=lambda one: one.begun)
            freed |= self._ends_part(job, now)
        return freed

    def _ends_part(self, job: Job, now: float) -> bool:
        """Go on to the next item, or leave the place; tell whether it did."""
        if job.item is not None:
            self.queues.ended(job.item, now, cut=job.cut)
            job.item = None
        if job.suspensions and job.stop_after_left_s(now) > 0:
            self._suspend(job, now)
            return True
        job.cut |= job.suspensions > 0
        job.item = None if job.cut else self.queues.taken(job, now)
        if job.item is not None:
            length_s = self._on_host(job, seconds(job.item.source.work.duration))
            job.works(length_s, now, next(self.parts))
            return False
        fault = JobState.FAULTED if job.work.faults == 1 else JobState.SUCCESSFUL
        self._ends(job, now, JobState.STOPPED if job.cut else fault)
        return True

    def _leave(self, job: Job, now: float) -> None:
        """Give back slot, session and account."""
        job.stay.pause(now)
        job.stay.to_s, job.stay.gone = now, next(self.gone)
        job.stretch_ends_s = inf

    def _ends(self, job: Job, now: float, state: JobState) -> None:
        self._leave(job, now)
        job.ended_s, job.state = now, state
        self.look_after(job, now)
        follower = self.plan.processes[job.process].then
        if state is JobState.SUCCESSFUL and follower >= 0:
            asks = self.plan.sources[follower].arrivals
            assert isinstance(asks, FollowUp)
            at_s, turn = now + seconds(asks.after), next(self.children)
            self.due.append(Due(at_s, is_source=True, number=follower, turn=turn, parent=job))

    def look_after(self, job: Job, now: float) -> None:
        """Let the queue trigger look whose job ended, if it is to."""
        asks = self.plan.sources[job.source].arrivals
        if isinstance(asks, Activation) and asks.on_job_end:
            self.due.append(Due(now, is_source=True, number=job.source, turn=0))

    def withdraw(self, now: float) -> bool:
        """Withdraw whoever waits for too long; tell whether anybody does."""
        withdrawn = [job for job in self.fleet.waiting if job.withdrawn_s <= now]
        for job in withdrawn:
            self.fleet.waiting.remove(job)
            job.state, job.ended_s = JobState.EXPIRED, now
        return bool(withdrawn)

    # --- suspended and resumed --------------------------------------------------------------------

    def _suspend(self, job: Job, now: float) -> None:
        self._leave(job, now)
        job.suspensions, job.state = job.suspensions - 1, JobState.SUSPENDED
        job.waits.append(Interrupted(job.id, Interruption.SUSPENDED, now))
        self.suspended.append(job)
        assert job.work.suspends is not None
        if job.work.suspends.same_place:
            job.number = self.plan.again[job.first_number, job.stay.pool, job.stay.account]
            job.line = self.plan.lines[job.number]

    def back_s(self, job: Job) -> float:
        """When a Suspended job is Resumed."""
        assert job.work.suspends is not None
        return job.waits[-1].left_s + seconds(job.work.suspends.for_)

    def come_back(self, now: float) -> None:
        """Let those that are Resumed now come back into line."""
        for job in [job for job in self.suspended if self.back_s(job) == now]:
            self.suspended.remove(job)
            job.state, job.waits[-1].back_s = JobState.RESUMED, now
            if self.plan.assumptions.resumed_place == "resume_time":
                job.place = next(self.places)
            self.fleet.waiting.append(job)

    # --- hosts that go and come -------------------------------------------------------------------

    def lose_hosts(self, now: float) -> bool:
        """Do to jobs what their hosts do to them; tell whether any gave up its place.

        First the windows that kill, then hosts that are down; what has not begun to run on a host
        that is out of service goes back into line; what was paused goes on.
        """
        held = len(self.fleet.holding)
        for job in self._where(lambda host: self.fleet.hosts.is_killing(host, now)):
            self._lost(job, now, "kill")
        for job in self._where(lambda host: not self.fleet.hosts.in_service(host, now)):
            if job.state is not JobState.RUNNING:
                self._leave(job, now)
                self.fleet.waiting.append(job)
        for job in self._where(lambda host: self.fleet.hosts.is_down(host, now)):
            failures = self.plan.machines[self.plan.hosts[job.stay.host].machine].failures
            assert failures is not None
            self._lost(job, now, failures.running_jobs)
        for job in self._where(lambda host: not self.fleet.hosts.is_down(host, now)):
            if job.stay.is_paused:
                job.stay.spans.append(Span(now))
                job.stretch_ends_s, job.begun = now + job.left_s, next(self.parts)
        return len(self.fleet.holding) != held

    def _where(self, applies: Callable[[int], bool]) -> Iterator[Job]:
        """The jobs on the hosts for which something holds, host by host."""
        hosts = [host for host in range(len(self.plan.hosts)) if applies(host)]
        return (job for host in hosts for job in self.fleet.holding if job.stay.host == host)

    def _lost(self, job: Job, now: float, becomes: str) -> None:
        if job.state is not JobState.RUNNING:
            return
        if becomes == "pause":
            if not job.stay.is_paused:
                job.stay.pause(now)
                job.left_s, job.stretch_ends_s = job.stretch_ends_s - now, inf
            return
        if job.item is not None:
            self.queues.ended(job.item, now, cut=True)
            job.item = None
        if becomes == "restart":
            self._restart(job, now)
        else:
            self._ends(job, now, JobState.STOPPED if becomes == "kill" else JobState.FAULTED)

    def _restart(self, job: Job, now: float) -> None:
        """Back into line at its own place; what it did in this stretch is lost."""
        self._leave(job, now)
        job.stay.lost, job.state = True, JobState.PENDING
        job.waits.append(Interrupted(job.id, Interruption.RESTARTED, now, now))
        assert len(job.waits) < MOST_RESTARTS
        self.fleet.waiting.append(job)
