"""Weekly profiles over time: the rate at every instant of a run, by the wall clock of a zone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from simulator.model.hours_of_week import WEEK
from simulator.model.profiles import WeeklySpan
from simulator.schedules.clock_changes import Seconds, offsets
from simulator.units import DAY_S

PerSecond = npt.NDArray[np.float64]

_DAY_OFF: Final = len(WEEK)
"""The kind of a day off, behind the seven days of the week."""

_THURSDAY: Final = 3
"""1970-01-01 was one, with Monday as 0."""


class Steps(NamedTuple):
    """A rate that changes in steps: from `edges_s[k]` to `edges_s[k + 1]` it is `per_s[k]`.

    Edges are whole Unix seconds, strictly increasing, shape (n + 1,); neighbouring rates differ.
    """

    edges_s: Seconds
    per_s: PerSecond


def steps_between(
    week: Sequence[WeeklySpan], zone: ZoneInfo, days_off: Seconds, from_s: int, to_s: int
) -> Steps:
    """Return the rate at each instant from `from_s` to a later `to_s`, both in Unix seconds.

    `days_off` are dates in `zone` without arrivals, as days since 1970-01-01, sorted. The rate at
    an instant is that of the hours the wall clock shows then. So where the clock is put forward,
    hours are shorter by what it skips, and hours within the gap do not come; where it is put back,
    what is shown twice has its rate twice. An edge in the gap is at the change, one in an hour
    shown twice is at both showings.
    """
    wall_s, per_s = _by_the_wall(week, days_off, from_s // DAY_S - 1, to_s // DAY_S + 1)
    begins_s, offsets_s = offsets(zone, from_s, to_s - 1)
    edges, rates = [], []
    for (begin, end), offset in zip(
        pairwise([*begins_s.tolist(), to_s]), offsets_s.tolist(), strict=True
    ):
        after = int(np.searchsorted(wall_s, begin + offset, side="right"))
        stop = int(np.searchsorted(wall_s, end + offset))
        edges += [np.array([begin]), wall_s[after:stop] - offset]
        rates += [per_s[after - 1 : stop]]
    return _merged(np.concatenate(edges), np.concatenate(rates), to_s)


def _by_the_wall(
    week: Sequence[WeeklySpan], days_off: Seconds, first_day: int, last_day: int
) -> tuple[Seconds, PerSecond]:
    """Return when rates begin to hold, by a wall clock read as if it were UTC, and the rates."""
    days = np.arange(first_day, last_day + 1, dtype=np.int64)
    kinds = np.where(np.isin(days, days_off), _DAY_OFF, (days + _THURSDAY) % len(WEEK))
    begins, rates = [], []
    for kind in range(_DAY_OFF + 1):
        steps = _steps_of_day([span for span in week if span.day == kind])
        midnights_s = days[kinds == kind] * DAY_S
        begins.append(np.add.outer(midnights_s, np.array(list(steps), dtype=np.int64)).ravel())
        rates.append(np.tile(np.array(list(steps.values())), len(midnights_s)))
    begins_s = np.concatenate(begins)
    order = np.argsort(begins_s)
    return begins_s[order], np.concatenate(rates)[order]


def _steps_of_day(spans: Sequence[WeeklySpan]) -> dict[int, float]:
    """Return the rates of a day by the second from which on each holds, midnight being there."""
    steps = {0: 0.0}
    for span in sorted(spans):
        steps[span.from_min * 60] = span.per_s
        steps[span.to_min * 60] = 0.0
    steps.pop(DAY_S, None)  # the next day's own midnight
    return steps


def _merged(begins_s: Seconds, per_s: PerSecond, to_s: int) -> Steps:
    """Return steps without those that change nothing."""
    changes = np.concatenate(([True], per_s[1:] != per_s[:-1]))
    return Steps(np.append(begins_s[changes], to_s), per_s[changes])
