"""Which dates a Quartz cron means: one small rule a kind of day, asked for many dates at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

Bools: TypeAlias = npt.NDArray[np.bool_]
Shorts: TypeAlias = npt.NDArray[np.int16]

SATURDAY: Final = 7
SUNDAY: Final = 1
SHORT_MONTH: Final = 30


@dataclass(frozen=True, slots=True, eq=False)
class Dates:
    """Consecutive dates, taken apart: arrays of one value a date, all of one length.

    epoch_day counts from 1970-01-01; weekday is Quartz's, 1 = Sunday to 7 = Saturday; month_length
    is the number of days of the date's month.
    """

    epoch_day: npt.NDArray[np.int64]
    year: Shorts
    month: Shorts
    day: Shorts
    weekday: Shorts
    month_length: Shorts


@lru_cache(maxsize=8)
def dates_between(first_day: int, last_day: int) -> Dates:
    """Return the dates from `first_day` to `last_day`, both days since 1970-01-01 and included."""
    epoch_day = np.arange(first_day, last_day + 1, dtype=np.int64)
    date = epoch_day.astype("datetime64[D]")
    month = date.astype("datetime64[M]")
    month_start = month.astype("datetime64[D]")
    month_end = (month + np.timedelta64(1, "M")).astype("datetime64[D]")
    months = month.astype(np.int64)
    return Dates(
        epoch_day=epoch_day,
        year=(1970 + months // 12).astype(np.int16),
        month=(1 + months % 12).astype(np.int16),
        day=(1 + (date - month_start).astype(np.int64)).astype(np.int16),
        # 1970-01-01 was a Thursday, Quartz's day 5.
        weekday=(1 + (epoch_day + 4) % 7).astype(np.int16),
        month_length=(month_end - month_start).astype(np.int16),
    )


def among(values: Shorts, wanted: tuple[int, ...]) -> Bools:
    """Return which of the small, non-negative `values` are `wanted`; shape of `values`."""
    table = np.zeros(max(int(values.max(initial=0)), *wanted) + 1, dtype=np.bool_)
    table[list(wanted)] = True
    found: Bools = table[values]
    return found


@dataclass(frozen=True, slots=True)
class DaysOfMonth:
    """Days by number (`1,15`, `*`, `1/5`); a month without such a day has none."""

    days: tuple[int, ...]

    def matches(self, dates: Dates) -> Bools:
        """Return which dates are meant, one truth value a date."""
        return among(dates.day, self.days)


@dataclass(frozen=True, slots=True)
class DaysOfWeek:
    """Days by weekday (`MON-FRI`, `2-6`, `L` for Saturday), 1 = Sunday."""

    weekdays: tuple[int, ...]

    def matches(self, dates: Dates) -> Bools:
        """Return which dates are meant, one truth value a date."""
        return among(dates.weekday, self.weekdays)


@dataclass(frozen=True, slots=True)
class LastOfMonth:
    """The month's last day, or so many days before it (`L`, `L-3`)."""

    offset: int

    def matches(self, dates: Dates) -> Bools:
        """Return which dates are meant, one truth value a date."""
        last: Bools = dates.day == dates.month_length - self.offset
        return last


@dataclass(frozen=True, slots=True)
class NearestWeekday:
    """The Monday to Friday nearest to a day of the month, within that month (`15W`)."""

    day: int

    def matches(self, dates: Dates) -> Bools:
        """Return which dates are meant, one truth value a date."""
        return _nearest_weekday(dates, np.full_like(dates.day, self.day))


@dataclass(frozen=True, slots=True)
class LastWeekday:
    """The Monday to Friday nearest to a day counted from the month's end (`LW`, `L-3W`)."""

    offset: int

    def matches(self, dates: Dates) -> Bools:
        """Return which dates are meant, one truth value a date."""
        return _nearest_weekday(dates, dates.month_length - np.int16(self.offset))


@dataclass(frozen=True, slots=True)
class LastOfWeekday:
    """The month's last such weekday (`6L`, `FRIL`)."""

    weekday: int

    def matches(self, dates: Dates) -> Bools:
        """Return which dates are meant, one truth value a date."""
        in_last_week: Bools = dates.day > dates.month_length - 7
        such_a_day: Bools = dates.weekday == self.weekday
        return such_a_day & in_last_week


@dataclass(frozen=True, slots=True)
class NthOfWeekday:
    """The month's n-th such weekday (`2#1`, `MON#5`); a month with fewer has none."""

    weekday: int
    nth: int

    def matches(self, dates: Dates) -> Bools:
        """Return which dates are meant, one truth value a date."""
        in_nth_week: Bools = (dates.day - 1) // 7 == self.nth - 1
        such_a_day: Bools = dates.weekday == self.weekday
        return such_a_day & in_nth_week


DayRule: TypeAlias = (
    DaysOfMonth
    | DaysOfWeek
    | LastOfMonth
    | NearestWeekday
    | LastWeekday
    | LastOfWeekday
    | NthOfWeekday
)
"""Which days of its months a cron means; each answers `matches`."""


def _nearest_weekday(dates: Dates, target: Shorts) -> Bools:
    """Return which dates are the weekday nearest to `target`, a day of each date's month.

    The rule of `CronExpression` in Quartz for Java 2.3.2: a Saturday goes back to Friday, save on
    the 1st, which goes on to Monday the 3rd; a Sunday goes on to Monday, save on the month's last
    day, which goes back to Friday. A month that lacks the day is left out, save that `31W` fires on
    the 30th of a 30-day month where that is a Friday.
    """
    weekday = 1 + (dates.weekday - 1 + target - dates.day) % 7
    saturday_move = np.where(target == 1, 2, -1)
    sunday_move = np.where(target == dates.month_length, -2, 1)
    move = np.where(weekday == SATURDAY, saturday_move, 0)
    move = np.where(weekday == SUNDAY, sunday_move, move)
    exists = (target >= 1) & ((target <= dates.month_length) | (dates.month_length == SHORT_MONTH))
    nearest: Bools = exists & (dates.day == target + move)
    return nearest
