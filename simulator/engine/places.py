"""What is free: slots, Windows sessions, accounts. The books of the fleet, without a clock."""

from __future__ import annotations

from typing import Final

from simulator.plan.masks import mask
from simulator.plan.plan import Plan
from simulator.policies.placement import ACCOUNT_CHOICES, Usage

NOWHERE: Final = -1
"""No account may take the place now."""

SESSION_BUSY: Final = -2
"""The place has a slot, but its session or accounts are busy, and that faults the job."""

_UNLIMITED: Final = 1 << 40


class Places:
    """What every host has left. `free` holds the pools with a free slot, as bits."""

    def __init__(self, plan: Plan, usage: Usage) -> None:
        self.free = mask(range(len(plan.pools)))
        self.single_busy = 0
        """Accounts under one_job_at_a_time that run theirs, as bits."""

        self.host_of = [pool.host for pool in plan.pools]
        self.machine_of = [plan.hosts[pool.host].machine for pool in plan.pools]
        self._slots_free = [pool.slots for pool in plan.pools]
        self._sessions_left = [
            _UNLIMITED if host.windows_sessions is None else host.windows_sessions
            for host in plan.hosts
        ]
        self._accounts_busy = [0] * len(plan.hosts)
        self._single = mask(plan.single)
        self._masks = plan.masks
        self._takes_account = [line.takes_account for line in plan.lines]
        self._takes_session = [line.takes_session for line in plan.lines]
        self._faults = plan.assumptions.busy_session == "fault"
        self._usage = usage
        self._choose_account = ACCOUNT_CHOICES[plan.dispatch.accounts]

    def take(self, line: int, pool: int, account: int) -> None:
        """Give a slot, and the session and account that go with it, to a job of a line."""
        self._slots_free[pool] -= 1
        if not self._slots_free[pool]:
            self.free ^= 1 << pool
        if self._takes_account[line]:
            host, bit = self.host_of[pool], 1 << account
            self._accounts_busy[host] |= bit
            self.single_busy |= bit & self._single
            self._sessions_left[host] -= self._takes_session[line]

    def give_back(self, line: int, pool: int, account: int) -> int:
        """Take them back from a job that ended; return the lines that this may help, as bits."""
        self._slots_free[pool] += 1
        self.free |= 1 << pool
        helped = self._masks.lines_of_pool[pool]
        if self._takes_account[line]:
            host, bit = self.host_of[pool], 1 << account
            self._accounts_busy[host] ^= bit
            self._sessions_left[host] += self._takes_session[line]
            helped |= self._masks.lines_of_host[host]
            if bit & self._single:
                self.single_busy ^= bit
                helped |= self._masks.lines_of_account[account]
        return helped

    def account_for(self, line: int, pool: int) -> int:
        """Return the account a job of the line would take in a pool, `NOWHERE` or `SESSION_BUSY`.

        Needs by the vendor's Robot limits: foreground work runs one at a time per Windows user on
        a host, in a session of its own.
        """
        allowed = self._masks.allowed[line][self.machine_of[pool]]
        if not self._takes_account[line]:
            return self._choose_account(allowed, self._usage)
        host, takes_session = self.host_of[pool], self._takes_session[line]
        busy_here = self._accounts_busy[host]
        elsewhere = self.single_busy & ~busy_here
        usable = [account for account in allowed if not elsewhere >> account & 1]
        idle = [account for account in usable if not busy_here >> account & 1]
        if idle and (self._sessions_left[host] > 0 or not takes_session):
            return self._choose_account(idle, self._usage)
        return SESSION_BUSY if self._faults and usable and takes_session else NOWHERE

    def takes_account(self, line: int) -> bool:
        """Return whether a job of the line keeps its account to itself."""
        return self._takes_account[line]

    def accounts_at_their_limit(self, line: int) -> bool:
        """Return whether every account of the line runs its one job somewhere."""
        return self._takes_account[line] and not self._masks.accounts[line] & ~self.single_busy

    def has_free_slot(self, line: int) -> bool:
        """Return whether a slot the line could use is free."""
        return self.free & self._masks.pools[line] != 0

    def has_hosts(self, line: int) -> bool:
        """Return whether any host serves the line."""
        return self._masks.pools[line] != 0
