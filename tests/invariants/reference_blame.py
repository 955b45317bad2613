"""What kept every job Pending, slot by slot, at every instant at which anything changes.

Plain and exact: times lie on a grid of 2⁻²⁰ s, and every share of a second is a fraction. Between
two instants nothing changes, so what held the slots a job could use is asked once for both.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from itertools import pairwise
from math import ceil
from typing import NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from invariants.recorded import EXISTING, Held, Presence, Recorded, Stay

from simulator.plan.lines import Line, Place
from simulator.plan.plan import Plan
from simulator.records.codes import BlameCause, SlotState
from simulator.records.columns import NONE, Records, Window

QUARTER_S = 900
"""Every zone's hours begin, and its clock changes, at a quarter of an hour of UTC."""


class Charge(NamedTuple):
    """What is to blame: for what, the folder whose jobs it was, and the machine, `NONE` for none.

    The machine of a slot of a line is that of the place it belongs to.
    """

    cause: BlameCause
    held_by: int
    machine: int


class Blamed(NamedTuple):
    """Whose wait, and what is to blame for it."""

    process: int
    charge: Charge


Shares: TypeAlias = Mapping[Charge, Fraction]
"""The parts of a second; they add up to 1."""

Seconds: TypeAlias = Mapping[Blamed, Fraction]


OUTSIDE = -1
"""Stands for the hour of the week of what lies outside the window."""


@dataclass(frozen=True)
class ReferenceBlame:
    """The seconds of all first waits by local hour of the week; `OUTSIDE` is one of these hours."""

    hours: Mapping[int, Seconds]

    @property
    def whole(self) -> Seconds:
        """Those of the whole run."""
        return _added_up(self.hours.values())

    @property
    def week(self) -> Mapping[int, Seconds]:
        """Those of the window, by hour."""
        return {hour: seconds for hour, seconds in self.hours.items() if hour != OUTSIDE}

    @property
    def window(self) -> Seconds:
        """Those of the window."""
        return _added_up(self.week.values())


def reference_blame(plan: Plan, records: Records) -> ReferenceBlame:
    """Go from one change to the next, and charge what lies between."""
    run, window = Recorded(plan, records), plan.legend.window
    hours = defaultdict[int, list[Seconds]](list)
    for from_s, to_s in pairwise(_instants(run, window)):
        seconds = _charged(run, from_s, Fraction(to_s) - Fraction(from_s))
        is_inside = window.from_s <= from_s < window.to_s
        hours[_hour_of_week(from_s, window) if is_inside else OUTSIDE].append(seconds)
    return ReferenceBlame({hour: _added_up(seconds) for hour, seconds in hours.items()})


def _added_up(several: Iterable[Seconds]) -> Seconds:
    total = defaultdict[Blamed, Fraction](Fraction)
    for seconds in several:
        for blamed, more in seconds.items():
            total[blamed] += more
    return total


def _instants(run: Recorded, window: Window) -> list[float]:
    """When any job came, any row began or ended, and where the window and its hours are cut."""
    jobs = run.records.jobs
    stays = [stay for stays in run.stays.values() for stay in stays]
    found = {*jobs.submitted_s.tolist(), *(jobs.submitted_s + jobs.pending_s).tolist()}
    found |= {at_s for row in run.held for at_s in (row.from_s, row.ran_from_s, row.to_s)}
    found |= {at_s for row in run.presences for at_s in (row.from_s, row.to_s)}
    found |= {at_s for stay in stays for at_s in (stay.from_s, stay.to_s)}
    return sorted(found | {window.from_s, window.to_s, *_quarters(window)})


def _quarters(window: Window) -> Iterator[float]:
    first = ceil((window.origin_epoch_s + window.from_s) / QUARTER_S)
    last = ceil((window.origin_epoch_s + window.to_s) / QUARTER_S)
    return (float(number * QUARTER_S - window.origin_epoch_s) for number in range(first, last))


def _hour_of_week(at_s: float, window: Window) -> int:
    instant = datetime.fromtimestamp(window.origin_epoch_s + at_s, UTC)
    local = instant.astimezone(ZoneInfo(window.zone))
    return local.weekday() * 24 + local.hour


def _charged(run: Recorded, at_s: float, length: Fraction) -> Seconds:
    """Charge some time, beginning at an instant, to what kept jobs Pending all through it."""
    total = defaultdict[Blamed, Fraction](Fraction)
    moment = Moment(run, at_s)
    for (process, line, begins_on), jobs in moment.waiting().items():
        if begins_on != NONE:
            latency = Charge(BlameCause.LATENCY, NONE, begins_on)
            total[Blamed(process, latency)] += jobs * length
            continue
        for charge, share in moment.shares(line).items():
            total[Blamed(process, charge)] += jobs * length * share
    return total


