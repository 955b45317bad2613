"""The long study of stopping in small: what it counts, and that its studies are the product's."""

from __future__ import annotations

from typing import Any

import pytest
from theory.figures import SCENARIOS
from theory.stopping import CASES, Case, holds, lines, stopping, work_of

from simulator.experiments.executing.workforce import ALONE
from simulator.experiments.study import run_study
from simulator.loading import load

SMALL = Case("A01", "1d", "1h", "pending.mean", "mean_pending_wait", "50%")


def test_a_study_ends_where_the_products_own_ends() -> None:
    end = work_of(SMALL)(3)
    settings = [
        "time.duration=1d",
        "time.warm_up=1h",
        "run.confidence=0.95",
        "run.replications={precision: 50%, of: pending.mean}",
    ]
    study = run_study(load(SCENARIOS / "A01.yaml", overrides=settings), seed=3)
    row = study.summary.find("tenant", "", "pending.mean")
    assert row is not None
    assert end == (study.replications, row.mean, row.low, row.high)


def test_each_of_many_studies_gets_there_and_none_before_ten() -> None:
    """Of a day each, begun empty: their intervals are of such days, not of the long run."""
    row = stopping(SMALL, 8, ALONE)
    assert (row["reached"], row["studies"], row["verdict"]) == (8, 8, "too few to tell")
    assert row["fewest"] >= 10
    assert row["fewest"] < row["most"] < 200
    assert len(list(lines([row]))) == 1


def test_a_mean_and_a_quantile() -> None:
    assert [(one.case, one.measure, one.precision) for one in CASES] == [
        ("A01", "pending.mean", "6%"),
        ("A01", "pending.p95", "8%"),
    ]


KEPT: dict[str, Any] = {"studies": 300, "reached": 270, "fewest": 10, "held": 270}


@pytest.mark.parametrize(
    ("change", "expected"),
    [({}, True), ({"reached": 269}, False), ({"fewest": 9}, False), ({"held": 269}, False)],
)
def test_what_is_asked_of_them(change: dict[str, int], expected: bool) -> None:
    assert holds({**KEPT, **change}) is expected
