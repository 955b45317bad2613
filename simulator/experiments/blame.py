"""Who kept whom Pending over all replications: by folder, process, cause, machine, hour of week."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import repeat
from typing import Final, NamedTuple

import numpy as np

from simulator.measurement.figures import BlameFigures, Figures
from simulator.measurement.hours import HOURS_PER_WEEK
from simulator.measurement.summary import SummaryRow, summary_rows
from simulator.records.codes import BlameCause
from simulator.records.columns import (
    ELSEWHERE,
    NONE,
    OUTSIDE_YOUR_FOLDERS,
    Floats,
    Ints,
    Legend,
    folders_of_processes,
    numbers_of,
)
from simulator.statistics import mean_of_replications, ratio_of_sums
from simulator.statistics.intervals import Intervals
from simulator.statistics.ratios import ratio


class Axis(StrEnum):
    """By what blame is told apart: who waited, for what, whose jobs it was, on which machine."""

    FOLDER = "folder"
    PROCESS = "process"
    CAUSE = "cause"
    HELD_BY = "held_by"
    MACHINE = "machine"


class BlameRow(NamedTuple):
    """One thing that kept jobs Pending, with its intervals over replications.

    names: one for each axis asked for, empty where there is none (no folder held it, no machine is
    to blame). jobs: how many were Pending for it at once, the time average, so that all rows add
    up to `pending.jobs`. share: of all the time that jobs were Pending.
    """

    names: tuple[str, ...]
    jobs: SummaryRow
    share: SummaryRow


class BlameOfWeek(NamedTuple):
    """How many jobs one thing kept Pending by local hour of the week, (168,), Monday 00 first.

    Means over replications; NaN for an hour the window does not touch.
    """

    names: tuple[str, ...]
    jobs: Floats


@dataclass(frozen=True, slots=True)
class Blame:
    """What kept jobs Pending in every replication; hours_s: (168,), as in `Figures`."""

    legend: Legend
    figures: tuple[BlameFigures, ...]
    hours_s: Floats
    confidence: float

    def by(
        self, *axes: Axis, within: int = 0, folders: Collection[str] | None = None
    ) -> tuple[BlameRow, ...]:
        """Return blame told apart by some axes, what kept most jobs Pending first.

        Shares are of all time Pending, or only of that of the rows with the same first `within`
        names: by folder and cause, within 1, they are of the folder's own. With `folders` all is of
        the jobs of these alone.
        """
        tables = [self._table(one, axes, folders) for one in self.figures]
        if not any(len(keys) for keys, _ in tables):
            return ()
        keys, seconds = _aligned(tables)
        jobs = mean_of_replications(seconds / self.legend.window.length_s, self.confidence)
        wholes = [key[:within] for key in keys]
        shares = ratio_of_sums(seconds, _totals(wholes, seconds), self.confidence)
        names = [self._names(key, axes) for key in keys]
        rows = map(BlameRow, names, self._rows("jobs", jobs), self._rows("ratio", shares))
        return tuple(sorted(rows, key=lambda row: (-row.jobs.mean, row.names)))

    def over_week(self, *axes: Axis) -> tuple[BlameOfWeek, ...]:
        """Return blame by hour of the week: by folder, cause and held_by, or machine, or process.

        Raises:
            ValueError: machine or process together with another axis.
        """
        if not self.figures:
            return ()
        keys, seconds = _aligned([self._of_week(one, axes) for one in self.figures])
        numbers = ratio(seconds.mean(axis=0), self.hours_s)
        names = (self._names(key, axes) for key in keys)
        return tuple(BlameOfWeek(*found) for found in zip(names, numbers, strict=True))

    def _table(
        self, figures: BlameFigures, axes: Sequence[Axis], folders: Collection[str] | None
    ) -> tuple[Ints, Floats]:
        """Return the numbers that the rows of a replication have on some axes, and the seconds."""
        columns = self._columns(figures, axes)
        if folders is None:
            return columns, figures.window_s
        waiting = folders_of_processes(self.legend)[figures.keys[:, 0]]
        asked = np.array([name in folders for name in self.legend.names.folders], dtype=np.bool_)
        return columns[asked[waiting]], figures.window_s[asked[waiting]]

    def _columns(self, figures: BlameFigures, axes: Sequence[Axis]) -> Ints:
        """Return the numbers that the rows of a replication have on some axes, (K, axes)."""
        process, cause, held_by, machine = figures.keys.T
        folder = folders_of_processes(self.legend)[process]
        columns = {
            Axis.FOLDER: folder,
            Axis.PROCESS: process,
            Axis.CAUSE: cause,
            Axis.HELD_BY: held_by,
            Axis.MACHINE: machine,
        }
        return np.stack([columns[axis] for axis in axes], axis=1)

    def _of_week(self, figures: BlameFigures, axes: Sequence[Axis]) -> tuple[Ints, Floats]:
        """Return the numbers on some axes, and the seconds by hour of the week."""
        if tuple(axes) == (Axis.MACHINE,):
            machines = np.arange(len(figures.machines_s), dtype=np.int32)
            machines[-1] = NONE
            return machines[:, np.newaxis], figures.machines_s
        if tuple(axes) == (Axis.PROCESS,):
            processes = np.arange(len(figures.processes_s), dtype=np.int32)
            return processes[:, np.newaxis], figures.processes_s
        if not set(axes) <= set(_OF_WEEK):
            raise ValueError("by hour of the week a machine, or a process, is told of by itself")
        return figures.week[:, [_OF_WEEK.index(axis) for axis in axes]], figures.week_s

    def _names(self, key: Sequence[int], axes: Sequence[Axis]) -> tuple[str, ...]:
        return tuple(self._name(axis, number) for axis, number in zip(axes, key, strict=True))

    def _name(self, axis: Axis, number: int) -> str:
        if axis is Axis.CAUSE:
            return BlameCause(number).label
        if number == ELSEWHERE:
            return OUTSIDE_YOUR_FOLDERS
        names = self.legend.names
        lists = {Axis.PROCESS: names.processes, Axis.MACHINE: names.machines}
        return "" if number == NONE else lists.get(axis, names.folders)[number]

    def _rows(self, unit: str, intervals: Intervals) -> Iterator[SummaryRow]:
        key = ("tenant", "", "pending.jobs", unit)
        yield from summary_rows(repeat(key, len(intervals.mean)), intervals, self.confidence)


_OF_WEEK: Final = (Axis.FOLDER, Axis.CAUSE, Axis.HELD_BY)
"""The columns of `BlameFigures.week`."""


def _aligned(tables: Sequence[tuple[Ints, Floats]]) -> tuple[list[tuple[int, ...]], Floats]:
    """Return all keys of some tables in order, and the sums of each table by key, (R, K, …).

    A table is its keys, (N, axes), and as many values, (N, …).
    """
    every = np.concatenate([keys for keys, _ in tables])
    keys, rows = np.unique(every, axis=0, return_inverse=True)
    ends = np.cumsum([len(one) for one, _ in tables])[:-1]
    sums = np.zeros((len(tables), len(keys), *tables[0][1].shape[1:]))
    for table, row, (_, values) in zip(sums, np.split(rows.reshape(-1), ends), tables, strict=True):
        np.add.at(table, row, values)
    return [tuple(key) for key in keys.tolist()], sums


def _totals(wholes: Sequence[tuple[int, ...]], seconds: Floats) -> Floats:
    """Return for each of seconds (R, K) the sum of its whole, of which `wholes` tell, (R, K)."""
    numbers = numbers_of(dict.fromkeys(wholes))
    whole = np.array([numbers[one] for one in wholes], dtype=np.intp)
    sums = np.zeros((len(numbers), len(seconds)))
    np.add.at(sums, whole, seconds.T)
    return sums[whole].T


def blame_of_study(legend: Legend, figures: Sequence[Figures], confidence: float) -> Blame:
    """Return the blame of some replications; it has no rows where there are none."""
    found = tuple(one.blame for one in figures if one.blame is not None)
    hours_s = figures[0].hours_s if figures else np.zeros(HOURS_PER_WEEK)
    return Blame(legend, found, hours_s, confidence)
