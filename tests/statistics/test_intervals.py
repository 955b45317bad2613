"""Intervals against their textbook forms, and against how often they cover the truth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy import stats

from simulator.statistics.intervals import (
    Intervals,
    mean_of_replications,
    paired_difference,
    paired_ratio_difference,
    pooled_deviation,
    ratio_of_sums,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulator.statistics.intervals import Floats


def column(*values: float) -> Floats:
    return np.array(values, dtype=float)[:, np.newaxis]


def coverage(found: Intervals, truth: float) -> float:
    return float(((found.low <= truth) & (truth <= found.high)).mean())


def jackknife(estimate: Callable[[list[int]], float], n: int, confidence: float) -> float:
    """Return the half-width by Miller's own words: pseudo-values, one replication at a time."""
    everybody = list(range(n))
    pseudo = [
        n * estimate(everybody) - (n - 1) * estimate([other for other in everybody if other != one])
        for one in everybody
    ]
    error = np.std(pseudo, ddof=1) / np.sqrt(n)
    return float(stats.t.ppf((1 + confidence) / 2, n - 1) * error)


@pytest.mark.parametrize("confidence", [0.5, 0.95, 0.999], ids=str)
@pytest.mark.parametrize("n", [2, 5, 200], ids=str)
def test_mean_has_the_t_interval_of_scipy(n: int, confidence: float) -> None:
    values = np.random.default_rng(n).exponential(10, (n, 3))
    found = mean_of_replications(values, confidence)
    for number in range(3):
        expected = stats.ttest_1samp(values[:, number], 0).confidence_interval(confidence)
        assert found.low[number] == pytest.approx(expected.low)
        assert found.high[number] == pytest.approx(expected.high)
    assert found.half_width == pytest.approx((found.high - found.low) / 2)


def test_replications_without_a_value_are_left_out() -> None:
    found = mean_of_replications(np.array([[1.0, np.nan], [np.nan, np.nan], [3.0, 5.0]]), 0.9)
    assert found.mean.tolist() == [2, 5]
    assert found.n.tolist() == [2, 1]
    assert found.half_width[0] == pytest.approx(stats.t.ppf(0.95, 1))
    assert np.isnan([found.low[1], found.high[1], found.half_width[1]]).all()


def test_nothing_at_all_has_no_mean() -> None:
    found = mean_of_replications(np.full((3, 1), np.nan), 0.95)
    assert np.isnan(found.mean).all()
    assert found.n.tolist() == [0]


def test_one_replication_has_a_mean_and_no_interval() -> None:
    found = ratio_of_sums(column(6), column(2), 0.95)
    assert found.mean.tolist() == [3]
    assert np.isnan(found.half_width).all()


def test_ratio_by_hand() -> None:
    """Sums 2, 3, 10 over 1, 2, 2: the ratio is 3; without each 13/4, 4, 5/3.

    Pseudo-values 9 - 2 · (13/4, 4, 5/3) = 2.5, 1, 17/3, of deviation 2.38242 over 3 replications;
    Student's 97.5 % at 2 degrees is 4.30265.
    """
    found = ratio_of_sums(column(2, 3, 10), column(1, 2, 2), 0.95)
    assert found.mean == pytest.approx([3])
    assert found.half_width == pytest.approx([4.302653 * 2.382420 / np.sqrt(3)], rel=1e-6)


def test_ratio_over_equal_counts_is_the_plain_mean() -> None:
    values = np.random.default_rng(2).exponential(5, (8, 2))
    ratio = ratio_of_sums(values * 40, np.full((8, 2), 40.0), 0.95)
    mean = mean_of_replications(values, 0.95)
    assert ratio.mean == pytest.approx(mean.mean)
    assert ratio.half_width == pytest.approx(mean.half_width)


def test_ratio_leaves_out_what_has_no_denominator() -> None:
    with_empty = ratio_of_sums(column(2, 3, 0, 10), column(1, 2, 0, 2), 0.95)
    without = ratio_of_sums(column(2, 3, 10), column(1, 2, 2), 0.95)
    assert with_empty.n.tolist() == [3]
    assert with_empty.half_width == pytest.approx(without.half_width)
    assert np.isnan(ratio_of_sums(column(0, 0), column(0, 0), 0.95).mean).all()


def moments(replications: list[Floats]) -> tuple[Floats, Floats, Floats]:
    return (
        column(*(len(values) for values in replications)),
        column(*(values.mean() if len(values) else np.nan for values in replications)),
        column(
            *(
                ((values - values.mean()) ** 2).sum() if len(values) else 0
                for values in replications
            )
        ),
    )


@pytest.mark.parametrize("offset", [0.0, 1e9], ids=["near zero", "large mean"])
def test_deviation_is_that_of_all_jobs_pooled(offset: float) -> None:
    random = np.random.default_rng(4)
    jobs = [offset + random.exponential(600, size) for size in (30, 1, 80, 55, 200)]

    def deviation(kept: list[int]) -> float:
        return float(np.concatenate([jobs[one] for one in kept]).std(ddof=1))

    found = pooled_deviation(*moments([*jobs[:2], np.empty(0), *jobs[2:]]), 0.95)
    assert found.n.tolist() == [5]
    assert found.mean == pytest.approx([deviation([0, 1, 2, 3, 4])], rel=1e-9)
    assert found.half_width == pytest.approx([jackknife(deviation, 5, 0.95)], rel=1e-6)


