from __future__ import annotations

from zoneinfo import ZoneInfo

import numpy as np
import pytest

from simulator.schedules.clock_changes import ClockChange, Rule, _changes_in, instants, offsets_s


def wall(*times: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array(times, dtype="datetime64[s]").astype(np.int64)


def test_the_changes_of_a_year_are_found_to_the_second() -> None:
    """Berlin 2027: summer time from March 28 to October 31, at 01:00 UTC (EU directive 2000/84)."""
    spring, autumn = wall("2027-03-28T01:00", "2027-10-31T01:00")
    assert _changes_in(ZoneInfo("Europe/Berlin"), 2027) == (
        ClockChange(int(spring), 3600, 7200),
        ClockChange(int(autumn), 7200, 3600),
    )


def test_a_zone_may_change_within_weeks_or_never() -> None:
    """Morocco suspends its time for Ramadan, February 7 to March 14 of 2027 (tz database)."""
    assert len(_changes_in(ZoneInfo("Africa/Casablanca"), 2027)) == 2
    assert _changes_in(ZoneInfo("Asia/Kolkata"), 2027) == ()


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("quartz_net", ["2027-03-28T00:45", "2027-03-28T01:00", "2027-03-28T01:30"]),
        ("quartz_java", ["2027-03-28T00:45", "2027-03-28T01:00"]),
    ],
)
def test_a_skipped_time_moves_on_or_falls_out(rule: Rule, expected: list[str]) -> None:
    """01:45, 02:30 (skipped) and 03:00 in Berlin; moved on, 02:30 comes after 03:00."""
    local = wall("2027-03-28T01:45", "2027-03-28T02:30", "2027-03-28T03:00")
    assert instants(local, ZoneInfo("Europe/Berlin"), rule).tolist() == wall(*expected).tolist()


def test_moved_times_that_meet_others_are_one() -> None:
    local = wall("2027-03-28T02:00", "2027-03-28T02:30", "2027-03-28T03:00", "2027-03-28T03:30")
    found = instants(local, ZoneInfo("Europe/Berlin"), "quartz_net")
    assert found.tolist() == wall("2027-03-28T01:00", "2027-03-28T01:30").tolist()


@pytest.mark.parametrize(
    ("rule", "expected"), [("quartz_net", "2027-10-31T00:30"), ("quartz_java", "2027-10-31T01:30")]
)
def test_a_time_shown_twice_is_the_first_or_the_second(rule: Rule, expected: str) -> None:
    local = wall("2027-10-31T02:30")
    assert instants(local, ZoneInfo("Europe/Berlin"), rule).tolist() == wall(expected).tolist()


def test_a_whole_day_may_be_skipped() -> None:
    """Samoa left out 2011-12-30: its clock went from 24:00 of the 29th at UTC-10 to UTC+14."""
    local = wall("2011-12-29T12:00", "2011-12-30T12:00", "2011-12-31T12:00")
    expected = wall("2011-12-29T22:00", "2011-12-30T22:00")
    for rule in ("quartz_net", "quartz_java"):
        assert instants(local, ZoneInfo("Pacific/Apia"), rule).tolist() == expected.tolist()


def test_offsets_change_with_the_clock() -> None:
    """Berlin is an hour ahead until 2027-03-28T01:00 UTC, then two; none are asked for at all."""
    berlin = ZoneInfo("Europe/Berlin")
    around = wall("2027-03-28T00:59", "2027-03-28T01:00", "2027-07-01T00:00", "2027-10-31T01:00")
    assert offsets_s(around, berlin).tolist() == [3600, 7200, 7200, 3600]
    assert offsets_s(around[1:2], berlin).tolist() == [7200]
    assert offsets_s(around[:0], berlin).tolist() == []
