"""The field types of the language; what each text means is tested with `simulator.units`."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from simulator.model.quantities import (
    Duration,
    Flag,
    LocalTime,
    Name,
    PositiveDuration,
    Priority,
    Rate,
    Share,
)

READ: dict[str, tuple[Any, object, object]] = {
    "a name in any script": (Name, "経理 Möbel.1", "経理 Möbel.1"),
    "a duration in seconds": (Duration, "1h30m", 5400.0),
    "no duration at all": (Duration, "0s", 0.0),
    "a rate per second": (Rate, "12 per hour", 12 / 3600),
    "a share in per cent": (Share, "5%", 0.05),
    "a share as a number": (Share, 1, 1.0),
    "a band": (Priority, "Medium-High", 55),
    "Normal is Medium": (Priority, "Normal", 45),
    "a priority": (Priority, 100, 100),
    "a date is its midnight": (LocalTime, "2026-03-02", dt.datetime(2026, 3, 2)),  # noqa: DTZ001 - wall clock
    "a time": (LocalTime, "2026-03-02T08:30", dt.datetime(2026, 3, 2, 8, 30)),  # noqa: DTZ001 - the same
    "a flag": (Flag, False, False),
}


@pytest.mark.parametrize(("field", "given", "meant"), READ.values(), ids=READ)
def test_read(field: Any, given: object, meant: object) -> None:
    assert TypeAdapter(field).validate_python(given) == meant


REFUSED: dict[str, tuple[Any, object, str]] = {
    "an empty name": (Name, "", "may not be empty"),
    "a blank name": (Name, " \t", "may not be empty"),
    "a control character": (Name, "a\x07", "control characters"),
    "half a surrogate pair": (Name, "a\ud800", "control characters"),
    "a long name": (Name, "x" * 201, "at most 200 characters"),
    "a list for a name": (Name, ["x"], "expected a name, got a list"),
    "a bare number": (Duration, 15, "with a unit"),
    "nothing": (Duration, None, "got nothing"),
    "a clock time": (Duration, "1:30", "expected a duration"),
    "months": (Duration, "1mo", "expected a duration"),
    "less than nothing": (Duration, "-5m", "expected a duration"),
    "no time": (PositiveDuration, "0s", "longer than 0s"),
    "a rate without a unit": (Rate, "12", "expected a rate"),
    "a bare rate": (Rate, 12, "expected a rate"),
    "a rate beyond numbers": (Rate, "1e400 per hour", "more often than can be counted"),
    "more than all": (Share, "101%", "expected a share"),
    "a share that is no number": (Share, True, "expected a share"),
    "no such band": (Priority, "high", "Medium-High"),
    "priority 0": (Priority, 0, "from 1 to 100"),
    "priority 101": (Priority, 101, "from 1 to 100"),
    "a priority that is no number": (Priority, True, "from 1 to 100"),
    "an offset": (LocalTime, "2026-03-02T08:00Z", "without an offset"),
    "no such day": (LocalTime, "2026-02-30", "2026-02-30"),
    "yes": (Flag, "yes", "true or false"),
    "one": (Flag, 1, "true or false"),
}


@pytest.mark.parametrize(("field", "given", "why"), REFUSED.values(), ids=REFUSED)
def test_refused(field: Any, given: object, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        TypeAdapter(field).validate_python(given)


WRITTEN: dict[str, tuple[Any, object]] = {
    "a duration": (Duration, "1h30m"),
    "an instant": (LocalTime, "2026-03-02T08:30:00"),
}


@pytest.mark.parametrize(("field", "text"), WRITTEN.values(), ids=WRITTEN)
def test_what_is_read_can_be_written(field: Any, text: str) -> None:
    adapter = TypeAdapter(field)
    assert adapter.dump_python(adapter.validate_python(text)) == text
