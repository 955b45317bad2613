"""Counts, means and squared distances of many groups at once."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from simulator.statistics.chunks import chunks

Floats: TypeAlias = npt.NDArray[np.float64]


class Moments(NamedTuple):
    """One value a group, arrays of shape (n_groups,), all float.

    `counts` is how many values there are, `means` their mean (NaN for none), `squares` the sum of
    their squared distances from it, `sums` their own.
    """

    counts: Floats
    means: Floats
    squares: Floats
    sums: Floats


def grouped_moments(values: Floats, groups: npt.NDArray[np.integer[Any]], n_groups: int) -> Moments:
    """Return the moments of `values` (J,) by `groups` (J,), integers from 0 below `n_groups`.

    It goes over the values twice, so that a large mean costs the squares no digits.
    """
    counts, sums, squares = np.zeros((3, n_groups))
    for rows in chunks(len(values)):
        counts += np.bincount(groups[rows], minlength=n_groups)
        sums = going_on(sums, groups[rows], values[rows])
    means = np.divide(sums, counts, out=np.full(n_groups, np.nan), where=counts > 0)
    for rows in chunks(len(values)):
        some = groups[rows]
        squares = going_on(squares, some, (values[rows] - means[some]) ** 2)
    return Moments(counts, means, squares, sums)


def going_on(sums: Floats, groups: npt.NDArray[np.integer[Any]], values: Floats) -> Floats:
    """Return sums by group with more values added, one after the other, as if all were given."""
    ahead = np.arange(len(sums), dtype=groups.dtype)
    more = np.concatenate((ahead, groups)), np.concatenate((sums, values))
    return np.bincount(*more, minlength=len(sums)).astype(np.float64, copy=False)
