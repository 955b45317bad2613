"""An agenda as CSV and as JSON, a piece at a time: a year of firings may be millions of rows."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import math
from collections.abc import Callable, Iterator
from typing import Final, TypeAlias
from zoneinfo import ZoneInfo

import numpy as np

from simulator.json_text import SCHEMA_VERSION, json_text
from simulator.measurement.agenda import (
    Minutes,
    Numbers,
    collisions,
    due_minutes,
    mean_week,
    totals,
)
from simulator.measurement.cells import plain_cell
from simulator.plan.agenda import Agenda
from simulator.report.scheduling.outage_rows import into_rows, outage_rows
from simulator.schedules.clock_changes import offsets_s
from simulator.schedules.zones import resolve_zone

COLUMNS: Final = (
    "trigger",
    "process",
    "folder",
    "local",
    "zone",
    "utc",
    "jobs",
    "priority",
    "excluded",
    "jobs_in_minute",
)
"""The columns of the CSV, and the keys of a firing in JSON."""

MOST_COLLISIONS: Final = 100
"""Collisions in JSON; the jobs of every minute stand at its firings."""

_ROWS: Final = 20_000
"""Rows written at once."""


Row: TypeAlias = tuple[int, str, str, bool, int]
"""What differs from firing to firing: its trigger's place, its times, excluded, jobs_in_minute."""


def agenda_csv(agenda: Agenda) -> Iterator[str]:
    """Yield a header and a row a firing, lines ended by a line feed.

    A name a spreadsheet would take for a formula gets an apostrophe before it. An excluded firing
    has the jobs it would ask for; `jobs_in_minute` are those due in its minute of UTC, without any
    of an excluded one.
    """
    yield ",".join(COLUMNS) + "\n"
    names = [
        _line(*map(plain_cell, (one.name, one.process, one.folder))) for one in agenda.triggers
    ]
    zones = [one.zone.key for one in agenda.triggers]
    asked = [f"{one.jobs},{one.priority}" for one in agenda.triggers]
    for rows in _pieces(agenda, due_minutes(agenda)):
        yield "".join(
            f"{names[at]},{local},{zones[at]},{utc},{asked[at]},"
            f"{'true' if excluded else 'false'},{due}\n"
            for at, local, utc, excluded, due in rows
        )


def _line(*cells: str) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(cells)
    return text.getvalue()


def agenda_json(agenda: Agenda) -> Iterator[str]:
    """Yield one JSON object: span, summary, mean week, worst collisions, outages, all firings.

    `into_maintenance` has the triggers that fire while all their machines are in maintenance.
    """
    minutes = due_minutes(agenda)
    head = json_text(
        {
            "schema_version": SCHEMA_VERSION,
            **_span(agenda),
            "summary": _summary(agenda),
            "week": [
                [None if math.isnan(jobs) else jobs for jobs in day]
                for day in mean_week(agenda).tolist()
            ],
            "collisions": _collisions(agenda, minutes),
            "maintenance": outage_rows(agenda),
            "into_maintenance": into_rows(agenda),
        }
    )
    yield head.removesuffix("\n}\n") + ',\n"firings": ['
    before = "\n"
    for piece in _json_rows(agenda, minutes):
        yield before + piece
        before = ",\n"
    yield "\n]\n}\n"


def _span(agenda: Agenda) -> dict[str, object]:
    span, zone = agenda.span, resolve_zone(agenda.span.zone)
    ends = (span.origin_epoch_s + end for end in (span.from_s, span.to_s))
    begin, end = (dt.datetime.fromtimestamp(end_s, zone).isoformat() for end_s in ends)
    return {"from": begin, "to": end, "zone": span.zone}


def _summary(agenda: Agenda) -> dict[str, object]:
    found = totals(agenda)
    idle = zip(agenda.triggers, found.fires, strict=True)
    return {
        "triggers": len(agenda.triggers),
        "firings": found.firings,
        "jobs": found.jobs,
        "excluded_firings": found.excluded_firings,
        "excluded_jobs": found.excluded_jobs,
        "never_firing": [one.name for one, fires in idle if not fires],
    }


