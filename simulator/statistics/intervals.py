"""Intervals over replications: the replication is the unit of evidence, never the job.

Jobs of one run wait on each other, so they are no independent evidence; whole replications are.
Every function takes arrays of shape (R, N), R replications by N quantities, works on all quantities
at once, and takes the confidence as a number between 0 and 1.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from simulator.statistics.ratios import ratio

Floats: TypeAlias = npt.NDArray[np.float64]
Counts: TypeAlias = npt.NDArray[np.int64]
Marks: TypeAlias = npt.NDArray[np.bool_]


class Intervals(NamedTuple):
    """Point estimates and their confidence intervals, each an array of shape (N,).

    `mean` is the point estimate, `low` and `high` are it minus and plus `half_width`. `n` says how
    many replications counted: without any, `mean` is NaN; with fewer than two there is no
    interval, and `low`, `high` and `half_width` are NaN.
    """

    mean: Floats
    low: Floats
    high: Floats
    half_width: Floats
    n: Counts


def mean_of_replications(values: Floats, confidence: float) -> Intervals:
    """Return the mean over replications, with Student's t interval.

    For what has one value a replication: time averages, and each replication's own quantiles. NaN
    in `values` (R, N) leaves a replication out of that column.
    Source: Law, "Simulation Modeling and Analysis", 5th ed., section 9.4.1.
    """
    counted = ~np.isnan(values)
    n = counted.sum(axis=0)
    mean = ratio(np.where(counted, values, 0.0).sum(axis=0), n)
    return _around(mean, np.where(counted, values - mean, 0.0), n, confidence)


def ratio_of_sums(numerators: Floats, denominators: Floats, confidence: float) -> Intervals:
    """Return the sum of numerators over the sum of denominators, with a jackknife interval.

    For means over jobs and shares of jobs: `numerators` (R, N) hold each replication's sum,
    `denominators` (R, N) its count. A zero denominator leaves a replication out of that column.
    The interval is Student's t over the pseudo-values, around the ratio itself.
    Source: Miller 1974, "The jackknife - a review", Biometrika 61.
    """
    ratio, without = _ratios(numerators, denominators)
    return _jackknife(ratio, without, denominators != 0, confidence)


def pooled_deviation(
    counts: Floats, means: Floats, squares: Floats, confidence: float
) -> Intervals:
    """Return the standard deviation of all jobs of all replications, with a jackknife interval.

    `counts`, `means` and `squares` (R, N) describe each replication's jobs: how many, their mean,
    and the sum of their squared distances from that mean, as `moments.grouped_moments` finds them.
    (Plain sums of squares would lose their digits where the mean is large.) The divisor is the
    number of jobs less one; fewer than two jobs in all have no deviation: NaN.
    Source: Chan, Golub & LeVeque 1983, "Algorithms for computing the sample variance", The
    American Statistician 37; Miller 1974 for the jackknife.
    """
    deviation, without = _deviations(counts, means, squares)
    return _jackknife(deviation, without, counts > 0, confidence)


def paired_deviation_difference(
    moments: tuple[Floats, ...], baseline: tuple[Floats, ...], confidence: float
) -> Intervals:
    """Return a pooled deviation minus that of a baseline, paired by replication, jackknifed.

    Each is (counts, means, squares) of shape (R, N), as `pooled_deviation` takes them.
    """
    deviation, without = _deviations(*moments)
    baseline_deviation, baseline_without = _deviations(*baseline)
    counted = (moments[0] > 0) | (baseline[0] > 0)
    return _jackknife(
        deviation - baseline_deviation, without - baseline_without, counted, confidence
    )


def paired_difference(values: Floats, baseline: Floats, confidence: float) -> Intervals:
    """Return the mean of `values` minus `baseline`, paired by replication, with its t interval.

    Both are (R, N); row r of each comes from the same random numbers. NaN in either leaves the
    pair out. Source: Law, 5th ed., section 10.2.1.
    """
    return mean_of_replications(values - baseline, confidence)


def paired_ratio_difference(
    sums: tuple[Floats, ...], baseline: tuple[Floats, ...], confidence: float
) -> Intervals:
    """Return a ratio of sums minus that of a baseline, paired by replication, jackknifed together.

    Each pair is (numerators, denominators), of shape (R, N). The point estimate is the difference
    of what `ratio_of_sums` returns for each; a replication counts if either side has something in
    it. Without an interval where either side has all it has in one replication.
    Source: Miller 1974, "The jackknife - a review", Biometrika 61.
    """
    ratio, without = _ratios(*sums)
    baseline_ratio, baseline_without = _ratios(*baseline)
    counted = (sums[1] != 0) | (baseline[1] != 0)
    return _jackknife(ratio - baseline_ratio, without - baseline_without, counted, confidence)


def _jackknife(estimate: Floats, without: Floats, counted: Marks, confidence: float) -> Intervals:
    """Return the interval around `estimate` (N,), given it `without` each replication (R, N).

    A pseudo-value is n times the estimate less n-1 times the one without the replication; around
    their mean only the latter is left.
    """
    n = counted.sum(axis=0)
    centre = ratio(np.where(counted, without, 0.0).sum(axis=0), n)
    deviations = np.where(counted, (n - 1) * (centre - without), 0.0)
    return _around(estimate, deviations, n, confidence)


def _around(centre: Floats, deviations: Floats, n: Counts, confidence: float) -> Intervals:
    """Return Student's t interval around `centre`; deviations of what is left out are zero."""
    from scipy.special import stdtrit  # noqa: PLC0415 - slow to import, and few commands need it

    freedom = np.maximum(n - 1, 1)
    error = np.sqrt((deviations**2).sum(axis=0) / (freedom * (freedom + 1)))
    enough = n >= 2  # noqa: PLR2004 - one replication says nothing of its own spread
    half_width = np.where(enough, stdtrit(freedom, (1 + confidence) / 2) * error, np.nan)
    return Intervals(centre, centre - half_width, centre + half_width, half_width, n)


def _ratios(numerators: Floats, denominators: Floats) -> tuple[Floats, Floats]:
    """Return the ratio of the sums (N,), and that without each replication (R, N)."""
    numerators = np.where(denominators != 0, numerators, 0.0)
    whole = ratio(numerators.sum(axis=0), denominators.sum(axis=0))
    return whole, ratio(_all_but_one(numerators), _all_but_one(denominators))


def _all_but_one(values: Floats) -> Floats:
    total: Floats = values.sum(axis=0)
    return total - values


def _deviations(counts: Floats, means: Floats, squares: Floats) -> tuple[Floats, Floats]:
    """Return the deviation of all (N,), and that without each replication (R, N)."""
    counted = counts > 0
    sums = np.where(counted, counts * means, 0.0)
    distances = np.where(counted, means - ratio(sums.sum(axis=0), counts.sum(axis=0)), 0.0)
    parts = (
        counts,
        counts * distances,
        np.where(counted, squares, 0.0) + counts * distances**2,
    )
    whole = _deviation(*(part.sum(axis=0) for part in parts))
    return whole, _deviation(*(_all_but_one(part) for part in parts))


def _deviation(counts: Floats, sums: Floats, squares: Floats) -> Floats:
    """Return the standard deviation of values taken from near their mean; NaN for less than two."""
    spread = np.maximum(squares - sums * np.nan_to_num(ratio(sums, counts)), 0.0)
    return np.sqrt(ratio(spread, np.maximum(counts - 1, 0)))
