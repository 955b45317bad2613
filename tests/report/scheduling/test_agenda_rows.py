"""An agenda as CSV and JSON: every firing, names that harm no spreadsheet, pieces that fit."""

from __future__ import annotations

import csv
import io
import json
import time
from itertools import islice
from typing import Any

import pytest
from builders import catalogue, folder, scenario
from builders_agenda import agenda, span, trigger

from simulator.access.grants import access_of
from simulator.plan.agenda import Agenda, agenda_over
from simulator.report.scheduling.agenda_rows import COLUMNS, agenda_csv, agenda_json

OVER = span("2026-03-29", "2026-03-30", "Europe/Berlin")
TWO = {
    "a": trigger("30 0 8 * * ?", jobs=5, zone="Europe/Berlin"),
    "b": trigger("0 0 6 * * ?", jobs=2, priority="High", calendar="freeze"),
    "never": trigger("0 0 6 1 1 ?"),
}


def sunday() -> Agenda:
    """The day Berlin's clock is put forward: 08:00 there is 06:00 UTC; b's day is excluded."""
    return agenda(TWO, OVER, calendars={"freeze": {"dates": ["2026-03-29"]}}, time=IN_UTC)


IN_UTC = {"start": "2026-03-29", "duration": "1d"}


def rows(found: Agenda) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO("".join(agenda_csv(found)))))


def as_json(found: Agenda) -> dict[str, Any]:
    told: dict[str, Any] = json.loads("".join(agenda_json(found)))
    return told


def test_csv_has_a_row_for_each_firing() -> None:
    found = agenda(
        {**TWO, "b": trigger("0 0 8 * * ?", jobs=2, priority="High", calendar="freeze")},
        OVER,
        calendars={"freeze": {"dates": ["2026-03-29"]}},
    )
    assert "".join(agenda_csv(found)) == (
        "trigger,process,folder,local,zone,utc,jobs,priority,excluded,jobs_in_minute\n"
        "F:b,F:P,F,2026-03-29T08:00:00+02:00,Europe/Berlin,2026-03-29T06:00:00Z,2,65,true,5\n"
        "F:a,F:P,F,2026-03-29T08:00:30+02:00,Europe/Berlin,2026-03-29T06:00:30Z,5,45,false,5\n"
    )


def test_json_has_the_same_firings() -> None:
    found = agenda(
        {name: trigger(f"0 {n % 7} * * * ?", jobs=n + 1) for n, name in enumerate("abcdefghi")},
        span("2026-03-28", "2026-03-30", "America/New_York"),
    )
    told = as_json(found)["firings"]
    assert [
        {key: json.dumps(value).strip('"') for key, value in one.items()} for one in told
    ] == rows(found)
    assert len(told) == 9 * 48
    assert tuple(told[0]) == COLUMNS


def test_json_tells_what_the_firings_add_up_to() -> None:
    found = agenda(
        {
            "a": trigger("0 0 8 * * ?", jobs=5),
            "b": trigger("59 0 8 * * ?", jobs=2),
            "off": trigger("0 0 9 * * ?", calendar="freeze"),
            "never": trigger("0 0 6 1 1 ?"),
        },
        OVER,
        calendars={"freeze": {"dates": ["2026-03-29"]}},
    )
    told = as_json(found)
    assert (told["schema_version"], told["from"], told["to"], told["zone"]) == (
        1,
        "2026-03-29T00:00:00+01:00",
        "2026-03-30T00:00:00+02:00",
        "Europe/Berlin",
    )
    assert told["summary"] == {
        "triggers": 4,
        "firings": 2,
        "jobs": 7,
        "excluded_firings": 1,
        "excluded_jobs": 1,
        "never_firing": ["F:off", "F:never"],
    }
    assert told["week"][6][8] == 7.0
    assert told["week"][6][2] is None  # the hour the clock skips
    assert told["collisions"] == [
        {
            "local": "2026-03-29T08:00:00+02:00",
            "utc": "2026-03-29T06:00:00Z",
            "jobs": 7,
            "minutes": 1,
            "due": [{"trigger": "F:a", "jobs": 5}, {"trigger": "F:b", "jobs": 2}],
        }
    ]


def test_nothing_is_a_header_and_an_empty_list() -> None:
    assert "".join(agenda_csv(agenda({}))) == ",".join(COLUMNS) + "\n"
    told = as_json(agenda({}))
    assert (told["firings"], told["collisions"], told["summary"]["triggers"]) == ([], [], 0)


@pytest.mark.parametrize("name", ["=1+1", 'a,"b"', "@SUM(A1)", "Ärger;x"])
def test_names_are_text_to_a_spreadsheet_and_to_a_parser(name: str) -> None:
    found = scenario(folders={name: folder(triggers={name: trigger("0 0 6 * * ?")})})
    told = agenda_over(span("2026-03-02", "2026-03-03"), found, access_of(found, catalogue()))
    plain = f"'{name}" if name[0] in "=@" else name
    (row,) = rows(told)
    assert (row["folder"], row["trigger"]) == (plain, f"{plain}:{name}")
    assert as_json(told)["firings"][0]["trigger"] == f"{name}:{name}"


def test_an_offset_of_less_than_an_hour_and_of_seconds() -> None:
    """Lord Howe is 10:30 ahead in winter; Liberia was 0:44:30 behind until 1972."""
    found = agenda(
        {
            "lord-howe": trigger("0 0 12 * * ?", zone="Australia/Lord_Howe"),
            "liberia": trigger("0 0 12 * * ?", zone="Africa/Monrovia"),
        },
        span("1971-07-01", "1971-07-02"),
    )
    assert [row["local"][19:] for row in rows(found)] == ["+10:00", "-00:44:30"]


def test_a_million_firings_come_in_pieces() -> None:
    """60 a minute for half a month and more: the first piece comes before the last is written."""
    found = agenda({"t": trigger("* * * * * ?")}, span("2026-03-02", "2026-03-14"))
    assert found.utc_s.size == 1_036_800
    header, first = islice(agenda_csv(found), 2)
    assert header.count("\n") == 1
    assert 1_000 <= first.count("\n") <= 100_000


def test_a_year_of_a_thousand_triggers_is_written_in_seconds() -> None:
    many = {
        f"t{n}": trigger(f"0 {n % 60} {n % 24} * * ?", zone=("Europe/Berlin", "UTC")[n % 2])
        for n in range(1000)
    }
    found = agenda(many, span("2026-01-01", "2027-01-01"))
    began = time.perf_counter()
    assert sum(piece.count("\n") for piece in agenda_csv(found)) == 365_001
    assert time.perf_counter() - began < 10
