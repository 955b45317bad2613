"""Tables of the records while they are put together, block by block."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import numpy as np

from simulator.records.mapped import Column, MappedTable


class Draft(Protocol):
    """Columns that grow by blocks, and are read-only once they are complete."""

    def add(self, blocks: Mapping[str, Column]) -> None:
        """Append to each of the columns."""

    def columns(self) -> dict[str, Column]:
        """Return the columns; nothing can be added any more."""


def draft(rows: int, *, on_disk: bool, alike: Mapping[str, Column] | None = None) -> Draft:
    """Return an empty draft of at most so many rows.

    `alike` are columns, by the names of those that may well turn out to be the same.
    """
    return MappedTable(rows) if on_disk else TableInMemory(rows, alike or {})


class TableInMemory:
    """Columns in memory; one that is the same as another, or the same in each row, takes none."""

    def __init__(self, rows: int, alike: Mapping[str, Column]) -> None:
        self._rows = rows
        self._alike = alike
        self._columns: dict[str, _GrowingColumn] = {}

    def add(self, blocks: Mapping[str, Column]) -> None:
        """Append to each of the columns."""
        for name, block in blocks.items():
            if name not in self._columns:
                self._columns[name] = _GrowingColumn(self._rows, block, self._alike.get(name))
            self._columns[name].append(block)

    def columns(self) -> dict[str, Column]:
        """Return the columns; nothing can be added any more."""
        return {name: column.complete() for name, column in self._columns.items()}


class _GrowingColumn:
    """A column that shares another's memory for as long as it is the same, bit by bit."""

    def __init__(self, rows: int, first: Column, alike: Column | None) -> None:
        self._rows = rows
        self._filled = 0
        self._shared = alike if alike is not None and _same(alike, first) else _of_one(first, rows)
        self._own: Column | None = None

    def append(self, block: Column) -> None:
        filled = self._filled + len(block)
        if self._own is None and not _same(self._shared[self._filled :], block):
            self._own = np.empty(self._rows, block.dtype)
            self._own[: self._filled] = self._shared[: self._filled]
        if self._own is not None:
            self._own[self._filled : filled] = block
        self._filled = filled

    def complete(self) -> Column:
        column = (self._shared if self._own is None else self._own)[: self._filled]
        column.setflags(write=False)
        return column


def _of_one(block: Column, rows: int) -> Column:
    """Return a column with the first value of a block in every row, which takes no memory."""
    return np.broadcast_to(block[0], rows) if len(block) else np.empty(0, block.dtype)


def _same(column: Column, block: Column) -> bool:
    """Return whether a column begins with just these bits; NaN is the same as NaN there."""
    as_integers = f"i{block.itemsize}"
    begins = column[: len(block)]
    return len(begins) == len(block) and bool(
        (begins.view(as_integers) == block.view(as_integers)).all()
    )


def kept(columns: Mapping[str, Column], *, on_disk: bool) -> dict[str, Column]:
    """Return complete columns, read-only, and in a temporary file if they are to be on disk."""
    if on_disk:
        table = MappedTable(max(map(len, columns.values())))
        table.add(columns)
        return table.columns()
    for column in columns.values():
        column.setflags(write=False)
    return dict(columns)
