"""What is wrong or doubtful about calendars, and about the triggers that follow one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from simulator.errors import Issue, Path, warning
from simulator.model.calendars import Calendar
from simulator.model.folders import walk
from simulator.model.registers import place_of
from simulator.model.scenario import Scenario
from simulator.model.triggers import TimeSchedule
from simulator.schedules.calendars import UnknownRegionError, years_known
from simulator.schedules.zones import resolve_zone


def calendars(scenario: Scenario) -> list[Issue]:
    """Return an error for each country or subdivision that is none, and two kinds of warning.

    Those are of years for which a country's holidays are not known, and of triggers with a zone of
    their own beside a calendar.
    """
    time = scenario.time
    length = dt.timedelta(seconds=time.warm_up_s + time.duration)
    return [*regions(scenario, time.start, time.start + length), *_own_zones(scenario)]


def regions(scenario: Scenario, begin: dt.datetime, end: dt.datetime) -> Iterator[Issue]:
    """Yield what `calendars` tells of countries, for a span [begin, end) by the tenant's clock."""
    years = {begin.year, (end - dt.timedelta.resolution).year}
    for name, calendar in scenario.calendars.items():
        if calendar.country is not None:
            yield from _region(calendar, calendar.country, ("calendars", name), years)


def _region(calendar: Calendar, country: str, path: Path, years: set[int]) -> Iterator[Issue]:
    try:
        known = years_known(country, calendar.subdivision)
    except UnknownRegionError as error:
        yield Issue((*path, error.key), str(error), f"unknown-{error.key}")
        return
    if not years.issubset(known):
        yield warning(
            (*path, "country"),
            f"the holidays of {country} are known from {known[0]} to {known[-1]}; "
            "in any other year it has none",
            "no-holidays",
            "add those days to dates",
        )


def _own_zones(scenario: Scenario) -> Iterator[Issue]:
    for parts, folder in walk(scenario.folders):
        for name, trigger in folder.triggers.items():
            if trigger.time is not None and _differs(trigger.time, scenario.time.zone):
                yield warning(
                    (*place_of(parts), "triggers", name, "time", "zone"),
                    f"{name!r} has a zone of its own and a calendar, which the Orchestrator "
                    "does not take together",
                    "zone-with-calendar",
                    "leave one of them out, or the calendar's days are those of the trigger's zone",
                )


def _differs(schedule: TimeSchedule, tenant_zone: str) -> bool:
    """Return whether a schedule with a calendar has another zone than the tenant."""
    if schedule.calendar is None or schedule.zone is None:
        return False
    try:
        return resolve_zone(schedule.zone).key != resolve_zone(tenant_zone).key
    except ValueError:
        # That there is no such zone is an error of its own.
        return False
