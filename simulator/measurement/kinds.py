"""Kinds of rows: those with the same route, host and account are one, told by one short number."""

from __future__ import annotations

import math
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from simulator.measurement.scopes import Groups, Keys, short
from simulator.records.mapped import release
from simulator.statistics.chunks import chunks

_MOST_POSSIBLE: Final = 2**20
"""Kinds there could be for which a table of all of them is kept, which is quicker than a search."""


class Kinds:
    """The different kinds of the rows of a table; `keys` has those of each kind, (K,)."""

    def __init__(self, keys: Keys, size: int) -> None:
        """Take the keys of a table of so many rows."""
        self._sizes = tuple(keys.sizes[key] + 1 for key in keys.columns)
        self._found = np.empty(0, dtype=np.int64)
        for rows in chunks(size):
            some = keys.of(rows)
            self._found = np.union1d(self._found, self._codes(some))
            release(*some.columns.values())
        columns = np.unravel_index(self._found, self._sizes)
        of_kinds = (column.astype(np.int32) - 1 for column in columns)
        self.keys = Keys(dict(zip(keys.columns, of_kinds, strict=True)), keys.sizes)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._found)

    def of(self, keys: Keys) -> Groups:
        """Return the kind of each of some rows of the table, in the fewest bits that will do."""
        codes = self._codes(keys)
        if self._numbers is not None:
            return self._numbers[codes]
        return short(np.searchsorted(self._found, codes).astype(np.int32), len(self))

    def _codes(self, keys: Keys) -> npt.NDArray[np.int64]:
        """Return a number for each combination of keys; 0 stands for none of a key."""
        columns = tuple(column.astype(np.int64) + 1 for column in keys.columns.values())
        return np.ravel_multi_index(columns, self._sizes)

    @cached_property
    def _numbers(self) -> Groups | None:
        """Return the number of each kind there could be; None where that would be too many."""
        possible = math.prod(self._sizes)
        if possible > _MOST_POSSIBLE:
            return None
        numbers = np.zeros(possible, dtype=np.int32)
        numbers[self._found] = np.arange(len(self))
        return short(numbers, len(self))
