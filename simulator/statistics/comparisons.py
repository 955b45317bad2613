"""Many differences at once: which of them are clear, when every one of them had a chance to be."""

from __future__ import annotations

import numpy as np

from simulator.statistics.intervals import Floats, Intervals


def p_values(intervals: Intervals, confidence: float) -> Floats:
    """Return for each interval, (N,), how likely one as far from zero is if all is chance.

    That of Student's t test against zero, two-sided: below 1 - `confidence` exactly where the
    interval, which has that confidence, leaves zero out. 1 where nothing ever differs, 0 where all
    replications differ by the same; NaN where there is no interval.
    Source: Law, "Simulation Modeling and Analysis", 5th ed., section 10.2.1.
    """
    from scipy.special import stdtr, stdtrit  # noqa: PLC0415 - slow to import

    freedom = np.maximum(intervals.n - 1, 1)
    error = intervals.half_width / stdtrit(freedom, (1 + confidence) / 2)
    spread, apart = error > 0, intervals.mean != 0
    distance = np.divide(abs(intervals.mean), error, out=np.zeros_like(error), where=spread)
    p = np.where(spread, 2 * stdtr(freedom, -distance), np.where(apart, 0.0, 1.0))
    return np.where(np.isnan(intervals.half_width) | np.isnan(intervals.mean), np.nan, p)


def holm(p: Floats) -> Floats:
    """Return p-values, of any shape, adjusted for being many; NaN stays, and does not count.

    Taking for clear those of at most 5 %, the chance that any at all is so by luck is at most 5 %,
    however the tests depend on each other; likewise for any other level.
    Source: Holm 1979, "A simple sequentially rejective multiple test procedure", Scandinavian
    Journal of Statistics 6; as adjusted p-values in Wright 1992, Biometrics 48.
    """
    known = np.flatnonzero(~np.isnan(p))
    ascending = known[np.argsort(p.flat[known], kind="stable")]
    times = np.arange(len(ascending), 0, -1)
    adjusted = np.full(p.size, np.nan)
    adjusted[ascending] = np.minimum(np.maximum.accumulate(p.flat[ascending] * times), 1.0)
    return adjusted.reshape(p.shape)
