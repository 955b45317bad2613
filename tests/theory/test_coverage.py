from __future__ import annotations

import numpy as np
import pytest
from theory.coverage import CONFIDENCE, REPLICATIONS, Experiment, coverage, holds, studies
from theory.figures import SCENARIOS

from simulator.experiments.study import run_study
from simulator.loading import load
from simulator.plan.making import make_plan


def test_an_experiment_has_the_intervals_of_the_products_own_study() -> None:
    figures = studies()[2].figures
    settings = ["time.duration=1d", "time.warm_up=1h", f"run.confidence={CONFIDENCE}"]
    loaded = load(SCENARIOS / "A22.yaml", overrides=settings)
    plan = make_plan(loaded.scenario, loaded.access, loaded.columns)
    summary = run_study(loaded, seed=3, replications=REPLICATIONS).summary
    rows = [summary.find(*figure[:3]) for figure in figures]
    assert [[row.low, row.high] for row in rows if row] == (
        Experiment(plan, figures)(3)[: len(figures)].tolist()
    )


def test_three_studies_of_three_hundred_experiments() -> None:
    found = {one.case: (one.experiments, len(one.figures)) for one in studies()}
    assert found == {"A01": (300, 2), "A13": (300, 5), "A22": (300, 4)}


def test_windows_have_the_jobs_they_should() -> None:
    """Rates are 6, 27 and 6 jobs an hour: 5,000 jobs, 20,000, 5,000."""
    hours = [float(one.duration.removesuffix("d")) * 24 for one in studies()]
    jobs = np.array(hours) * [6, 27, 6]
    assert jobs.tolist() == pytest.approx([5_000, 20_000, 5_000], rel=0.01)


def test_intervals_that_hold_the_exact_value_are_counted() -> None:
    """As many rows as figures and naive means."""
    rows = list(coverage(studies()[0], 1))
    assert [(row["figure"], row["evidence"]) for row in rows] == [
        ("tenant pending.mean", "replications"),
        ("tenant pending.p95", "replications"),
        ("tenant pending.mean", "jobs"),
    ]
    assert all(0 <= row["held"] <= row["experiments"] == 1 for row in rows)


@pytest.mark.parametrize(
    ("held", "evidence", "verdict"),
    [
        (273, "replications", True),
        (272, "replications", False),
        (295, "replications", True),
        (296, "replications", False),
        (48, "jobs", True),
    ],
)
def test_a_share_must_lie_between_91_and_98_and_a_half(
    held: int, evidence: str, verdict: bool
) -> None:
    assert holds({"held": held, "experiments": 300, "evidence": evidence}) is verdict
