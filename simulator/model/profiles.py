"""Weekly profiles: a rate for each span of hours of each day, as a file writes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Final, LiteralString, NamedTuple, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field, JsonValue, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from simulator.model.hours_of_week import WEEK, Days, Hours, days_of, minutes_of
from simulator.model.quantities import Rate, shown


class WeeklySpan(NamedTuple):
    """Hours of one day of the week with their rate; `days` and `hours` are the keys they are from.

    `day` 0 is Monday; minutes count from midnight by the wall clock, `to_min` is not included.
    """

    day: int
    from_min: int
    to_min: int
    per_s: float
    days: str
    hours: str


def weekly_spans(rates: Mapping[str, Mapping[str, float]]) -> tuple[WeeklySpan, ...]:
    """Return what a profile says of each day, in the order of the file."""
    return tuple(
        WeeklySpan(day, *minutes_of(hours), per_s, days, hours)
        for days, of_day in rates.items()
        for hours, per_s in of_day.items()
        for day in days_of(days)
    )


def _overlaps(spans: tuple[WeeklySpan, ...]) -> Iterator[tuple[WeeklySpan, WeeklySpan]]:
    """Yield pairs of spans that have minutes in common, the one that begins first in front."""
    last = None
    for span in sorted(spans):
        if last is not None and last.day == span.day and span.from_min < last.to_min:
            yield last, span
        if last is None or (last.day, last.to_min) < (span.day, span.to_min):
            last = span


def _without_overlaps(rates: dict[str, dict[str, float]]) -> dict[str, dict[str, float]]:
    spans = weekly_spans(rates)
    order = {span: number for number, span in enumerate(spans)}
    faults: dict[tuple[str, str], InitErrorDetails] = {}
    for pair in _overlaps(spans):
        first, second = sorted(pair, key=order.__getitem__)
        faults.setdefault((second.days, second.hours), _overlap(first, second))
    if faults:
        raise ValidationError.from_exception_data("profile", list(faults.values()))
    return rates


def _overlap(first: WeeklySpan, second: WeeklySpan) -> InitErrorDetails:
    """Return the error that two spans overlap, placed at the key of the second."""
    message = (
        f"{second.hours!r} overlaps {first.hours!r} of {first.days!r} on {WEEK[second.day]}: "
        "an hour has one rate"
    )
    return InitErrorDetails(
        type=PydanticCustomError("profile", "{why}", {"why": message}),
        loc=(second.days, second.hours, "[key]"),
        input=second.hours,
    )


def _not_empty(expected: LiteralString) -> BeforeValidator:
    """Return a check that something is a mapping with keys; `expected` tells what and `{got}`."""

    def check(value: object) -> object:
        if isinstance(value, Mapping) and value:
            return value
        raise PydanticCustomError("profile", expected, {"got": _shown(value)})

    return BeforeValidator(check)


_HOURS_NAMED: Final = _not_empty(
    'expected the hours of the day with their rates, such as {"09:00-17:00": 30 per hour}, '
    "got {got}; leave out a day on which nothing comes"
)
_DAYS_NAMED: Final = _not_empty(
    'expected days with their hours, such as {mon-fri: {"09:00-17:00": 30 per hour}}, got {got}'
)


def _shown(value: object) -> str:
    return "an empty mapping" if value == {} else shown(value)


_NO_OTHER_KEYS: Final[dict[str, JsonValue]] = {"additionalProperties": False, "minProperties": 1}

DayRates: TypeAlias = Annotated[
    dict[Hours, Rate], _HOURS_NAMED, Field(json_schema_extra=_NO_OTHER_KEYS)
]
"""Hours of a day to rates, each more than zero: an hour that is not named has none."""

WeeklyRates: TypeAlias = Annotated[
    dict[Days, DayRates],
    _DAYS_NAMED,
    AfterValidator(_without_overlaps),
    Field(json_schema_extra=_NO_OTHER_KEYS),
]
"""Days of the week to their hours and rates, without overlaps."""
