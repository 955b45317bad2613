"""Several columns of integers as one: what is added up by more than one thing at once."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from simulator.records.columns import Ints


def combinations(
    *columns: npt.NDArray[np.integer[Any]],
) -> tuple[tuple[Ints, ...], npt.NDArray[np.intp]]:
    """Return each combination of several columns, (J,), once: columns in order, (K,).

    And for each row the place of its own combination, (J,).
    """
    if not len(columns[0]):
        return tuple(column.astype(np.int32) for column in columns), np.empty(0, dtype=np.intp)
    lowest = [int(column.min()) for column in columns]
    raised = [column.astype(np.int64) - low for column, low in zip(columns, lowest, strict=True)]
    sizes = tuple(int(column.max()) + 1 for column in raised)
    cells, row = np.unique(np.ravel_multi_index(tuple(raised), sizes), return_inverse=True)
    found = zip(np.unravel_index(cells, sizes), lowest, strict=True)
    return tuple((column + low).astype(np.int32) for column, low in found), row
