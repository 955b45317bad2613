"""Around a job that waits: who holds each slot at an instant, and why it cannot have a free one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import repeat
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.explaining.ahead import ahead_of
from simulator.explaining.explained import Holding, JobName, SlotFinding
from simulator.measurement.licences import LicencesLeft
from simulator.measurement.places import held_in, pools_held, pools_of_rows, spans_with_pauses
from simulator.measurement.scopes import Mask
from simulator.measurement.steps import Steps, constant
from simulator.plan.eligibility import eligibility_of
from simulator.plan.lines import Place
from simulator.plan.plan import Plan
from simulator.records.around import around
from simulator.records.codes import BlameCause, SlotState
from simulator.records.columns import NONE, Legend, Records

Rows = npt.NDArray[np.intp]

OUT_OF_SERVICE: Final = {
    SlotState.MAINTENANCE.value: BlameCause.MAINTENANCE,
    SlotState.DOWN.value: BlameCause.DOWN,
}
"""What a free slot that exists is told of, where it is not in service."""

NOT_THERE: Final = {
    SlotState.BOOTING.value: BlameCause.BOOTING,
    SlotState.UNLICENSED.value: BlameCause.UNLICENSED,
}
"""What slots that do not exist are told of."""

AFTER: Final = 0.04
"""The share of a wait by which a scene goes on after it, so that its end is seen in a picture."""

Obstacle = tuple[BlameCause, tuple[Holding, ...]]
"""What keeps a job off a free slot, and the jobs behind it."""


class Wait(NamedTuple):
    """The first wait of a job, in its line."""

    job: int
    line: int
    from_s: float
    to_s: float


class Scene:
    """What there was around one wait, up to `end_s`; `held` are the spans of all who were there.

    `route` and `pool` are those of each of them, `until_s` when its job left the slot, pauses
    included, and `is_usable` whether the slot is one that the waiting job could use. `ahead` are
    the jobs that go before it under `blocked: block`.
    """

    def __init__(self, plan: Plan, records: Records, wait: Wait) -> None:
        """Take what was planned, and all that was recorded."""
        self.wait, self.legend, self.order = wait, plan.legend, plan.dispatch.order
        self.eligibility = eligibility = eligibility_of(plan)
        self.line = eligibility.lines[wait.line]
        self.pools = tuple(self.line.pools())
        self.end_s = min(wait.to_s + AFTER * (wait.to_s - wait.from_s), records.end_s)
        self.near = around(records, wait.from_s, self.end_s)
        self.held = held = self.near.occupancy
        self.route = records.jobs.route[held.job]
        self.pool = pools_held(eligibility.pools, held)
        self.until_s = spans_with_pauses(self.near, np.arange(len(held.job))).to_s
        self.is_usable = np.isin(self.pool, self.pools)
        self._pool_of_slots = pools_of_rows(eligibility.pools, records.availability)
        self.of_slots = np.isin(self._pool_of_slots, self.pools)
        lines, near = eligibility.lines, self.near
        self.takes_account = held_in((one.takes_account for one in lines), self.legend, near)
        self.takes_session = held_in((one.takes_session for one in lines), self.legend, near)
        self._is_single = np.isin(held.account, list(eligibility.single))
        self.ahead = ahead_of(wait.job, plan, self.near) if eligibility.blocks else None

    # --- names ----------------------------------------------------------------------------------

    def name(self, job: int) -> JobName:
        """Return a job with its names."""
        return job_name(self.legend, self.near, job)

    def holding(self, row: int) -> Holding:
        """Return a span as a job that held something."""
        held = self.held
        account, job = int(held.account[row]), int(held.job[row])
        return Holding(
            self.name(job),
            self.legend.names.accounts[account] if account != NONE else "",
            float(held.from_s[row]),
            float(self.until_s[row]),
        )

    # --- slots ----------------------------------------------------------------------------------

    def at(self, at_s: float) -> tuple[SlotFinding, ...]:
        """Return what was with each slot the job could use; or with its own, once it has one."""
        own = self._rows(self.held.job == self.wait.job, at_s)
        if len(own):
            host, slot = self.held.host[own[0]], int(self.held.slot[own[0]])
            return (SlotFinding(self.legend.names.hosts[host], slot, BlameCause.LATENCY),)
        return tuple(self._findings(at_s)) or (SlotFinding("", NONE, BlameCause.NO_MACHINE),)

    def _findings(self, at_s: float) -> Iterator[SlotFinding]:
        rows = np.flatnonzero(self.is_usable & (self.held.from_s <= at_s) & (at_s < self.held.to_s))
        holders = {(int(self.pool[row]), int(self.held.slot[row])): int(row) for row in rows}
        states = self._states(at_s)
        for place in self.line.places:
            if not place.pools:
                machine = self.legend.names.machines[place.machine]
                yield SlotFinding(machine, NONE, BlameCause.NO_HOST)
            for pool in place.pools:
                yield from self._of_pool(place, pool, holders, states.get(pool, {}), at_s)

    def _states(self, at_s: float) -> dict[int, dict[int, int]]:
        """Return how many slots each pool had in which states."""
        rows, found = self.near.availability, dict[int, dict[int, int]]()
        there = np.flatnonzero(self.of_slots & (rows.from_s <= at_s) & (at_s < rows.to_s))
        for row in there:
            states = found.setdefault(int(self._pool_of_slots[row]), {})
            states[int(rows.state[row])] = int(rows.slots[row])
        return found

    def _of_pool(
        self,
        place: Place,
        number: int,
        holders: Mapping[tuple[int, int], int],
        states: Mapping[int, int],
        at_s: float,
    ) -> Iterator[SlotFinding]:
        pool = self.eligibility.pools[number]
        host = self.legend.names.hosts[pool.host]
        slots = pool.numbers
        is_held = [(number, slot) in holders for slot in slots]
        others = self._others(place, number, states, sum(is_held), at_s)
        for slot, one_is_held in zip(slots, is_held, strict=True):
            if one_is_held:
                by = (self.holding(holders[number, slot]),)
                yield SlotFinding(host, slot, BlameCause.JOB, by)
            else:
                yield SlotFinding(host, slot, *next(others))

    def _others(
        self, place: Place, number: int, states: Mapping[int, int], held: int, at_s: float
    ) -> Iterator[Obstacle]:
        """Yield what is with the slots nobody holds: first those there are, then those missing."""
        pool = self.eligibility.pools[number]
        left = held
        for state, slots in states.items():
            if state not in NOT_THERE:
                free, left = max(slots - left, 0), max(left - slots, 0)
                for _ in range(free):
                    yield self._of_free(place, pool.host, state, at_s)
        for state, cause in NOT_THERE.items():
            yield from [(cause, ())] * states.get(state, 0)
        is_left = bool(self.licence_left.over(np.array([at_s]))[0])
        yield from repeat((BlameCause.NO_HOST if is_left else BlameCause.UNLICENSED, ()))

    @cached_property
    def licence_left(self) -> Steps:
        """Return whether a licence is left for a host that is off: all pools are of one type."""
        if not self.pools:
            return constant(1)
        runtime = self.eligibility.pools[self.pools[0]].runtime
        return LicencesLeft(self.eligibility, self.near.availability).of(runtime)

    def _of_free(self, place: Place, host: int, state: int, at_s: float) -> Obstacle:
        if state in OUT_OF_SERVICE:
            return OUT_OF_SERVICE[state], ()
        return self.obstacle(place, host, at_s)

    # --- what keeps the job off a free slot -----------------------------------------------------

    def obstacle(self, place: Place, host: int, at_s: float, without: int = NONE) -> Obstacle:
        """Return what keeps the job off a free slot of a host; FREE if nothing does.

        `without` is a job that is to be left out of it.
        """
        others = self.held.job != without
        if self.line.takes_account:
            by = self._accounts_busy(place, host, others, at_s)
            if by:
                return BlameCause.ACCOUNT, by
        if self.line.takes_session:
            limit = self.eligibility.hosts[host].windows_sessions
            rows = self._rows(others & self.takes_session & (self.held.host == host), at_s)
            if limit is not None and len(rows) >= limit:
                return BlameCause.SESSION, tuple(map(self.holding, rows.tolist()))
        ahead = self._first_of_folder(at_s)
        return (BlameCause.HELD_BACK, ahead) if ahead else (BlameCause.FREE, ())

    def _accounts_busy(
        self, place: Place, host: int, others: Mask, at_s: float
    ) -> tuple[Holding, ...]:
        """Return who has each account that may run the job there; nobody where one is free."""
        here = (self.held.host == host) | self._is_single
        rows = self._rows(others & self.takes_account & here, at_s)
        holders = {int(self.held.account[row]): int(row) for row in rows[::-1]}
        if not holders.keys() >= set(place.accounts):
            return ()
        return tuple(self.holding(holders[account]) for account in place.accounts)

    def _first_of_folder(self, at_s: float) -> tuple[Holding, ...]:
        """Return the oldest job that must go first, under `blocked: block`; nobody without that."""
        if self.ahead is None:
            return ()
        held = self.held
        row = self.ahead.at(at_s, held.job[(held.from_s <= at_s) & (at_s < held.to_s)])
        if row is None:
            return ()
        who = self.name(int(self.ahead.job[row]))
        return (Holding(who, "", float(self.ahead.from_s[row]), float(self.ahead.to_s[row])),)

    def _rows(self, rows: Mask, at_s: float) -> Rows:
        """Return those of some spans that last at an instant, pauses included."""
        return np.flatnonzero(rows & (self.held.from_s <= at_s) & (at_s < self.until_s))


def job_name(legend: Legend, records: Records, job: int) -> JobName:
    """Return a job of some records with its names."""
    route, names = records.jobs.route[job], legend.names
    return JobName(
        job,
        names.processes[legend.routes.process[route]],
        names.folders[legend.routes.folder[route]],
    )
