"""How often triggers fire and items come in the long run, whatever window is observed."""

from __future__ import annotations

import datetime as dt
from typing import Final

import numpy as np

from simulator.model.profiles import weekly_spans
from simulator.model.streams import At, ClosedLoop, Profile, Stream
from simulator.model.triggers import Start, TimeSchedule, Trigger
from simulator.plan.arrivals import Wall
from simulator.plan.volume import expected
from simulator.sampling.inversion import Columns
from simulator.schedules.calendars import EPOCH, years_between
from simulator.schedules.quartz import days_due, parse_cron
from simulator.units import DAY_S

_WEEKDAYS: Final = 7
_THURSDAY: Final = 3
"""1970-01-01 was one, with Monday as 0."""


def jobs_per_s(item: Trigger | Start, wall: Wall, columns: Columns) -> float:
    """Return how many jobs a trigger or start asks for a second, in the long run.

    What is not in force any more at the end of the window asks for none, nor does a queue trigger,
    whose jobs follow from items.
    """
    if isinstance(item, Start):
        return item.jobs * arrivals_per_s(item.stream, wall, columns)
    from_s, until_s = wall.span_of(item)
    if until_s < wall.window.to_s or from_s >= wall.window.to_s:
        return 0.0
    if item.time is not None:
        return item.jobs * firings_per_s(item.time, wall)
    return 0.0 if item.stream is None else item.jobs * arrivals_per_s(item.stream, wall, columns)


def arrivals_per_s(stream: Stream, wall: Wall, columns: Columns) -> float:
    """Return how many arrivals a stream has a second, in the long run.

    Named instants are over some day, and users of a closed loop wait for their own jobs: neither
    can bring more than is served. A profile counts with its mean over the week. A trace counts as
    if it went on as in the window.
    """
    match stream:
        case At() | ClosedLoop():
            return 0.0
        case Profile():
            return _profile_per_s(stream, wall)
        case _:
            return expected(stream, wall, columns) / wall.window.to_s


def firings_per_s(schedule: TimeSchedule, wall: Wall) -> float:
    """Return how often a schedule is due a second, over the 28 years after which dates repeat.

    Of a calendar's days it takes the share they have in the years of the run. A cron that names
    years is over some day.
    """
    cron = parse_cron(schedule.cron)
    if cron.years is not None:
        return 0.0
    per_s = cron.mean_a_day / DAY_S
    if schedule.calendar is None:
        return per_s
    due = days_due(cron, *_days_of_run(wall))
    kept = ~np.isin(due, wall.days_off(schedule.calendar))
    return per_s * float(kept.mean()) if len(due) else 0.0


def _profile_per_s(stream: Profile, wall: Wall) -> float:
    of_weekday = np.zeros(_WEEKDAYS)
    for span in weekly_spans(stream.profile):
        of_weekday[span.day] += (span.to_min - span.from_min) * 60 * span.per_s
    days = np.arange(*_days_of_run(wall), dtype=np.int64)
    off = np.isin(days, wall.days_off(stream.calendar))
    expected_on = of_weekday[(days + _THURSDAY) % _WEEKDAYS]
    kept = 1.0 if not off.any() else float(expected_on[~off].sum() / expected_on.sum())
    return kept * float(of_weekday.mean()) / DAY_S


def _days_of_run(wall: Wall) -> tuple[int, int]:
    """Return the first day of the years of the run, and the day behind the last of them."""
    origin_s = wall.window.origin_epoch_s
    years = years_between(origin_s, origin_s + wall.window.to_s)
    return _day(years.start), _day(years.stop)


def _day(year: int) -> int:
    return (dt.date(year, 1, 1) - EPOCH).days
