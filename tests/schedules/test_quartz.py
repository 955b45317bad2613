from __future__ import annotations

import time
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from schedules.oracles import ANSWERS, agrees, answers, epoch, fired, keeps_its_time, mornings

from simulator.schedules.quartz import CronError, firings, most_firings, parse_cron

YEAR_S = 365 * 86400
START_2027 = 1_798_761_600


@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_of_quartz_for_java_is_met(name: str) -> None:
    rows = answers(name)
    assert len(rows) > 25
    assert [row for row in rows if not agrees(row)] == []


@pytest.mark.parametrize("row", mornings(), ids=lambda row: row["local"])
def test_local_mornings_keep_their_wall_clock_time_over_a_clock_change(row: dict[str, str]) -> None:
    assert keeps_its_time(row)


# The dated examples are Quartz.NET's, of its pull requests 317 and 3195.
@pytest.mark.parametrize(
    ("cron", "zone", "date", "expected"),
    [
        ("0 30 2 * * ?", "Europe/Berlin", "2027-03-28", ["03:30:00+02:00"]),
        ("0 30 2 * * ?", "Europe/Berlin", "2027-10-31", ["02:30:00+02:00"]),
        ("0 0 2,3 * * ?", "Europe/Berlin", "2027-03-28", ["03:00:00+02:00"]),
        ("0 30 1 * * ?", "America/New_York", "2027-11-07", ["01:30:00-04:00"]),
        (
            "0 0/30 1-3 * * ?",
            "Europe/Berlin",
            "2027-03-28",
            ["01:00:00+01:00", "01:30:00+01:00", "03:00:00+02:00", "03:30:00+02:00"],
        ),
        ("0 15 2 * * ?", "Australia/Lord_Howe", "2027-10-03", ["02:45:00+11:00"]),
        ("0 45 1 * * ?", "Australia/Lord_Howe", "2027-04-04", ["01:45:00+11:00"]),
    ],
)
def test_quartz_net_fires_once_where_the_clock_changes(
    cron: str, zone: str, date: str, expected: list[str]
) -> None:
    found = fired(cron, zone, f"{date}T00:00", f"{date}T23:59")
    assert found == [f"{date}T{one}" for one in expected]


@pytest.mark.parametrize(("date", "hours"), [("2027-03-28", 23), ("2027-10-31", 24)])
def test_an_hourly_cron_fires_for_each_hour_the_clock_shows_once(date: str, hours: int) -> None:
    for rule in ("quartz_net", "quartz_java"):
        found = fired("0 0 * * * ?", "Europe/Berlin", date, f"{date}T23:59:59", rule)
        assert len(found) == hours


def test_a_window_is_half_open() -> None:
    cron, zone = parse_cron("0 0 * * * ?"), ZoneInfo("UTC")
    found = firings(cron, zone, START_2027, START_2027 + 7200, "quartz_net")
    assert found.tolist() == [START_2027, START_2027 + 3600]
    assert found.dtype == np.int64
    assert firings(cron, zone, START_2027 + 1, START_2027 + 1, "quartz_net").size == 0
    assert firings(cron, zone, START_2027 + 1, START_2027, "quartz_net").size == 0


@pytest.mark.parametrize("zone", ["Pacific/Apia", "Europe/Dublin", "Africa/Monrovia", "Etc/GMT+12"])
@pytest.mark.parametrize("begin", ["1970-01-01", "2011-12-29", "2099-12-31", "2199-12-30"])
def test_any_window_from_1970_to_2199_has_its_firings(zone: str, begin: str) -> None:
    for rule in ("quartz_net", "quartz_java"):
        begin_s = epoch(f"{begin}T00:00+00:00")
        found = firings(parse_cron("0 0/7 * * * ?"), ZoneInfo(zone), begin_s, begin_s + 86400, rule)
        assert found.size > 190
        assert (np.diff(found) > 0).all()


def test_a_window_far_from_these_centuries_is_refused() -> None:
    with pytest.raises(ValueError, match="within the years 1900 to 2299"):
        firings(parse_cron("0 0 6 * * ?"), ZoneInfo("UTC"), -(10**11), 0, "quartz_net")


def test_a_thousand_triggers_of_a_year_take_well_under_three_seconds() -> None:
    zone, begun = ZoneInfo("Europe/Berlin"), time.process_time()
    for minute in range(1000):
        cron = parse_cron(f"0 {minute % 60} * * * ?")
        assert firings(cron, zone, START_2027, START_2027 + YEAR_S, "quartz_net").size > 8700
    assert time.process_time() - begun < 3


def test_letters_stand_in_either_case() -> None:
    assert fired("0 0 6 ? feb-Mar friL", "UTC", "2027-01-01", "2028-01-01") == [
        "2027-02-26T06:00:00+00:00",
        "2027-03-26T06:00:00+00:00",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("0 6 * * *", "add seconds in front and . in one day field, write '0 0 6 [*] [*] [?]'"),
        ("0 6 * * 1-5", "days of the week count from 1 = SUN to 7 = SAT"),
        ("", "6 or 7 fields .*, got 0 fields: ''"),
        ("@daily", "got 1 field: '@daily'"),
        ("0 0 6 * * ? 2027 x", "got 8 fields"),
        ("0 0 25 * * ?", "hours: 25 is outside 0-23 [(]in the cron '0 0 25 [*] [*] [?]'[)]"),
        ("0 0 6 ? * MON/2", "day of week: 'MON/2' has a step on a name"),
        ("0 0 6 * * ? 1969", "year: 1969 is outside 1970-2099"),
        ("0 0 6 * * ? ?", "year: expected 1970-2099"),
    ],
)
def test_what_is_no_quartz_cron_is_refused(text: str, message: str) -> None:
    with pytest.raises(CronError, match=message):
        parse_cron(text)


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("0 0 6 31W * ?", "31W skips a month without a day 31"),
        ("0 0 6 L-3W * ?", "Quartz.NET always goes back to the Friday"),
        ("0 0 6 ? * 1-5", "fires Sunday to Thursday"),
        ("0 0 6 30 2 ?", "never fires"),
        ("0 0 6 29 2 ? 2027", "never fires"),
        ("* 0 6 * * ?", "every second of its minutes"),
    ],
)
def test_the_legal_but_surprising_is_told(text: str, doubt: str) -> None:
    (told,) = parse_cron(text).doubts
    assert doubt in told


@pytest.mark.parametrize(
    "text",
    ["0 0 6 29 2 ?", "0 0 6 LW * ?", "0/5 * * 15W * ?", "0 0 6 31W 1,3 ?", "0 0 6 ? * sun-thu"],
)
def test_the_ordinary_raises_no_doubt(text: str) -> None:
    assert parse_cron(text).doubts == ()


@pytest.mark.parametrize(
    ("text", "most"),
    [("0 0 6 * * ?", 4), ("0/20 0 6,7 * * ?", 24), ("* * * 1 1 ?", 0), ("0 0 6 2 3 ?", 1)],
)
def test_how_often_a_cron_fires_at_most(text: str, most: int) -> None:
    """On 2 March 2027 and the days around it, four with the one its end falls on."""
    begin_s = 1_803_945_600
    assert most_firings(parse_cron(text), begin_s, begin_s + 86_400) == most
