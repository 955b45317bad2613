"""The same dispatch, written as plainly as it can be said, to hold the engine against.

No bits, no queues by line, no events: at every instant it walks over all Pending jobs and all
slots, and adds up what it wants to know from the jobs themselves. Slow, and short enough to be
checked by reading. From the plan it takes the lines as they stand: which places each may use.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from math import inf, isnan, nan

from simulator.model.distributions import Constant
from simulator.plan.lines import Line
from simulator.plan.plan import Plan
from simulator.plan.sources import Firings
from simulator.records.columns import JobState

NO_LINE = Line(folder=-1, priority=0, takes_session=False, takes_account=False, places=())
"""Where refused submissions stand."""


@dataclass(eq=False)
class Job:
    """A submission, and what became of it, by the names of the records' columns."""

    id: int
    route: int
    process: int
    submitted_s: float
    run_s: float
    line: Line
    started_s: float = nan
    pool: int = -1
    host: int = -1
    account: int = -1
    faulted: bool = False

    @property
    def ended_s(self) -> float:
        return self.submitted_s if self.line is NO_LINE else self.started_s + self.run_s

    @property
    def state(self) -> JobState:
        if self.line is NO_LINE:
            return JobState.REFUSED
        if self.faulted:
            return JobState.FAULTED
        return JobState.PENDING if isnan(self.started_s) else JobState.SUCCESSFUL


def firings_of(plan: Plan) -> list[list[Job]]:
    """Return the jobs of each firing: by instant, then by source; a source's callers in turn."""
    firings = sorted(
        (at_s, number, turn)
        for number, source in enumerate(plan.sources)
        if isinstance(source.arrivals, Firings)
        for turn, at_s in enumerate(source.arrivals.times_s.tolist())
    )
    ids = count()
    return [_jobs_of(plan, number, turn, at_s, ids) for at_s, number, turn in firings]


def _jobs_of(plan: Plan, number: int, turn: int, at_s: float, ids: count[int]) -> list[Job]:
    source, table = plan.sources[number], plan.legend.routes
    route = source.routes[turn % len(source.routes)]
    line, process = int(table.line[route]), int(table.process[route])
    assert isinstance(source.work.duration, Constant)
    return [
        Job(
            id=next(ids),
            route=route,
            process=process,
            submitted_s=at_s,
            run_s=source.work.duration.constant,
            line=NO_LINE if line < 0 else plan.lines[line],
        )
        for _ in range(source.jobs)
    ]


