"""Spans of time and the step functions they add up to: exact, and never span by span.

All times are float64 seconds; spans are half-open, [start, end), with start <= end.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulator.measurement.scopes import Groups, short, total_by
from simulator.records.columns import Floats


class Spans(NamedTuple):
    """Starts and ends, (J,) each."""

    from_s: Floats
    to_s: Floats

    @property
    def length_s(self) -> Floats:
        """Return how long each span is, (J,)."""
        return self.to_s - self.from_s

    def within(self, from_s: float, to_s: float) -> Spans:
        """Return the part of each span inside [from_s, to_s); of length zero where it has none."""
        return Spans(np.clip(self.from_s, from_s, to_s), np.clip(self.to_s, from_s, to_s))


def covered_s(spans: Spans, groups: Groups, size: int) -> Floats:
    """Return for each group how long at least one of its spans lasts, (size,); -1 is no group.

    With the starts of a group in order, and its ends apart in order, nothing lasts between the
    k-th end and the next start, if that is later. So the union is what lies between the first
    start and the last end, less those gaps.
    """
    rows = np.flatnonzero(groups >= 0)
    if not len(rows):
        return np.zeros(size)
    members = short(groups[rows], size)
    starts, group = _in_order(spans.from_s[rows], members)
    ends, _ = _in_order(spans.to_s[rows], members)
    first = np.flatnonzero(np.append(True, group[1:] != group[:-1]))
    last = np.append(first[1:], len(group)) - 1
    gaps = np.maximum(starts[1:] - ends[:-1], 0.0)
    gaps[first[1:] - 1] = 0.0
    union = np.zeros(size)
    union[group[first]] = ends[last] - starts[first]
    return union - total_by(group[1:].astype(np.int32), size, gaps)


def _in_order(times: Floats, groups: Groups) -> tuple[Floats, Groups]:
    """Return times and groups, ordered by group, then by time."""
    order = np.lexsort((times, groups))
    return times[order], groups[order]


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