def test_deviation_needs_two_jobs() -> None:
    one = pooled_deviation(column(1, 0), column(5, np.nan), column(0, 0), 0.95)
    assert np.isnan(one.mean).all()
    two = pooled_deviation(column(1, 1), column(5, 7), column(0, 0), 0.95)
    assert two.mean == pytest.approx([np.sqrt(2)])
    assert np.isnan(two.half_width).all()


def test_equal_jobs_have_no_deviation() -> None:
    found = pooled_deviation(column(10, 20), column(1e6, 1e6), column(0, 0), 0.95)
    assert found.mean.tolist() == [0]
    assert found.half_width.tolist() == [0]


def test_paired_difference_is_the_paired_t_interval() -> None:
    random = np.random.default_rng(6)
    baseline = random.normal(10, 3, (12, 1))
    values = baseline + random.normal(1, 0.2, (12, 1))
    found = paired_difference(values, baseline, 0.95)
    expected = stats.ttest_rel(values[:, 0], baseline[:, 0]).confidence_interval(0.95)
    assert (found.low[0], found.high[0]) == pytest.approx((expected.low, expected.high))


def test_difference_of_ratios_is_jackknifed_as_one() -> None:
    random = np.random.default_rng(7)
    counts, baseline_counts = random.integers(5, 50, (2, 9, 1)).astype(float)
    luck = random.normal(0, 3, (9, 1))
    sums, baseline_sums = counts * (10 + luck), baseline_counts * (8 + luck)

    def difference(kept: list[int]) -> float:
        ratio = sums[kept].sum() / counts[kept].sum()
        return float(ratio - baseline_sums[kept].sum() / baseline_counts[kept].sum())

    found = paired_ratio_difference((sums, counts), (baseline_sums, baseline_counts), 0.9)
    assert found.mean == pytest.approx([difference(list(range(9)))])
    assert found.half_width == pytest.approx([jackknife(difference, 9, 0.9)])
    alone = ratio_of_sums(sums, counts, 0.9)
    assert found.half_width[0] < alone.half_width[0]


def test_difference_of_ratios_counts_what_either_side_has() -> None:
    """The difference shown is that of the two ratios shown, 2 - 3, whoever had no jobs when."""
    found = paired_ratio_difference(
        (column(2, 0, 4, 0), column(1, 0, 2, 0)), (column(3, 3, 6, 0), column(1, 1, 2, 0)), 0.95
    )
    assert found.mean.tolist() == [-1]
    assert found.n.tolist() == [3]


def test_same_thing_twice_does_not_differ() -> None:
    sums, counts = np.random.default_rng(8).integers(1, 9, (2, 6, 4)).astype(float)
    found = paired_ratio_difference((sums, counts), (sums, counts), 0.95)
    assert not found.mean.any()
    assert not found.half_width.any()


# Coverage of nominal 95 % intervals over 4,000 studies at once: the share covered has a deviation
# of 0.35 % there, so exact intervals lie in 0.95 ± 0.011; the jackknife is approximate, and the
# band for it was set beforehand at 0.92..0.965.
STUDIES = 4000


def test_t_interval_covers() -> None:
    values = np.random.default_rng(21).normal(10, 4, (10, STUDIES))
    assert 0.939 < coverage(mean_of_replications(values, 0.95), 10) < 0.961


@pytest.mark.parametrize("n", [10, 30], ids=str)
def test_jackknife_ratio_covers(n: int) -> None:
    """Poisson numbers of jobs of mean 40, each of exponential mean 5: the ratio is 5."""
    random = np.random.default_rng(22)
    counts = random.poisson(40, (n, STUDIES)).astype(float)
    sums = random.gamma(np.maximum(counts, 1e-9), 5.0)
    assert 0.92 < coverage(ratio_of_sums(sums, counts, 0.95), 5) < 0.965


def test_jackknife_deviation_covers() -> None:
    """20 replications of 100 normal jobs of deviation 7."""
    jobs = np.random.default_rng(23).normal(30, 7, (100, 20, STUDIES // 4))
    squares = ((jobs - jobs.mean(axis=0)) ** 2).sum(axis=0)
    found = pooled_deviation(np.full(squares.shape, 100.0), jobs.mean(axis=0), squares, 0.95)
    assert 0.92 < coverage(found, 7) < 0.97


def test_paired_ratio_difference_covers() -> None:
    """Two variants see the same days; jobs of the second take 2 longer."""
    random = np.random.default_rng(24)
    counts = random.poisson(40, (12, STUDIES)).astype(float)
    sums = random.gamma(np.maximum(counts, 1e-9), 5.0)
    slower = sums + counts * 2 + random.normal(0, 6, counts.shape)
    found = paired_ratio_difference((slower, counts), (sums, counts), 0.95)
    assert 0.92 < coverage(found, 2) < 0.965
