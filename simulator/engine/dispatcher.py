"""Pending jobs and free slots: who takes what, on each change. It has no clock.

The conversation: `submit` says a job has come, `release` that a job's place is free, `match` asks
for every start that is possible now; each is told through `begin`. Lines and pools are bits of
integers, so a change looks only at the lines and pools it touches.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from typing import Protocol

from simulator.engine.usage import Usage
from simulator.plan.plan import Plan
from simulator.policies.ordering import ORDERS, lines_of
from simulator.policies.placement import ACCOUNT_CHOICES, HOST_CHOICES

NOWHERE = -1
SESSION_BUSY = -2
_UNLIMITED = 1 << 40


class Begin(Protocol):
    """What the dispatcher calls for each start: the job runs there, under that account."""

    def __call__(self, job: int, line: int, pool: int, account: int) -> None:
        """Take the start in."""


class Fail(Protocol):
    """What it calls for a job that faults on arrival at a busy session (before 18.2)."""

    def __call__(self, job: int, line: int, pool: int) -> None:
        """Take the fault in."""


class Dispatcher:
    """The state of every line and every place, and the match between them.

    Args:
        plan: what there is.
        process_of: the process of a job, for the sticky choice.
        usage: what host and account choices may look at.
        begin: told each start.
        fail: told each job that faults at once under `busy_session: fault`.
    """

    def __init__(
        self,
        plan: Plan,
        process_of: Callable[[int], int],
        usage: Usage,
        begin: Begin,
        fail: Fail,
    ) -> None:
        self._begin, self._fail = begin, fail
        self._process_of, self._usage = process_of, usage
        self._order = ORDERS[plan.dispatch.order]
        self._choose_host = HOST_CHOICES[plan.dispatch.hosts]
        self._choose_account = ACCOUNT_CHOICES[plan.dispatch.accounts]
        self._first_host = plan.dispatch.hosts == "first"
        self._first_account = plan.dispatch.accounts == "first"
        self._blocks = plan.dispatch.blocked == "block"
        self._age_only = plan.dispatch.order in {"oldest", "random"}
        self._faults = plan.assumptions.busy_session == "fault"
        self.draw = usage.draw

        self.queues: list[deque[int]] = [deque() for _ in plan.lines]
        self.priorities = [line.priority for line in plan.lines]
        self.folders = [line.folder for line in plan.lines]
        self.served = [0] * (max(self.folders, default=-1) + 1)
        self._starts = 0
        self._waiting = 0
        self.stirred = 0
        """The lines that a change since the last match may have let through, as bits."""

        self._free = 0
        self._slots_free = [pool.slots for pool in plan.pools]
        for pool in range(len(plan.pools)):
            self._free |= 1 << pool
        self._host_of = [pool.host for pool in plan.pools]
        self._machine_of = [plan.hosts[pool.host].machine for pool in plan.pools]
        self._sessions_left = [
            _UNLIMITED if host.windows_sessions is None else host.windows_sessions
            for host in plan.hosts
        ]
        self._accounts_busy = [0] * len(plan.hosts)
        self._single = _mask(plan.single)
        self._single_busy = 0
        self._learn_lines(plan)

    def _learn_lines(self, plan: Plan) -> None:
        """Turn each line's places into masks, and note which lines each pool and host serves."""
        lines = plan.lines
        self._takes_account = [line.takes_account for line in lines]
        self._takes_session = [line.takes_session for line in lines]
        self._pools = [_mask(p for place in line.places for p in place.pools) for line in lines]
        self._accounts = [
            _mask(a for place in line.places for a in place.accounts) for line in lines
        ]
        self._segments = [
            tuple(_segments(p for s in line.places for p in s.pools)) for line in lines
        ]
        self._allowed = [
            {self._machine_of[s.pools[0]]: s.accounts for s in line.places if s.pools}
            for line in lines
        ]
        self._lines_of_pool = [0] * len(plan.pools)
        self._lines_of_host = [0] * len(plan.hosts)
        self._lines_of_account: dict[int, int] = {}
        self._lines_of_folder = [0] * len(self.served)
        for number, line in enumerate(lines):
            bit = 1 << number
            self._lines_of_folder[line.folder] |= bit
            for place in line.places:
                for pool in place.pools:
                    self._lines_of_pool[pool] |= bit
                    if line.takes_account:
                        self._lines_of_host[self._host_of[pool]] |= bit
            if line.takes_account:
                for account in {a for place in line.places for a in place.accounts}:
                    self._lines_of_account[account] = self._lines_of_account.get(account, 0) | bit

    # --- what happens -------------------------------------------------------------------------

    def submit(self, job: int, line: int) -> bool:
        """Put a job at the end of its line; return whether a slot it could use is free."""
        self.queues[line].append(job)
        bit = 1 << line
        self._waiting |= bit
        if self._free & self._pools[line]:
            self.stirred |= bit
            return True
        return False

    def release(self, line: int, pool: int, account: int) -> None:
        """Give back the place of a job that has ended."""
        self._slots_free[pool] += 1
        self._free |= 1 << pool
        touched = self._lines_of_pool[pool]
        if self._takes_account[line]:
            touched |= self._release_account(line, self._host_of[pool], account)
        self.stirred |= touched & self._waiting

    def _release_account(self, line: int, host: int, account: int) -> int:
        bit = 1 << account
        self._accounts_busy[host] &= ~bit
        touched = self._lines_of_host[host]
        if self._takes_session[line]:
            self._sessions_left[host] += 1
        if bit & self._single:
            self._single_busy &= ~bit
            touched |= self._lines_of_account[account]
        return touched

    def match(self) -> None:
        """Start every job that can start, the best first, until nothing more fits."""
        candidates, self.stirred = self.stirred & self._waiting, 0
        while candidates:
            line = self._order(candidates, self)
            bit = 1 << line
            if self._blocks and self._held_back(line):
                candidates ^= bit
                continue
            pool, account = self._find(line)
            if pool == NOWHERE:
                candidates ^= bit
                continue
            self._take(line, pool, account)
            if self._blocks:
                candidates |= self._lines_of_folder[self.folders[line]]
            candidates &= self._waiting
            if candidates and not self._free >> pool & 1:
                candidates = self._still_served(candidates, pool)

    def _still_served(self, candidates: int, full_pool: int) -> int:
        """Drop the lines that had only the pool which has just run full."""
        free, pools = self._free, self._pools
        for line in lines_of(candidates & self._lines_of_pool[full_pool]):
            if not free & pools[line]:
                candidates ^= 1 << line
        return candidates

    def _held_back(self, line: int) -> bool:
        """Whether an older job of the folder, with a key no worse, is Pending elsewhere."""
        head, priority = self.queues[line][0], self.priorities[line]
        others = self._lines_of_folder[self.folders[line]] & self._waiting & ~(1 << line)
        return any(
            self.queues[other][0] < head and (self._age_only or self.priorities[other] >= priority)
            for other in lines_of(others)
        )

    def _find(self, line: int) -> tuple[int, int]:
        """Return the place the line's head takes now: pool and account, or `NOWHERE`."""
        free = self._free & self._pools[line]
        if not free or (
            self._takes_account[line]
            and not self._faults
            and not self._accounts[line] & ~self._single_busy
        ):
            return NOWHERE, NOWHERE
        if self._first_host and self._first_account and not self._takes_account[line]:
            pool = self._first_of(line, free)
            return pool, self._allowed[line][self._machine_of[pool]][0]
        found = self._in_order(line, free)
        if not self._first_host:
            candidates = [(pool, self._host_of[pool]) for pool in found]
            process = self._process_of(self.queues[line][0])
            found = (pool for pool, _ in self._choose_host(candidates, process, self._usage))
        for pool in found:
            account = self._account_for(line, pool)
            if account != NOWHERE:
                return pool, account
        return NOWHERE, NOWHERE

    def _first_of(self, line: int, free: int) -> int:
        """Return the first free pool in the folder's order; there is one."""
        for segment in self._segments[line]:
            rest = free & segment
            if rest:
                return (rest & -rest).bit_length() - 1
        raise AssertionError("a free pool of the line is in none of its segments")

    def _in_order(self, line: int, free: int) -> Iterator[int]:
        """Yield the free pools of a line in its folder's order."""
        for segment in self._segments[line]:
            rest = free & segment
            while rest:
                lowest = rest & -rest
                yield lowest.bit_length() - 1
                rest ^= lowest

    def _account_for(self, line: int, pool: int) -> int:
        """Return the account the job would take there, `NOWHERE`, or `SESSION_BUSY`."""
        allowed = self._allowed[line][self._machine_of[pool]]
        if not self._takes_account[line]:
            return allowed[0] if self._first_account else self._choose_account(allowed, self._usage)
        host = self._host_of[pool]
        busy_here = self._accounts_busy[host]
        elsewhere = self._single_busy & ~busy_here
        usable = [account for account in allowed if not elsewhere >> account & 1]
        idle = [account for account in usable if not busy_here >> account & 1]
        if idle and (self._sessions_left[host] > 0 or not self._takes_session[line]):
            return self._choose_account(idle, self._usage)
        return SESSION_BUSY if self._faults and usable and self._takes_session[line] else NOWHERE

    def _take(self, line: int, pool: int, account: int) -> None:
        """Take the head out of its line and give it the place."""
        queue = self.queues[line]
        job = queue.popleft()
        if not queue:
            self._waiting ^= 1 << line
        if account == SESSION_BUSY:
            self._fail(job, line, pool)
            return
        self._starts += 1
        self.served[self.folders[line]] = self._starts
        self._slots_free[pool] -= 1
        if not self._slots_free[pool]:
            self._free ^= 1 << pool
        if self._takes_account[line]:
            self._take_account(line, self._host_of[pool], account)
        self._begin(job, line, pool, account)

    def _take_account(self, line: int, host: int, account: int) -> None:
        bit = 1 << account
        self._accounts_busy[host] |= bit
        self._single_busy |= bit & self._single
        if self._takes_session[line]:
            self._sessions_left[host] -= 1

    # --- what can be asked --------------------------------------------------------------------

    def has_hosts(self, line: int) -> bool:
        """Return whether any host serves the line."""
        return self._pools[line] != 0

    def takes_account(self, line: int) -> bool:
        """Return whether a job of the line keeps its account to itself."""
        return self._takes_account[line]

    def accounts_at_their_limit(self, line: int) -> bool:
        """Return whether every account of the line runs its one job somewhere."""
        return self._takes_account[line] and not self._accounts[line] & ~self._single_busy


def _mask(numbers: Iterator[int] | frozenset[int]) -> int:
    mask = 0
    for number in numbers:
        mask |= 1 << number
    return mask


def _segments(pools: Iterator[int]) -> Iterator[int]:
    """Cut a sequence of pools into masks: the lowest bit of each comes first in the sequence."""
    segment, last = 0, NOWHERE
    for pool in pools:
        if pool < last:
            yield segment
            segment = 0
        segment |= 1 << pool
        last = pool
    if segment:
        yield segment
