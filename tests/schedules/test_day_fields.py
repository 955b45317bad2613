from __future__ import annotations

import pytest

from simulator.schedules.day_fields import parse_days
from simulator.schedules.days import (
    DayRule,
    DaysOfMonth,
    DaysOfWeek,
    LastOfMonth,
    LastOfWeekday,
    LastWeekday,
    NearestWeekday,
    NthOfWeekday,
)
from simulator.schedules.fields import CronError


@pytest.mark.parametrize(
    ("day_of_month", "day_of_week", "expected"),
    [
        ("1,15", "?", DaysOfMonth((1, 15))),
        ("L", "?", LastOfMonth(0)),
        ("L-3", "?", LastOfMonth(3)),
        ("LW", "?", LastWeekday(0)),
        ("L-3W", "?", LastWeekday(3)),
        ("15W", "?", NearestWeekday(15)),
        ("?", "MON-WED", DaysOfWeek((2, 3, 4))),
        ("?", "L", DaysOfWeek((7,))),
        ("?", "6L", LastOfWeekday(6)),
        ("?", "FRIL", LastOfWeekday(6)),
        ("?", "2#1", NthOfWeekday(2, 1)),
        ("?", "MON#5", NthOfWeekday(2, 5)),
    ],
)
def test_each_form_is_one_rule(day_of_month: str, day_of_week: str, expected: DayRule) -> None:
    assert parse_days(day_of_month, day_of_week) == expected


@pytest.mark.parametrize(
    ("day_of_month", "day_of_week", "message"),
    [
        ("?", "?", "both [?]: put [*] in one"),
        ("*", "*", "takes only one of them, put [?] in the other"),
        ("1", "MON", "day of month is '1' and day of week 'MON'"),
        ("1,15,L", "?", "day of month: L and W stand alone"),
        ("1W,15W", "?", "day of month: L and W stand alone"),
        ("1-5W", "?", "day of month: L and W stand alone"),
        ("LW-3", "?", "'LW-3' is an extension of Quartz.NET .* write 'LW' .* or 'L-3'"),
        ("L-31", "?", "day of month: the offset of 'L-31' must be 0-30"),
        ("32W", "?", "day of month: 32 is outside 1-31"),
        ("XW", "?", "day of month: 'X' is not one of 1-31"),
        ("?", "MONL,TUE", "day of week: L and # stand alone"),
        ("?", "2#1,3", "day of week: L and # stand alone"),
        ("?", "2#6", "# is followed by 1-5, which one of the month, got '2#6'"),
        ("?", "MON#", "# is followed by 1-5"),
        ("?", "8L", "day of week: 8 is outside 1-7"),
        ("?", "?,2", "[?] stands alone"),
    ],
)
def test_other_forms_are_refused(day_of_month: str, day_of_week: str, message: str) -> None:
    with pytest.raises(CronError, match=message):
        parse_days(day_of_month, day_of_week)
