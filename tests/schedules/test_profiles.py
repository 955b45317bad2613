"""Rates over time: by the wall clock, across clock changes, without days off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import pytest
from pydantic import TypeAdapter

from simulator.model.profiles import WeeklyRates, weekly_spans
from simulator.schedules.profiles import Steps, steps_between
from simulator.schedules.zones import resolve_zone

READ = TypeAdapter[dict[str, dict[str, float]]](WeeklyRates).validate_python
UNIX = dt.date(1970, 1, 1)


def steps(
    profile: Mapping[str, Mapping[str, str]],
    begin: str,
    end: str,
    zone: str = "UTC",
    days_off: tuple[str, ...] = (),
) -> Steps:
    """The rates of a profile between two wall-clock times of a zone."""
    days = sorted((dt.date.fromisoformat(day) - UNIX).days for day in days_off)
    span = (
        int(dt.datetime.fromisoformat(at).replace(tzinfo=resolve_zone(zone)).timestamp())
        for at in (begin, end)
    )
    week = weekly_spans(READ(profile))
    return steps_between(week, resolve_zone(zone), np.array(days, dtype=np.int64), *span)


def told(found: Steps) -> list[tuple[str, str, float]]:
    """The spans with a rate: from and to in UTC, and the rate."""
    edges = [dt.datetime.fromtimestamp(edge, dt.UTC) for edge in found.edges_s.tolist()]
    return [
        (f"{begin:%m-%d %H:%M}", f"{end:%m-%d %H:%M}", rate)
        for (begin, end), rate in zip(pairwise(edges), found.per_s.tolist(), strict=True)
        if rate
    ]


BERLIN, LORD_HOWE = "Europe/Berlin", "Australia/Lord_Howe"
SPRING, SPRINGS_END = "2026-03-29", "2026-03-30"
AUTUMN, AUTUMNS_END = "2026-10-25", "2026-10-26"

CLOCK_CHANGES: dict[str, tuple[str, str, str, str, list[tuple[str, str]]]] = {
    "a night is 7 h long in spring": (
        *(BERLIN, "00:00-08:00", SPRING, SPRINGS_END),
        [("03-28 23:00", "03-29 06:00")],
    ),
    "and 9 h in autumn": (
        *(BERLIN, "00:00-08:00", AUTUMN, AUTUMNS_END),
        [("10-24 22:00", "10-25 07:00")],
    ),
    "a day is 23 h long": (
        *(BERLIN, "00:00-24:00", SPRING, SPRINGS_END),
        [("03-28 23:00", "03-29 22:00")],
    ),
    "hours within the gap do not come": (*(BERLIN, "02:15-02:45", SPRING, SPRINGS_END), []),
    "the very gap": (*(BERLIN, "02:00-03:00", SPRING, SPRINGS_END), []),
    "an end in the gap is at the change": (
        *(BERLIN, "00:00-02:30", SPRING, SPRINGS_END),
        [("03-28 23:00", "03-29 01:00")],
    ),
    "a beginning in the gap too": (
        *(BERLIN, "02:30-04:00", SPRING, SPRINGS_END),
        [("03-29 01:00", "03-29 02:00")],
    ),
    "the hour shown twice counts twice": (
        *(BERLIN, "02:00-03:00", AUTUMN, AUTUMNS_END),
        [("10-25 00:00", "10-25 02:00")],
    ),
    "an end in it is at both showings": (
        *(BERLIN, "00:00-02:30", AUTUMN, AUTUMNS_END),
        [("10-24 22:00", "10-25 00:30"), ("10-25 01:00", "10-25 01:30")],
    ),
    "a beginning in it too": (
        *(BERLIN, "02:30-04:00", AUTUMN, AUTUMNS_END),
        [("10-25 00:30", "10-25 01:00"), ("10-25 01:30", "10-25 03:00")],
    ),
    "half an hour less on Lord Howe": (
        *(LORD_HOWE, "00:00-08:00", "2026-10-04", "2026-10-05"),
        [("10-03 13:30", "10-03 21:00")],
    ),
    "half an hour more on Lord Howe": (
        *(LORD_HOWE, "00:00-08:00", "2026-04-05", "2026-04-06"),
        [("04-04 13:00", "04-04 21:30")],
    ),
    "half an hour shown twice on Lord Howe": (
        *(LORD_HOWE, "01:45-02:00", "2026-04-05", "2026-04-06"),
        [("04-04 14:45", "04-04 15:00"), ("04-04 15:15", "04-04 15:30")],
    ),
}


@pytest.mark.parametrize(
    ("zone", "hours", "begin", "end", "spans"), CLOCK_CHANGES.values(), ids=CLOCK_CHANGES
)
def test_where_the_clock_changes(
    zone: str, hours: str, begin: str, end: str, spans: list[tuple[str, str]]
) -> None:
    """By the changes of tzdata: Berlin on 2026-03-29 and 2026-10-25, at 01:00 UTC; Lord Howe by
    half an hour on 2026-04-05 and 2026-10-04, at 02:00 on its clocks before the change."""
    found = steps({"daily": {hours: "1 per second"}}, begin, end, zone)
    assert told(found) == [(*span, 1.0) for span in spans]


def test_a_week_has_its_days() -> None:
    """2026-01-05 is a Monday."""
    profile = {
        "mon,sun": {"09:00-17:00": "1 per second"},
        "sat": {"10:00-12:00": "2 per second", "12:00-24:00": "3 per second"},
    }
    assert told(steps(profile, "2026-01-05", "2026-01-13")) == [
        ("01-05 09:00", "01-05 17:00", 1.0),
        ("01-10 10:00", "01-10 12:00", 2.0),
        ("01-10 12:00", "01-11 00:00", 3.0),
        ("01-11 09:00", "01-11 17:00", 1.0),
        ("01-12 09:00", "01-12 17:00", 1.0),
    ]


def test_neighbours_with_one_rate_are_one() -> None:
    profile = {"daily": {"00:00-12:00": "1 per second", "12:00-24:00": "60 per minute"}}
    assert told(steps(profile, "2026-01-05", "2026-01-13")) == [("01-05 00:00", "01-13 00:00", 1.0)]


def test_days_off_are_dates_of_the_zone() -> None:
    """In Auckland, 13 h ahead, the whole of the 6th is out: from the 5th, 11:00 UTC, on."""
    found = steps(
        {"daily": {"00:00-24:00": "1 per second"}},
        *("2026-01-05", "2026-01-08", "Pacific/Auckland", ("2026-01-06", "2027-01-01")),
    )
    assert told(found) == [
        ("01-04 11:00", "01-05 11:00", 1.0),
        ("01-06 11:00", "01-07 11:00", 1.0),
    ]


BEGINNINGS: dict[str, tuple[str, str, list[tuple[str, str]]]] = {
    "within hours": ("2026-01-05T10:00", "2026-01-05T11:00", [("01-05 10:00", "01-05 11:00")]),
    "at an edge": ("2026-01-05T09:00", "2026-01-05T17:00", [("01-05 09:00", "01-05 17:00")]),
    "after them": ("2026-01-05T17:00", "2026-01-06T09:00", []),
    "a second": ("2026-01-05T16:59:59", "2026-01-05T17:00:00", [("01-05 16:59", "01-05 17:00")]),
    "from one clock change": (
        "2026-03-29T01:00:00",
        "2026-03-29T10:00",
        [("03-29 09:00", "03-29 10:00")],
    ),
}


@pytest.mark.parametrize(("begin", "end", "spans"), BEGINNINGS.values(), ids=BEGINNINGS)
def test_a_run_may_begin_and_end_at_any_second(
    begin: str, end: str, spans: list[tuple[str, str]]
) -> None:
    found = steps({"daily": {"09:00-17:00": "1 per second"}}, begin, end)
    assert told(found) == [(*span, 1.0) for span in spans]
    assert np.all(np.diff(found.edges_s) > 0)


@pytest.mark.parametrize("end", ["2026-03-29T01:59:59", "2026-03-29T03:00", "2026-03-29T03:00:01"])
def test_a_run_may_end_at_a_clock_change(end: str) -> None:
    found = steps({"daily": {"00:00-03:00": "1 per second"}}, "2026-03-29", end, BERLIN)
    assert float(found.per_s @ np.diff(found.edges_s)) == min(7200, found.edges_s[-1] - 1774738800)
    assert np.all(np.diff(found.edges_s) > 0)


def test_ten_years_hold_what_their_days_do() -> None:
    """2026 to 2035 are 521 weeks, a Thursday to Sunday and a Monday: 2608 days from Monday to
    Friday, 522 Sundays. On ten of these 02:00 to 03:00 is left out, on ten it comes twice."""
    weekdays = steps({"mon-fri": {"08:00-18:00": "1 per second"}}, "2026-01-01", "2036-01-01")
    assert float(weekdays.per_s @ np.diff(weekdays.edges_s)) == 2608 * 36000
    sundays = steps({"sun": {"02:00-03:00": "1 per second"}}, "2026-01-01", "2036-01-01", BERLIN)
    assert float(sundays.per_s @ np.diff(sundays.edges_s)) == 522 * 3600
