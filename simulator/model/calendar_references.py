"""Calendars that schedules and profiles name."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.errors import Issue, Path
from simulator.model.folders import streams_in, walk
from simulator.model.registers import Register, place_of
from simulator.model.scenario import Scenario
from simulator.model.streams import Profile


def unknown_calendars(scenario: Scenario) -> Iterator[Issue]:
    """Yield an error for each schedule or profile that names a calendar the scenario lacks."""
    calendars = Register("calendar", scenario.calendars)
    for name, path in calendars_named(scenario):
        if name not in scenario.calendars:
            yield calendars.unknown(name, path, "" if scenario.calendars else "add it to calendars")


def calendars_named(scenario: Scenario) -> Iterator[tuple[str, Path]]:
    """Yield every calendar's name that a schedule or a profile uses, and where."""
    for parts, folder in walk(scenario.folders):
        path = place_of(parts)
        for name, trigger in folder.triggers.items():
            if trigger.time is not None and trigger.time.calendar is not None:
                yield trigger.time.calendar, (*path, "triggers", name, "time", "calendar")
        for place, stream in streams_in(folder):
            if isinstance(stream, Profile) and stream.calendar is not None:
                yield stream.calendar, (*path, *place, "calendar")
