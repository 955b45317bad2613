"""The same dispatch, written as plainly as it can be said, to hold the engine against.

No bits, no lines, no events: at every instant it walks over all Pending jobs and all slots. Slow,
and short enough to be checked by reading.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from simulator.plan.lines import Line
from simulator.plan.plan import Plan
from simulator.records.columns import Records


@dataclass
class Job:
    """A job, and what became of it."""

    id: int
    submitted_s: float
    run_s: float
    line: Line
    started_s: float = float("nan")
    host: int = -1
    account: int = -1
    pool: int = -1
    faulted: bool = False

    @property
    def ends_s(self) -> float:
        return self.started_s + self.run_s


@dataclass
class ReferenceFleet:
    """A fleet that serves Pending jobs by priority (or age), first host, first account."""

    plan: Plan
    running: list[Job] = field(default_factory=list)
    pending: list[Job] = field(default_factory=list)

    def serve(self, jobs: list[Job]) -> None:
        """Let every job run; afterwards each knows when and where it started."""
        coming = sorted(jobs, key=lambda job: job.id)
        while coming or self.running:
            now = min([job.submitted_s for job in coming] + [job.ends_s for job in self.running])
            self._end_and_match(now)
            while coming and coming[0].submitted_s == now:
                self.pending.append(coming.pop(0))
            self._match(now)
            self._end_and_match(now)

    def _end_and_match(self, now: float) -> None:
        while any(job.ends_s == now for job in self.running):
            self.running = [job for job in self.running if job.ends_s != now]
            self._match(now)

    def _match(self, now: float) -> None:
        by_age = self.plan.dispatch.order == "oldest"
        order = sorted(self.pending, key=lambda job: (0 if by_age else -job.line.priority, job.id))
        held: list[Job] = []
        for job in order:
            blocked = self.plan.dispatch.blocked == "block" and any(
                other.line.folder == job.line.folder and other.id < job.id for other in held
            )
            if blocked or not self._start(job, now):
                held.append(job)
        self.pending = held

    def _start(self, job: Job, now: float) -> bool:
        for place in job.line.places:
            for pool in place.pools:
                used = sum(other.pool == pool for other in self.running)
                if used >= self.plan.pools[pool].slots:
                    continue
                if not job.line.takes_account:
                    return self._run(job, pool, place.accounts[0], now)
                usable = [a for a in place.accounts if not self._limited(a, pool)]
                idle = [a for a in usable if not self._busy(a, pool)]
                session = not job.line.takes_session or self._sessions_left(pool) > 0
                if idle and session:
                    return self._run(job, pool, idle[0], now)
                faults = self.plan.assumptions.busy_session == "fault"
                if faults and job.line.takes_session and usable:
                    job.started_s, job.faulted = now, True
                    return True
        return False

    def _host(self, pool: int) -> int:
        return self.plan.pools[pool].host

    def _busy(self, account: int, pool: int) -> bool:
        return any(
            job.account == account and job.line.takes_account and job.host == self._host(pool)
            for job in self.running
        )

    def _limited(self, account: int, pool: int) -> bool:
        """Whether the account runs its one job, on another host."""
        return account in self.plan.single and any(
            job.account == account and job.line.takes_account and job.host != self._host(pool)
            for job in self.running
        )

    def _sessions_left(self, pool: int) -> float:
        sessions = self.plan.hosts[self._host(pool)].windows_sessions
        used = sum(job.line.takes_session and job.host == self._host(pool) for job in self.running)
        return float("inf") if sessions is None else sessions - used

    def _run(self, job: Job, pool: int, account: int, now: float) -> bool:
        job.started_s, job.pool, job.host, job.account = now, pool, self._host(pool), account
        self.running.append(job)
        return True


def reference_jobs(plan: Plan, records: Records) -> list[Job]:
    """The accepted jobs of a run, with their drawn durations, ready to be served again."""
    lines = plan.legend.routes.line[records.jobs.route]
    return [
        Job(
            id=job,
            submitted_s=float(records.jobs.submitted_s[job]),
            run_s=float(records.jobs.running_s[job]),
            line=plan.lines[lines[job]],
        )
        for job in np.flatnonzero(lines >= 0)
    ]
