"""Hours of the week over several replications."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from simulator.experiments.hours import mean_hours
from simulator.measurement.hours import HOURS_PER_WEEK


def figures(pending: float, seconds: float, at: int = 0) -> Any:
    """The hours of a replication that saw hour `at` for some seconds, and no other."""
    numbers, observed = np.full(HOURS_PER_WEEK, np.nan), np.zeros(HOURS_PER_WEEK)
    numbers[at], observed[at] = pending, seconds
    return SimpleNamespace(hours_pending=numbers, hours_busy=numbers * 2, hours_s=observed)


def test_hours_are_weighted_by_how_long_they_were_observed() -> None:
    """2 jobs for 3600 s and 5 jobs for 1800 s: (2·3600 + 5·1800) / 5400 = 3."""
    hours = mean_hours([figures(2.0, 3600.0), figures(5.0, 1800.0)])
    assert (hours.pending[0], hours.busy[0], hours.observed_s[0]) == (3.0, 6.0, 5400.0)


def test_an_hour_nobody_saw_has_no_number() -> None:
    hours = mean_hours([figures(2.0, 3600.0)])
    assert np.isnan(hours.pending[1:]).all()
    assert hours.observed_s[1:].sum() == 0


def test_an_hour_only_some_replications_saw_is_theirs() -> None:
    assert mean_hours([figures(2.0, 3600.0, at=0), figures(4.0, 3600.0, at=1)]).pending[1] == 4.0


def test_without_replications_there_are_no_numbers() -> None:
    assert np.isnan(mean_hours([]).pending).all()
