"""The book of blame: what each process waited for, charge by charge, and what they add up to."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.measurement.blaming.chargeable import Chargeable
from simulator.measurement.hours import HOURS_PER_WEEK
from simulator.measurement.scopes import total_by
from simulator.records.codes import BlameCause
from simulator.records.columns import NONE, Blame, Floats, combinations

_CELLS: Final = HOURS_PER_WEEK + 1
"""The hours of the week, and one for what lies outside the window."""

ROUNDING: Final = 1e-9
"""The share of a total that rounding may leave over; and at most a microsecond where that is more.

Sums of times on the grid are exact. What is left comes from parts that are no whole fractions.
"""


class Entry(NamedTuple):
    """Charges of one process for one cause, (K,) each; hour is -1 outside the window."""

    process: int
    cause: BlameCause
    payers: npt.NDArray[np.int32]
    hour: npt.NDArray[np.int64]
    seconds: Floats


class Ledger:
    """Takes charges in, and puts right what rounding leaves over."""

    def __init__(self) -> None:
        self.unexplained_s = 0.0
        self._entries: list[Entry] = []
        self._open: list[Entry] = []

    def charge(
        self, process: int, cause: BlameCause, pieces: Chargeable, seconds: Floats, parts: float = 1
    ) -> None:
        """Charge seconds, one for each piece, divided by `parts`, to whoever is to pay for it."""
        charged = np.flatnonzero(seconds)
        if not len(charged):
            return
        cell = pieces.payer[charged] * _CELLS + pieces.hour[charged] + 1
        cells, sums = _summed(cell, len(pieces.payers) * _CELLS, seconds[charged])
        entry = Entry(
            process, cause, pieces.payers[cells // _CELLS], cells % _CELLS - 1, sums / parts
        )
        self._open.append(entry)
        if cause is BlameCause.FREE:
            self.unexplained_s += float(entry.seconds.sum())

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
        tables = [_table(entry) for entry in self._entries]
        table = np.concatenate([np.empty((5, 0), dtype=np.int32), *tables], axis=1)
        seconds = np.concatenate([np.empty(0), *(entry.seconds for entry in self._entries)])
        (process, cause, held_by, machine, hour), row = combinations(*table)
        sums = total_by(row, len(process), seconds)
        return Blame(process, cause.astype(np.int8), held_by, machine, hour, sums)


def _summed(
    cells: npt.NDArray[np.intp], size: int, seconds: Floats
) -> tuple[npt.NDArray[np.intp], Floats]:
    """Return the cells that have any seconds, and these; few of a large table are sorted."""
    if size > 8 * len(cells):
        few, row = np.unique(cells, return_inverse=True)
        return few, total_by(row, len(few), seconds)
    sums = total_by(cells, size, seconds)
    found = np.flatnonzero(sums)
    return found, sums[found]


def _unexplained(process: int, seconds: float) -> Entry:
    nobody = np.full((1, 2), NONE, dtype=np.int32)
    return Entry(process, BlameCause.FREE, nobody, np.array([NONE]), np.array([seconds]))


def _table(entry: Entry) -> npt.NDArray[np.int32]:
    """Return process, cause, folder, machine and hour, (5, K)."""
    table = np.empty((5, len(entry.seconds)), dtype=np.int32)
    table[0], table[1] = entry.process, entry.cause
    table[2:4], table[4] = entry.payers.T, entry.hour
    return table
