"""What is free: slots, Windows sessions, accounts; and whom that helps. Books without a clock."""

from __future__ import annotations

from typing import Final

from simulator.plan.lines import Line
from simulator.plan.masks import mask
from simulator.plan.plan import Plan
from simulator.policies.placement import ACCOUNT_CHOICES, Usage

NOWHERE: Final = -1
"""No account may take the place now."""

SESSION_BUSY: Final = -2
"""The place has a slot, but its session or accounts are busy, and that faults the job."""

_UNLIMITED: Final = 1 << 40


class Places:
    """What every host has left. `free` holds the pools with a free slot, as bits.

    A pool is open while its host is in service; only open ones have free slots.
    """

    def __init__(self, plan: Plan, usage: Usage) -> None:
        self.free = 0
        self.waiting = 0
        """The lines in which anybody waits, as bits: whoever keeps them tells."""

        self.stirred = 0
        """The lines that a change since the last match may have let through, as bits."""

        self.open = 0
        """Pools with slots, free or not, on hosts in service, as bits."""

        self.maintained = self.existing = self.bootable = 0
        """Pools in maintenance; those with slots on hosts that are connected or boot; those that
        could be booted, as bits.
        """

        self.startable = [_startable(line, plan) for line in plan.lines]
        """By line, the pools where its jobs start once all is free, as bits."""

        self.single_busy = 0
        """Accounts under one_job_at_a_time that run theirs, as bits."""

        self.host_of = [pool.host for pool in plan.pools]
        self.machine_of = [plan.hosts[pool.host].machine for pool in plan.pools]
        self.slots_free = [0] * len(plan.pools)
        """By pool, how many of its slots nobody holds."""

        self._is_open = [False] * len(plan.pools)
        self._sessions_left = [
            _UNLIMITED if host.windows_sessions is None else host.windows_sessions
            for host in plan.hosts
        ]
        self._accounts_busy = [0] * len(plan.hosts)
        self._single = mask(plan.single)
        self._masks, self._lines_of_pool = plan.masks, plan.masks.lines_of_pool
        self._takes_account = [line.takes_account for line in plan.lines]
        self._takes_session = [line.takes_session for line in plan.lines]
        self._faults = plan.assumptions.busy_session == "fault"
        self._usage = usage
        self._choose_account = ACCOUNT_CHOICES[plan.dispatch.accounts]

    def connect(self, pool: int, slots: int) -> None:
        """Have a pool, which is not open, offer so many slots, none of them held."""
        self.slots_free[pool] = slots

    def is_unheld(self, pool: int, slots: int) -> bool:
        """Return whether all of the slots that a pool has are free."""
        return self.slots_free[pool] == slots

    def let_in(self, pool: int) -> None:
        """Open a pool with any slots."""
        bit = 1 << pool
        self._is_open[pool] = True
        self.open |= bit
        if self.slots_free[pool]:
            self.free |= bit
            self.stirred |= self._lines_of_pool[pool] & self.waiting

    def shut(self, pool: int) -> None:
        """Close a pool to further jobs; those on it keep what they hold."""
        keep = ~(1 << pool)
        self._is_open[pool] = False
        self.open &= keep
        self.free &= keep

    def take(self, line: int, pool: int, account: int) -> None:
        """Give a slot, and the session and account that go with it, to a job of a line."""
        left = self.slots_free[pool] - 1
        self.slots_free[pool] = left
        if not left:
            self.free ^= 1 << pool
        if self._takes_account[line]:
            host, bit = self.host_of[pool], 1 << account
            self._accounts_busy[host] |= bit
            self.single_busy |= bit & self._single
            self._sessions_left[host] -= self._takes_session[line]

    def give_back(self, line: int, pool: int, account: int) -> None:
        """Take them back from a job that ended."""
        left = self.slots_free[pool]
        self.slots_free[pool] = left + 1
        if not left and self._is_open[pool]:
            self.free |= 1 << pool
        helped = self._lines_of_pool[pool]
        if self._takes_account[line]:
            host, bit = self.host_of[pool], 1 << account
            self._accounts_busy[host] ^= bit
            self._sessions_left[host] += self._takes_session[line]
            helped |= self._masks.lines_of_host[host]
            if bit & self._single:
                self.single_busy ^= bit
                helped |= self._masks.lines_of_account[account]
        self.stirred |= helped & self.waiting

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


def _startable(line: Line, plan: Plan) -> int:
    """Return the pools of a line but those on hosts without the Windows sessions it needs."""
    return mask(
        pool
        for pool in line.pools()
        if plan.hosts[plan.pools[pool].host].has_sessions(needed=line.takes_session)
    )
