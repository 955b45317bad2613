"""Some rows of a table of the records, all its columns at once."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from simulator.records.columns import (
    Availability,
    Interruptions,
    Jobs,
    Occupancy,
    QueueItems,
    TriggerLog,
)
from simulator.records.mapped import release

Table = TypeVar("Table", Jobs, Occupancy, Interruptions, Availability, TriggerLog, QueueItems)


def length_of(table: Table) -> int:
    """Return how many rows a table has."""
    return len(getattr(table, table.__slots__[0]))


def part_of(table: Table, rows: slice | npt.NDArray[np.integer[Any]]) -> Table:
    """Return some rows of a table, in their order; a slice of it is no copy."""
    return type(table)(*(getattr(table, name)[rows] for name in table.__slots__))


def let_go(table: Table) -> None:
    """Let go of what of a table is in memory, where it is in a file as well."""
    release(*(getattr(table, name) for name in table.__slots__))
