"""What the rows of a run say about any instant, asked of the rows alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf, isnan
from typing import NamedTuple

from simulator.plan.plan import Plan
from simulator.records.codes import Interruption, SlotState
from simulator.records.columns import Records


class Held(NamedTuple):
    """A row of `Occupancy`."""

    job: int
    host: int
    slot: int
    account: int
    from_s: float
    ran_from_s: float
    to_s: float


class Presence(NamedTuple):
    """A row of `Availability`."""

    host: int
    runtime: int
    slots: int
    from_s: float
    to_s: float
    state: int


class Left(NamedTuple):
    """A row of `Interruptions`."""

    job: int
    cause: int
    left_s: float
    back_s: float
    again_s: float


class Span(NamedTuple):
    """From when, to when, how many."""

    from_s: float
    to_s: float
    count: int = 1


@dataclass(frozen=True)
class Stay:
    """A job at a place, paused there or not: the rows of its slot, and until when it kept it."""

    rows: tuple[Held, ...]
    to_s: float

    @property
    def first(self) -> Held:
        return self.rows[0]

    @property
    def from_s(self) -> float:
        return self.first.from_s

    @property
    def span(self) -> Span:
        return Span(self.from_s, self.to_s)

    @property
    def paused_s(self) -> float:
        return self.to_s - self.from_s - sum(row.to_s - row.from_s for row in self.rows)


EXISTING = {SlotState.USABLE, SlotState.MAINTENANCE, SlotState.DOWN}
CONNECTED = EXISTING | {SlotState.UNLICENSED}


class Recorded:
    """The rows of a run by job and by host."""

    def __init__(self, plan: Plan, records: Records) -> None:
        self.plan, self.records, self.end_s = plan, records, records.end_s
        self.jobs = range(len(records.jobs.route))
        self.held = [Held(*row) for row in _rows(records.occupancy, Held._fields)]
        self.presences = [Presence(*row) for row in _rows(records.availability, Presence._fields)]
        self.left: dict[int, list[Left]] = defaultdict(list)
        for row in _rows(records.interruptions, Left._fields):
            self.left[int(row[0])].append(Left(*row))
        by_job: dict[int, list[Held]] = defaultdict(list)
        for held in sorted(self.held, key=lambda row: row.from_s):
            by_job[held.job].append(held)
        self.stays = {job: list(self._stays(job, by_job[job])) for job in self.jobs}

    def _stays(self, job: int, rows: Sequence[Held]) -> Iterator[Stay]:
        """Put together the rows between which a job was paused: it had not left its slot."""
        stay: list[Held] = []
        for row, later in pairwise([*rows, None]):
            assert row is not None
            stay.append(row)
            kept_s = self._kept_until_s(job, row)
            if later is None or kept_s <= later.from_s:
                yield Stay(tuple(stay), kept_s)
                stay = []

    def _kept_until_s(self, job: int, row: Held) -> float:
        """Until when a job kept the slot that it held on a row: its end, or when it left."""
        if row.ran_from_s == row.to_s:  # it ran for no time, or was sent back before it ran
            return row.to_s
        ended_s = self.records.jobs.ended_s[job].item()
        left_s = (one.left_s for one in self.left[job] if one.left_s >= row.to_s)
        return min(left_s, default=self.end_s if isnan(ended_s) else ended_s)

    def line_number(self, job: int) -> int:
        """The line in which a job waits for the first time."""
        return int(self.plan.legend.routes.line[self.records.jobs.route[job]])

    def pool_of(self, row: Held) -> int:
        return next(
            number
            for number, pool in enumerate(self.plan.pools)
            if pool.host == row.host and 0 <= row.slot - pool.first_slot < pool.slots
        )

    def waits(self, job: int) -> Iterator[tuple[int, Span]]:
        """When a job stood in line without a place, and in which line."""
        number = self.line_number(job)
        if number < 0:
            return
        jobs = self.records.jobs
        ended_s = jobs.ended_s[job].item()
        until_s = self.end_s if isnan(ended_s) else ended_s
        back_s = [jobs.submitted_s[job].item()]
        back_s += [one.back_s for one in self.left[job] if not isnan(one.back_s)]
        stays = self.stays[job]
        back_s += [one.to_s for one in stays if one.first.ran_from_s == one.to_s]
        taken_s = [one.from_s for one in stays]
        gone_s = [jobs.started_s[job].item(), *(one.again_s for one in self.left[job]), until_s]
        for from_s in back_s:
            to_s = min((at_s for at_s in (*taken_s, *gone_s) if at_s >= from_s), default=inf)
            if to_s > from_s:
                yield self._line_at(job, from_s), Span(from_s, to_s)

    def _line_at(self, job: int, at_s: float) -> int:
        """The line in which it waits: where it is to go on at the same place, one of its own."""
        number = self.line_number(job)
        was_suspended = any(
            one.cause == Interruption.SUSPENDED and one.left_s <= at_s for one in self.left[job]
        )
        suspends = self.plan.sources[self._source(job)].work.suspends
        if not was_suspended or suspends is None or not suspends.same_place:
            return number
        # It never ran elsewhere since, and where that was for no time at all no row tells it.
        host, account = (
            int(column[job]) for column in (self.records.jobs.host, self.records.jobs.account)
        )
        pools = self.plan.lines[number].pools()
        pool = next(pool for pool in pools if self.plan.pools[pool].host == host)
        return self.plan.again[number, pool, account]

    def _source(self, job: int) -> int:
        return int(self.plan.legend.routes.source[self.records.jobs.route[job]])


def _rows(table: object, columns: Sequence[str]) -> list[tuple[float, ...]]:
    return list(zip(*(getattr(table, name).tolist() for name in columns), strict=True))


def most_at_once(spans: Iterable[Span]) -> int:
    """The largest count of half-open spans at any instant."""
    changes = defaultdict[float, int](int)
    for span in spans:
        changes[span.from_s] += span.count
        changes[span.to_s] -= span.count
    now = most = 0
    for at_s in sorted(changes):
        now += changes[at_s]
        most = max(most, now)
    return most


def fewest_at_once(spans: Sequence[Span], end_s: float) -> int:
    """The smallest count of half-open spans at any instant from 0 to the end."""
    there = sum(span.count for span in spans)
    gaps = [Span(0.0, span.from_s, span.count) for span in spans]
    gaps += [Span(span.to_s, end_s, span.count) for span in spans]
    return there - most_at_once(gap for gap in gaps if gap.to_s > gap.from_s)


def covered(inner: tuple[float, float], spans: Iterable[Span]) -> bool:
    """Whether the spans leave nothing of a span out."""
    at_s, to_s = inner
    for span in sorted(spans):
        if span.from_s <= at_s < span.to_s:
            at_s = span.to_s
    return at_s >= to_s
