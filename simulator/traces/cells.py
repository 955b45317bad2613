"""What stands in a cell: a span of time, a priority, an instant."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import Final, Literal

from simulator.model.quantities import FIRST_YEAR, LAST_YEAR, priority_of
from simulator.records.columns import Window
from simulator.schedules.zones import Placing, resolve_zone, skipped_in_words, to_epoch
from simulator.units import DAY_S, HOUR_S, LONGEST_S, MINUTE_S, parse_duration, to_grid

SECONDS: Final = "numbers are seconds, text has a unit"
"""How a span of time is written in a file."""

_NUMBER: Final = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", re.ASCII)

_TIME: Final = re.compile(
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[-+]\d\d:?\d\d)?)?", re.ASCII
)

Kind = Literal["seconds", "local times", "times with an offset"]
"""What a column of instants holds: seconds from the start, or ISO 8601 with or without offset."""


def seconds_of(text: str) -> float:
    """Return a span in seconds on the grid; numbers are seconds, text has units.

    Raises:
        ValueError: it is neither, negative or longer than a hundred years.
    """
    if not text:
        raise ValueError("expected a number of seconds or a duration such as '15m', got nothing")
    if _NUMBER.fullmatch(text) is None:
        return to_grid(parse_duration(text))
    seconds = float(text)
    if not 0 <= seconds <= LONGEST_S:
        raise ValueError(f"expected seconds from 0 to a hundred years, got {text!r}")
    return to_grid(seconds)


@cache
def priority_in(text: str) -> int:
    """Return a priority from 1 to 100; a band's name is its number.

    Raises:
        ValueError: it is neither.
    """
    return priority_of(int(text) if text.isdecimal() and text.isascii() else text)


class Instants:
    """Reads a column of instants, all of which are of one kind: that of the first.

    `is_twice` is whether the last was a local time that the clock shows twice.

    Raises:
        ValueError: there is no such zone.
    """

    def __init__(self, window: Window) -> None:
        self._zone, self._origin_s = resolve_zone(window.zone), window.origin_epoch_s
        self._kind: Kind | None = None
        self._midnights: dict[dt.date, int | None] = {}
        self.is_twice = False

    def read(self, text: str) -> float:
        """Return an instant as seconds since origin, on the grid.

        Raises:
            ValueError: it is none, not of the kind of the first, or skipped by the clock.
        """
        is_number = _NUMBER.fullmatch(text) is not None
        time = None if is_number else _TIME.fullmatch(text)
        if time is None and not is_number:
            raise ValueError(_expected(text))
        kind = _kind(time)
        if self._kind is None:
            self._kind = kind
        elif kind != self._kind:
            raise ValueError(f"expected {self._kind}, as in the rows above, got {text!r}")
        return self._since_origin(text, kind)

    def _since_origin(self, text: str, kind: Kind) -> float:
        self.is_twice = False
        if kind == "seconds":
            return _from_start(text)
        moment = _moment(text)
        fraction_s = 0.0
        if moment.microsecond:
            fraction_s = to_grid(moment.microsecond / 1e6)
            moment = moment.replace(microsecond=0)
        if kind == "times with an offset":
            return moment.timestamp() - self._origin_s + fraction_s
        second, placing = self._second(moment)
        if placing == "gap":
            raise ValueError(skipped_in_words(text, self._zone.key))
        self.is_twice = placing == "overlap"
        return second - self._origin_s + fraction_s

    def _second(self, local: dt.datetime) -> tuple[int, Placing]:
        midnight_s = self._midnight_s(local.date())
        if midnight_s is None:
            return to_epoch(local, self._zone)
        return midnight_s + HOUR_S * local.hour + MINUTE_S * local.minute + local.second, "plain"

    def _midnight_s(self, day: dt.date) -> int | None:
        """Return the Unix second a day begins at; None if the clock changes on it or at its edge.

        To ask the zone for each row would take longer than all else. No zone changes its clock
        twice within a day and back.
        """
        if day not in self._midnights:
            midnight = dt.datetime.combine(day, dt.time())
            begin_s, first = to_epoch(midnight, self._zone)
            end_s, last = to_epoch(midnight + dt.timedelta(days=1), self._zone)
            is_even = first == last == "plain" and end_s - begin_s == DAY_S
            self._midnights[day] = begin_s if is_even else None
        return self._midnights[day]


def _expected(text: str) -> str:
    got = repr(text) if text else "nothing"
    return (
        f"expected a time such as 2026-03-02T08:00, or seconds from the start of the run, got {got}"
    )


def _kind(time: re.Match[str] | None) -> Kind:
    if time is None:
        return "seconds"
    return "local times" if time[1] is None else "times with an offset"


def _from_start(text: str) -> float:
    seconds = float(text)
    if abs(seconds) > LONGEST_S:
        raise ValueError(f"expected seconds within a hundred years of the start, got {text!r}")
    return to_grid(seconds)


def _moment(text: str) -> dt.datetime:
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{text!r}: {error}") from None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise ValueError(f"expected a year from {FIRST_YEAR} to {LAST_YEAR}, got {text!r}")
    return moment