class Moment:
    """Who waits at an instant, what holds which slot, and who has which account and session."""

    def __init__(self, run: Recorded, at_s: float) -> None:
        self.run, self.plan, self.at_s = run, run.plan, at_s
        self.held = [row for row in run.held if row.from_s <= at_s < row.to_s]
        self.presences = [row for row in run.presences if row.from_s <= at_s < row.to_s]
        self.stays = [
            stay
            for stays in run.stays.values()
            for stay in stays
            if stay.from_s <= at_s < stay.to_s
        ]

    def waiting(self) -> Counter[tuple[int, int, int]]:
        """How many jobs wait for their first start, by process, line, and the machine where they
        wait out the latency, `NONE` for those in line.
        """
        jobs, routes = self.run.records.jobs, self.plan.legend.routes
        begins = {stay.first.job: self._machine(stay.first.host) for stay in self.stays}
        return Counter(
            (int(routes.process[jobs.route[job]]), self.run.line_number(job), begins.get(job, NONE))
            for job in self.run.jobs
            if jobs.submitted_s[job] <= self.at_s < jobs.submitted_s[job] + jobs.pending_s[job]
        )

    def shares(self, number: int) -> Shares:
        """In which parts a second of a job in line is charged: as much to each slot of its line."""
        line = self.plan.lines[number]
        slots = [slot for place in line.places for slot in self._slots(number, line, place)]
        if not line.places:
            slots = [{Charge(BlameCause.NO_MACHINE, NONE, NONE): Fraction(1)}]
        return _in_equal_parts(slots)

    # --- slots ------------------------------------------------------------------------------------

    def _slots(self, number: int, line: Line, place: Place) -> list[Shares]:
        """What each slot of a line on one machine was held by; that of none counts as one."""
        found = [
            slot
            for pool in place.pools
            for row in self._rows(pool)
            if row.state in EXISTING
            for slot in self._slots_of(row, pool, line, place)
        ]
        return found or [_one(self._why_none(number, place), NONE, place.machine)]

    def _rows(self, pool: int) -> list[Presence]:
        of = self.plan.pools[pool]
        return [row for row in self.presences if (row.host, row.runtime) == (of.host, of.runtime)]

    def _slots_of(self, row: Presence, pool: int, line: Line, place: Place) -> list[Shares]:
        """What holds each slot of a pool: first those that jobs run on, then the others."""
        machine = place.machine
        jobs = [held for held in self.held if self.run.pool_of(held) == pool]
        busy = [_one(BlameCause.JOB, self._folder(held), machine) for held in jobs]
        if row.state == SlotState.DOWN:  # a job that is paused has no row, its slot is one of these
            free = _one(BlameCause.DOWN, NONE, machine)
        elif row.state == SlotState.MAINTENANCE:
            free = _one(BlameCause.MAINTENANCE, NONE, machine)
        else:
            free = self._kept_off(line, place, row.host)
        assert row.slots >= len(busy)
        return busy + [free] * (row.slots - len(busy))

    def _kept_off(self, line: Line, place: Place, host: int) -> Shares:
        """What keeps a job from starting on a free slot in service."""
        machine = place.machine
        if line.takes_account:
            having = [self._who_has(account, host) for account in place.accounts]
            if all(having):
                folders = [self._folder(one[0].first) for one in having]
                return _in_equal_parts(_one(BlameCause.ACCOUNT, one, machine) for one in folders)
        if line.takes_session:
            sessions = self.plan.hosts[host].windows_sessions
            if sessions == 0:
                return _one(BlameCause.SESSION, NONE, machine)
            taken = [stay.first for stay in self.stays
                     if stay.first.host == host and self._line(stay).takes_session]  # fmt: skip
            if len(taken) == sessions:
                folders = [self._folder(one) for one in taken]
                return _in_equal_parts(_one(BlameCause.SESSION, one, machine) for one in folders)
        if self.plan.dispatch.blocked == "block":
            return _one(BlameCause.HELD_BACK, line.folder, machine)
        return _one(BlameCause.FREE, NONE, machine)

    def _who_has(self, account: int, host: int) -> list[Stay]:
        """The one job, if any, for which an account is busy on a host, paused or not."""
        anywhere = account in self.plan.single
        return [
            stay
            for stay in self.stays
            if stay.first.account == account
            and self._line(stay).takes_account
            and (anywhere or stay.first.host == host)
        ]

    def _why_none(self, number: int, place: Place) -> BlameCause:
        """Why a machine has no slot of a line; where it has no host, no licence would help."""
        if not place.pools:
            return BlameCause.NO_HOST
        states = {row.state for pool in place.pools for row in self._rows(pool)}
        if SlotState.BOOTING in states:
            return BlameCause.BOOTING
        if SlotState.UNLICENSED in states or self._licences_left(self._runtime(number)) <= 0:
            return BlameCause.UNLICENSED
        return BlameCause.NO_HOST

    def _licences_left(self, runtime: int) -> float:
        """All that there are, less one for each slot that exists or boots."""
        at_start = sum(pool.licensed for pool in self.plan.pools if pool.runtime == runtime)
        taken = sum(
            row.slots
            for row in self.presences
            if row.runtime == runtime and row.state in {*EXISTING, SlotState.BOOTING}
        )
        return self.plan.licences_left[runtime] + at_start - taken

    # --- names ------------------------------------------------------------------------------------

    def _folder(self, row: Held) -> int:
        return int(self.plan.legend.routes.folder[self.run.records.jobs.route[row.job]])

    def _machine(self, host: int) -> int:
        return self.plan.hosts[host].machine

    def _line(self, stay: Stay) -> Line:
        return self.plan.lines[self.run.line_number(stay.first.job)]

    def _runtime(self, number: int) -> int:
        """The runtime type of a line: that of any route that leads to it."""
        routes = self.plan.legend.routes
        return int(routes.runtime[routes.line.tolist().index(number)])


def _one(cause: BlameCause, held_by: int, machine: int) -> Shares:
    return {Charge(cause, held_by, machine): Fraction(1)}


def _in_equal_parts(among: Iterable[Shares]) -> Shares:
    """A second in equal parts over some things, each of which is charged in parts of its own."""
    things = list(among)
    total = defaultdict[Charge, Fraction](Fraction)
    for thing in things:
        for charge, share in thing.items():
            total[charge] += share / len(things)
    return total
