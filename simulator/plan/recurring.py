"""Whether what happens to an estate is the same week after week, or at any time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from simulator.model.folders import streams_in, walk
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
