"""The field types of the language: names, durations, rates, shares, priorities, local times."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer
from pydantic_core import PydanticCustomError

from simulator.units import exact_duration, parse_duration, parse_rate, parse_share


class Part(BaseModel):
    """Whatever a scenario is made of: frozen, and closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)


def text_of(value: object) -> object:
    """Return the text a plain YAML number or boolean was written as, anything else unchanged.

    Names are always text: a machine may be called `007` or `NO`. The loader keeps that text.
    """
    return getattr(value, "text", value)


def _name(value: object) -> str:
    text = text_of(value)
    if not isinstance(text, str):
        raise PydanticCustomError("name", "expected a name, got {got}", {"got": shown(text)})
    if not text.strip():
        raise PydanticCustomError("name", "a name may not be empty")
    if not text.isprintable() and any(
        unicodedata.category(character) in {"Cc", "Cs"} for character in text
    ):
        raise PydanticCustomError("name", "a name may not contain control characters")
    if len(text) > LONGEST_NAME:
        raise PydanticCustomError(
            "name", "a name may have at most {most} characters", {"most": LONGEST_NAME}
        )
    return text


LONGEST_NAME: Final = 200

Name = Annotated[
    str,
    BeforeValidator(_name, json_schema_input_type=str | float | bool),
    Field(min_length=1, max_length=LONGEST_NAME),
]
"""What a thing is called: free text in any script, case-sensitive."""


def _flag(value: object) -> bool:
    truth = getattr(value, "truth", value)
    if not isinstance(truth, bool):
        raise PydanticCustomError(
            "flag", "expected true or false, got {got}", {"got": shown(value)}
        )
    return truth


Flag = Annotated[bool, BeforeValidator(_flag, json_schema_input_type=bool)]
"""true or false; the loader keeps the text beside the truth, for a name may be `true` as well."""


LONGEST_SHOWN: Final = 60
"""Characters of a value that a message repeats."""


def shown(value: object) -> str:
    """Return a value as a message repeats it: short, text in quotes, collections by kind."""
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, tuple | list):
        return "a list"
    if value is None:
        return "nothing"
    text = repr(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _duration(value: object) -> float:
    if not isinstance(value, str):
        raise PydanticCustomError(
            "duration",
            "expected a duration with a unit, such as '15m' or '1h30m', got {got}",
            {"got": shown(value)},
        )
    return _read("duration", parse_duration, value)


def _rate(value: object) -> float:
    if not isinstance(value, str):
        raise PydanticCustomError(
            "rate", "expected a rate such as '12 per hour', got {got}", {"got": shown(value)}
        )
    return _read("rate", parse_rate, value)


def _share(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise PydanticCustomError(
            "share",
            "expected a share such as '5%' or a number from 0 to 1, got {got}",
            {"got": shown(value)},
        )
    return _read("share", parse_share, value)


def _read(kind: Literal["duration", "rate", "share"], parse: Any, value: object) -> float:  # noqa: ANN401 - any of the three parsers
    try:
        return float(parse(value))
    except ValueError as error:
        raise PydanticCustomError(kind, "{why}", {"why": str(error)}) from None


_NUMBER: Final = r"[0-9]+(\.[0-9]+)?"
_IN_PARTS: Final = "".join(rf"({_NUMBER}\s*{unit}\s*)?" for unit in ("w", "d", "h", "m", "s", "ms"))
_DURATION_FORMS: Final = (
    rf"(\s*{_IN_PARTS}|"
    rf"P(?=[0-9]|T[0-9])({_NUMBER}W)?({_NUMBER}D)?"
    rf"(T(?=[0-9])({_NUMBER}H)?({_NUMBER}M)?({_NUMBER}S)?)?\s*)$"
)
DURATION_PATTERN: Final = rf"^(?=.*[0-9]){_DURATION_FORMS}"
"""What a duration's text looks like, in words that JavaScript knows too."""

_POSITIVE_PATTERN: Final = rf"^(?=.*[1-9]){_DURATION_FORMS}"

Duration = Annotated[
    float,
    BeforeValidator(_duration, json_schema_input_type=str),
    PlainSerializer(exact_duration, return_type=str),
    Field(json_schema_extra={"type": "string", "pattern": DURATION_PATTERN}),
]
"""A time span in seconds, zero or more; text with a unit in the file."""


def _positive(value: float) -> float:
    if value <= 0:
        raise PydanticCustomError("duration", "expected a duration longer than 0s")
    return value


PositiveDuration = Annotated[
    float,
    BeforeValidator(_duration, json_schema_input_type=str),
    AfterValidator(_positive),
    PlainSerializer(exact_duration, return_type=str),
    Field(json_schema_extra={"type": "string", "pattern": _POSITIVE_PATTERN}),
]
"""A time span in seconds, more than zero."""

_RATE_PATTERN: Final = (
    rf"^(?=[^eEp]*[1-9])\s*{_NUMBER}([eE][-+]?[0-9]+)?\s+per\s+(second|minute|hour|day|week)\s*$"
)

Rate = Annotated[
    float,
    BeforeValidator(_rate, json_schema_input_type=str),
    PlainSerializer(lambda per_s: f"{per_s:.17g} per second", return_type=str),
    Field(gt=0, json_schema_extra={"type": "string", "pattern": _RATE_PATTERN}),
]
"""Events a second, more than zero; `12 per hour` in the file."""

_Percentage = Annotated[str, Field(pattern=r"^\s*(0*[0-9]{1,2}(\.[0-9]+)?|0*100(\.0+)?)\s*%\s*$")]

Share = Annotated[
    float,
    BeforeValidator(
        _share, json_schema_input_type=_Percentage | Annotated[float, Field(ge=0, le=1)]
    ),
]
"""A number from 0 to 1; `5%` or `0.05` in the file."""

HIGHEST_PRIORITY: Final = 100

PRIORITY_BANDS: Final = {
    "Lowest": 5,
    "Very Low": 15,
    "Low": 25,
    "Medium-Low": 35,
    "Medium": 45,
    "Normal": 45,
    "Medium-High": 55,
    "High": 65,
    "Very High": 75,
    "Highest": 85,
    "Critical": 95,
}
"""The vendor's bands and their numbers (`SpecificPriorityValue`); the larger goes first."""


def priority_of(value: object) -> int:
    """Return a priority as its number.

    Raises:
        PydanticCustomError: it is neither a number from 1 to 100 nor a band's name.
    """
    if isinstance(value, str) and value in PRIORITY_BANDS:
        return PRIORITY_BANDS[value]
    is_number = isinstance(value, int) and not isinstance(value, bool)
    if is_number and 1 <= value <= HIGHEST_PRIORITY:  # type: ignore[operator]  # is_number says it is an int
        return int(value)  # type: ignore[call-overload,no-any-return]  # the same
    raise PydanticCustomError(
        "priority",
        "expected a priority from 1 to 100 or one of {bands}, got {got}",
        {"bands": ", ".join(PRIORITY_BANDS), "got": shown(value)},
    )


Priority = Annotated[
    int,
    BeforeValidator(
        priority_of,
        json_schema_input_type=Annotated[int, Field(ge=1, le=HIGHEST_PRIORITY)]
        | Literal[tuple(PRIORITY_BANDS)],
    ),
]
"""1..100, the larger first; a band's name is its number."""

FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2198
"""A run lasts a hundred years at most, and schedules are worked out to the end of 2299."""

_LOCAL: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?)?", re.ASCII
)


