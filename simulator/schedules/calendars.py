"""Non-working days: a country's public holidays, as the `holidays` package has them, and dates."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from simulator.model.calendars import Calendar
from simulator.model.suggestions import did_you_mean
from simulator.schedules.clock_changes import Seconds, wall_days
from simulator.schedules.days import Bools
from simulator.units import DAY_S

if TYPE_CHECKING:
    from holidays import HolidayBase

Days = npt.NDArray[np.int64]

EPOCH: Final = dt.date(1970, 1, 1)
"""The day that days are counted from."""

MOST_LISTED: Final = 20
"""A message lists this many codes before it says `…`."""


class UnknownRegionError(ValueError):
    """A country or subdivision nobody knows; `key` is the calendar's key that names it."""

    def __init__(self, message: str, key: Literal["country", "subdivision"]) -> None:
        super().__init__(message)
        self.key: Final = key


def non_working_days(calendar: Calendar, years: range) -> Days:
    """Return a calendar's days in the given years, as days since 1970-01-01, sorted, each once.

    Of a country these are the public holidays of all of it, and of the subdivision, by the
    `holidays` package. Where a law moves a holiday off a weekend, both days are non-working ones:
    the day itself and the one it is observed on. An explicit date counts in its year.

    Raises:
        UnknownRegionError: there is no such country or subdivision.
    """
    dates = {date for date in calendar.dates if date.year in years}
    if calendar.country is not None:
        dates |= _public_holidays(calendar.country, calendar.subdivision, years)
    return np.array(sorted((date - EPOCH).days for date in dates), dtype=np.int64)


def years_between(from_epoch_s: int, to_epoch_s: float) -> range:
    """Return the years that dates of [from, to), in Unix seconds, can lie in, in whatever zone."""
    # A day on either side: no wall clock is further than that from UTC.
    first, last = from_epoch_s // DAY_S - 1, int(to_epoch_s // DAY_S) + 1
    return range(_date(first).year, _date(last).year + 1)


def on_days(instants_s: Seconds, zone: ZoneInfo, days: Days) -> Bools:
    """Return which instants fall on one of the days by a zone's wall clock.

    `instants_s` are Unix seconds in order, `days` are since 1970-01-01.
    """
    return np.isin(wall_days(instants_s, zone), days)


def _date(day: int) -> dt.date:
    return EPOCH + dt.timedelta(days=day)


def years_known(country: str, subdivision: str | None = None) -> range:
    """Return the years for which a country's holidays are known; in any other there are none.

    Raises:
        UnknownRegionError: there is no such country or subdivision.
    """
    law = _law(country, subdivision)
    return range(law.start_year, law.end_year + 1)


@lru_cache(maxsize=64)
def _public_holidays(country: str, subdivision: str | None, years: range) -> frozenset[dt.date]:
    from holidays import country_holidays  # noqa: PLC0415 - slow to load, and mostly not needed

    _law(country, subdivision)
    return frozenset(country_holidays(country, subdivision, years, expand=False))


@lru_cache(maxsize=64)
def _law(country: str, subdivision: str | None) -> HolidayBase:
    """Return what the package knows of a region; no year of it is worked out."""
    from holidays import country_holidays  # noqa: PLC0415 - slow to load, and mostly not needed
    from holidays.utils import list_supported_countries  # noqa: PLC0415 - likewise

    codes = list_supported_countries(include_aliases=False)
    if country not in codes:
        raise UnknownRegionError(_no_country(country, codes), "country")
    law = country_holidays(country)
    if subdivision is not None and subdivision not in law.subdivisions:
        raise UnknownRegionError(_no_subdivision(subdivision, law), "subdivision")
    return law


def _no_country(given: str, codes: dict[str, list[str]]) -> str:
    from holidays.registry import COUNTRIES  # noqa: PLC0415 - loaded by now

    # The package knows further names, such as DEU or Germany, beside the code.
    code_of = {name: code for long, code, *more in COUNTRIES.values() for name in (long, *more)}
    meant = code_of.get(given)
    hint = f" did you mean {meant!r}?" if meant else did_you_mean(given, codes)
    return (
        "expected a country by its code of two letters (ISO 3166), such as DE or US, got "
        f"{given!r};{hint or ' there is none of that code'}"
    )


def _no_subdivision(given: str, law: HolidayBase) -> str:
    codes = law.subdivisions
    if not codes:
        return f"{law.country} has the same holidays everywhere: leave {given!r} out"
    names = law.subdivisions_aliases
    short = names.get(given, given.removeprefix(f"{law.country}-"))
    hint = f" did you mean {short!r}?" if short in codes else did_you_mean(given, codes)
    listed = ", ".join(codes[:MOST_LISTED]) + (", …" if len(codes) > MOST_LISTED else "")
    return f"expected a subdivision of {law.country}, got {given!r};{hint or f' there is {listed}'}"
