"""One number over another, where there may be nothing to divide by."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]


def ratio(numerators: Floats, denominators: npt.NDArray[Any]) -> Floats:
    """Return numerators / denominators, same shape, NaN where the denominator is zero."""
    nowhere: Floats = np.full(np.shape(numerators), np.nan)
    quotient: Floats = np.divide(numerators, denominators, out=nowhere, where=denominators != 0)
    return quotient
