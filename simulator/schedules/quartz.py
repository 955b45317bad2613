"""Quartz cron, as the Orchestrator's triggers use it: from its text to the instants it fires.

Seconds minutes hours day-of-month month day-of-week [year]; one of the day fields is `?`. Meaning
by UiPath's page "Using cron expressions" and the `CronExpression` of Quartz 2.3.2 for Java, which
this agrees with; the two Quartz versions part only where a clock changes (see `firings`).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from simulator.schedules.clock_changes import Rule, Seconds, instants
from simulator.schedules.day_fields import parse_days
from simulator.schedules.days import (
    Bools,
    Dates,
    DayRule,
    DaysOfMonth,
    DaysOfWeek,
    LastWeekday,
    NearestWeekday,
    among,
    dates_between,
)
from simulator.schedules.fields import HOURS, MINUTES, MONTH, SECONDS, YEAR, CronError, parse_values
from simulator.units import DAY_S

__all__ = ["CronError", "QuartzCron", "Rule", "days_due", "firings", "most_firings", "parse_cron"]

FIRST_S: Final = -2_208_988_800
"""The earliest start of a window, in Unix seconds: 1900-01-01."""
LAST_S: Final = 10_413_792_000
"""The latest end of a window, in Unix seconds: 2300-01-01."""

_MOST_DAYS: Final = 31
_DAYS_OF_A_WEEK: Final = 7
_NO_LEAP_YEAR: Final = 2027
_SUNDAY_TO_THURSDAY: Final = (1, 2, 3, 4, 5)
_UNIX_FIELDS: Final = 5
_SHAPE: Final = "seconds minutes hours day-of-month month day-of-week [year]"
_EVERY_KIND_OF_YEAR: Final = (10957, 21183)  # 2000-2027: dates and weekdays repeat after 28 years
_EVERY_YEAR_WRITTEN: Final = (0, 47481)  # 1970-2099, the years the field takes


@dataclass(frozen=True, slots=True)
class QuartzCron:
    """A Quartz cron, read: its text, sorted numbers a field, and one rule for the days.

    `years` is None where every year is meant.
    """

    text: str
    seconds: tuple[int, ...]
    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: DayRule
    months: tuple[int, ...]
    years: tuple[int, ...] | None

    @property
    def times_a_day(self) -> int:
        """Return how often it is due on a day on which it is."""
        return len(self.hours) * len(self.minutes) * len(self.seconds)

    @property
    def is_by_weekday(self) -> bool:
        """Return whether its days are the same in each week of its months."""
        match self.days:
            case DaysOfWeek():
                return True
            case DaysOfMonth(days):
                return len(days) == _MOST_DAYS
            case _:
                return False

    @property
    def is_by_day(self) -> bool:
        """Return whether its days are all the days of its months."""
        match self.days:
            case DaysOfWeek(days):
                return len(days) == _DAYS_OF_A_WEEK
            case DaysOfMonth(days):
                return len(days) == _MOST_DAYS
            case _:
                return False

    @property
    def mean_a_day(self) -> float:
        """Return how often it is due a day on average, over all years; its `years` do not count."""
        dates = dates_between(*_EVERY_KIND_OF_YEAR)
        return self.times_a_day * float(_meant(replace(self, years=None), dates).mean())

    @property
    def doubts(self) -> tuple[str, ...]:
        """Return what is legal here but probably not meant, a sentence each; mostly none."""
        return tuple(doubt for doubt in (_never(self), _each_second(self), _odd_day(self)) if doubt)


def parse_cron(text: str) -> QuartzCron:
    """Read a Quartz cron of six or seven fields; names and letters in either case.

    Raises:
        CronError: it is none; the message names the field, what was found and what is allowed.
    """
    fields = text.upper().split()
    if len(fields) not in {6, 7}:
        raise CronError(_wrong_count(text.split()))
    try:
        return QuartzCron(
            text=text,
            seconds=parse_values(SECONDS, fields[0]),
            minutes=parse_values(MINUTES, fields[1]),
            hours=parse_values(HOURS, fields[2]),
            days=parse_days(fields[3], fields[5]),
            months=parse_values(MONTH, fields[4]),
            years=_years(fields[6]) if fields[6:] else None,
        )
    except CronError as error:
        raise CronError(f"{error} (in the cron {text!r})") from None


def _years(text: str) -> tuple[int, ...] | None:
    return None if text == "*" else parse_values(YEAR, text)


def _wrong_count(fields: list[str]) -> str:
    found = f"{len(fields)} field{'' if len(fields) == 1 else 's'}"
    message = (
        f"expected a Quartz cron of 6 or 7 fields ({_SHAPE}), got {found}: {' '.join(fields)!r}"
    )
    if len(fields) != _UNIX_FIELDS:
        return message
    minutes, hours, day, month, weekday = fields
    if weekday == "*":
        example = f"write '0 {minutes} {hours} {day} {month} ?'"
    else:
        example = "as in '0 0 6 ? * MON-FRI'; days of the week count from 1 = SUN to 7 = SAT"
    return f"{message}. This is Unix cron: add seconds in front and ? in one day field, {example}"


def firings(
    cron: QuartzCron, zone: ZoneInfo, from_epoch_s: int, to_epoch_s: int, rule: Rule
) -> Seconds:
    """Return every firing in [from, to), in Unix seconds, strictly increasing, shape (n,).

    The wall clock in `zone` decides. Where it changes:

    - quartz_net (Quartz.NET, which the Orchestrator runs; its pull requests 317 and 3195): a time
      in the spring gap is moved on by the gap's length, 02:30 to 03:30, and where another firing
      already stands there it is one firing, not two; a time shown twice in autumn fires once, at
      its first showing. So an hourly cron fires 23 times on the short day and 24 times on the long
      one, on which two hours pass between its 02:00 and its 03:00.
    - quartz_java (Quartz for Java 2.3.2): a time in the gap does not fire; a time shown twice fires
      once, at its second showing.

    Memory grows with the number of firings, up to six times their 8 bytes.

    Raises:
        ValueError: the window reaches outside the years 1900 to 2299.
    """
    if from_epoch_s < FIRST_S or to_epoch_s > LAST_S:
        raise ValueError(
            "expected a window within the years 1900 to 2299, got "
            f"[{from_epoch_s}, {to_epoch_s}) in Unix seconds"
        )
    if to_epoch_s <= from_epoch_s:
        return np.empty(0, dtype=np.int64)
    days = _days_between(cron, from_epoch_s, to_epoch_s)
    local_s = (days[:, np.newaxis] * DAY_S + _times_of_day(cron)).ravel()
    if local_s.size == 0:
        return local_s
    fired_s = instants(local_s, zone, rule)
    begin, end = np.searchsorted(fired_s, (from_epoch_s, to_epoch_s))
    return fired_s[begin:end]


def most_firings(cron: QuartzCron, from_epoch_s: int, to_epoch_s: int) -> int:
    """Return how often a cron fires in [from, to) at most, in Unix seconds, without working it out.

    It is the number of its times on the dates of the window, with a day on either side.
    """
    return _days_between(cron, from_epoch_s, to_epoch_s).size * cron.times_a_day


def days_due(cron: QuartzCron, first_day: int, end_day: int) -> Seconds:
    """Return the dates a cron means in [first_day, end_day), all as days since 1970-01-01."""
    dates = dates_between(first_day, end_day - 1)
    return dates.epoch_day[_meant(cron, dates)]


def _days_between(cron: QuartzCron, from_epoch_s: int, to_epoch_s: int) -> Seconds:
    """Return the dates a cron means, as days since 1970-01-01.

    A day on either side counts too: no wall clock is further than that from UTC.
    """
    return days_due(cron, from_epoch_s // DAY_S - 1, to_epoch_s // DAY_S + 2)


def _times_of_day(cron: QuartzCron) -> Seconds:
    hours, minutes, seconds = (
        np.array(part, dtype=np.int64) for part in (cron.hours, cron.minutes, cron.seconds)
    )
    return np.add.outer(np.add.outer(hours * 3600, minutes * 60), seconds).ravel()


def _meant(cron: QuartzCron, dates: Dates) -> Bools:
    meant = cron.days.matches(dates) & among(dates.month, cron.months)
    return meant if cron.years is None else meant & among(dates.year, cron.years)


def _never(cron: QuartzCron) -> str:
    span = _EVERY_KIND_OF_YEAR if cron.years is None else _EVERY_YEAR_WRITTEN
    if _meant(cron, dates_between(*span)).any():
        return ""
    return f"{cron.text!r} never fires: no date is as its day, month and year say"


def _each_second(cron: QuartzCron) -> str:
    if len(cron.seconds) <= SECONDS.high:
        return ""
    return (
        f"{cron.text!r} fires in every second of its minutes; write 0 for the seconds to mean once"
    )


def _odd_day(cron: QuartzCron) -> str:
    match cron.days:
        case NearestWeekday(day) if day > _shortest_month(cron):
            return (
                f"{day}W skips a month without a day {day}, as in Quartz for Java (31W still fires "
                "on a 30th that is a Friday); write LW for the month's last weekday"
            )
        case LastWeekday(offset) if offset:
            return (
                f"L-{offset}W is the weekday nearest to that day, as in Quartz for Java; "
                "Quartz.NET always goes back to the Friday before"
            )
        case DaysOfWeek(weekdays) if (
            weekdays == _SUNDAY_TO_THURSDAY and "SUN" not in cron.text.upper()
        ):
            return f"{cron.text!r} fires Sunday to Thursday: 1 is SUN; write MON-FRI for workdays"
    return ""


def _shortest_month(cron: QuartzCron) -> int:
    return min(monthrange(_NO_LEAP_YEAR, month)[1] for month in cron.months)
