"""Local hours of the week, across clock changes too, against plain counting minute by minute."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from builders_records import MONDAY

from simulator.measurement.hours import hours_s, local_hours, mean_numbers
from simulator.measurement.spans import Spans
from simulator.records.columns import Window

DAY_S = 86400.0


def window(first_day: str, days: float, zone: str, begins_s: float = 0.0) -> Window:
    local = datetime.fromisoformat(first_day).replace(tzinfo=ZoneInfo(zone))
    return Window(begins_s, begins_s + days * DAY_S, int(local.timestamp()), zone)


@pytest.mark.parametrize(
    ("zone", "date", "hours"),
    [
        ("Europe/Berlin", "2026-03-29", 23.0),
        ("Europe/Berlin", "2026-10-25", 25.0),
        ("America/New_York", "2026-03-08", 23.0),
        ("America/New_York", "2026-11-01", 25.0),
        ("Australia/Lord_Howe", "2026-04-05", 24.5),
        ("Asia/Kolkata", "2026-03-29", 24.0),
    ],
)
def test_a_day_has_as_many_hours_as_its_clock(zone: str, date: str, hours: float) -> None:
    """The lengths of these days are those of the time zone database; all of them are Sundays."""
    seconds = hours_s(window(date, hours / 24, zone))
    assert seconds[144:].sum() == hours * 3600
    assert seconds[:144].sum() == 0.0


def test_the_hour_that_is_skipped_has_no_time_and_the_one_that_comes_twice_has_two() -> None:
    spring = hours_s(window("2026-03-29", 23 / 24, "Europe/Berlin"))
    autumn = hours_s(window("2026-10-25", 25 / 24, "Europe/Berlin"))
    assert spring[144 + 1 : 144 + 4].tolist() == [3600.0, 0.0, 3600.0]
    assert autumn[144 + 1 : 144 + 4].tolist() == [3600.0, 7200.0, 3600.0]


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu"])
def test_every_minute_lies_in_its_own_hour(zone: str) -> None:
    """Forty days around a change of the clock, beginning at an odd second of the 27th of March."""
    span = window("2026-03-27", 40.0, zone, begins_s=1234.5)
    hours = local_hours(span)
    minutes = np.arange(span.from_s, span.to_s, 60.0)
    found = hours.hour[np.searchsorted(hours.edges, minutes, side="right") - 1]
    expected = [_hour_of_week(span.origin_epoch_s + minute, zone) for minute in minutes]
    assert found.tolist() == expected


def _hour_of_week(epoch_s: float, zone: str) -> int:
    local = datetime.fromtimestamp(epoch_s, UTC).astimezone(ZoneInfo(zone))
    return local.weekday() * 24 + local.hour


def test_edges_run_from_the_windows_start_to_its_end() -> None:
    span = Window(30.5, 3 * DAY_S, MONDAY, "Europe/Berlin")
    edges = local_hours(span).edges
    assert (edges[0], edges[1], edges[-1]) == (30.5, 3600.0, 3 * DAY_S)
    assert (np.diff(edges) > 0).all()


def test_mean_numbers_by_hour() -> None:
    """Two weeks; one span of Monday 01:30 to 03:00 in the first, another all of the second.

    01 h: half an hour and a whole one in two hours; 02 h: two whole ones; 03 h: one.
    """
    week_s = 7 * DAY_S
    spans = Spans(np.array([5400.0, week_s]), np.array([10800.0, 2 * week_s]))
    numbers = mean_numbers(spans, Window(0.0, 2 * week_s, MONDAY, "UTC"))
    assert numbers[:4].tolist() == [0.5, 0.75, 1.0, 0.5]


def test_an_hour_outside_the_window_has_no_number() -> None:
    numbers = mean_numbers(Spans(np.zeros(1), np.ones(1)), Window(0.0, 7200.0, MONDAY, "UTC"))
    assert np.flatnonzero(~np.isnan(numbers)).tolist() == [0, 1]
