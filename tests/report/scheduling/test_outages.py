"""Maintenance windows in a terminal, as rows, and in the picture of the week."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from builders import folder
from builders_agenda import agenda, span, trigger
from builders_tables import printed
from rich.cells import cell_len

from simulator.plan.agenda import Agenda
from simulator.report.scheduling.agenda import agenda_tables
from simulator.report.scheduling.agenda_picture import agenda_picture
from simulator.report.scheduling.agenda_rows import COLUMNS, agenda_csv, agenda_json
from simulator.report.scheduling.outage_rows import OUTAGE_COLUMNS, outages_csv
from simulator.report.scheduling.outages import MOST_OUTAGES

NIGHT = {"maintenance": [{"cron": "0 30 5 * * ?", "duration": "45m", "running_jobs": "kill"}]}
OVER = span("2026-03-28", "2026-03-30", "Europe/Berlin")
IN_BERLIN = {"start": "2026-03-28", "duration": "2d", "zone": "Europe/Berlin"}


def two_days(machine: dict[str, Any] = NIGHT, **triggers: dict[str, Any]) -> Agenda:
    """The weekend on which Berlin's clock is put forward; M1 is out from 05:30 to 06:15."""
    return agenda(triggers, OVER, machines={"M1": machine}, time=IN_BERLIN)


def lines(found: Agenda, width: int = 100) -> list[str]:
    return printed(agenda_tables(found), width)


def test_what_falls_into_maintenance_is_told_before_the_week() -> None:
    text = lines(two_days(early=trigger("0 0 6 * * ?"), late=trigger("0 0 6-7 ? * SUN")))
    assert text[1:6] == [
        "2 time triggers fire 4 times and ask for 4 jobs.",
        "Busiest minute: Sun 2026-03-29 06:00, when 2 jobs of 2 triggers are due.",
        "2 maintenance windows of M1.",
        "F:early fires 2 of 2 times into maintenance of all its machines (M1): its jobs wait.",
        "F:late fires 1 of 2 times into maintenance of all its machines (M1): its jobs wait.",
    ]
    assert text[-5:] == [
        "Maintenance",
        "Machine               Begins                 Ends          Zone Hours Running jobs",
        "─" * 82,
        "M1      Sat 2026-03-28 05:30 Sat 2026-03-28 06:15 Europe/Berlin 0.750         kill",
        "M1      Sun 2026-03-29 05:30 Sun 2026-03-29 06:15 Europe/Berlin 0.750         kill",
    ]


def test_windows_are_told_without_any_trigger() -> None:
    text = lines(two_days())
    assert text[:2] == [
        "No time trigger stands in this scenario, so nothing is due by the clock.",
        "2 maintenance windows of M1.",
    ]
    assert "Maintenance" in text


def test_many_triggers_and_windows_are_some_and_a_number() -> None:
    hourly = {"maintenance": [{"cron": "0 30 * * * ?", "duration": "45m"}]}
    text = lines(two_days(hourly, **{f"t{n}": trigger("0 0 * * * ?") for n in range(7)}))
    assert "So do 2 more triggers: --json has all." in text
    assert sum("into maintenance of all its machines (M1)" in line for line in text) == 5
    assert text[-1] == f"… and {48 - MOST_OUTAGES} more; --maintenance --format csv has all"


def test_csv_has_a_row_for_each_window() -> None:
    assert "".join(outages_csv(two_days())) == (
        "machine,local,local_end,zone,utc,utc_end,running_jobs\n"
        "M1,2026-03-28T05:30:00+01:00,2026-03-28T06:15:00+01:00,Europe/Berlin,"
        "2026-03-28T04:30:00Z,2026-03-28T05:15:00Z,kill\n"
        "M1,2026-03-29T05:30:00+02:00,2026-03-29T06:15:00+02:00,Europe/Berlin,"
        "2026-03-29T03:30:00Z,2026-03-29T04:15:00Z,kill\n"
    )


def test_the_csv_of_firings_is_as_it_was() -> None:
    found = "".join(agenda_csv(two_days(t=trigger("0 0 6 ? * SUN"))))
    assert found == (
        ",".join(COLUMNS) + "\n"
        "F:t,F:P,F,2026-03-29T06:00:00+02:00,Europe/Berlin,2026-03-29T04:00:00Z,1,45,false,1\n"
    )


def test_json_has_the_same_windows_and_who_fires_into_them() -> None:
    found = two_days(t=trigger("0 0 6-7 ? * SUN"))
    told = json.loads("".join(agenda_json(found)))
    rows = list(csv.DictReader(io.StringIO("".join(outages_csv(found)))))
    assert told["maintenance"] == rows
    assert tuple(told["maintenance"][0]) == OUTAGE_COLUMNS
    assert told["into_maintenance"] == [
        {"trigger": "F:t", "firings": 1, "of": 2, "machines": ["M1"]}
    ]


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120])
def test_names_are_inert_everywhere(width: int) -> None:
    hostile = "=[red]x[/red] \u202e" + "long " * 20
    folders = {"F": folder(machines=[hostile], triggers={hostile: trigger("0 0 6 * * ?")})}
    found = agenda({}, OVER, machines={hostile: NIGHT}, folders=folders)
    text = lines(found, width)
    assert max(map(cell_len, text)) <= width
    assert not any(character in line for line in text for character in "\x1b\u202e")
    (row, _) = csv.DictReader(io.StringIO("".join(outages_csv(found))))
    assert row["machine"] == f"'{hostile}"


SVG = "{http://www.w3.org/2000/svg}"
ORANGE = "#d55e00"


def test_the_picture_underlines_the_hours_of_maintenance() -> None:
    """Half of 05:00 and a quarter of 06:00, on Saturday and Sunday: four lines."""
    picture = agenda_picture(two_days(t=trigger("0 0 6 * * ?")))
    assert picture.count(f"fill: {ORANGE}") == 4
    root = ET.fromstring(picture)  # noqa: S314 - drawn by this test
    (told,) = [one.text or "" for one in root.iter(f"{SVG}desc")]
    assert "F:t fires 2 of 2 times into maintenance" in told
    lines = " ".join(line.text or "" for line in root.findall(f"{SVG}text"))
    assert "a machine in maintenance" in lines


def test_a_picture_without_maintenance_is_as_it_was() -> None:
    picture = agenda_picture(two_days({}, t=trigger("0 0 6 * * ?")))
    assert ORANGE not in picture
    assert "maintenance" not in picture
