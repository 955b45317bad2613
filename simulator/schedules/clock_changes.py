"""Wall-clock times as instants, many at once, and what becomes of them where the clock changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import Final, Literal, TypeAlias
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from simulator.units import DAY_S

Seconds: TypeAlias = npt.NDArray[np.int64]
Rule = Literal["quartz_net", "quartz_java"]

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ClockChange:
    """An instant, in Unix seconds, at which a zone's offset from UTC changes, in seconds."""

    at_s: int
    before_s: int
    after_s: int

    @property
    def is_gap(self) -> bool:
        """Whether the wall clock jumps ahead, so that some times are never shown."""
        return self.after_s > self.before_s

    def wall_edges(self, rule: Rule) -> tuple[int, int]:
        """Return the wall-clock second before which the old offset holds, and the new one's first.

        Times between the two are skipped.
        """
        if rule == "quartz_net":
            edge_s = self.at_s + max(self.before_s, self.after_s)
            return edge_s, edge_s
        return self.at_s + min(self.before_s, self.after_s), self.at_s + self.after_s


def instants(local_s: Seconds, zone: ZoneInfo, rule: Rule) -> Seconds:
    """Turn wall-clock times into Unix seconds, strictly increasing.

    `local_s` is the wall clock read as if it were UTC: strictly increasing, not empty, shape (n,).
    The result may be shorter: quartz_java skips a time that a gap swallows, quartz_net moves it on
    by the gap's length, where it may fall together with another.
    """
    from_s, to_s = int(local_s[0]) - DAY_S, int(local_s[-1]) + DAY_S
    pieces: list[Seconds] = []
    begin, offset_s, moved = 0, _offset_s(zone, from_s), False
    for change in _changes(zone, from_s, to_s):
        stop, resume = np.searchsorted(local_s, change.wall_edges(rule))
        pieces.append(local_s[begin:stop] - offset_s)
        begin, offset_s = max(begin, int(resume)), change.after_s
        moved |= change.is_gap and rule == "quartz_net"
    pieces.append(local_s[begin:] - offset_s)
    joined = np.concatenate(pieces)
    return _in_order(joined) if moved else joined


def wall_days(instants_s: Seconds, zone: ZoneInfo) -> Seconds:
    """Return the date a zone's wall clock shows at each instant, as days since 1970-01-01.

    `instants_s` are Unix seconds in order, shape (n,); so is the result.
    """
    return (instants_s + offsets_s(instants_s, zone)) // DAY_S


def offsets_s(instants_s: Seconds, zone: ZoneInfo) -> Seconds:
    """Return how far a zone's wall clock is ahead of UTC at each instant, in seconds, shape (n,).

    `instants_s` are Unix seconds in order, shape (n,).
    """
    if instants_s.size == 0:
        return instants_s
    begins_s, each_s = offsets(zone, int(instants_s[0]), int(instants_s[-1]))
    held_s: Seconds = each_s[np.searchsorted(begins_s, instants_s, side="right") - 1]
    return held_s


def offsets(zone: ZoneInfo, from_s: int, to_s: int) -> tuple[Seconds, Seconds]:
    """Return a zone's offsets from UTC from `from_s` to `to_s`, and since when each holds.

    Both results have shape (n,): Unix seconds, the first being `from_s`, and seconds.
    """
    changes = [(one.at_s, one.after_s) for one in _changes(zone, from_s, to_s)]
    begins_s, offsets_s = np.array([(from_s, _offset_s(zone, from_s)), *changes], dtype=np.int64).T
    return begins_s, offsets_s


def _in_order(instants_s: Seconds) -> Seconds:
    # A stable sort is quick here: all but an hour's worth of times stands in order already.
    ordered = np.sort(instants_s, kind="stable")
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))]


def _changes(zone: ZoneInfo, from_s: int, to_s: int) -> Iterator[ClockChange]:
    for year in range(_year(from_s), _year(to_s) + 1):
        yield from (one for one in _changes_in(zone, year) if from_s < one.at_s <= to_s)


@lru_cache(maxsize=1024)
def _changes_in(zone: ZoneInfo, year: int) -> tuple[ClockChange, ...]:
    """Return the changes in a year of UTC, found by the offset at each midnight.

    No zone changes its clock twice within a day and back.
    """
    first = int(datetime(year, 1, 1, tzinfo=UTC).timestamp())
    last = int(datetime(year + 1, 1, 1, tzinfo=UTC).timestamp())
    offsets = [_offset_s(zone, second) for second in range(first, last + 1, DAY_S)]
    return tuple(
        ClockChange(_bisect(zone, first + day * DAY_S), before, after)
        for day, (before, after) in enumerate(pairwise(offsets))
        if before != after
    )


def _bisect(zone: ZoneInfo, midnight_s: int) -> int:
    before = _offset_s(zone, midnight_s)
    low, high = midnight_s, midnight_s + DAY_S
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _offset_s(zone, middle) == before else (low, middle)
    return high


def _offset_s(zone: ZoneInfo, instant_s: int) -> int:
    offset = datetime.fromtimestamp(instant_s, zone).utcoffset()
    return int(offset.total_seconds()) if offset else 0


def _year(instant_s: int) -> int:
    return (_EPOCH + timedelta(seconds=instant_s)).year
