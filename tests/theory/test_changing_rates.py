"""Jobs on unlimited slots, arriving at a rate that changes: numbers running against theory.

The number running at an instant is Poisson; its mean is the integral of the rate over the past,
each part weighed by the probability to be still running (Palm 1943; Eick, Massey and Whitt 1993).
"""

from __future__ import annotations

import csv
import math
from functools import cache

import numpy as np
import numpy.typing as npt
import pytest
from scipy import stats
from theory.catalogue import SCENARIOS

from simulator.engine import simulate
from simulator.loading import load
from simulator.plan.making import make_plan

DAYS = 120
Z = stats.norm.ppf(0.9995)
"""Intervals of 99.9 %, chosen beforehand."""


def _expected(measure: str) -> list[tuple[str, int, float]]:
    """Figures of case A32: the file, the minute of the day, the exact value."""
    with (SCENARIOS / "other-figures.csv").open(encoding="utf-8", newline="") as file:
        return [
            (row["file"], int(row["name"].removeprefix("t=").split()[0]), float(row["expected"]))
            for row in csv.DictReader(file)
            if row["file"].startswith("A32") and row["metric"].startswith(measure)
        ]


@cache
def _starts_and_ends(file: str) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    loaded = load(SCENARIOS / file, overrides=[f"time.duration={DAYS}d"])
    jobs = simulate(make_plan(loaded.scenario, loaded.access, loaded.columns), 1, 0).jobs
    return np.sort(jobs.started_s), np.sort(jobs.ended_s)


def _running(file: str, minute: int) -> npt.NDArray[np.int64]:
    """How many jobs run at that minute of each day after the warm-up."""
    started_s, ended_s = _starts_and_ends(file)
    at_s = (np.arange(DAYS) + 1) * 86400 + (minute % 1440) * 60
    begun, ended = (np.searchsorted(times, at_s, side="right") for times in (started_s, ended_s))
    return begun - ended


@pytest.mark.parametrize(("file", "minute", "exact"), _expected("mean_running_jobs"))
def test_the_mean_number_running(file: str, minute: int, exact: float) -> None:
    """Days are independent: jobs last 20 minutes, and a day is far longer."""
    assert abs(_running(file, minute).mean() - exact) < Z * math.sqrt(exact / DAYS)


@pytest.mark.parametrize(("file", "minute", "exact"), _expected("p_running_gt_15"))
def test_the_share_of_days_with_more_than_fifteen_running(
    file: str, minute: int, exact: float
) -> None:
    share = (_running(file, minute) > 15).mean()
    assert abs(share - exact) < Z * math.sqrt(exact * (1 - exact) / DAYS)
