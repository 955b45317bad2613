"""When crons are due inside a run, and which of their firings a calendar forbids."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import pytest

from simulator.model.calendars import Calendar
from simulator.model.dispatch import Assumptions
from simulator.model.scenario import TimeFrame
from simulator.model.triggers import TimeSchedule
from simulator.plan.arrivals import Wall, wall_of
from simulator.plan.sources import Firings

FREEZE = Calendar(dates=(dt.date(2026, 3, 31),))
PUBLIC = Calendar(country="DE", subdivision="BY")


def wall(zone: str, start: str = "2026-03-30", duration: str = "3d") -> Wall:
    time_frame = {"start": start, "duration": duration, "zone": zone}
    calendars = {"freeze": FREEZE, "public": PUBLIC}
    return wall_of(TimeFrame.model_validate(time_frame), Assumptions(), calendars)


def split(
    of: Wall, cron: str, calendar: str | None, **schedule: Any
) -> tuple[list[str], list[str]]:
    """Firings and excluded ones, as UTC day and time."""
    found = of.cron_firings(TimeSchedule(cron=cron, calendar=calendar, **schedule))
    return _utc(of, found.times_s), _utc(of, found.excluded_s)


def _utc(of: Wall, times_s: Any) -> list[str]:
    origin = of.window.origin_epoch_s
    return [f"{dt.datetime.fromtimestamp(origin + one, dt.UTC):%d %H:%M}" for one in times_s]


@pytest.mark.parametrize(
    ("zone", "own", "fires", "excluded"),
    [
        ("UTC", None, ["30 23:30", "01 23:30"], ["31 23:30"]),
        # 23:30 in New York is 03:30 of the next day in UTC, and the date is New York's.
        ("America/New_York", None, ["31 03:30", "02 03:30"], ["01 03:30"]),
        ("UTC", "America/New_York", ["30 03:30", "31 03:30"], ["01 03:30"]),
        # 23:30 in Tokyo is 14:30 of the same day in UTC.
        ("UTC", "Asia/Tokyo", ["30 14:30", "01 14:30"], ["31 14:30"]),
    ],
    ids=["utc", "tenant behind UTC", "trigger behind UTC", "trigger ahead of UTC"],
)
def test_the_local_date_of_a_firing_decides(
    zone: str, own: str | None, fires: list[str], excluded: list[str]
) -> None:
    assert split(wall(zone), "0 30 23 * * ?", "freeze", zone=own) == (fires, excluded)


def test_a_morning_in_tokyo_has_tokyos_date() -> None:
    """01:00 on the 31st in Tokyo is 16:00 on the 30th in UTC."""
    fires, excluded = split(wall("UTC"), "0 0 1 * * ?", "freeze", zone="Asia/Tokyo")
    assert (fires, excluded) == (["31 16:00", "01 16:00"], ["30 16:00"])


def test_without_a_calendar_nothing_is_excluded() -> None:
    fires, excluded = split(wall("UTC"), "0 0 6 * * ?", None)
    assert (fires, excluded) == (["30 06:00", "31 06:00", "01 06:00"], [])


def test_every_firing_is_in_one_of_the_two() -> None:
    """Easter 2026 in Bavaria: the 3rd and the 6th of April, 24 hours each."""
    easter = wall("Europe/Berlin", "2026-03-25", "14d")
    every = easter.cron_firings(TimeSchedule(cron="0 0 * * * ?"))
    some = easter.cron_firings(TimeSchedule(cron="0 0 * * * ?", calendar="public"))
    assert sorted([*some.times_s, *some.excluded_s]) == every.times_s.tolist()
    assert some.excluded_s.size == 48


def test_a_run_over_new_year_knows_both_years() -> None:
    over = wall("Europe/Berlin", "2026-12-25", "14d")
    _, excluded = split(over, "0 0 12 * * ?", "public")
    assert excluded == ["25 11:00", "26 11:00", "01 11:00", "06 11:00"]


def test_days_off_are_those_of_the_years_of_the_run() -> None:
    assert wall("UTC").days_off("freeze").tolist() == [20_543]  # 56 years, 14 leap days, 89 days
    assert wall("UTC", "2027-03-30").days_off("freeze").tolist() == []
    assert wall("UTC").days_off(None).tolist() == []


def test_a_year_of_1000_triggers_expands_in_under_5_seconds() -> None:
    """Half a second on the machine this was written on: hourly and daily ones, in two zones."""
    year = wall("Europe/Berlin", "2026-01-01", "365d")
    began = time.perf_counter()
    found: list[Firings] = [
        year.cron_firings(
            TimeSchedule(
                cron=f"0 {number % 60} {'*' if number % 2 else 6} * * ?",
                zone="America/New_York" if number % 4 else None,
                calendar="public",
            )
        )
        for number in range(1000)
    ]
    assert time.perf_counter() - began < 5
    # Bavaria's 12 holidays of 2026, none of them a day on which a clock changes.
    assert {one.excluded_s.size for one in found} == {12, 12 * 24}
