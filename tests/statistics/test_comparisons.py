"""Which of many differences are clear: by hand, by published examples, and by coin."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from simulator.statistics import holm, mean_of_replications, p_values, paired_ratio_difference
from simulator.statistics.intervals import Floats, Intervals


def interval(mean: float, half_width: float, n: int) -> Intervals:
    return Intervals(
        np.array([mean]),
        np.array([mean - half_width]),
        np.array([mean + half_width]),
        np.array([half_width]),
        np.array([n]),
    )


BY_HAND = {
    "the interval ends at zero": (2.776, 2.776, 5, 0.05),
    "t = 2.776 of a mean twice the error": (2.0, 2.776, 5, 0.1161),
    "t = 4.604, the 99.5 % quantile with 4 degrees of freedom": (4.604, 2.776, 5, 0.01),
    "less than zero": (-4.604, 2.776, 5, 0.01),
    "none, and it varies": (0.0, 1.0, 5, 1.0),
    "none in any replication": (0.0, 0.0, 5, 1.0),
    "the same in every replication": (24.0, 0.0, 5, 0.0),
}
"""Means and half-widths at 95 %; from tables of Student's t, where t(4) is 2.776 for 97.5 %."""


@pytest.mark.parametrize(("mean", "half", "n", "expected"), BY_HAND.values(), ids=BY_HAND)
def test_p_values_by_hand(mean: float, half: float, n: int, expected: float) -> None:
    assert_allclose(p_values(interval(mean, half, n), 0.95), [expected], rtol=2e-3)


@pytest.mark.parametrize("mean", [1.0, np.nan], ids=["one replication", "no value"])
def test_without_an_interval_there_is_no_p_value(mean: float) -> None:
    assert np.isnan(p_values(interval(mean, np.nan, 1), 0.95)).all()


@pytest.mark.parametrize("confidence", [0.9, 0.95, 0.99])
def test_an_interval_leaves_zero_out_where_p_is_small(confidence: float) -> None:
    rng = np.random.default_rng(6)
    means = mean_of_replications(rng.normal(0.4, 1.0, (12, 500)), confidence)
    shares = paired_ratio_difference(
        (rng.poisson(40, (12, 500)).astype(float), rng.poisson(100, (12, 500)).astype(float)),
        (rng.poisson(37, (12, 500)).astype(float), rng.poisson(100, (12, 500)).astype(float)),
        confidence,
    )
    for found in (means, shares):
        outside = (found.low > 0) | (found.high < 0)
        assert_allclose(p_values(found, confidence) < 1 - confidence, outside)
        assert 0 < outside.sum() < 500


def test_p_of_nothing_is_as_often_small_as_it_says() -> None:
    """Of 20,000 differences that are chance alone, 5 % are below 0.05, to three deviations."""
    rng = np.random.default_rng(7)
    p = p_values(mean_of_replications(rng.normal(0.0, 1.0, (20, 20_000)), 0.95), 0.95)
    assert (p < 0.05).mean() == pytest.approx(0.05, abs=3 * np.sqrt(0.05 * 0.95 / 20_000))


THROMBOLYSIS = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
]
"""15 p-values of one trial: Neuhaus et al. 1992, in Benjamini & Hochberg 1995, section 3.1."""
ADJUSTED = {
    "by hand": ([0.01, 0.04, 0.03, 0.005], [0.03, 0.06, 0.06, 0.02]),
    "one alone": ([0.04], [0.04]),
    "none": ([], []),
    "all the same": ([0.02, 0.02, 0.02], [0.06, 0.06, 0.06]),
    "never above one": ([0.6, 0.7], [1.0, 1.0]),
    "those without a p do not count": ([np.nan, 0.01, np.nan, 0.04], [np.nan, 0.02, np.nan, 0.04]),
    "exact ones": ([0.0, 1.0, 0.0], [0.0, 1.0, 0.0]),
}


@pytest.mark.parametrize(("p", "expected"), ADJUSTED.values(), ids=ADJUSTED)
def test_holm_by_hand(p: list[float], expected: list[float]) -> None:
    """Ascending: 0.005 x 4, 0.01 x 3, 0.03 x 2, and 0.04 x 1, which is raised to the one before."""
    assert_allclose(holm(np.array(p)), expected)


def test_holm_rejects_three_of_a_published_fifteen() -> None:
    """0.0019 x 13 is below 0.05, 0.0095 x 12 is not; Bonferroni's rejects three too, as told there.

    The fifth, 0.0201 x 11, and all after it are raised to what comes before where that is more.
    """
    adjusted = holm(np.array(THROMBOLYSIS))
    assert_allclose(adjusted[:5], [0.0015, 0.0056, 0.0247, 0.1140, 0.2211])
    assert (adjusted <= 0.05).sum() == 3
    assert (np.diff(adjusted) >= 0).all()


def test_a_table_is_one_family() -> None:
    p = np.array([[0.01, 0.04], [0.03, np.nan]])
    assert_allclose(holm(p), [[0.03, 0.06], [0.06, np.nan]])


def families(rng: np.random.Generator, *, shared: float) -> Floats:
    """2,000 families of 8 differences that are chance alone, with so much in common."""
    common = rng.normal(size=(10, 2_000, 1))
    own = rng.normal(size=(10, 2_000, 8))
    values = np.sqrt(shared) * common + np.sqrt(1 - shared) * own
    flat = mean_of_replications(values.reshape(10, -1), 0.95)
    return p_values(flat, 0.95).reshape(2_000, 8)


@pytest.mark.parametrize("shared", [0.0, 0.9], ids=["independent", "alike"])
def test_luck_alone_makes_any_of_a_family_clear_in_one_of_twenty(shared: float) -> None:
    """At most 5 % of families, to three deviations; unadjusted it is far more."""
    p = families(np.random.default_rng(8), shared=shared)
    clear = np.array([holm(family) <= 0.05 for family in p]).any(axis=1).mean()
    assert clear <= 0.05 + 3 * np.sqrt(0.05 * 0.95 / 2_000)
    assert (p <= 0.05).any(axis=1).mean() > 0.1
