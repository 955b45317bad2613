"""Distributions as data: what a file may say, and what is refused. Drawing is tested elsewhere."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from simulator.model.distributions import KINDS, Distribution

READ = TypeAdapter[Any](Distribution).validate_python

RIGHT: dict[str, tuple[object, str]] = {
    "a bare duration": ("15m", "Constant"),
    "constant": ({"constant": "15m"}, "Constant"),
    "exponential": ({"exponential": "15m"}, "Exponential"),
    "uniform": ({"uniform": ["1m", "1m"]}, "Uniform"),
    "triangular": ({"triangular": ["1m", "2m", "9m"]}, "Triangular"),
    "lognormal": ({"lognormal": {"mean": "6m", "cv": 0.8}}, "Lognormal"),
    "lognormal by its median": ({"lognormal": {"median": "6m", "p95": "20m"}}, "Lognormal"),
    "gamma": ({"gamma": {"mean": "6m", "cv": 2}}, "Gamma"),
    "erlang": ({"erlang": {"mean": "6m", "k": 3}}, "Erlang"),
    "weibull": ({"weibull": {"mean": "6m", "shape": 0.7}}, "Weibull"),
    "hyperexponential": (
        {"hyperexponential": {"shares": ["90%", 0.1], "means": ["1m", "1h"]}},
        "Hyperexponential",
    ),
    "mixture": (
        {"mixture": [{"share": 0.5, "of": "1m"}, {"share": 0.5, "of": {"exponential": "1h"}}]},
        "Mixture",
    ),
    "empirical": ({"empirical": ["1m", "2m", "2m"]}, "Empirical"),
    "from a file": ({"empirical": {"file": "x.csv", "column": "c"}}, "Empirical"),
    "shifted": ({"shifted": {"by": "1m", "of": {"exponential": "5m"}}}, "Shifted"),
    "truncated": ({"exponential": "5m", "at_least": "1m", "at_most": "1h"}, "Exponential"),
}


@pytest.mark.parametrize(("given", "kind"), RIGHT.values(), ids=RIGHT)
def test_read(given: object, kind: str) -> None:
    assert type(READ(given)).__name__ == kind


def test_every_kind_is_read_above() -> None:
    assert {kind.lower() for _, kind in RIGHT.values()} == set(KINDS)


WRONG: dict[str, tuple[object, str]] = {
    "a number": (15, "expected a duration such as"),
    "a list": (["1m"], "got a list"),
    "no kind": ({}, "must name one of"),
    "a misspelt kind": ({"exponental": "5m"}, "did you mean 'exponential'"),
    "two kinds": ({"constant": "1m", "exponential": "1m"}, "2 kinds at once"),
    "a mean of nothing": ({"exponential": "0s"}, "longer than 0s"),
    "bounds in the wrong order": ({"uniform": ["2m", "1m"]}, "the first bound is above"),
    "a mode outside": ({"triangular": ["2m", "1m", "3m"]}, r"\[low, mode, high\] in order"),
    "a p95 below the median": ({"lognormal": {"median": "6m", "p95": "5m"}}, "above the median"),
    "no spread": ({"gamma": {"mean": "6m", "cv": 0}}, "greater than 0"),
    "no number": ({"gamma": {"mean": "6m", "cv": float("nan")}}, "finite number"),
    "no stage": ({"erlang": {"mean": "6m", "k": 0}}, "greater than or equal to 1"),
    "shares that do not add up": (
        {"hyperexponential": {"shares": [0.5, 0.4], "means": ["1m", "2m"]}},
        "add up to 1",
    ),
    "a share too many": (
        {"hyperexponential": {"shares": [0.5, 0.5], "means": ["1m"]}},
        "as many shares as means",
    ),
    "half a mixture": ({"mixture": [{"share": 0.5, "of": "1m"}]}, "add up to 1"),
    "no values": ({"empirical": []}, "at least 1 item"),
    "nothing is left": ({"exponential": "5m", "at_least": "2h", "at_most": "1h"}, "above at_most"),
    "an unknown key": ({"exponential": "5m", "maximum": "1h"}, "Extra inputs"),
}


@pytest.mark.parametrize(("given", "why"), WRONG.values(), ids=WRONG)
def test_refused(given: object, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        READ(given)
