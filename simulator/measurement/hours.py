"""The hours of a window by the tenant's clock: where they begin, and which hour of the week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from simulator.measurement.scopes import total_by
from simulator.measurement.spans import Spans, integrals
from simulator.records.codes import SlotState
from simulator.records.columns import Availability, Floats, Window
from simulator.schedules.zones import resolve_zone
from simulator.statistics.ratios import ratio
from simulator.units import DAY_S, HOUR_S

HOURS_PER_WEEK: Final = 168
_HOURS_BEFORE_EPOCH: Final = 72
"""1 January 1970 was a Thursday: this many hours of its week had passed."""


class LocalHours(NamedTuple):
    """A window cut wherever the local hour changes.

    edges: (E,), seconds since origin, from the window's start to its end; hour: (E - 1,), the hour
    of the week of each piece, Monday 00 first.
    """

    edges: Floats
    hour: npt.NDArray[np.int64]

    def by_hour(self, values: Floats) -> Floats:
        """Return the sum of `values`, one a piece, by hour of the week, (168,)."""
        return total_by(self.hour, HOURS_PER_WEEK, values)


@lru_cache(maxsize=16)
def local_hours(window: Window) -> LocalHours:
    """Return the local hours of a window.

    An hour that a clock change skips has no piece, one that comes twice has two.
    """
    pieces = [
        (_hour_starts(from_s, to_s, offset_s), offset_s)
        for from_s, to_s, offset_s in _spans_of_one_offset(window)
    ]
    starts = np.concatenate([start for start, _ in pieces])
    local = np.concatenate([start + offset_s for start, offset_s in pieces])
    hour = (np.floor_divide(local, HOUR_S).astype(np.int64) + _HOURS_BEFORE_EPOCH) % HOURS_PER_WEEK
    return LocalHours(np.append(starts - window.origin_epoch_s, window.to_s), hour)


def mean_numbers(spans: Spans, window: Window) -> Floats:
    """Return the mean number of spans by local hour of the week, (168,), NaN for hours unseen.

    spans: inside the window.
    """
    return mean_by_hour(integrals(spans, local_hours(window).edges), window)


def mean_by_hour(totals_s: Floats, window: Window) -> Floats:
    """Return the mean by local hour of the week of what each of a window's local hours adds up to.

    totals_s: (E - 1,), the integral of a number over each; (168,), NaN for hours unseen.
    """
    return ratio(local_hours(window).by_hour(totals_s), hours_s(window))


STATES: Final = (SlotState.USABLE, SlotState.MAINTENANCE, SlotState.DOWN, SlotState.BOOTING)
"""The states of slots that are told apart by hour of the week, in the order of `mean_slots`."""


def mean_slots(rows: Availability, window: Window) -> Floats:
    """Return the mean number of slots in each of `STATES` by local hour of the week, (4, 168).

    NaN for hours unseen.
    """
    return np.stack([_mean_slots(rows, rows.state == state.value, window) for state in STATES])


def _mean_slots(rows: Availability, kept: npt.NDArray[np.bool_], window: Window) -> Floats:
    """Return the mean number of slots of some rows; those that offer as many are added up first."""
    total = mean_numbers(Spans(*np.empty((2, 0))), window)
    for slots in np.unique(rows.slots[kept]):
        alike = kept & (rows.slots == slots)
        spans = Spans(rows.from_s[alike], rows.to_s[alike]).within(window.from_s, window.to_s)
        total += slots * mean_numbers(spans, window)
    return total


def hours_s(window: Window) -> Floats:
    """Return how many seconds of the window lie in each local hour of the week, (168,)."""
    hours = local_hours(window)
    return hours.by_hour(np.diff(hours.edges))


def _hour_starts(from_s: float, to_s: float, offset_s: int) -> Floats:
    """Return `from_s`, and each instant in (from_s, to_s) at which a local hour begins."""
    first = (np.floor_divide(from_s + offset_s, HOUR_S) + 1) * HOUR_S - offset_s
    return np.append(from_s, np.arange(first, to_s, HOUR_S))


def _spans_of_one_offset(window: Window) -> Iterator[tuple[float, float, int]]:
    """Yield the window in spans of one offset from UTC: Unix seconds from and to, and the offset.

    Two clock changes within one day of each other, which no zone has, would be taken for none.
    """
    zone = resolve_zone(window.zone)
    at = window.origin_epoch_s + window.from_s
    end = window.origin_epoch_s + window.to_s
    while at < end:
        change = _next_change(at, end, zone)
        yield at, change, _offset_s(at, zone)
        at = change


def _next_change(at: float, end: float, zone: ZoneInfo) -> float:
    """Return the next whole second after `at` with another offset, or `end`."""
    offset_s, before = _offset_s(at, zone), at
    while before < end:
        after = min(before + DAY_S, end)
        if _offset_s(after, zone) != offset_s:
            return _first_second_of_change(before, after, zone)
        before = after
    return end


def _first_second_of_change(before: float, after: float, zone: ZoneInfo) -> float:
    """Return the first whole second in (before, after] whose offset is not that of `before`."""
    low, high, offset_s = int(before), int(after), _offset_s(before, zone)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset_s(middle, zone) == offset_s else (low, middle)
    return float(high)


def _offset_s(epoch_s: float, zone: ZoneInfo) -> int:
    offset = datetime.fromtimestamp(int(epoch_s), UTC).astimezone(zone).utcoffset()
    return 0 if offset is None else int(offset.total_seconds())