@dataclass
class ReferenceFleet:
    """A fleet that serves Pending jobs one by one; `holding` have a place, `placed` ever had."""

    plan: Plan
    pending: list[Job] = field(default_factory=list)
    holding: list[Job] = field(default_factory=list)
    placed: list[Job] = field(default_factory=list)

    # --- the course of time ---------------------------------------------------------------------

    def serve(self, firings: list[list[Job]]) -> None:
        """Let every job run; afterwards each knows when and where it started."""
        coming = list(firings)
        while coming or self.holding:
            now = min(
                [jobs[0].submitted_s for jobs in coming[:1]] + [job.ended_s for job in self.holding]
            )
            self._end_and_match(now)
            while coming and coming[0][0].submitted_s == now:
                self._submit(coming.pop(0), now)
            self._match(now)
            self._end_and_match(now)

    def _submit(self, jobs: list[Job], now: float) -> None:
        """Take the jobs of one firing; what takes no time has ended before the next one."""
        for job in jobs:
            if job.line is not NO_LINE:
                self.pending.append(job)
            if self.plan.dispatch.match == "submission":
                self._match(now)
        self._end_and_match(now)

    def _end_and_match(self, now: float) -> None:
        while any(job.ended_s == now for job in self.holding):
            self.holding = [job for job in self.holding if job.ended_s != now]
            self._match(now)

    # --- who is next ----------------------------------------------------------------------------

    def _match(self, now: float) -> None:
        while any(self._starts(job, now) for job in sorted(self.pending, key=self._turn)):
            self.pending = [job for job in self.pending if isnan(job.started_s)]

    def _turn(self, job: Job) -> tuple[float, ...]:
        """Return what the dispatch order sorts by: the smallest goes first."""
        if self.plan.dispatch.order == "round_robin":
            return self._last_served(job), *self._rank(job)
        return self._rank(job)

    def _rank(self, job: Job) -> tuple[float, ...]:
        by_age = self.plan.dispatch.order == "oldest"
        return (job.id,) if by_age else (-job.line.priority, job.id)

    def _last_served(self, job: Job) -> int:
        """Return how many places were given up to the latest one of the job's folder."""
        folders = [other.line.folder for other in self.placed]
        return max(
            (n for n, folder in enumerate(folders, 1) if folder == job.line.folder), default=0
        )

    def _held_up(self, job: Job) -> bool:
        """Whether an older job of the folder that goes before it is Pending."""
        return any(
            other.line.folder == job.line.folder
            and other.id < job.id
            and self._rank(other) < self._rank(job)
            for other in self.pending
        )

    # --- where it runs --------------------------------------------------------------------------

    def _starts(self, job: Job, now: float) -> bool:
        """Start the job, or let it fault, at the first place that fits; tell if there is one."""
        if self.plan.dispatch.blocked == "block" and self._held_up(job):
            return False
        return any(self._takes(job, pool, who, now) for pool, who in self._search(job, now))

    def _search(self, job: Job, now: float) -> list[tuple[int, tuple[int, ...]]]:
        """Return the pools with a free slot, with the accounts allowed there, in turn."""
        free = [
            (pool, place.accounts)
            for place in job.line.places
            for pool in place.pools
            if sum(other.pool == pool for other in self.holding) < self.plan.pools[pool].slots
        ]
        if self.plan.dispatch.hosts == "least_used":
            return sorted(free, key=lambda one: self._host_busy_s(self._host(one[0]), now))
        if self.plan.dispatch.hosts == "sticky":
            last = self._last_host(job.process, now)
            return sorted(free, key=lambda one: self._host(one[0]) != last)
        return free

    def _takes(self, job: Job, pool: int, allowed: tuple[int, ...], now: float) -> bool:
        """Give the job the free slot, if an account and a session go with it."""
        if not job.line.takes_account:
            return self._begin(job, pool, self._chosen(allowed, now), now)
        usable = [account for account in allowed if not self._runs_elsewhere(account, pool)]
        idle = [account for account in usable if not self._runs_here(account, pool)]
        if idle and (not job.line.takes_session or self._sessions_left(pool) > 0):
            return self._begin(job, pool, self._chosen(tuple(idle), now), now)
        if usable and job.line.takes_session and self.plan.assumptions.busy_session == "fault":
            job.started_s, job.run_s, job.host, job.faulted = now, 0.0, self._host(pool), True
        return job.faulted

    def _begin(self, job: Job, pool: int, account: int, now: float) -> bool:
        job.started_s, job.pool = now + self.plan.latency_s, pool
        job.host, job.account = self._host(pool), account
        self.holding.append(job)
        self.placed.append(job)
        return True

    def _chosen(self, accounts: tuple[int, ...], now: float) -> int:
        if self.plan.dispatch.accounts == "least_used":
            return min(accounts, key=lambda account: self._account_busy_s(account, now))
        return accounts[0]

    # --- the books ------------------------------------------------------------------------------

    def _host(self, pool: int) -> int:
        return self.plan.pools[pool].host

    def _runs_here(self, account: int, pool: int) -> bool:
        """Whether the account has a job of its own on the pool's host."""
        return any(
            job.account == account and job.line.takes_account and job.host == self._host(pool)
            for job in self.holding
        )

    def _runs_elsewhere(self, account: int, pool: int) -> bool:
        """Whether the account runs its one job, on another host."""
        return account in self.plan.single and any(
            job.account == account and job.line.takes_account and job.host != self._host(pool)
            for job in self.holding
        )

    def _sessions_left(self, pool: int) -> float:
        sessions = self.plan.hosts[self._host(pool)].windows_sessions
        used = sum(job.line.takes_session and job.host == self._host(pool) for job in self.holding)
        return inf if sessions is None else sessions - used

    def _last_host(self, process: int, now: float) -> int:
        """Return where the process last began Running, -1 for nowhere."""
        ran = [job for job in self.placed if job.process == process and job.started_s <= now]
        return ran[-1].host if ran else -1

    def _host_busy_s(self, host: int, now: float) -> float:
        return self._busy_s(lambda job: job.host == host, now)

    def _account_busy_s(self, account: int, now: float) -> float:
        return self._busy_s(lambda job: job.account == account, now)

    def _busy_s(self, counts: Callable[[Job], bool], now: float) -> float:
        """Return how long such jobs have been Running up to now, added up."""
        running = [job for job in self.placed if counts(job) and job.started_s < now]
        return sum(min(job.ended_s, now) - job.started_s for job in running)
