"""The same dispatch, written as plainly as it can be said, to hold the engine against.

No bits, no queues by line, no events: at every instant it walks over all Pending jobs and all
slots, and adds up what it wants to know from the jobs themselves. Slow, and short enough to be
checked by reading. From the plan it takes the lines as they stand: which places each may use.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf, isnan

from invariants.reference_hosts import ReferenceHosts
from invariants.reference_jobs import Job, Stay

from simulator.plan.plan import Plan
from simulator.records.codes import JobState


@dataclass
class ReferenceFleet:
    """A fleet that gives waiting jobs their places one by one.

    `waiting` stand in line, Pending or Resumed; `stays` are all there ever were, in the order of
    the match.
    """

    plan: Plan
    hosts: ReferenceHosts
    waiting: list[Job] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    _held: list[Stay] = field(default_factory=list)

    @property
    def held(self) -> list[Stay]:
        """The stays that last, in the order of the match."""
        self._held = [stay for stay in self._held if stay.is_open]
        return self._held

    @property
    def holding(self) -> list[Job]:
        """The jobs that have a place, in the order of the match."""
        return [stay.job for stay in self.held]

    # --- who is next ----------------------------------------------------------------------------

    def match(self, now: float) -> list[Job]:
        """Give all that fit a place; return those that faulted instead, at a busy session."""
        faulted = []
        while started := next(
            (job for job in sorted(self.waiting, key=self._turn) if self._starts(job, now)), None
        ):
            self.waiting.remove(started)
            faulted += [started] if started.state is JobState.FAULTED else []
        return faulted

    def _turn(self, job: Job) -> tuple[float, ...]:
        """Return what the dispatch order sorts by: the smallest goes first."""
        if self.plan.dispatch.order == "round_robin":
            return self._last_served(job), *self._rank(job)
        return self._rank(job)

    def _rank(self, job: Job) -> tuple[float, ...]:
        by_age = self.plan.dispatch.order == "oldest"
        return (job.place,) if by_age else (-job.line.priority, job.place)

    def _last_served(self, job: Job) -> int:
        """Return how many places were given up to the latest one of the job's folder."""
        folders = [stay.job.line.folder for stay in self.stays]
        return max(
            (n for n, folder in enumerate(folders, 1) if folder == job.line.folder), default=0
        )

    def _held_up(self, job: Job) -> bool:
        """Whether an older job of the folder that goes before it waits."""
        return any(
            other.line.folder == job.line.folder
            and other.place < job.place
            and self._rank(other) < self._rank(job)
            for other in self.waiting
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
            if self.has_free(pool, now)
        ]
        if self.plan.dispatch.hosts == "least_used":
            return sorted(free, key=lambda one: self._host_busy_s(self._host(one[0]), now))
        if self.plan.dispatch.hosts == "sticky":
            last = self._last_host(job.process, now)
            return sorted(free, key=lambda one: self._host(one[0]) != last)
        return free

    def has_free(self, pool: int, now: float) -> bool:
        """Whether a slot with a licence is free, on a host that is in service."""
        taken = len(self._slots_held(pool))
        return taken < self.hosts.licensed(pool) and self.hosts.in_service(self._host(pool), now)

    def _takes(self, job: Job, pool: int, allowed: tuple[int, ...], now: float) -> bool:
        """Give the job the free slot, if an account and a session go with it."""
        if idle := self._idle(job, pool, allowed):
            return self._begin(job, pool, self._chosen(idle, now), now)
        usable = [account for account in allowed if not self._runs_elsewhere(account, pool)]
        if usable and job.line.takes_session and self.plan.assumptions.busy_session == "fault":
            self._faults(job, pool, now)
        return job.state is JobState.FAULTED

    def _idle(self, job: Job, pool: int, allowed: tuple[int, ...]) -> tuple[int, ...]:
        """Return the accounts under which it could run there now."""
        if not job.line.takes_account:
            return allowed
        if job.line.takes_session and self._sessions_left(pool) <= 0:
            return ()
        return tuple(
            account
            for account in allowed
            if not self._runs_elsewhere(account, pool) and not self._runs_here(account, pool)
        )

    def _faults(self, job: Job, pool: int, now: float) -> None:
        """At the busy session of a host, where it was Running for no time."""
        job.state, job.ended_s, job.host = JobState.FAULTED, now, self._host(pool)
        if isnan(job.started_s):
            job.started_s = now
        else:
            job.waits[-1].again_s = now

    def _begin(self, job: Job, pool: int, account: int, now: float) -> bool:
        taken = self._slots_held(pool)
        first = self.plan.pools[pool].first_slot
        slot = next(one for one in range(first, first + len(taken) + 1) if one not in taken)
        begins_s = now + self.plan.latency_s
        stay = Stay(job, pool, self._host(pool), slot, account, now, begins_s)
        job.stays.append(stay)
        self.stays.append(stay)
        self._held.append(stay)
        return True

    def _chosen(self, accounts: tuple[int, ...], now: float) -> int:
        if self.plan.dispatch.accounts == "least_used":
            return min(accounts, key=lambda account: self._account_busy_s(account, now))
        return accounts[0]

    # --- elastic pools --------------------------------------------------------------------------

    def scale(self, now: float) -> None:
        """Boot a host for each waiting job for which no slot is being booted."""
        spoken = Counter[int]()
        for job in sorted(self.waiting, key=lambda one: (one.number, one.place)):
            if not self.lacks_accounts(job):
                pool = self._slot_to_come(job, spoken, now)
                spoken[pool] += pool >= 0

    def lacks_accounts(self, job: Job) -> bool:
        """Whether all its accounts run their one job, so that another host would not help it."""
        busy = {stay.account for stay in self._kept_accounts()} & self.plan.single
        return job.line.takes_account and set(job.line.accounts()) <= busy

    def _slot_to_come(self, job: Job, spoken: Counter[int], now: float) -> int:
        """Return the pool of a slot that boots, or begins to, for the job; -1 if none does."""
        pools = self._could_help(job)
        for pool in pools:
            state = self.hosts.hosts[self._host(pool)]
            if state.is_booting and spoken[pool] < self.hosts.licensed(pool):
                return pool
        for pool in pools:
            if self._can_boot(pool, now):
                self.hosts.boot(self._host(pool), now)
                return pool
        return -1

    def _could_help(self, job: Job) -> list[int]:
        """Return the pools the job could ever run on: foreground ones need sessions."""
        return [
            pool
            for pool in job.line.pools()
            if not (job.line.takes_session and self._sessions(pool) == 0)
        ]

    def _can_boot(self, pool: int, now: float) -> bool:
        """Whether the host is off, has a licence to come, and is in no maintenance."""
        host, machine = self._host(pool), self.plan.hosts[self._host(pool)].machine
        return (
            self.plan.machines[machine].elastic is not None
            and self.hosts.hosts[host].is_off
            and self.hosts.left[self.plan.pools[pool].runtime] > 0
            and not self.hosts.in_maintenance(machine, now)
        )

    def idle_until_s(self, host: int) -> float:
        """When a host of an elastic pool will have been idle for long enough, if at all."""
        elastic = self.plan.machines[self.hosts.machine_of(host)].elastic
        if elastic is None or any(stay.host == host for stay in self.held):
            return inf
        since_s = self._idle_since(host)[0]
        return inf if isnan(since_s) else since_s + elastic.idle_stop_s

    def _idle_since(self, host: int) -> tuple[float, float]:
        """Since when a host was idle, and who of those that left in one instant was the last.

        Hosts are connected after that.
        """
        connected_s = self.hosts.hosts[host].connected_s
        left = [(stay.to_s, stay.gone) for stay in self.stays if stay.host == host]
        return max([(connected_s, inf), *left]) if not isnan(connected_s) else (connected_s, inf)

    def stop_idle(self, now: float) -> bool:
        """Stop the hosts that have been idle for long enough; tell whether there are any."""
        idle = [host for host in range(len(self.plan.hosts)) if self.idle_until_s(host) <= now]
        stopped = False
        for host in sorted(idle, key=self._idle_since):
            if self._may_stop(host):
                self.hosts.stop(host)
                stopped = True
        return stopped

    def _may_stop(self, host: int) -> bool:
        machine = self.hosts.machine_of(host)
        elastic = self.plan.machines[machine].elastic
        assert elastic is not None
        serves = set(self.hosts.pools_of[host])
        return self.hosts.connected_of(machine) > elastic.least and not any(
            serves & set(self._could_help(job)) for job in self.waiting
        )

    # --- the books ------------------------------------------------------------------------------

    def _host(self, pool: int) -> int:
        return self.plan.pools[pool].host

    def _slots_held(self, pool: int) -> set[int]:
        return {stay.slot for stay in self.held if stay.pool == pool}

    def _kept_accounts(self) -> list[Stay]:
        """Where a job keeps its account to itself."""
        return [stay for stay in self.held if stay.job.line.takes_account]

    def _runs_here(self, account: int, pool: int) -> bool:
        """Whether the account has a job of its own on the pool's host."""
        return any(
            stay.account == account and stay.host == self._host(pool)
            for stay in self._kept_accounts()
        )

    def _runs_elsewhere(self, account: int, pool: int) -> bool:
        """Whether the account runs its one job, on another host."""
        return account in self.plan.single and any(
            stay.account == account and stay.host != self._host(pool)
            for stay in self._kept_accounts()
        )

    def _sessions_left(self, pool: int) -> float:
        held = [stay for stay in self.held if stay.host == self._host(pool)]
        used = sum(stay.job.line.takes_session for stay in held)
        return self._sessions(pool) - used

    def _sessions(self, pool: int) -> float:
        sessions = self.plan.hosts[self._host(pool)].windows_sessions
        return inf if sessions is None else sessions

    def _last_host(self, process: int, now: float) -> int:
        """Return where the process last began Running, -1 for nowhere."""
        ran = [
            stay
            for stay in self.stays
            if stay.job.process == process and stay.begins_s <= now and (stay.is_open or stay.spans)
        ]
        return ran[-1].host if ran else -1

    def _host_busy_s(self, host: int, now: float) -> float:
        return self._busy_s(lambda stay: stay.host == host, now)

    def _account_busy_s(self, account: int, now: float) -> float:
        return self._busy_s(lambda stay: stay.account == account, now)

    def _busy_s(self, counts: Callable[[Stay], bool], now: float) -> float:
        """Return how long such jobs have been Running up to now, added up."""
        return sum(stay.running_s(now) for stay in self.stays if counts(stay))
