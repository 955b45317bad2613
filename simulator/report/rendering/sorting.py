"""What a table's cells are sorted by: the numbers behind texts as `wording` writes them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from simulator.report.page import Text
from simulator.report.wording import DAYS

_SECONDS: Final = {"s": 1.0, "min": 60.0, "h": 3600.0, "d": 86400.0}
_NUMBER: Final = re.compile(
    r"(?:at (?:most|least)\s|<\s?)?"  # a limit, or less than can be told
    r"([+-]?[\d,]*\.?\d+(?:e[+-]?\d+)?)"
    r"(?![\w.:/-])"  # times of day, dates and names may begin with a figure
)
_UNIT: Final = re.compile(rf"[\d)]\s({'|'.join(_SECONDS)})\)?$")
_HOUR: Final = re.compile(rf"({'|'.join(DAYS)})(?: (\d\d):00)?")
_INSTANT: Final = re.compile(rf"(?:{'|'.join(DAYS)}) (\d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d)")


def sort_value(cell: Text, *, numeric: bool) -> str | None:
    """Return what a cell is sorted by, a number; None where its text serves as it stands.

    A name of the scenario never has one: a folder may be called `Mon`.
    """
    text = cell if isinstance(cell, str) else cell.text
    if numeric:
        instant = instant_behind(text)
        return _told(number_behind(text) if instant is None else instant, text)
    return _told(hour_behind(text), text) if isinstance(cell, str) else None


def _told(value: float | None, text: str) -> str | None:
    told = None if value is None else f"{value:.10g}"
    return None if told == text else told


def number_behind(text: str) -> float | None:
    """Return the first number of a text, times in seconds; None where it begins with none.

    `1.1 h` is 3960, `at most 15 min` 900, `1,234` 1234, and an interval its lower end: the unit of
    `2.0 to 3.0 min` is that of both.
    """
    found, unit = _NUMBER.match(text), _UNIT.search(text)
    if found is None:
        return None
    return float(found[1].replace(",", "")) * (_SECONDS[unit[1]] if unit else 1.0)


def hour_behind(text: str) -> int | None:
    """Return the hour of the week that a text names, `Mon` and `Mon 00:00` being 0; else None."""
    found = _HOUR.fullmatch(text)
    return None if found is None else DAYS.index(found[1]) * 24 + int(found[2] or 0)


def instant_behind(text: str) -> float | None:
    """Return what `Mon 2026-03-02 06:00:00` is sorted by: its seconds, by its date; else None."""
    found = _INSTANT.fullmatch(text)
    return None if found is None else dt.datetime.fromisoformat(f"{found[1]}+00:00").timestamp()
