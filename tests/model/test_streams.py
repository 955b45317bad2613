from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from simulator.model.streams import KINDS, Stream

READ = TypeAdapter[Any](Stream).validate_python

RIGHT: dict[str, tuple[object, str]] = {
    "every": ({"every": "15m", "first": "1m", "jitter": {"uniform": ["0s", "30s"]}}, "Every"),
    "poisson": ({"poisson": "12 per hour"}, "Poisson"),
    "interarrival": ({"interarrival": {"exponential": "5m"}}, "Interarrival"),
    "an instant twice": ({"at": ["2026-03-02T08:00", "2026-03-02T08:00"]}, "At"),
    "a profile": (
        {"profile": {"mon-fri": {"09:00-17:00": "30 per hour"}}, "calendar": "public"},
        "Profile",
    ),
    "a trace": ({"trace": "jobs.csv"}, "Trace"),
    "a closed loop": ({"users": 6, "think": {"exponential": "1h"}}, "ClosedLoop"),
}


@pytest.mark.parametrize(("given", "kind"), RIGHT.values(), ids=RIGHT)
def test_read(given: object, kind: str) -> None:
    assert type(READ(given)).__name__ == kind


def test_every_kind_is_read_above() -> None:
    assert len(RIGHT) == len(KINDS)


WRONG: dict[str, tuple[object, str]] = {
    "a rate alone": ("12 per hour", "expected a stream such as"),
    "no kind": ({"first": "1m"}, "a stream "),
    "a misspelt kind": ({"poison": "1 per hour"}, "did you mean 'poisson'"),
    "two kinds": ({"every": "1h", "poisson": "1 per hour"}, "2 kinds at once"),
    "no rate": ({"poisson": "0 per hour"}, "greater than 0"),
    "no distance": ({"every": "0s"}, "longer than 0s"),
    "no distance drawn": ({"interarrival": "0s"}, "longer than 0s"),
    "no time to think": ({"users": 1, "think": "0s"}, "longer than 0s"),
    "no users": ({"users": 0, "think": "1h"}, "greater than or equal to 1"),
    "users who do not think": ({"users": 1}, "Field required"),
    "an offset": ({"at": ["2026-03-02T08:00+01:00"]}, "without an offset"),
    "an unknown key": ({"every": "1h", "jiter": "1m"}, "Extra inputs"),
}


@pytest.mark.parametrize(("given", "why"), WRONG.values(), ids=WRONG)
def test_refused(given: object, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        READ(given)
