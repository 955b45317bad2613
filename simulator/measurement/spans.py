"""Spans of time and the step functions they add up to: exact, and never span by span.

All times are float64 seconds; spans are half-open, [start, end), with start <= end.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.measurement.scopes import Groups, Selection, short, total_by
from simulator.records.columns import Floats


class Spans(NamedTuple):
    """Starts and ends, (J,) each."""

    from_s: Floats
    to_s: Floats

    @property
    def length_s(self) -> Floats:
        """Return how long each span is, (J,)."""
        return self.to_s - self.from_s

    def of(self, rows: Selection) -> Spans:
        """Return some of the spans, in their order."""
        return Spans(self.from_s[rows], self.to_s[rows])

    def within(self, from_s: float, to_s: float) -> Spans:
        """Return the part of each span inside [from_s, to_s); of length zero where it has none."""
        return Spans(np.clip(self.from_s, from_s, to_s), np.clip(self.to_s, from_s, to_s))


class Timeline:
    """Spans as the changes in their number, put in order of time once, for any grouping of them."""

    def __init__(self, spans: Spans) -> None:
        """Take the spans; at one instant they end before others start."""
        count = len(spans.from_s)
        self._times_s = np.concatenate((spans.to_s, spans.from_s))
        self._order = np.argsort(self._times_s, kind="stable")
        self._row = np.where(self._order < count, self._order, self._order - count)

    def by(self, groups: Groups, size: int) -> GroupedTimeline:
        """Return the spans of each group apart; groups: (J,), -1 is no group."""
        group = short(groups + 1, size + 1)[self._row]
        in_groups = np.argsort(group, kind="stable")
        change = self._order[in_groups]
        return GroupedTimeline(group[in_groups], size + 1, change, self._times_s)


class GroupedTimeline:
    """The changes in the number of spans, in order of group, then of time; group 0 is nobody's.

    The changes of a group add up to none, so one running sum over all of them is the number of
    spans in each.
    """

    def __init__(self, group: Groups, size: int, change: Groups, times_s: Floats) -> None:
        """Take the changes in order, and their times: of all ends, then of all starts."""
        self._first = np.flatnonzero(np.append(True, group[1:] != group[:-1])[: len(group)])
        self._groups, self._size = group[self._first], size
        self._change, self._times_s = change, times_s
        begins = change >= len(times_s) // 2
        self._number = np.cumsum(np.where(begins, np.int8(1), np.int8(-1)), dtype=np.int32)

    def covered_s(self) -> Floats:
        """Return how long at least one span of each group lasts, (size,)."""
        times_s = self._times_s[self._change]
        return self._by_group(np.add, np.diff(times_s, append=times_s[-1:]) * (self._number > 0))

    def most(self) -> Floats:
        """Return the most spans of each group at once, (size,)."""
        return self._by_group(np.maximum, self._number)

    def _by_group(self, found: np.ufunc, values: npt.NDArray[Any]) -> Floats:
        result = np.zeros(self._size)
        if len(self._first):
            result[self._groups] = found.reduceat(values, self._first)
        return result[1:]


def integrals(spans: Spans, edges: Floats) -> Floats:
    """Return the integral of the number of spans between neighbouring edges, (E - 1,).

    edges: (E,), increasing; every span lies between the first and the last of them. A start adds
    what is left of its own interval, and the whole of each later one; an end takes that away. All
    terms are as short as an interval, so nothing is lost by rounding over a long window.
    """
    begun, begun_s = _changes(spans.from_s, edges)
    ended, ended_s = _changes(spans.to_s, edges)
    running_on = np.append(0.0, np.cumsum(begun - ended)[:-1])
    return begun_s - ended_s + running_on * np.diff(edges)


def _changes(times: Floats, edges: Floats) -> tuple[Floats, Floats]:
    """Return by interval the number of times in it, and the sum of what follows each of them."""
    last = len(edges) - 2
    interval = np.minimum(np.searchsorted(edges, times, side="right") - 1, last)
    count = total_by(interval, last + 1)
    return count, total_by(interval, last + 1, edges[interval + 1] - times)
