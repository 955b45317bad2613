"""Quantiles of many groups, of values that are sorted once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from simulator.statistics.chunks import chunks

Floats: TypeAlias = npt.NDArray[np.float64]


def grouped_quantiles(
    values: Floats, groups: npt.NDArray[np.integer[Any]], n_groups: int, levels: Sequence[float]
) -> Floats:
    """Return the quantiles of `values` (J,) by `groups` (J,), of shape (n_groups, len(levels)).

    Groups are integers from 0 below `n_groups`, levels lie from 0 to 1; values are finite. An empty
    group has NaN. Quantiles are linear between order statistics: type 7 of Hyndman & Fan 1996,
    "Sample quantiles in statistical packages", The American Statistician 50.
    """
    if not (values[1:] >= values[:-1]).all():
        order = np.argsort(values)
        values, groups = values[order], groups[order]
    counts = _counts(groups, n_groups)[:, np.newaxis]
    positions = np.maximum(counts - 1, 0) * np.asarray(levels, dtype=np.float64)
    below = np.floor(positions).astype(np.intp)
    above = np.minimum(below + 1, np.maximum(counts - 1, 0))
    ends = _of_ranks(values, groups, np.concatenate((below, above), axis=1))
    lower, upper = np.split(ends, 2, axis=1)
    return _between(lower, upper, positions - below)


def _counts(groups: npt.NDArray[np.integer[Any]], n_groups: int) -> npt.NDArray[np.int64]:
    counts = np.zeros(n_groups, dtype=np.int64)
    for rows in chunks(len(groups)):
        counts += np.bincount(groups[rows], minlength=n_groups)
    return counts


def _of_ranks(
    values: Floats, groups: npt.NDArray[np.integer[Any]], ranks: npt.NDArray[np.intp]
) -> Floats:
    """Return the values of some ranks in their groups, ranks counted from 0, NaN for none.

    values: ascending. ranks: (n_groups, R), as what is returned. Going up, a part of the values has
    those ranks of a group that follow on the ranks of the parts before.
    """
    found, before = np.full(ranks.shape, np.nan), np.zeros((len(ranks), 1), dtype=np.intp)
    for rows in chunks(len(values)):
        order = np.argsort(groups[rows], kind="stable")  # by radix, where groups have 8 or 16 bits
        counts = np.bincount(groups[rows], minlength=len(ranks))[:, np.newaxis]
        place, first = ranks - before, np.cumsum(counts, axis=0) - counts
        here = (place >= 0) & (place < counts)
        found[here] = values[rows][order[(first + place)[here]]]
        before += counts
    return found


def _between(lower: Floats, upper: Floats, share: Floats) -> Floats:
    """Return the value that lies `share` of the way up, reckoned from the nearer end.

    As NumPy does it, so that equal ends give exactly that value and no order is ever broken.
    """
    step = upper - lower
    return np.where(share < 0.5, lower + step * share, upper - step * (1 - share))  # noqa: PLR2004 - the middle