def _collisions(agenda: Agenda, minutes: Minutes) -> list[dict[str, object]]:
    zone = resolve_zone(agenda.span.zone)
    return [
        {
            "local": iso_local(np.array([one.utc_s]), zone)[0],
            "utc": iso_utc(np.array([one.utc_s]))[0],
            "jobs": one.jobs,
            "minutes": one.minutes,
            "due": [{"trigger": agenda.triggers[at].name, "jobs": jobs} for at, jobs in one.due],
        }
        for one in collisions(agenda, minutes, MOST_COLLISIONS)
    ]


def _json_rows(agenda: Agenda, minutes: Minutes) -> Iterator[str]:
    keys = COLUMNS[:3]
    names = [
        json.dumps(
            dict(zip(keys, (one.name, one.process, one.folder), strict=True)), ensure_ascii=False
        )[:-1]
        for one in agenda.triggers
    ]
    zones = [one.zone.key for one in agenda.triggers]
    asked = [f'"jobs": {one.jobs}, "priority": {one.priority}' for one in agenda.triggers]
    for rows in _pieces(agenda, minutes):
        yield ",\n".join(
            f'{names[at]}, "local": "{local}", "zone": "{zones[at]}", "utc": "{utc}", {asked[at]}, '
            f'"excluded": {"true" if excluded else "false"}, "jobs_in_minute": {due}}}'
            for at, local, utc, excluded, due in rows
        )


def _pieces(agenda: Agenda, minutes: Minutes) -> Iterator[list[Row]]:
    for first in range(0, agenda.utc_s.size, _ROWS):
        yield rows_of(agenda, minutes, slice(first, first + _ROWS))


def rows_of(agenda: Agenda, minutes: Minutes, which: slice) -> list[Row]:
    """Return some of an agenda's firings, with their times in words."""
    utc_s, trigger = agenda.utc_s[which], agenda.trigger[which]
    columns = (
        trigger.tolist(),
        _own_local(agenda, utc_s, trigger),
        iso_utc(utc_s),
        agenda.excluded[which].tolist(),
        minutes.jobs_at(utc_s).tolist(),
    )
    return list(zip(*columns, strict=True))


def _own_local(agenda: Agenda, utc_s: Numbers, trigger: Numbers) -> list[str]:
    """Return each firing's time by the clock of its trigger's zone."""
    zones = list(dict.fromkeys(one.zone for one in agenda.triggers))
    zone_of = np.array([zones.index(one.zone) for one in agenda.triggers], dtype=np.int64)[trigger]
    local = np.empty(utc_s.size, dtype=object)
    for number, zone in enumerate(zones):
        local[zone_of == number] = iso_local(utc_s[zone_of == number], zone)
    texts: list[str] = local.tolist()
    return texts


def iso_utc(utc_s: Numbers) -> list[str]:
    """Return instants in order, in Unix seconds, as `2026-03-28T07:00:00Z`."""
    return _each_once(utc_s, lambda each_s: [f"{text}Z" for text in _iso(each_s)])


def iso_local(utc_s: Numbers, zone: ZoneInfo) -> list[str]:
    """Return instants in order, in Unix seconds, by a zone's clock: `2026-03-28T08:00:00+01:00`."""
    return _each_once(utc_s, lambda each_s: _iso_local(each_s, zone))


def _each_once(utc_s: Numbers, written: Callable[[Numbers], list[str]]) -> list[str]:
    """Return instants as text; one that stands many times, as in a collision, is written once."""
    each_s, place = np.unique(utc_s, return_inverse=True)
    texts: list[str] = np.array(written(each_s), dtype=object)[place].tolist()
    return texts


def _iso_local(utc_s: Numbers, zone: ZoneInfo) -> list[str]:
    ahead_s = offsets_s(utc_s, zone)
    told = {offset: _offset(offset) for offset in set(ahead_s.tolist())}
    wall = zip(_iso(utc_s + ahead_s), ahead_s.tolist(), strict=True)
    return [text + told[offset] for text, offset in wall]


def _iso(seconds: Numbers) -> list[str]:
    texts: list[str] = np.datetime_as_string(seconds.astype("datetime64[s]")).tolist()
    return texts


def _offset(offset_s: int) -> str:
    """Return an offset from UTC as ISO 8601 has it: `+01:00`."""
    zone = dt.timezone(dt.timedelta(seconds=offset_s))
    return dt.datetime(1970, 1, 1, tzinfo=zone).isoformat()[len("1970-01-01T00:00:00") :]
