"""Calls of API triggers: any stream, and who calls."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from simulator.model.calls import Calls
from simulator.model.streams import (
    KINDS,
    At,
    ClosedLoop,
    Every,
    Interarrival,
    Poisson,
    Profile,
    Trace,
)

READ = TypeAdapter[Any](Calls).validate_python

RIGHT: dict[str, tuple[dict[str, object], type]] = {
    "every": ({"every": "15m", "first": "1m"}, Every),
    "poisson": ({"poisson": "2 per hour"}, Poisson),
    "interarrival": ({"interarrival": {"exponential": "5m"}}, Interarrival),
    "at": ({"at": ["2026-03-02T08:00"]}, At),
    "profile": ({"profile": {"mon": {"09:00-17:00": "3 per hour"}}}, Profile),
    "trace": ({"trace": "jobs.csv"}, Trace),
    "users": ({"users": 6, "think": "1h"}, ClosedLoop),
}


@pytest.mark.parametrize(("stream", "kind"), RIGHT.values(), ids=RIGHT)
def test_calls_are_a_stream_with_a_caller(stream: dict[str, object], kind: type) -> None:
    """Whatever runs or counts a stream takes calls as one."""
    calls = READ({**stream, "by": "app"})
    assert isinstance(calls, kind)
    assert calls.by == "app"


def test_every_kind_of_stream_can_be_calls() -> None:
    assert tuple(RIGHT) == KINDS


WRONG: dict[str, tuple[object, str]] = {
    "nobody calls": ({"every": "1h"}, "Field required"),
    "only a caller": ({"by": "app"}, "must name one of: every"),
    "a misspelt kind": ({"poison": "1 per hour", "by": "app"}, "did you mean 'poisson'"),
    "two kinds": ({"every": "1h", "poisson": "1 per hour", "by": "app"}, "2 kinds at once"),
    "an unknown key": ({"every": "1h", "by": "app", "jiter": "1m"}, "Extra inputs"),
    "a name alone": ("app", "expected a stream such as"),
}


@pytest.mark.parametrize(("given", "why"), WRONG.values(), ids=WRONG)
def test_refused(given: object, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        READ(given)
