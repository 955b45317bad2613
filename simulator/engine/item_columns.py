"""The log of queue items put into the columns of the records."""

from __future__ import annotations

from array import array

import numpy as np
import numpy.typing as npt

from simulator.engine.item_journal import NEVER, ItemJournal
from simulator.records.columns import QueueItems


def queue_items(journal: ItemJournal) -> QueueItems:
    """Return what became of the items, a row an attempt."""
    return QueueItems(
        route=_ints(journal.route),
        first=_ints(journal.first),
        retry=_ints(journal.retry),
        priority=_ints(journal.priority),
        added_s=np.array(journal.added_s, dtype=np.float64),
        available_s=np.array(journal.available_s, dtype=np.float64),
        deadline_s=_instants(journal.deadline_s),
        taken_s=_instants(journal.taken_s),
        done_s=_instants(journal.done_s),
        status=np.array(journal.status, dtype=np.int8),
        exception=np.array(journal.exception, dtype=np.int8),
        job=_ints(journal.job),
    )


def _ints(values: array[int]) -> npt.NDArray[np.int32]:
    return np.array(values, dtype=np.int32)


def _instants(values: array[float]) -> npt.NDArray[np.float64]:
    """Return instants, NaN for those that have not come."""
    times_s = np.array(values, dtype=np.float64)
    return np.where(times_s == NEVER, np.nan, times_s)
