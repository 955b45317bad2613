"""Figures of the catalogue that no measure has, taken from the jobs as `other-figures.csv` says."""

from __future__ import annotations

import csv
from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import pytest
from theory.catalogue import SCENARIOS

from simulator.engine import simulate
from simulator.loading import load
from simulator.plan.making import make_plan
from simulator.records.codes import JobState
from simulator.records.columns import Jobs, Window
from simulator.statistics.intervals import mean_of_replications, ratio_of_sums

Ratio: TypeAlias = Callable[[Jobs, Window], tuple[float, float]]
"""What one replication adds to a sum, and to the count that the sum is divided by."""


def expected(case: str, metric: str) -> float:
    """The exact value of a figure."""
    with (SCENARIOS / "other-figures.csv").open(encoding="utf-8", newline="") as file:
        (found,) = [
            float(row["expected"])
            for row in csv.DictReader(file)
            if (row["file"], row["metric"]) == (f"{case}.yaml", metric)
        ]
    return found


def replications(case: str, *, count: int, seed: int, duration: str) -> tuple[list[Jobs], Window]:
    """The jobs of some replications of a case, over a window of another length."""
    loaded = load(SCENARIOS / f"{case}.yaml", overrides=[f"time.duration={duration}"])
    plan = make_plan(loaded.scenario, loaded.access, loaded.columns)
    return [simulate(plan, seed, number).jobs for number in range(count)], plan.legend.window


def pending_time(jobs: Jobs, window: Window) -> tuple[float, float]:
    """Of all jobs submitted in the window, the withdrawn ones too."""
    counted = jobs.submitted_s >= window.from_s
    return float(jobs.pending_s[counted].sum()), int(counted.sum())


def gaps_of_starts(jobs: Jobs, window: Window) -> tuple[float, float]:
    """From one start to the next, in the window."""
    starts = jobs.started_s[(jobs.started_s >= window.from_s) & (jobs.started_s < window.to_s)]
    return float(starts[-1] - starts[0]), len(starts) - 1


RATIOS: dict[str, tuple[str, Ratio, str, str]] = {
    "A17": ("mean_pending_time_all_jobs", pending_time, "3h", "14h"),
    "A18": ("mean_pending_time_all_jobs", pending_time, "6d", "26d"),
    "A31a": ("mean_time_between_job_starts", gaps_of_starts, "20d", "93d"),
    "A31b": ("mean_time_between_job_starts", gaps_of_starts, "20d", "93d"),
}
"""The figure, what it is a ratio of, and how long the window is here and by `make validate`."""


@pytest.mark.parametrize("case", RATIOS)
def test_a_short_run_covers_the_exact_figure(case: str) -> None:
    """99.9 % intervals of twenty replications, chosen beforehand: none is expected to miss."""
    _covers(case, RATIOS[case][2], confidence=0.999)


@pytest.mark.validate
@pytest.mark.parametrize("case", RATIOS)
def test_the_catalogues_run_covers_the_exact_figure(case: str) -> None:
    _covers(case, RATIOS[case][3], confidence=0.99)


def _covers(case: str, duration: str, confidence: float) -> None:
    metric, ratio, *_ = RATIOS[case]
    runs, window = replications(case, count=20, seed=7, duration=duration)
    sums, counts = np.array([ratio(jobs, window) for jobs in runs]).T
    found = ratio_of_sums(sums[:, None], counts[:, None], confidence)
    assert found.low[0] <= expected(case, metric) <= found.high[0], found


@pytest.mark.parametrize(
    "count", [300, pytest.param(2000, marks=pytest.mark.validate)], ids=["short", "long"]
)
def test_the_last_of_a_batch_of_twelve(count: int) -> None:
    """Three slots: the twelfth waits for nine ends, each after a third of ten minutes on average.

    That wait is Erlang(9): its squared deviation has a kurtosis of 3 + 6/9, which gives the
    standard error of the standard deviation. Intervals are of 99.9 %.
    """
    runs, _ = replications("A25", count=count, seed=7, duration="2h")
    waits = np.array([jobs.pending_s.max() for jobs in runs])
    lengths = np.array([jobs.ended_s.max() - jobs.submitted_s.min() for jobs in runs])
    for values, metric in ((waits, "mean_pending_wait"), (lengths, "mean_makespan")):
        found = mean_of_replications(values[:, None], 0.999)
        assert found.low[0] <= expected("A25", metric) <= found.high[0], metric
    exact = expected("A25", "sd_pending_wait")
    assert abs(waits.std(ddof=1) / exact - 1) < 3.29 * np.sqrt((3 + 6 / 9 - 1) / (4 * count))


def test_an_hourly_batch_to_the_second() -> None:
    runs, window = replications("A24", count=1, seed=7, duration="24h")
    (jobs,) = runs
    inside = jobs.submitted_s >= window.from_s
    assert (jobs.state == JobState.SUCCESSFUL).all()
    assert jobs.pending_s[inside].max() == expected("A24", "max_pending_wait")
    for fired_s in np.unique(jobs.submitted_s[inside]):
        batch = jobs.submitted_s == fired_s
        assert jobs.ended_s[batch].max() - fired_s == expected("A24", "makespan_of_a_batch")
        assert (jobs.pending_s[batch] == 0).sum() == expected("A24", "jobs_with_zero_wait")
