"""A replication one slice of its time after the other, so that a longer one takes no more memory.

What is added up over time can be added up slice by slice: each has the waits, the spans of slots
and the states of slots that there were in it, cut off at its ends. A short run is one slice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from simulator.measurement.chunks import Rows, in_order, let_go_of_all
from simulator.measurement.places import Free, Pauses, free_in, pauses_of, pools_held
from simulator.measurement.scopes import Groups, Mask, Selection
from simulator.measurement.spans import Spans
from simulator.measurement.waits import Lines, Waits, latencies_of, waits_at, waits_of
from simulator.plan.eligibility import Eligibility
from simulator.records.codes import SlotState
from simulator.records.columns import Availability, Floats, Ints, Legend, Occupancy, Records
from simulator.records.parts import part_of

MOST_ROWS: Final = 2**17
"""Spans, and jobs, that begin in one slice at most: what is known of them stays in a cache."""

ROWS_A_LINE: Final = 2**9
"""More of them where there are many lines, each of which costs something in every slice."""


class Kept(NamedTuple):
    """When jobs kept what goes with their slots, (K,) each: also while they were paused.

    line: that in which the job waited first.
    """

    spans: Spans
    job: Ints
    host: Ints
    account: Ints
    line: Groups

    def of(self, rows: Selection) -> Kept:
        """Return some of them, in their order."""
        spans = self.spans.of(rows)
        return Kept(spans, self.job[rows], self.host[rows], self.account[rows], self.line[rows])

    def by_lines(self, marks: Iterable[bool]) -> Mask:
        """Return which are of jobs of the lines that are marked; marks: one a line."""
        return np.fromiter(marks, dtype=np.bool_)[self.line]


@dataclass(frozen=True)
class TimeSlice:
    """What there was of a replication in a slice of its time, from from_s to to_s.

    records: of occupancy and availability what lies in it, cut off at its ends; the jobs and all
    else are those of the whole run. carried: how many of the first spans had begun before. keep
    finds `kept`.
    """

    eligibility: Eligibility
    legend: Legend
    records: Records
    from_s: float
    to_s: float
    waits: Waits
    lines: Lines
    keep: Callable[[], Kept]
    carried: int = 0

    @cached_property
    def kept(self) -> Kept:
        """Return when jobs kept accounts and sessions."""
        return self.keep()

    @cached_property
    def pool(self) -> Groups:
        """Return the pool of each span."""
        return pools_held(self.eligibility.pools, self.records.occupancy)

    @cached_property
    def route(self) -> Ints:
        """Return the route of the job of each span."""
        return self.records.jobs.route[self.records.occupancy.job]

    @cached_property
    def free(self) -> Free:
        """Return how many slots of each pool are in service and free."""
        return self.free_in(SlotState.USABLE)

    def free_in(self, state: SlotState) -> Free:
        """Return how many slots of each pool are in a state of existing slots, and free."""
        return free_in(self.eligibility.pools, self.records, self.pool, state)

    @cached_property
    def waits_inside(self) -> Waits:
        """Return the part of each wait inside the window, of those that have one."""
        return self.waits.within(self.legend.window)

    @cached_property
    def latencies_inside(self) -> Waits:
        """Return the part inside the window of each dispatch latency, which is part of a wait."""
        return latencies_of(self.lines, self.records).within(self.legend.window)


def slices_of(eligibility: Eligibility, legend: Legend, records: Records) -> Iterator[TimeSlice]:
    """Yield a replication in slices; the records are whole, not what one account sees of them."""
    run = _Run(eligibility, legend, records)
    most = max(MOST_ROWS, ROWS_A_LINE * len(eligibility.lines))
    cuts = cuts_of((records.occupancy.from_s, records.jobs.submitted_s), records.end_s, most)
    if not cuts:
        yield run.all()
    for from_s, to_s in pairwise(cuts):
        yield run.between(from_s, to_s)
        let_go_of_all(records)


def held_slices(records: Records) -> Iterator[Occupancy]:
    """Yield the spans of slots alone in slices; they may be what one account sees of them."""
    held, passing = records.occupancy, spans_passing(records)
    cuts = cuts_of((held.from_s,), records.end_s, MOST_ROWS)
    if not cuts:
        yield held
    for from_s, to_s in pairwise(cuts):
        yield clipped(part_of(held, passing.until(to_s)[1]), from_s, to_s)
        let_go_of_all(records)


def waiting_slices(records: Records) -> Iterator[tuple[Occupancy, Rows, Spans]]:
    """Yield the spans of slots in slices, and the jobs in their first wait, with the wait."""
    held, jobs = records.occupancy, records.jobs
    spans, waits = spans_passing(records), waits_passing(records)
    cuts = cuts_of((held.from_s, jobs.submitted_s), records.end_s, MOST_ROWS)
    for from_s, to_s in pairwise(cuts or (-np.inf, np.inf)):
        (_, first), (_, rows) = waits.until(to_s), spans.until(to_s)
        first = first[jobs.pending_s[first] > 0]
        submitted_s = jobs.submitted_s[first]
        pending = Spans(submitted_s, submitted_s + jobs.pending_s[first]).within(from_s, to_s)
        yield clipped(part_of(held, rows), from_s, to_s), first, pending
        let_go_of_all(records)


class _Run:
    """A whole run, of which slices are taken in order of time."""

    def __init__(self, eligibility: Eligibility, legend: Legend, records: Records) -> None:
        self._eligibility, self._legend, self._records = eligibility, legend, records
        self._lines = Lines(eligibility, legend, records)
        self._held, self._first = spans_passing(records), waits_passing(records)
        self._later = Passing(records.interruptions.left_s, self._until_s)

    def all(self) -> TimeSlice:
        """Return all of it as one slice."""
        records = self._records
        waits = waits_of(self._lines, records)
        every = np.arange(len(records.occupancy.job))
        return self._slice(records, (0.0, records.end_s), waits, lambda: self._kept(every))

    def between(self, from_s: float, to_s: float) -> TimeSlice:
        """Return the next slice, which begins where the last one ended."""
        jobs, breaks = self._records.jobs, self._records.interruptions
        carried, rows = self._held.until(to_s)
        (_, first), (_, back) = self._first.until(to_s), self._later.until(to_s)
        first = first[jobs.pending_s[first] > 0]
        back = back[~np.isnan(breaks.back_s[back])]
        waits = waits_at(self._lines, self._records, first, back).between(from_s, to_s)
        records = replace(
            self._records,
            occupancy=clipped(part_of(self._records.occupancy, rows), from_s, to_s),
            availability=_there(self._records.availability, from_s, to_s),
        )

        def keep() -> Kept:
            kept = self._kept(np.concatenate((self._paused(from_s), rows)))
            return kept._replace(spans=kept.spans.within(from_s, to_s))

        return self._slice(records, (from_s, to_s), waits, keep, carried)

    def _slice(
        self,
        records: Records,
        ends_s: tuple[float, float],
        waits: Waits,
        keep: Callable[[], Kept],
        carried: int = 0,
    ) -> TimeSlice:
        estate = self._eligibility, self._legend
        return TimeSlice(*estate, records, *ends_s, waits, self._lines, keep, carried)

    def _until_s(self, rows: Rows) -> Floats:
        """Return when the waits after some interruptions were over; before all time without any."""
        breaks = self._records.interruptions
        until_s = np.where(np.isnan(breaks.again_s[rows]), np.inf, breaks.again_s[rows])
        return np.where(np.isnan(breaks.back_s[rows]), -np.inf, until_s)

    def _kept(self, rows: Rows) -> Kept:
        held, pauses = self._records.occupancy, self._pauses
        job, until_s = held.job[rows], held.to_s[rows]
        paused = np.flatnonzero(np.isin(rows, pauses.row)) if len(pauses.row) else pauses.row
        until_s[paused] = pauses.until_s[np.searchsorted(pauses.row, rows[paused])]
        return Kept(
            spans=Spans(held.from_s[rows], until_s),
            job=job,
            host=held.host[rows],
            account=held.account[rows],
            line=self._legend.routes.line[self._records.jobs.route[job]],
        )

    def _paused(self, from_s: float) -> Rows:
        """Return the spans over before an instant whose pauses were not."""
        ended_s = self._records.occupancy.to_s[self._pauses.row]
        goes_on = (ended_s <= from_s) & (self._pauses.until_s > from_s)
        return self._pauses.row[goes_on]

    @cached_property
    def _pauses(self) -> Pauses:
        return pauses_of(self._records)


class Passing:
    """Rows in the order in which they begin, of which some are there at a time.

    begun_s: when each begins. ends_s: returns when some of them are over.
    """

    def __init__(self, begun_s: Floats, ends_s: Callable[[Rows], Floats]) -> None:
        self._begun_s, self._ends_s = begun_s, ends_s
        self._next, self._left = 0, np.empty(0, dtype=np.intp)

    def until(self, to_s: float) -> tuple[int, Rows]:
        """Return the rows that are there up to an instant, from that of the last call on.

        And how many of the first of them had begun before.
        """
        last = int(np.searchsorted(self._begun_s, to_s, side="left"))
        rows = np.concatenate((self._left, np.arange(self._next, last)))
        carried = len(self._left)
        self._next, self._left = last, rows[self._ends_s(rows) > to_s]
        return carried, rows


def spans_passing(records: Records) -> Passing:
    """Return the spans for which slots were held, as time goes on."""
    held = records.occupancy
    return Passing(held.from_s, lambda rows: held.to_s[rows])


def waits_passing(records: Records) -> Passing:
    """Return the jobs that are in their first wait, as time goes on."""
    jobs = records.jobs
    return Passing(jobs.submitted_s, lambda rows: jobs.submitted_s[rows] + jobs.pending_s[rows])


def cuts_of(columns: Sequence[Floats], end_s: float, most: int) -> list[float]:
    """Return instants from 0 to `end_s` between which `most` rows begin in any column, or fewer.

    Or as many as begin at one instant. Nothing where that is one slice, or a column not in order.
    """
    if all(len(column) <= most for column in columns) or not all(map(in_order, columns)):
        return []
    cuts = [0.0]
    while cuts[-1] < end_s:
        cuts.append(min(end_s, *(_next_cut(column, cuts[-1], most) for column in columns)))
    return cuts


def _next_cut(column: Floats, from_s: float, most: int) -> float:
    first = int(np.searchsorted(column, from_s, side="left")) + most
    if first < len(column) and column[first] <= from_s:
        first = int(np.searchsorted(column, from_s, side="right"))
    return float(column[first]) if first < len(column) else np.inf


def clipped(held: Occupancy, from_s: float, to_s: float) -> Occupancy:
    """Return spans that slots were held, cut off at two instants."""
    times_s = (held.from_s, held.ran_from_s, held.to_s)
    begun_s, ran_s, ended_s = (np.clip(one, from_s, to_s) for one in times_s)
    return replace(held, from_s=begun_s, ran_from_s=ran_s, to_s=ended_s)


def _there(rows: Availability, from_s: float, to_s: float) -> Availability:
    """Return the states of slots between two instants."""
    found = np.flatnonzero((rows.from_s < to_s) & (rows.to_s > from_s))
    spans = Spans(rows.from_s[found], rows.to_s[found]).within(from_s, to_s)
    return Availability(
        host=rows.host[found],
        runtime=rows.runtime[found],
        slots=rows.slots[found],
        from_s=spans.from_s,
        to_s=spans.to_s,
        state=rows.state[found],
    )
