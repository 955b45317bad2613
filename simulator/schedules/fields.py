"""The fields of a Quartz cron: how `0/15`, `22-2` or `MON-FRI` is read as a set of numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from simulator.model.suggestions import did_you_mean


class CronError(ValueError):
    """A text that is no Quartz cron; the message names the field, what was found, what may be."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name, the numbers it takes, and the names of these, the lowest first."""

    name: str
    low: int
    high: int
    names: tuple[str, ...] = ()
    special: str = ""

    @property
    def allowed(self) -> str:
        """Return what may stand here, for messages: `1-7 (1 is SUN, 7 is SAT)`."""
        numbers = f"{self.low}-{self.high}"
        if not self.names:
            return numbers
        return f"{numbers} ({self.low} is {self.names[0]}, {self.high} is {self.names[-1]})"

    def value(self, text: str) -> int:
        """Return the number that `text`, a number or a name in capitals, stands for.

        Raises:
            CronError: it is neither, or lies outside the field.
        """
        if text in self.names:
            return self.low + self.names.index(text)
        if _NUMBER.fullmatch(text) is None:
            hint = did_you_mean(text, self.names)
            raise CronError(
                f"{self.name}: {text!r} is not one of {self.allowed}{hint and ';' + hint}"
            )
        if not self.low <= int(text) <= self.high:
            raise CronError(f"{self.name}: {text} is outside {self.allowed}")
        return int(text)


_NUMBER: Final = re.compile(r"[0-9]{1,4}")
_ITEM: Final = re.compile(r"(\*|\w+)?(?:-(\w+))?(?:/(\w+))?", re.ASCII)

_MONTHS: Final = (
    "JAN",
    "FEB",
    "MAR",
    "APR",
    "MAY",
    "JUN",
    "JUL",
    "AUG",
    "SEP",
    "OCT",
    "NOV",
    "DEC",
)
_WEEKDAYS: Final = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")

SECONDS: Final = Field("seconds", 0, 59)
MINUTES: Final = Field("minutes", 0, 59)
HOURS: Final = Field("hours", 0, 23)
DAY_OF_MONTH: Final = Field("day of month", 1, 31, special=" ? L W")
MONTH: Final = Field("month", 1, 12, _MONTHS)
DAY_OF_WEEK: Final = Field("day of week", 1, 7, _WEEKDAYS, special=" ? L #")
YEAR: Final = Field("year", 1970, 2099)


def parse_values(field: Field, text: str) -> tuple[int, ...]:
    """Read a list such as `0,30`, `8-18`, `5/7`, `*/2` or `MON-FRI` (capitals) as sorted numbers.

    A range may wrap around (`22-2`, `FRI-MON`, `NOV-FEB`), save in the year. A step counts from the
    start given, or from the field's lowest number after `*`, up to the highest.

    Raises:
        CronError: some item cannot be read, lies outside the field, or has a step on a name.
    """
    items = text.split(",")
    return tuple(sorted({number for item in items for number in _numbers(field, item)}))


def _numbers(field: Field, item: str) -> tuple[int, ...]:
    match = _ITEM.fullmatch(item)
    start, stop, step = match.groups() if match else (None, None, None)
    if (start is None and step is None) or (start in (None, "*") and stop is not None):
        raise _unreadable(field, item)
    by = 1 if step is None else _step(field, item, step)
    if start in (None, "*"):
        return tuple(range(field.low, field.high + 1, by))
    first = field.value(str(start))
    if stop is not None:
        return _between(field, item, first, by)
    return (first,) if step is None else tuple(range(first, field.high + 1, by))


def _between(field: Field, item: str, first: int, by: int) -> tuple[int, ...]:
    start, stop = item.partition("/")[0].split("-")
    if (start in field.names) != (stop in field.names):
        field.value(stop)
        raise CronError(f"{field.name}: {item!r} mixes a name and a number: write two of a kind")
    last = field.value(stop)
    if last < first and field is YEAR:
        raise CronError(
            f"{field.name}: {item!r} ends before it begins, and years do not wrap around"
        )
    size = field.high - field.low + 1
    last += size if last < first else 0
    return tuple(field.low + (number - field.low) % size for number in range(first, last + 1, by))


def _step(field: Field, item: str, step: str) -> int:
    if any(name in item for name in field.names):
        # Quartz.NET takes `MON/2` for every other week, Quartz for Java ignores the step.
        raise CronError(
            f"{field.name}: {item!r} has a step on a name, which the Quartz versions read "
            f"differently: write numbers, of {field.allowed}"
        )
    highest = field.high if field is not YEAR else field.high - field.low
    if _NUMBER.fullmatch(step) is None or not 1 <= int(step) <= highest:
        raise CronError(f"{field.name}: the step of {item!r} must be a number of 1-{highest}")
    return int(step)


def _unreadable(field: Field, item: str) -> CronError:
    found = repr(item) if item else "nothing"
    extra = ""
    if "?" in item:
        extra = "; ? stands alone, and only in a day field"
    return CronError(
        f"{field.name}: expected {field.allowed}, with , - * /{field.special}, got {found}{extra}"
    )
