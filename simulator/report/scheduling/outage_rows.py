"""Maintenance windows as CSV and as JSON."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterator
from typing import Final
from zoneinfo import ZoneInfo

from simulator.measurement.cells import plain_cell
from simulator.measurement.outages import into_outages
from simulator.plan.agenda import Agenda
from simulator.plan.outages import Outage

OUTAGE_COLUMNS: Final = (
    "machine",
    "local",
    "local_end",
    "zone",
    "utc",
    "utc_end",
    "running_jobs",
)
"""The columns of the CSV, and the keys of a window in JSON."""


def outages_csv(agenda: Agenda) -> Iterator[str]:
    """Yield a header and a row a window, lines ended by a line feed.

    A name a spreadsheet would take for a formula gets an apostrophe before it.
    """
    yield ",".join(OUTAGE_COLUMNS) + "\n"
    for outage in agenda.outages:
        text = io.StringIO()
        machine, *times = _cells(outage)
        csv.writer(text, lineterminator="\n").writerow((plain_cell(machine), *times))
        yield text.getvalue()


def outage_rows(agenda: Agenda) -> list[dict[str, str]]:
    """Return the windows as they stand in JSON."""
    return [dict(zip(OUTAGE_COLUMNS, _cells(one), strict=True)) for one in agenda.outages]


def into_rows(agenda: Agenda) -> list[dict[str, object]]:
    """Return the triggers that fire into maintenance of all their machines, as in JSON."""
    return [
        {
            "trigger": agenda.triggers[one.trigger].name,
            "firings": one.firings,
            "of": one.of,
            "machines": agenda.triggers[one.trigger].machines,
        }
        for one in into_outages(agenda)
    ]


def _cells(outage: Outage) -> tuple[str, ...]:
    ends = outage.begin_s, outage.end_s
    return (
        outage.machine,
        *(_local(end_s, outage.zone) for end_s in ends),
        outage.zone.key,
        *(_local(end_s, dt.UTC).replace("+00:00", "Z") for end_s in ends),
        "kill" if outage.kills else "finish",
    )


def _local(epoch_s: float, zone: ZoneInfo | dt.timezone) -> str:
    return dt.datetime.fromtimestamp(epoch_s, zone).isoformat()
