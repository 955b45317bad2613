"""Inversion of the expected number of arrivals: exact at edges, within its spans, on the grid."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from simulator.sampling.operational_time import OperationalTime, operational_time
from simulator.units import GRID_PER_SECOND

GRID_S = 1 / GRID_PER_SECOND
HOURS = operational_time(np.array([0.0, 10, 20, 30, 40]), np.array([0.0, 2, 0, 0.5]))
"""20 arrivals from 10 to 20, none, 5 from 30 to 40."""


def test_what_is_expected_up_to_each_edge() -> None:
    assert HOURS.expected.tolist() == [0, 0, 20, 20, 25]
    assert HOURS.total == 25


TIMES: dict[str, tuple[float, float]] = {
    "at once": (0.0, 10.0),
    "halfway": (10.0, 15.0),
    "just before the end of a span": (np.nextafter(20, 0), 20 - GRID_S),
    "at the end of a span": (20.0, 30.0),
    "in the second span": (22.5, 35.0),
    "just before the last": (np.nextafter(25, 0), 40 - GRID_S),
}


@pytest.mark.parametrize(("operational", "instant"), TIMES.values(), ids=TIMES)
def test_the_instant_of_an_operational_time(operational: float, instant: float) -> None:
    assert HOURS.instants(np.array([operational])).tolist() == [instant]


def test_what_is_never_shown_is_left_out() -> None:
    assert HOURS.instants(np.array([24.0, 25.0, 26.0])).tolist() == [38.0]


def test_a_rate_of_nothing_brings_nothing() -> None:
    never = operational_time(np.array([0.0, 10.0]), np.array([0.0]))
    assert never.instants(np.array([0.0, 1.0])).size == 0


def sums(count: int, seed: int) -> np.ndarray:
    return np.cumsum(np.random.Generator(np.random.Philox(seed)).exponential(size=count))


def a_year(high: float, low: float) -> OperationalTime:
    """Per second `high` from 8 to 18 and `low` from 20 to 8, nothing between 18 and 20."""
    edges = np.add.outer(np.arange(365) * 86400.0, [0.0, 28800, 64800, 72000]).ravel()
    return operational_time(np.append(edges, 365 * 86400.0), np.tile([low, high, 0.0, low], 365))


@pytest.mark.parametrize(("high", "low"), [(0.1, 0.05), (0.5, 5e-7), (1e-3, 1e3)])
def test_instants_rise_on_the_grid_within_their_spans(high: float, low: float) -> None:
    """Also with rates a million times apart."""
    clock = a_year(high, low)
    instants = clock.instants(sums(200_000, seed=3))
    assert np.all(np.diff(instants) >= 0)
    assert np.all(instants * GRID_PER_SECOND == np.rint(instants * GRID_PER_SECOND))
    of_day = instants % 86400
    assert not np.any((of_day >= 64800) & (of_day < 72000))
    assert instants[-1] < 365 * 86400


def test_arrivals_spread_evenly_over_what_is_expected() -> None:
    """Given their number, the expected counts at the arrivals of an inhomogeneous Poisson process
    are uniform. The Kolmogorov-Smirnov bound is that of 99.9 %, chosen beforehand."""
    clock = a_year(0.01, 0.0001)
    instants = clock.instants(sums(200_000, seed=5))
    shares = np.interp(instants, clock.edges_s, clock.expected) / clock.total
    assert stats.kstest(shares, "uniform").pvalue > 0.001
    expected = clock.total
    assert abs(len(instants) - expected) < stats.norm.ppf(0.9995) * np.sqrt(expected)


def test_counts_of_hours_are_poisson_and_independent_of_their_neighbours() -> None:
    """Of 365 days from 9 to 10 and 10 to 11, at 36 an hour: mean, dispersion and correlation in
    intervals of 99.9 %, chosen beforehand."""
    instants = a_year(0.01, 0.0001).instants(sums(200_000, seed=8))
    hours = np.bincount((instants // 3600).astype(int), minlength=365 * 24).reshape(365, 24)
    nine, ten = hours[:, 9], hours[:, 10]
    z = stats.norm.ppf(0.9995)
    assert abs(nine.mean() - 36) < z * np.sqrt(36 / 365)
    dispersion = 364 * nine.var(ddof=1) / 36
    assert stats.chi2.ppf(0.0005, 364) < dispersion < stats.chi2.ppf(0.9995, 364)
    assert abs(np.corrcoef(nine, ten)[0, 1]) < z / np.sqrt(365)


def test_at_twice_the_rate_the_same_arrivals_come_in_half_the_time() -> None:
    """The same draws, at twice the rate, come after half the time."""
    steady = np.array([0.0, 1e6])
    single = operational_time(steady, np.array([0.5]))
    doubled = operational_time(steady, np.array([1.0]))
    draws = sums(1000, seed=1)
    assert doubled.instants(draws) * 2 == pytest.approx(single.instants(draws), abs=2 * GRID_S)
