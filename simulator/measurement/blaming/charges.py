"""The book of blame: what each process waited for, charge by charge, and what they add up to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.measurement.blaming.grounds import Ground
from simulator.measurement.hours import HOURS_PER_WEEK
from simulator.measurement.scopes import Groups, total_by
from simulator.records.codes import BlameCause
from simulator.records.columns import (
    ELSEWHERE,
    NONE,
    Blame,
    BlameOfMachines,
    BlameOfWeek,
    Floats,
    Ints,
)
from simulator.records.combinations import combinations

ROUNDING: Final = 1e-10
"""The share of a total that rounding may leave over; or a microsecond, where that is more.

Sums of times on the grid are exact. What is left comes from parts that are no whole fractions.
"""


MOST_ROWS: Final = 2**18
"""Rows by hour of the week that are kept before those that are alike are added up."""


class _Entry(NamedTuple):
    """Seconds charged on one ground, (K,) each, inside the window or outside it."""

    payers: npt.NDArray[np.int32]
    inside: npt.NDArray[np.bool_]
    seconds: Floats


class _Row(NamedTuple):
    """What a ground comes to in the end."""

    cause: BlameCause
    entry: _Entry


class Page:
    """What the jobs of one process waited for that have the same needs."""

    def __init__(self, process: int, week: _Rows, machines: _Rows) -> None:
        self.process = process
        self.total_s = 0.0
        """How long they waited in all."""

        self._week, self._machines = week, machines
        self._entries: defaultdict[tuple[BlameCause, tuple[int, int], float], list[_Entry]]
        self._entries = defaultdict(list)

    def charge(self, ground: Ground, seconds: Floats, shares: float = 1) -> None:
        """Charge seconds, one for each piece of a ground, to whoever is to pay for it.

        They are still to be divided by `shares`, and by the parts of the ground.
        """
        charged = np.flatnonzero(seconds)
        if not len(charged):
            return
        pieces, parts = ground.pieces, shares * ground.parts
        payer, hour, seconds = pieces.payer[charged], pieces.hour[charged], seconds[charged]
        inside = hour >= 0
        cells, sums = _summed(2 * payer + inside, 2 * len(pieces.payers), seconds)
        entry = _Entry(pieces.payers[cells // 2], cells % 2 > 0, sums)
        self._entries[ground.cause, ground.at, parts].append(entry)
        held_by, machine = pieces.payers[payer[inside]].T
        columns, sums = _by_hour(held_by, hour[inside], seconds[inside])
        self._week.add((self.process, int(ground.cause), *columns), sums / parts)
        columns, sums = _by_hour(machine, hour[inside], seconds[inside])
        self._machines.add(columns, sums / parts)

    def settled(self) -> tuple[list[_Row], float]:
        """Return all charges, which add up to `total_s`; and what of it is not explained.

        What rounding left over goes to the largest of them; if it is more than that, nothing is
        known to have kept the jobs from starting.
        """
        rows = [
            _Row(cause, _divided(_together(entries), parts))
            for (cause, _, parts), entries in self._entries.items()
        ]
        left_s = self.total_s - float(sum(row.entry.seconds.sum() for row in rows))
        if rows and abs(left_s) <= max(ROUNDING * self.total_s, 1e-6):
            largest = max((row.entry.seconds for row in rows), key=np.max)
            largest[largest.argmax()] += left_s
            left_s = 0.0
        elif left_s:
            rows.append(_Row(BlameCause.FREE, _nobodys(left_s)))
        return rows, abs(left_s)


class Ledger:
    """Takes charges in, and puts right what rounding leaves over.

    Hours of the week are added up apart, by who held and by machine: to cross all of them would
    make more rows than there are jobs.
    """

    def __init__(self) -> None:
        self.unexplained_s = 0.0
        self._pages: dict[tuple[int, int], Page] = {}
        self._week, self._machines = _Rows(4), _Rows(2)

    def page(self, kind: int, process: int) -> Page:
        """Return the page of the jobs of a process that have a kind of needs."""
        if (kind, process) not in self._pages:
            self._pages[kind, process] = Page(process, self._week, self._machines)
        return self._pages[kind, process]

    def close_slice(self) -> None:
        """Have what is alike by hour of the week take no more room than it must."""
        self._week.condense()
        self._machines.condense()

    def blame(self) -> Blame:
        """Return all charges, added up where all but their seconds are the same."""
        rows, self.unexplained_s = _Rows(5), 0.0
        for _, page in sorted(self._pages.items()):
            settled, unexplained_s = page.settled()
            self.unexplained_s += unexplained_s
            for cause, entry in settled:
                columns = (page.process, int(cause), *entry.payers.T, entry.inside)
                rows.add(columns, entry.seconds)
        *columns_of_all, inside = rows.columns
        (process, causes, held_by, machine), row = combinations(*columns_of_all)
        total_s, window_s = (
            total_by(row, len(process), seconds)
            for seconds in (rows.seconds, np.where(inside > 0, rows.seconds, 0.0))
        )
        return Blame(process, causes.astype(np.int8), held_by, machine, total_s, window_s)

    def week(self) -> BlameOfWeek:
        """Return the charges inside the window by hour of the week."""
        (process, cause, held_by, hour), row = combinations(*self._week.columns)
        seconds = total_by(row, len(process), self._week.seconds)
        return BlameOfWeek(process, cause.astype(np.int8), held_by, hour, seconds)

    def machines(self) -> BlameOfMachines:
        """Return the charges inside the window by machine and hour of the week."""
        (machine, hour), row = combinations(*self._machines.columns)
        return BlameOfMachines(machine, hour, total_by(row, len(hour), self._machines.seconds))


class _Rows:
    """Rows of integers with the seconds of each, taken in batch by batch."""

    def __init__(self, width: int) -> None:
        self._columns = [np.empty((width, 0), dtype=np.int32)]
        self._seconds = [np.empty(0)]

    def add(
        self, columns: tuple[int | Groups | npt.NDArray[np.bool_], ...], seconds: Floats
    ) -> None:
        """Take in rows; what is the same for all of them may be one number."""
        table = np.empty((len(columns), len(seconds)), dtype=np.int32)
        for place, column in enumerate(columns):
            table[place] = column
        self._columns.append(table)
        self._seconds.append(seconds)

    def condense(self) -> None:
        """Add up rows that are alike, where there are many."""
        if sum(map(len, self._seconds)) > MOST_ROWS:
            columns, row = combinations(*self.columns)
            seconds = total_by(row, len(columns[0]), self.seconds)
            self._columns, self._seconds = [np.stack(columns)], [seconds]

    @property
    def columns(self) -> npt.NDArray[np.int32]:
        """Return the columns of all rows, (width, N)."""
        return np.concatenate(self._columns, axis=1)

    @property
    def seconds(self) -> Floats:
        """Return the seconds of all rows, (N,)."""
        return np.concatenate(self._seconds)


def _by_hour(things: Ints, hours: Ints, seconds: Floats) -> tuple[tuple[Groups, Groups], Floats]:
    """Return things and hours of the week that have any seconds, and these."""
    raised = things.astype(np.int64) - ELSEWHERE
    size = (int(raised.max(initial=0)) + 1) * HOURS_PER_WEEK
    cells, sums = _summed(raised * HOURS_PER_WEEK + hours, size, seconds)
    return (cells // HOURS_PER_WEEK + ELSEWHERE, cells % HOURS_PER_WEEK), sums


def _summed(cells: Groups, size: int, seconds: Floats) -> tuple[Groups, Floats]:
    """Return the cells that have any seconds, and these; few of a large table are sorted."""
    if size > 8 * len(cells):
        few, row = np.unique(cells, return_inverse=True)
        return few, total_by(row, len(few), seconds)
    sums = total_by(cells, size, seconds)
    found = np.flatnonzero(sums)
    return found, sums[found]


def _together(entries: Sequence[_Entry]) -> _Entry:
    """Return the entries of several slices as one; their sums are exact, as times are on a grid."""
    if len(entries) == 1:
        return entries[0]
    payers, inside, seconds = (np.concatenate(column) for column in zip(*entries, strict=True))
    (held_by, machine, within), row = combinations(*payers.T, inside.astype(np.int8))
    sums = total_by(row, len(within), seconds)
    return _Entry(np.stack((held_by, machine), axis=1), within > 0, sums)


def _divided(entry: _Entry, parts: float) -> _Entry:
    return entry._replace(seconds=entry.seconds / parts)


def _nobodys(seconds: float) -> _Entry:
    nobody = np.full((1, 2), NONE, dtype=np.int32)
    return _Entry(nobody, np.array([False]), np.array([seconds]))
