"""What is wrong or doubtful about calendars, and about the triggers that follow one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from simulator.errors import Issue, warning
from simulator.model.calendars import Calendar
from simulator.model.folders import walk
from simulator.model.registers import place_of
from simulator.model.scenario import Scenario, TimeFrame
from simulator.model.triggers import TimeSchedule
from simulator.schedules.calendars import UnknownRegionError, years_known
from simulator.schedules.zones import resolve_zone


def calendars(scenario: Scenario) -> list[Issue]:
    """Return an error for each country or subdivision that is none, and two kinds of warning.

    Those are of years for which a country's holidays are not known, and of triggers with a zone of
    their own beside a calendar.
    """
    regions = [_region(name, one, scenario.time) for name, one in scenario.calendars.items()]
    return [*(issue for issue in regions if issue is not None), *_own_zones(scenario)]


def _region(name: str, calendar: Calendar, time: TimeFrame) -> Issue | None:
    if calendar.country is None:
        return None
    path = ("calendars", name)
    try:
        known = years_known(calendar.country, calendar.subdivision)
    except UnknownRegionError as error:
        return Issue((*path, error.key), str(error), f"unknown-{error.key}")
    ends = time.start + dt.timedelta(seconds=time.warm_up + time.duration)
    if time.start.year in known and ends.year in known:
        return None
    return warning(
        (*path, "country"),
        f"the holidays of {calendar.country} are known from {known[0]} to {known[-1]}; "
        "in any other year of the run it has none",
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
