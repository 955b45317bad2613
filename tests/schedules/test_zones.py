from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from schedules.oracles import day_lengths, lasts_as_long

from simulator.schedules.zones import resolve_zone, to_epoch

DATA = Path(__file__).parents[1] / "data" / "schedules"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("UTC", "UTC"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("GMT Standard Time", "Europe/London"),
        ("India Standard Time", "Asia/Calcutta"),
    ],
)
def test_iana_names_and_windows_ids_name_a_zone(name: str, key: str) -> None:
    assert resolve_zone(name).key == key


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Europe/Berln", "did you mean 'Europe/Berlin'"),
        ("europe/berlin", "did you mean 'Europe/Berlin'"),
        ("W Europe Standard Time", "did you mean 'W. Europe Standard Time'"),
        ("", "there is no such zone"),
        ("Europe", "got 'Europe'"),
        ("../../etc/passwd", "got '../../etc/passwd'"),
        ("/etc/localtime", "got '/etc/localtime'"),
        ("localtime", "got 'localtime'"),
        ("a\0b", "expected a time zone"),
    ],
)
def test_an_unknown_zone_is_refused_with_the_closest_one(name: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        resolve_zone(name)


@pytest.mark.parametrize(
    ("zone", "local", "utc", "placing"),
    [
        ("Europe/Berlin", "2027-03-28T01:59:59", "2027-03-28T00:59:59", "plain"),
        ("Europe/Berlin", "2027-03-28T02:30:00", "2027-03-28T01:30:00", "gap"),
        ("Europe/Berlin", "2027-10-31T02:30:00", "2027-10-31T00:30:00", "overlap"),
        ("Europe/Berlin", "2027-10-31T03:00:00", "2027-10-31T02:00:00", "plain"),
        ("Australia/Lord_Howe", "2027-10-03T02:15:00", "2027-10-02T15:45:00", "gap"),
        ("Australia/Lord_Howe", "2027-04-04T01:45:00", "2027-04-03T14:45:00", "overlap"),
        ("UTC", "1969-12-31T23:59:59", "1969-12-31T23:59:59", "plain"),
    ],
)
def test_a_wall_clock_time_is_an_instant(zone: str, local: str, utc: str, placing: str) -> None:
    expected = int(dt.datetime.fromisoformat(f"{utc}+00:00").timestamp())
    found = to_epoch(dt.datetime.fromisoformat(local), resolve_zone(zone))
    assert found == (expected, placing)


@pytest.mark.parametrize("row", day_lengths(), ids=lambda row: row["local_date"])
def test_a_local_day_is_as_long_as_its_clock_makes_it(row: dict[str, str]) -> None:
    assert lasts_as_long(row)
