"""Whether what happens to an estate is the same week after week, or at any time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from simulator.model.folders import streams_in, walk
from simulator.model.hours_of_week import WEEK
from simulator.model.profiles import weekly_spans
from simulator.model.scenario import Scenario
from simulator.model.streams import (
    At,
    ClosedLoop,
    Every,
    Interarrival,
    Poisson,
    Profile,
    Stream,
    Trace,
)
from simulator.model.triggers import Trigger
from simulator.schedules.quartz import parse_cron
from simulator.units import DAY_S

_MONTHS: Final = 12


def is_same_at_any_time(scenario: Scenario) -> bool:
    """Return whether nothing in it goes by the clock on the wall."""
    steady = (Every, Poisson, Interarrival, ClosedLoop)
    return not any(_crons(scenario)) and all(isinstance(one, steady) for one in _streams(scenario))


def is_same_each_week(scenario: Scenario) -> bool:
    """Return whether all that goes by the clock on the wall does so alike in each week."""
    if any(one.starts_on or one.until for one in _triggers(scenario)):
        return False
    named = any(one.time is not None and one.time.calendar for one in _triggers(scenario))
    return (
        not named
        and all(map(_is_weekly, _crons(scenario)))
        and all(map(_recurs, _streams(scenario)))
    )


def cycle_s(scenario: Scenario) -> float:
    """Return how long what follows crons and profiles takes to come round: a day, or a week.

    It is a week too where some of it comes more seldom; 0 without any cron or profile.
    """
    profiles = [one for one in _streams(scenario) if isinstance(one, Profile)]
    crons = list(_crons(scenario))
    if not profiles and not crons:
        return 0.0
    named = any(one.time is not None and one.time.calendar for one in _triggers(scenario))
    daily = not named and all(map(_is_daily, crons)) and all(map(_is_alike_each_day, profiles))
    return float(DAY_S if daily else len(WEEK) * DAY_S)


def _is_daily(text: str) -> bool:
    return _is_weekly(text) and parse_cron(text).is_by_day


def _is_alike_each_day(stream: Profile) -> bool:
    days: dict[int, set[tuple[int, int, float]]] = {day: set() for day in range(len(WEEK))}
    for span in weekly_spans(stream.profile):
        days[span.day].add((span.from_min, span.to_min, span.per_s))
    return stream.calendar is None and all(day == days[0] for day in days.values())


def _recurs(stream: Stream) -> bool:
    if isinstance(stream, Profile):
        return stream.calendar is None
    return not isinstance(stream, At | Trace)


def _is_weekly(text: str) -> bool:
    cron = parse_cron(text)
    every_month = len(cron.months) == _MONTHS and cron.years is None
    return every_month and cron.is_by_weekday


def _triggers(scenario: Scenario) -> Iterator[Trigger]:
    return (one for _, folder in walk(scenario.folders) for one in folder.triggers.values())


def _crons(scenario: Scenario) -> Iterator[str]:
    yield from (one.time.cron for one in _triggers(scenario) if one.time is not None)
    for machine in scenario.machines.values():
        yield from (entry.cron for entry in machine.maintenance)


def _streams(scenario: Scenario) -> Iterator[Stream]:
    return (one for _, folder in walk(scenario.folders) for _, one in streams_in(folder))
