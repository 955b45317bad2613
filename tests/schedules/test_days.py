from __future__ import annotations

import datetime as dt

import pytest

from simulator.schedules.days import (
    DayRule,
    DaysOfMonth,
    DaysOfWeek,
    LastOfMonth,
    LastOfWeekday,
    LastWeekday,
    NearestWeekday,
    NthOfWeekday,
    dates_between,
)

EPOCH = dt.date(1970, 1, 1)


def days_since_epoch(date: dt.date) -> int:
    return (date - EPOCH).days


def test_dates_are_taken_apart_as_the_calendar_has_them() -> None:
    dates = dates_between(-400, 100_000)
    for row in range(0, dates.day.size, 37):
        date = EPOCH + dt.timedelta(days=int(dates.epoch_day[row]))
        following = (date.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
        assert (dates.year[row], dates.month[row], dates.day[row]) == date.timetuple()[:3]
        assert dates.weekday[row] == date.isoweekday() % 7 + 1
        assert dates.month_length[row] == (following - dt.timedelta(days=1)).day


# 2027 begins on a Friday. Its May begins on a Saturday and its October ends on a Sunday.
@pytest.mark.parametrize(
    ("rule", "month", "expected"),
    [
        (DaysOfMonth((1, 30)), 2, [1]),
        (DaysOfWeek((1, 7)), 2, [6, 7, 13, 14, 20, 21, 27, 28]),
        (LastOfMonth(0), 2, [28]),
        (LastOfMonth(3), 2, [25]),
        (LastOfMonth(28), 2, []),
        (NearestWeekday(1), 5, [3]),
        (NearestWeekday(15), 5, [14]),
        (NearestWeekday(16), 5, [17]),
        (NearestWeekday(31), 10, [29]),
        (NearestWeekday(31), 4, [30]),
        (NearestWeekday(31), 6, []),
        (LastWeekday(0), 10, [29]),
        (LastWeekday(0), 2, [26]),
        (LastWeekday(3), 3, [29]),
        (LastWeekday(28), 2, []),
        (LastOfWeekday(6), 1, [29]),
        (NthOfWeekday(2, 1), 1, [4]),
        (NthOfWeekday(2, 5), 1, []),
        (NthOfWeekday(6, 5), 1, [29]),
    ],
    ids=str,
)
def test_each_rule_in_a_month_of_2027(rule: DayRule, month: int, expected: list[int]) -> None:
    first = dt.date(2027, month, 1)
    last = (first + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)
    dates = dates_between(days_since_epoch(first), days_since_epoch(last))
    assert dates.day[rule.matches(dates)].tolist() == expected
