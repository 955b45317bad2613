"""The two day fields of a Quartz cron, of which exactly one is `?`: read as one rule for days."""

from __future__ import annotations

import re
from typing import Final

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
from simulator.schedules.fields import DAY_OF_MONTH, DAY_OF_WEEK, CronError, parse_values

_FROM_THE_END: Final = re.compile(r"L(?:-([0-9]{1,4}))?(W?)")
_WEEKDAY_NEAR: Final = re.compile(r"(\w+)W", re.ASCII)
_LAST_WEEKDAY: Final = re.compile(r"(\w+)L", re.ASCII)
_NTH_WEEKDAY: Final = re.compile(r"(\w+)#(\w*)", re.ASCII)
_LARGEST_OFFSET: Final = 30
_SATURDAY: Final = (7,)


def parse_days(day_of_month: str, day_of_week: str) -> DayRule:
    """Read both day fields, in capitals, as the rule they make together.

    Raises:
        CronError: both or neither are `?`, or the one that counts cannot be read.
    """
    fields = (day_of_month, day_of_week)
    if fields == ("?", "?"):
        raise CronError("day of month and day of week are both ?: put * in one to mean every day")
    if "?" not in fields:
        raise CronError(
            f"day of month is {day_of_month!r} and day of week {day_of_week!r}: Quartz takes only "
            "one of them, put ? in the other"
        )
    return _day_of_week(day_of_week) if day_of_month == "?" else _day_of_month(day_of_month)


def _day_of_month(text: str) -> DayRule:
    if text.startswith("LW-"):
        raise CronError(
            f"day of month: {text!r} is an extension of Quartz.NET that is not known here; "
            f"write 'LW' for the last weekday or 'L{text[2:]}' to count days from the end"
        )
    if match := _FROM_THE_END.fullmatch(text):
        offset = int(match[1] or 0)
        if offset > _LARGEST_OFFSET:
            raise CronError(f"day of month: the offset of {text!r} must be 0-{_LARGEST_OFFSET}")
        return LastWeekday(offset) if match[2] else LastOfMonth(offset)
    if match := _WEEKDAY_NEAR.fullmatch(text):
        return NearestWeekday(DAY_OF_MONTH.value(match[1]))
    if "L" in text or "W" in text:
        raise CronError(
            "day of month: L and W stand alone (L, L-3, LW, 15W), not in a list or range as in "
            f"{text!r}"
        )
    return DaysOfMonth(parse_values(DAY_OF_MONTH, text))


def _day_of_week(text: str) -> DayRule:
    if text == "L":
        return DaysOfWeek(_SATURDAY)
    if match := _LAST_WEEKDAY.fullmatch(text):
        return LastOfWeekday(DAY_OF_WEEK.value(match[1]))
    if match := _NTH_WEEKDAY.fullmatch(text):
        return NthOfWeekday(DAY_OF_WEEK.value(match[1]), _nth(match[2], text))
    if any("#" in item or item.endswith("L") for item in text.split(",")):
        raise CronError(
            "day of week: L and # stand alone (6L, FRIL, 2#1), not in a list or range as in "
            f"{text!r}"
        )
    return DaysOfWeek(parse_values(DAY_OF_WEEK, text))


def _nth(number: str, text: str) -> int:
    if number not in {"1", "2", "3", "4", "5"}:
        raise CronError(f"day of week: # is followed by 1-5, which one of the month, got {text!r}")
    return int(number)
