"""An agenda in a terminal: what is due, its week, the worst minutes, first firings and outages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from rich.console import Group, RenderableType
from rich.text import Text

from simulator.audit.members import first_of
from simulator.escaping import escaped
from simulator.measurement.agenda import (
    Collision,
    Minutes,
    Totals,
    collisions,
    due_minutes,
    mean_week,
    totals,
)
from simulator.plan.agenda import Agenda, TimeTrigger
from simulator.report.clock_times import local_minute, with_offset
from simulator.report.fitting import Listing, listing, name
from simulator.report.scheduling.outages import outage_listing, outage_sentences
from simulator.report.scheduling.week_grid import WeekGrid
from simulator.report.wording import number, plural
from simulator.schedules.zones import resolve_zone

MOST_FIRINGS: Final = 24
"""Firings shown, which leaves summary, week and collisions in sight."""

MOST_COLLISIONS: Final = 8
_MOST_NAMES: Final = 5
_WEEK_S: Final = 604_800
_EVERYTHING: Final = "--format csv has all"

NO_TIME_TRIGGER: Final = "No time trigger stands in this scenario, so nothing is due by the clock."


def agenda_tables(agenda: Agenda) -> RenderableType:
    """Return an agenda's summary, mean week, worst minutes, first firings and first outages."""
    found, minutes = totals(agenda), due_minutes(agenda)
    summary = _summary(agenda, found, minutes) if agenda.triggers else (NO_TIME_TRIGGER,)
    parts: list[RenderableType] = [Text("\n".join([*summary, *outage_sentences(agenda)]))]
    if found.firings:
        parts.append(WeekGrid(week_title(agenda), mean_week(agenda).tolist(), "jobs"))
        parts.append(_collisions(agenda, collisions(agenda, minutes, MOST_COLLISIONS)))
    if agenda.utc_s.size:
        parts.append(_firings(agenda))
    if agenda.outages:
        parts.append(outage_listing(agenda))
    return Group(*parts)


def in_words(agenda: Agenda, found: Totals) -> tuple[str, str]:
    """Return when an agenda begins and ends, and a sentence on what is due in it."""
    count = len(agenda.triggers)
    fire, ask = ("fires", "asks") if count == 1 else ("fire", "ask")
    due = f"{plural(found.firings, 'time')} and {ask} for {plural(found.jobs, 'job')}."
    return _span(agenda), f"{plural(count, 'time trigger')} {fire} {due}"


def _summary(agenda: Agenda, found: Totals, minutes: Minutes) -> Iterator[str]:
    yield from in_words(agenda, found)
    if found.excluded_firings:
        more = plural(found.excluded_firings, "more firing")
        fall = "falls on a day" if found.excluded_firings == 1 else "fall on days"
        yield f"{more}, of {plural(found.excluded_jobs, 'job')}, {fall} that a calendar excludes."
    yield from _busiest(agenda, minutes)
    idle = [one.name for one, fires in zip(agenda.triggers, found.fires, strict=True) if not fires]
    if idle:
        yield f"Not once due: {first_of([*map(escaped, idle)], _MOST_NAMES)}."


def _busiest(agenda: Agenda, minutes: Minutes) -> Iterator[str]:
    if not minutes.utc_s.size:
        return
    place = int(minutes.jobs.argmax())
    count = int(minutes.first[place + 1] - minutes.first[place])
    when = local_minute(int(minutes.utc_s[place]), resolve_zone(agenda.span.zone))
    jobs = int(minutes.jobs[place])
    are = "is" if jobs == 1 else "are"
    yield (
        f"Busiest minute: {when}, when {plural(jobs, 'job')} of {plural(count, 'trigger')} {are} "
        "due."
    )


def _span(agenda: Agenda) -> str:
    span, zone = agenda.span, resolve_zone(agenda.span.zone)
    begin, end = (
        local_minute(span.origin_epoch_s + end_s, zone) for end_s in (span.from_s, span.to_s)
    )
    return f"{begin} to {end}, {span.zone}"


def week_title(agenda: Agenda) -> str:
    """Return what the picture of an agenda's week shows."""
    mean = "; the mean of its weeks" if agenda.span.length_s > _WEEK_S else ""
    return f"Jobs due by hour of the week, {agenda.span.zone}{mean}"


def _collisions(agenda: Agenda, worst: tuple[Collision, ...]) -> RenderableType:
    zone = resolve_zone(agenda.span.zone)
    rows = [
        (
            Text(_due(agenda, one)),
            number(one.jobs),
            number(len(one.due)),
            local_minute(one.utc_s, zone),
            number(one.minutes),
        )
        for one in worst
    ]
    columns = ("Due in the same minute", "Jobs", "Triggers", "First on", "Times")
    found = listing("Most jobs at once", columns, rows, most=MOST_COLLISIONS)
    return found or Text("\nNo two jobs are due in the same minute.")


def _due(agenda: Agenda, one: Collision) -> str:
    told = [f"{escaped(agenda.triggers[at].name)} {number(jobs)}" for at, jobs in one.due]
    return first_of(told, _MOST_NAMES)


class _Firing(NamedTuple):
    trigger: TimeTrigger
    utc_s: int
    excluded: bool


def _firings(agenda: Agenda) -> Listing:
    """Return the first firings as a table; zone and excluded days only where they tell apart."""
    shown = [
        _Firing(agenda.triggers[trigger], utc_s, excluded)
        for trigger, utc_s, excluded in zip(
            agenda.trigger[:MOST_FIRINGS].tolist(),
            agenda.utc_s[:MOST_FIRINGS].tolist(),
            agenda.excluded[:MOST_FIRINGS].tolist(),
            strict=True,
        )
    ]
    cells = _cells(shown)
    rows = ((cell(one) for cell in cells.values()) for one in shown)
    return Listing(
        title=f"Firings{'' if 'Zone' in cells else f', local time in {shown[0].trigger.zone.key}'}",
        columns=tuple(cells),
        rows=tuple(
            tuple(cell if isinstance(cell, Text) else Text(cell) for cell in row) for row in rows
        ),
        names=2,
        optional=tuple(title for title in _OPTIONAL if title in cells),
        gap=0,
        more=agenda.utc_s.size - len(shown),
        elsewhere=_EVERYTHING,
    )


_OPTIONAL: Final = ("Priority", "Process", "Zone", "UTC")


def _cells(shown: Sequence[_Firing]) -> Mapping[str, Callable[[_Firing], str | Text]]:
    """Return the columns by their titles: what each says of a firing."""
    seconds = any(one.utc_s % 60 for one in shown)
    cells: dict[str, Callable[[_Firing], str | Text]] = {
        "Trigger": lambda one: name(one.trigger.name),
        "Process": lambda one: name(one.trigger.process),
        "Local": lambda one: with_offset(one.utc_s, one.trigger.zone, seconds=seconds),
        "Zone": lambda one: one.trigger.zone.key,
        "UTC": lambda one: with_offset(one.utc_s, dt.UTC, seconds=seconds),
        "Jobs": lambda one: number(one.trigger.jobs),
        "Priority": lambda one: number(one.trigger.priority),
        "Day": lambda one: "excluded" if one.excluded else "",
    }
    zones = {one.trigger.zone.key for one in shown}
    if len(zones) == 1:
        del cells["Zone"]
    if zones == {"UTC"}:
        del cells["UTC"]
    if not any(one.excluded for one in shown):
        del cells["Day"]
    return cells
