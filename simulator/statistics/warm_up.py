"""Where a series that begins out of balance has settled: MSER-5, and Welch's picture beside it."""

from __future__ import annotations

from typing import Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]

BATCH: Final = 5
"""Neighbouring values whose means MSER-5 looks at, so that single ones do not decide."""

FEWEST_LEFT: Final = 5
"""Batches that a cut leaves at least: by chance alone, fewer may be nearly equal."""

_SPANS_LEFT: Final = 2
"""Nor fewer spans of values that are means over one: within it they overlap, and hardly differ."""


class Cut(NamedTuple):
    """How many values to leave out at the beginning, and whether the others are settled.

    They are not where the best place lies in the second half: then the series ought to be longer.
    """

    values: int
    is_settled: bool


def mser5(series: Floats, span: int = 1) -> Cut:
    """Return where to cut a series (N,): there the mean of what is left is surest.

    Of d batches left out of n, that with the least (sum of squares after d) / (n - d)², d up to
    n / 2. Where the sum is least there or further on, there is no telling yet, and the cut is that
    of the first half. Fewer than two batches are never settled. `span`: of how many neighbours each
    value is the mean.
    Sources: White 1997, "An effective truncation heuristic for bias reduction in simulation
    output", Simulation 69; White, Cobb & Spratt 2000, "A comparison of five steady-state truncation
    heuristics for simulation"; Hoad, Robinson & Davies 2010, "Automating warm-up length
    estimation", Journal of the Operational Research Society 61.
    """
    count = len(series) // BATCH
    if count < 2:  # noqa: PLR2004 - one batch has no spread
        return Cut(0, is_settled=False)
    errors = _squared_errors(series[: count * BATCH].reshape(count, BATCH).mean(axis=1))
    half = count // 2
    cut = int(np.argmin(errors[: half + 1]))
    left = max(FEWEST_LEFT, _SPANS_LEFT * span // BATCH)
    best = int(np.argmin(errors[: max(half, count - left) + 1]))
    return Cut(cut * BATCH, is_settled=best < half)


def _squared_errors(means: Floats) -> Floats:
    """Return the squared standard error of the mean of what is left of (n,) by d, d = 0, …, n - 1.

    Values are taken from the last one, so that a tail of equal ones has an error of exactly zero.
    """
    values = (means - means[-1])[::-1]
    left = np.arange(1, len(values) + 1)
    squares = np.cumsum(values**2) - np.cumsum(values) ** 2 / left
    return (np.maximum(squares, 0.0) / left**2)[::-1]


def welch(series: Floats, window: int) -> Floats:
    """Return a series (N,) smoothed, (N - window,): the mean over `window` neighbours to each side.

    Near the beginning it is over as many as there are, on either side as many.
    Source: Welch 1983, "The statistical analysis of simulation results"; Law, "Simulation Modeling
    and Analysis", 5th ed., section 9.5.1.

    Raises:
        ValueError: the window is below zero, or leaves nothing.
    """
    if not 0 <= window < len(series):
        raise ValueError(f"expected a window from 0 to {len(series) - 1}, got {window}")
    places = np.arange(len(series) - window)
    reach = np.minimum(places, window)
    totals = np.append(0.0, np.cumsum(series))
    return np.asarray((totals[places + reach + 1] - totals[places - reach]) / (2 * reach + 1))
