"""Figures of the catalogue that no measure has, from the records as `other-figures.csv` says."""

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
from simulator.records.codes import JobState, SlotState
from simulator.records.columns import Floats, Records, Window
from simulator.statistics.intervals import mean_of_replications, ratio_of_sums

Ratio: TypeAlias = Callable[[Records, Window], tuple[float, float]]
"""What one replication adds to a sum, and to what that sum is divided by."""


def expected(case: str, metric: str) -> float:
    """The exact value of a figure."""
    with (SCENARIOS / "other-figures.csv").open(encoding="utf-8", newline="") as file:
        (found,) = [
            float(row["expected"])
            for row in csv.DictReader(file)
            if (row["file"], row["metric"]) == (f"{case}.yaml", metric)
        ]
    return found


def replications(
    case: str, *, count: int, seed: int, duration: str
) -> tuple[list[Records], Window]:
    """The records of some replications of a case, over a window of another length."""
    loaded = load(SCENARIOS / f"{case}.yaml", overrides=[f"time.duration={duration}"])
    plan = make_plan(loaded.scenario, loaded.access, loaded.columns)
    return [simulate(plan, seed, number) for number in range(count)], plan.legend.window


def pending_time(records: Records, window: Window) -> tuple[float, float]:
    """Of all jobs submitted in the window, the withdrawn ones too."""
    jobs = records.jobs
    counted = jobs.submitted_s >= window.from_s
    return float(jobs.pending_s[counted].sum()), int(counted.sum())


def all_waits(records: Records, window: Window) -> tuple[float, float]:
    """Pending at first, Resumed each time after that; of all jobs submitted in the window."""
    jobs = records.jobs
    counted = jobs.submitted_s >= window.from_s
    return float((jobs.pending_s + jobs.resumed_s)[counted].sum()), int(counted.sum())


def gaps_of_starts(records: Records, window: Window) -> tuple[float, float]:
    """From one start to the next, in the window."""
    started_s = records.jobs.started_s
    starts = started_s[(started_s >= window.from_s) & (started_s < window.to_s)]
    return float(starts[-1] - starts[0]), len(starts) - 1


def inside(from_s: Floats, to_s: Floats, window: Window) -> float:
    """How much of some spans lies in the window, added up; a span without an end goes on."""
    until_s = np.fmin(to_s, window.to_s)
    return float(np.clip(until_s - np.maximum(from_s, window.from_s), 0, None).sum())


def suspended(records: Records, window: Window) -> tuple[float, float]:
    waits = records.interruptions
    return inside(waits.left_s, waits.back_s, window), window.length_s


def waiting(records: Records, window: Window) -> tuple[float, float]:
    """Pending for the first time, or Resumed."""
    jobs, waits = records.jobs, records.interruptions
    first_s = inside(jobs.submitted_s, jobs.started_s, window)
    return first_s + inside(waits.back_s, waits.again_s, window), window.length_s


def in_system(records: Records, window: Window) -> tuple[float, float]:
    return inside(records.jobs.submitted_s, records.jobs.ended_s, window), window.length_s


def up(records: Records, window: Window) -> tuple[float, float]:
    """Of the one slot there is."""
    rows = records.availability
    usable = rows.state == SlotState.USABLE.value
    return inside(rows.from_s[usable], rows.to_s[usable], window), window.length_s


RATIOS: tuple[tuple[str, str, Ratio, str, str], ...] = (
    ("A17", "mean_pending_time_all_jobs", pending_time, "3h", "14h"),
    ("A18", "mean_pending_time_all_jobs", pending_time, "6d", "26d"),
    ("A29", "mean_total_pending_per_job", all_waits, "20d", "313d"),
    ("A29", "mean_suspended_jobs", suspended, "20d", "313d"),
    ("A29", "mean_pending_jobs", waiting, "20d", "313d"),
    ("A30", "mean_jobs_in_system", in_system, "55d", "278d"),
    ("A30", "availability", up, "55d", "278d"),
    ("A31a", "mean_time_between_job_starts", gaps_of_starts, "20d", "93d"),
    ("A31b", "mean_time_between_job_starts", gaps_of_starts, "20d", "93d"),
)
"""The figure, what it is a ratio of, and how long the window is here and by `make validate`."""

NAMED = [f"{case}-{metric}" for case, metric, *_ in RATIOS]


@pytest.mark.parametrize(("case", "metric", "ratio", "short", "long"), RATIOS, ids=NAMED)
def test_a_short_run_covers_the_exact_figure(
    case: str, metric: str, ratio: Ratio, short: str, long: str
) -> None:
    """99.9 % intervals of twenty replications, chosen beforehand: none is expected to miss."""
    del long
    _covers(case, metric, ratio, short, confidence=0.999)


@pytest.mark.validate
@pytest.mark.parametrize(("case", "metric", "ratio", "short", "long"), RATIOS, ids=NAMED)
def test_the_catalogues_run_covers_the_exact_figure(
    case: str, metric: str, ratio: Ratio, short: str, long: str
) -> None:
    del short
    _covers(case, metric, ratio, long, confidence=0.99)


def _covers(case: str, metric: str, ratio: Ratio, duration: str, confidence: float) -> None:
    runs, window = replications(case, count=20, seed=7, duration=duration)
    sums, counts = np.array([ratio(records, window) for records in runs]).T
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
    waits = np.array([one.jobs.pending_s.max() for one in runs])
    lengths = np.array([one.jobs.ended_s.max() - one.jobs.submitted_s.min() for one in runs])
    for values, metric in ((waits, "mean_pending_wait"), (lengths, "mean_makespan")):
        found = mean_of_replications(values[:, None], 0.999)
        assert found.low[0] <= expected("A25", metric) <= found.high[0], metric
    exact = expected("A25", "sd_pending_wait")
    assert abs(waits.std(ddof=1) / exact - 1) < 3.29 * np.sqrt((3 + 6 / 9 - 1) / (4 * count))


def test_an_hourly_batch_to_the_second() -> None:
    runs, window = replications("A24", count=1, seed=7, duration="24h")
    jobs = runs[0].jobs
    inside = jobs.submitted_s >= window.from_s
    assert (jobs.state == JobState.SUCCESSFUL).all()
    assert jobs.pending_s[inside].max() == expected("A24", "max_pending_wait")
    for fired_s in np.unique(jobs.submitted_s[inside]):
        batch = jobs.submitted_s == fired_s
        assert jobs.ended_s[batch].max() - fired_s == expected("A24", "makespan_of_a_batch")
        assert (jobs.pending_s[batch] == 0).sum() == expected("A24", "jobs_with_zero_wait")
