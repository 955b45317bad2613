"""Quantiles of many groups from one sort."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]


def grouped_quantiles(
    values: Floats, groups: npt.NDArray[np.integer[Any]], n_groups: int, levels: Sequence[float]
) -> Floats:
    """Return the quantiles of `values` (J,) by `groups` (J,), of shape (n_groups, len(levels)).

    Groups are integers from 0 below `n_groups`, levels lie from 0 to 1; values are finite. An empty
    group has NaN. Quantiles are linear between order statistics: type 7 of Hyndman & Fan 1996,
    "Sample quantiles in statistical packages", The American Statistician 50.
    """
    ordered = np.append(values[np.lexsort((values, groups))], np.nan)
    counts = np.bincount(groups, minlength=n_groups)[:, np.newaxis]
    starts = np.cumsum(counts, axis=0) - counts
    positions = np.maximum(counts - 1, 0) * np.asarray(levels, dtype=np.float64)
    below = np.floor(positions).astype(np.intp)
    above = np.minimum(below + 1, np.maximum(counts - 1, 0))
    quantiles = _between(ordered[starts + below], ordered[starts + above], positions - below)
    return np.where(counts > 0, quantiles, np.nan)


def _between(lower: Floats, upper: Floats, share: Floats) -> Floats:
    """Return the value that lies `share` of the way up, reckoned from the nearer end.

    As NumPy does it, so that equal ends give exactly that value and no order is ever broken.
    """
    step = upper - lower
    return np.where(share < 0.5, lower + step * share, upper - step * (1 - share))  # noqa: PLR2004 - the middle
