"""Any cron against a slow evaluator that looks at every minute the wall clock can show."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.schedules.quartz import Rule, firings, parse_cron

MINUTE = dt.timedelta(minutes=1)
DAYS = 4

# Dates two days ahead of a clock change, and one of no change.
PLACES = [
    ("Europe/Berlin", "2027-03-26"),
    ("Europe/Berlin", "2027-10-29"),
    ("America/New_York", "2028-03-10"),
    ("Australia/Lord_Howe", "2027-10-01"),
    ("Australia/Lord_Howe", "2027-04-02"),
    ("Africa/Cairo", "2027-04-28"),
    ("Africa/Cairo", "2027-10-27"),
    ("Pacific/Apia", "2011-12-28"),
    ("Asia/Kolkata", "2028-02-27"),
]


def last_day(date: dt.datetime) -> int:
    return calendar.monthrange(date.year, date.month)[1]


DAY_FIELDS: dict[str, Callable[[dt.datetime], bool]] = {
    "* * ?": lambda _: True,
    "28-1 * ?": lambda date: date.day >= 28 or date.day == 1,
    "L * ?": lambda date: date.day == last_day(date),
    "L-2 * ?": lambda date: date.day == last_day(date) - 2,
    "? * 2-6": lambda date: date.weekday() < 5,
    "? * SAT-SUN": lambda date: date.weekday() >= 5,
    "? * 1L": lambda date: date.weekday() == 6 and date.day + 7 > last_day(date),
    "? * SUN#1": lambda date: date.weekday() == 6 and date.day <= 7,
    "? OCT-APR *": lambda date: not 5 <= date.month <= 9,
}


@st.composite
def number_sets(draw: st.DrawFn, size: int) -> tuple[str, set[int]]:
    """Draw a field's text and, worked out apart, the numbers it means."""
    low, high = draw(st.integers(0, size - 1)), draw(st.integers(0, size - 1))
    step = draw(st.integers(1, size - 1))
    ring = [*range(low, size), *range(low)]
    return draw(
        st.sampled_from(
            [
                ("*", set(range(size))),
                (str(low), {low}),
                (f"{low},{high}", {low, high}),
                (f"*/{step}", {number for number in range(size) if number % step == 0}),
                (f"{low}/{step}", {n for n in range(low, size) if (n - low) % step == 0}),
                (f"{low}-{high}", set(ring[: ring.index(high) + 1])),
            ]
        )
    )


def slow_instants(
    wanted: Callable[[dt.datetime], bool], zone: ZoneInfo, begin: dt.datetime, rule: Rule
) -> list[int]:
    """Walk the wall clock minute by minute, and place each wanted time by Python's own rules."""
    found = set()
    for number in range(-1440, (DAYS + 1) * 1440):
        wall = begin + number * MINUTE
        if not wanted(wall):
            continue
        placed = wall.replace(tzinfo=zone, fold=0 if rule == "quartz_net" else 1)
        shown = placed.astimezone(dt.UTC).astimezone(zone).replace(tzinfo=None) == wall
        if shown or rule == "quartz_net":
            found.add(int(placed.timestamp()))
    return sorted(found)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    minutes=number_sets(60),
    hours=number_sets(24),
    days=st.sampled_from(sorted(DAY_FIELDS)),
    place=st.sampled_from(PLACES),
    rule=st.sampled_from(["quartz_net", "quartz_java"]),
)
def test_firings_are_those_of_a_slow_walk_over_the_wall_clock(
    minutes: tuple[str, set[int]],
    hours: tuple[str, set[int]],
    days: str,
    place: tuple[str, str],
    rule: Rule,
) -> None:
    zone, begin = ZoneInfo(place[0]), dt.datetime.fromisoformat(place[1])
    cron = parse_cron(f"0 {minutes[0]} {hours[0]} {days}")
    from_s = int(begin.replace(tzinfo=dt.UTC).timestamp())
    to_s = from_s + DAYS * 86400
    slow = slow_instants(
        lambda wall: wall.minute in minutes[1] and wall.hour in hours[1] and DAY_FIELDS[days](wall),
        zone,
        begin,
        rule,
    )
    expected = [second for second in slow if from_s <= second < to_s]
    assert firings(cron, zone, from_s, to_s, rule).tolist() == expected
