"""Counts, means and squared distances of many groups at once."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]


class Moments(NamedTuple):
    """One value a group, arrays of shape (n_groups,), all float.

    `counts` is how many values there are, `means` their mean (NaN for none), `squares` the sum of
    their squared distances from it.
    """

    counts: Floats
    means: Floats
    squares: Floats


def grouped_moments(values: Floats, groups: npt.NDArray[np.integer[Any]], n_groups: int) -> Moments:
    """Return the moments of `values` (J,) by `groups` (J,), integers from 0 below `n_groups`.

    It goes over the values twice, so that a large mean costs the squares no digits.
    """
    counts = np.bincount(groups, minlength=n_groups).astype(np.float64)
    sums = np.bincount(groups, weights=values, minlength=n_groups)
    means = np.divide(sums, counts, out=np.full(n_groups, np.nan), where=counts > 0)
    squared = (values - means[groups]) ** 2
    # Without any value, bincount returns integers whatever the weights.
    squares = np.bincount(groups, weights=squared, minlength=n_groups).astype(np.float64)
    return Moments(counts, means, squares)
