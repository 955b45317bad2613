"""The same dispatch, written as plainly as it can be said, to hold the engine against.

No bits, no queues by line, no events: at every instant it walks over all Pending jobs and all
slots, and adds up what it wants to know from the jobs themselves. Slow, and short enough to be
checked by reading. From the plan it takes the lines as they stand: which places each may use.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf, isnan

from invariants.reference_jobs import Job

from simulator.plan.plan import Plan
from simulator.records.codes import JobState


@dataclass
class ReferenceFleet:
    """A fleet that gives Pending jobs their places one by one.

    `pending` stand in line, `holding` have a place, `placed` ever had, in that order.
    """

    plan: Plan
    pending: list[Job] = field(default_factory=list)
    holding: list[Job] = field(default_factory=list)
    placed: list[Job] = field(default_factory=list)

    # --- who is next ----------------------------------------------------------------------------

    def match(self, now: float) -> list[Job]:
        """Give all that fit a place; return those that faulted instead, at a busy session."""
        faulted = []
        while any(self._starts(job, now) for job in sorted(self.pending, key=self._turn)):
            faulted += [job for job in self.pending if job.state is JobState.FAULTED]
            self.pending = [job for job in self.pending if isnan(job.started_s)]
        return faulted

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
            job.started_s, job.ended_s, job.host = now, now, self._host(pool)
            job.state = JobState.FAULTED
        return job.state is JobState.FAULTED

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
        return sum((now if isnan(job.ended_s) else job.ended_s) - job.started_s for job in running)
