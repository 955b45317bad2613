"""The book of blame: what each process waited for, charge by charge, and what they add up to."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.measurement.blaming.chargeable import Chargeable
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


class _Entry(NamedTuple):
    """Charges of one process for one cause, (K,) each, inside the window or outside it."""

    process: int
    cause: BlameCause
    payers: npt.NDArray[np.int32]
    inside: npt.NDArray[np.bool_]
    seconds: Floats


class Ledger:
    """Takes charges in, and puts right what rounding leaves over.

    Hours of the week are added up apart, by who held and by machine: to cross all of them would
    make more rows than there are jobs.
    """

    def __init__(self) -> None:
        self.unexplained_s = 0.0
        self._entries: list[_Entry] = []
        self._open: list[_Entry] = []
        self._week, self._machines = _Rows(4), _Rows(2)

    def charge(
        self, process: int, cause: BlameCause, pieces: Chargeable, seconds: Floats, parts: float = 1
    ) -> None:
        """Charge seconds, one for each piece, divided by `parts`, to whoever is to pay for it."""
        charged = np.flatnonzero(seconds)
        if not len(charged):
            return
        payer, hour, seconds = pieces.payer[charged], pieces.hour[charged], seconds[charged]
        inside = hour >= 0
        cells, sums = _summed(2 * payer + inside, 2 * len(pieces.payers), seconds)
        entry = _Entry(process, cause, pieces.payers[cells // 2], cells % 2 > 0, sums / parts)
        self._open.append(entry)
        if cause is BlameCause.FREE:
            self.unexplained_s += float(entry.seconds.sum())
        held_by, machine = pieces.payers[payer[inside]].T
        columns, sums = _by_hour(held_by, hour[inside], seconds[inside])
        self._week.add((process, int(cause), *columns), sums / parts)
        columns, sums = _by_hour(machine, hour[inside], seconds[inside])
        self._machines.add(columns, sums / parts)

    def settle(self, process: int, total_s: float) -> None:
        """Have the charges since the last settlement, all of one process, add up to `total_s`.

        What rounding left over goes to the largest of them; if it is more than that, nothing is
        known to have kept the jobs from starting.
        """
        left_s = total_s - float(sum(entry.seconds.sum() for entry in self._open))
        if self._open and abs(left_s) <= max(ROUNDING * total_s, 1e-6):
            largest = max(self._open, key=lambda entry: entry.seconds.max())
            largest.seconds[largest.seconds.argmax()] += left_s
        elif left_s:
            self._open.append(_unexplained(process, left_s))
            self.unexplained_s += abs(left_s)
        self._entries += self._open
        self._open = []

    def blame(self) -> Blame:
        """Return all charges, added up where all but their seconds are the same."""
        rows = _Rows(5)
        for entry in self._entries:
            columns = (entry.process, int(entry.cause), *entry.payers.T, entry.inside)
            rows.add(columns, entry.seconds)
        *columns_of_all, inside = rows.columns
        (process, cause, held_by, machine), row = combinations(*columns_of_all)
        total_s, window_s = (
            total_by(row, len(process), seconds)
            for seconds in (rows.seconds, np.where(inside > 0, rows.seconds, 0.0))
        )
        return Blame(process, cause.astype(np.int8), held_by, machine, total_s, window_s)

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


def _unexplained(process: int, seconds: float) -> _Entry:
    nobody = np.full((1, 2), NONE, dtype=np.int32)
    return _Entry(process, BlameCause.FREE, nobody, np.array([False]), np.array([seconds]))
