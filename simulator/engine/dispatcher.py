"""Pending jobs and free slots: who takes what, on each change. It has no clock.

The conversation: `submit` says a job has come, `release` that a job's place is free, `match` asks
for every start that is possible now; each is told through `begin`. Lines and pools are bits of
integers, so a change looks only at the lines and pools it touches.
"""

from __future__ import annotations

from bisect import bisect
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from simulator.engine.places import NOWHERE, SESSION_BUSY, Places
from simulator.engine.shortcuts import MANY, alike, plain_lines
from simulator.engine.tickets import Tickets
from simulator.engine.work_draws import Drawn
from simulator.plan.plan import Plan
from simulator.policies.ordering import ORDERS, lines_of
from simulator.policies.placement import HOST_CHOICES, Usage


class Begin(Protocol):
    """What the dispatcher calls for each start: the job runs there, under that account."""

    def __call__(
        self, job: int, line: int, pool: int, account: int, brings: Drawn | None = None
    ) -> None:
        """Take the start in; one that never waited comes with what it brings."""


class Fail(Protocol):
    """What it calls for a job that faults on arrival at a busy session (before 18.2)."""

    def __call__(self, job: int, line: int, pool: int) -> None:
        """Take the fault in."""


@dataclass(frozen=True, slots=True)
class Listener:
    """Whom the dispatcher tells, and whom it asks for a job's process (for the sticky choice)."""

    begin: Begin
    fail: Fail
    process_of: Callable[[int], int]