def _local_time(value: object) -> dt.datetime:
    if isinstance(value, dt.datetime):
        return value
    if not isinstance(value, str) or _LOCAL.fullmatch(value) is None:
        raise PydanticCustomError(
            "local-time",
            "expected a local date or time such as 2026-03-02 or 2026-03-02T08:00, without an "
            "offset, got {got}",
            {"got": shown(value)},
        )
    try:
        moment = dt.datetime.fromisoformat(value)
    except ValueError as error:
        raise PydanticCustomError("local-time", "{why}", {"why": f"{value!r}: {error}"}) from None
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise PydanticCustomError(
            "local-time",
            "expected a year from {first} to {last}, got {year}",
            {"first": FIRST_YEAR, "last": LAST_YEAR, "year": moment.year},
        )
    return moment


LocalTime = Annotated[
    dt.datetime,
    BeforeValidator(
        _local_time,
        json_schema_input_type=Annotated[str, Field(pattern=rf"^{_LOCAL.pattern}$")],
    ),
    PlainSerializer(lambda moment: moment.isoformat(timespec="seconds"), return_type=str),
]
"""A wall-clock time without a zone; a bare date is its midnight."""


def _local_date(value: object) -> dt.date:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    if not isinstance(value, str) or _DATE.fullmatch(value) is None:
        raise PydanticCustomError(
            "local-date", "expected a date such as 2026-03-31, got {got}", {"got": shown(value)}
        )
    return _local_time(value).date()


_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)

LocalDate = Annotated[
    dt.date,
    BeforeValidator(
        _local_date, json_schema_input_type=Annotated[str, Field(pattern=rf"^{_DATE.pattern}$")]
    ),
    PlainSerializer(lambda date: date.isoformat(), return_type=str),
]
"""A day on the calendar."""

RuntimeType = Literal[
    "unattended",
    "non_production",
    "test_automation",
    "app_test",
    "performance_test",
    "headless",
    "hosting",
    "automation_cloud",
    "serverless",
    "agent",
]
"""What kind of slot a job asks for (the vendor's runtime types)."""

CronText = Annotated[str, Field(min_length=1, max_length=500)]
"""A Quartz expression; `schedules.quartz` reads it."""
