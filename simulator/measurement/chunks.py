"""Rows of long tables, looked for and taken a part at a time.

What is added up part by part is the same as all at once: numbers of things are, and times are on a
grid whose sums are exact (`simulator.units`). Tables may be mapped into memory from a file: each
part is let go of once it was looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from simulator.measurement.scopes import Mask
from simulator.records.columns import Floats, Records
from simulator.records.mapped import release
from simulator.records.parts import Table, length_of, let_go, part_of
from simulator.statistics.chunks import chunks

Rows = npt.NDArray[np.intp]


def parts_of(table: Table) -> Iterator[tuple[slice, Table]]:
    """Yield a table part by part: which rows, and these."""
    for rows in chunks(length_of(table)):
        part = part_of(table, rows)
        yield rows, part
        let_go(part)


def rows_where(table: Table, holds: Callable[[Table], Mask]) -> Rows:
    """Return the rows of a table for which something holds, which is asked part by part."""
    found: list[Rows] = [np.empty(0, dtype=np.intp)]
    for rows, part in parts_of(table):
        found.append(np.flatnonzero(holds(part)) + rows.start)
    return np.concatenate(found)


def in_order(column: Floats) -> bool:
    """Return whether no value of a column is less than the one before it."""
    return all(_is_in_order(column[rows.start : rows.stop + 1]) for rows in chunks(len(column)))


def _is_in_order(part: Floats) -> bool:
    found = bool((part[1:] >= part[:-1]).all())
    release(part)
    return found


def let_go_of_all(records: Records) -> None:
    """Let go of what of long tables is in memory, where it is in a file as well."""
    let_go(records.jobs)
    let_go(records.occupancy)
    let_go(records.interruptions)