class Dispatcher:
    """The state of every line, and the match between lines and places."""

    def __init__(self, plan: Plan, usage: Usage, listener: Listener) -> None:
        self.places = Places(plan, usage)
        self.queues: list[deque[int]] = [deque() for _ in plan.lines]
        """By line, the tickets of those that wait: their jobs' numbers, or what `Tickets` gave."""

        self.priorities = [line.priority for line in plan.lines]
        self.folders = [line.folder for line in plan.lines]
        self.served = [0] * len(plan.masks.lines_of_folder)
        self.draw = usage.draw
        self._gone: dict[int, set[int]] = {}
        self._starts = 0
        self._usage, self._listener = usage, listener
        self._begin, self._slots_free = listener.begin, self.places.slots_free
        self.release = self.places.give_back
        """Give back the place of a job that has ended: called with its line, pool and account."""

        self._masks, self._pools = plan.masks, plan.masks.pools
        self._alike, self._plain = alike(self._pools), plain_lines(plan)
        by_return = plan.assumptions.resumed_place == "resume_time"
        suspends = any(one.work.suspends is not None for one in plan.sources)
        self._tickets = Tickets() if by_return and suspends else None
        self._order = ORDERS[plan.dispatch.order]
        self._choose_host = HOST_CHOICES[plan.dispatch.hosts]
        self.draws = plan.dispatch.order == "random"
        """Whether the order is a matter of luck, so that no choice may be left out."""

        self.gives_tickets = self._tickets is not None
        """Whether each job needs a ticket, which it draws as it comes into line."""

        self._takes_turns = plan.dispatch.order == "round_robin"
        self._blocks = plan.dispatch.blocked == "block"
        self._age_only = plan.dispatch.order in {"oldest", "random"}
        self._faults = plan.assumptions.busy_session == "fault"
        self._first_host = plan.dispatch.hosts == "first"

    @property
    def waiting(self) -> int:
        """Return the lines in which anybody waits, as bits."""
        return self.places.waiting

    def submit(self, job: int, line: int) -> bool:
        """Put a job at the end of its line; return whether a slot it could use is free."""
        self.queues[line].append(job if self._tickets is None else self._tickets.draw(job))
        places, bit = self.places, 1 << line
        places.waiting |= bit
        if places.free & self._pools[line]:
            places.stirred |= bit
            return True
        return False

    def start_plainly(self, job: int, line: int, brings: Drawn | None = None) -> int:
        """Start a job of a plain line if a slot it may use is free; return its pool, or `NOWHERE`.

        One that comes while nothing is to be matched has nobody before it: after a match, whoever
        still waits has no free place. So most jobs of a fleet with room are spared the way into
        their line and out of it. Such a one comes with what it `brings`.
        """
        places, plain = self.places, self._plain[line]
        if plain is None:
            return NOWHERE
        pools, rises, account = plain
        free = places.free & pools
        if not free:
            return NOWHERE
        pool = (free & -free).bit_length() - 1 if rises else self.first(line, free)
        if account == MANY:
            account = self._masks.allowed[line][places.machine_of[pool]][0]
        if self._takes_turns:
            self._serve(line)
        # As `Places.take` does where no account is taken, whose call would be one more.
        left = self._slots_free[pool] - 1
        self._slots_free[pool] = left
        if not left:
            places.free ^= 1 << pool
        self._begin(job, line, pool, account, brings)
        return pool

    def put_back(self, job: int, line: int, *, at_its_place: bool) -> None:
        """Put a job that has left its slot into line again, at its place or as one that came now.

        Where jobs are numbered by age alone, that is its place.
        """
        ticket = job
        if self._tickets is not None:
            ticket = self._tickets.ticket_of(job) if at_its_place else self._tickets.draw(job)
        _insert(ticket, self.queues[line])
        self.places.waiting |= 1 << line
        self.places.stirred |= 1 << line

    def let_in(self, pools: Iterable[int]) -> None:
        """Open pools to the jobs that wait."""
        for pool in pools:
            self.places.let_in(pool)

    def length(self, line: int) -> int:
        """Return how many jobs wait in a line."""
        return len(self.queues[line]) - len(self._gone.get(line, ()))

    def withdraw(self, job: int, line: int) -> None:
        """Take a job out of its line; where it held others up, they may go on.

        It leaves the queue when it comes to its head, so that the length of the line costs nothing.
        """
        ticket = job if self._tickets is None else self._tickets.ticket_of(job)
        self._gone.setdefault(line, set()).add(ticket)
        self._drop_gone(line)
        if self._blocks:
            folder = self._masks.lines_of_folder[self.folders[line]]
            self.places.stirred |= folder & self.places.waiting

    def _drop_gone(self, line: int) -> None:
        queue, gone = self.queues[line], self._gone[line]
        while queue and queue[0] in gone:
            gone.remove(queue.popleft())
        if not gone:
            del self._gone[line]
        if not queue:
            self.places.waiting &= ~(1 << line)

    def match(self) -> None:  # noqa: C901 - done for every change: a rule here costs no call
        """Start every job that can start, the best first, until nothing more fits."""
        places, plain = self.places, self._plain
        candidates, places.stirred = places.stirred & places.waiting, 0
        while candidates:
            if candidates & (candidates - 1) or self.draws:
                line = self._order(candidates, self)
            else:
                line = candidates.bit_length() - 1
            if plain[line] is None:
                pool = self._start_where_allowed(line, places.free & self._pools[line])
            else:
                pool = self.start_plainly(self._head(line), line)
                if pool != NOWHERE:
                    self._leaves(line)
            if pool == NOWHERE:
                candidates ^= 1 << line
                continue
            if self._blocks:
                candidates |= self._masks.lines_of_folder[self.folders[line]]
            if not places.free and not self.draws:
                return
            candidates &= places.waiting
            if candidates and not places.free >> pool & 1:
                candidates = self._still_served(candidates, pool)

    def _still_served(self, candidates: int, full_pool: int) -> int:
        """Drop the lines that had only the pool which has just run full."""
        free = self.places.free
        rest = candidates & self._masks.lines_of_pool[full_pool]
        while rest:
            line = (rest & -rest).bit_length() - 1
            if not free & self._pools[line]:
                candidates &= ~self._alike[line]
            rest &= ~self._alike[line]
        return candidates

    def _place_for(self, line: int, free: int) -> tuple[int, int]:
        """Return the pool, of some that are free, and the account that the line's head takes now.

        The pool is `NOWHERE` if there is none.
        """
        if not free or (self._blocks and self.is_held_back(line)):
            return NOWHERE, NOWHERE
        if self.places.accounts_at_their_limit(line) and not self._faults:
            return NOWHERE, NOWHERE
        for pool in self._search(line, free):
            account = self.places.account_for(line, pool)
            if account != NOWHERE:
                return pool, account
        return NOWHERE, NOWHERE

    def _start_where_allowed(self, line: int, free: int) -> int:
        """Start the head of a line where its needs are met, and return the pool, else `NOWHERE`."""
        pool, account = self._place_for(line, free)
        if pool != NOWHERE:
            job = self._head(line)
            self._leaves(line)
            self._start(job, line, pool, account)
        return pool

    def is_held_back(self, line: int) -> bool:
        """Return whether, under `blocked: block`, the head of a line must let another go first.

        That is an older job of its folder, with a key no worse, that waits elsewhere.
        """
        if not self._blocks:
            return False
        head, priority = self.queues[line][0], self.priorities[line]
        others = (
            self._masks.lines_of_folder[self.folders[line]] & self.places.waiting & ~(1 << line)
        )
        return any(
            self.queues[other][0] < head and (self._age_only or self.priorities[other] >= priority)
            for other in lines_of(others)
        )

    def _search(self, line: int, free: int) -> Iterable[int]:
        """Return the free pools of a line in the order in which they are tried."""
        found = self._in_order(line, free)
        if self._first_host:
            return found
        candidates = [(pool, self.places.host_of[pool]) for pool in found]
        process = self._listener.process_of(self._head(line))
        return [pool for pool, _ in self._choose_host(candidates, process, self._usage)]

    def first(self, line: int, pools: int) -> int:
        """Return which of some pools, given as bits, comes first in the order of a line's folder.

        `NOWHERE` where the line may use none of them.
        """
        for segment in self._masks.segments[line]:
            found = pools & segment
            if found:
                return (found & -found).bit_length() - 1
        return NOWHERE

    def _in_order(self, line: int, free: int) -> Iterator[int]:
        """Yield the free pools of a line in its folder's order."""
        for segment in self._masks.segments[line]:
            rest = free & segment
            while rest:
                lowest = rest & -rest
                yield lowest.bit_length() - 1
                rest ^= lowest

    def _head(self, line: int) -> int:
        """Return the job at the head of a line."""
        head = self.queues[line][0]
        return head if self._tickets is None else self._tickets.job_of(head)

    def _leaves(self, line: int) -> None:
        """Take the head out of its line."""
        queue = self.queues[line]
        queue.popleft()
        if line in self._gone:
            self._drop_gone(line)
        elif not queue:
            self.places.waiting ^= 1 << line

    def _serve(self, line: int) -> None:
        """Note that it was the turn of a line's folder."""
        self._starts += 1
        self.served[self.folders[line]] = self._starts

    def _start(self, job: int, line: int, pool: int, account: int) -> None:
        """Give a job the place."""
        if account == SESSION_BUSY:
            self._listener.fail(job, line, pool)
            return
        if self._takes_turns:
            self._serve(line)
        self.places.take(line, pool, account)
        self._begin(job, line, pool, account)


def _insert(ticket: int, queue: deque[int]) -> None:
    """Put a ticket at its place in a queue; the nearer to the head or the end, the cheaper."""
    if not queue or ticket > queue[-1]:
        queue.append(ticket)
        return
    ahead = 1
    while queue[ahead - 1] < ticket:
        ahead = min(2 * ahead, len(queue))
    queue.insert(bisect(queue, ticket, ahead // 2, ahead), ticket)
