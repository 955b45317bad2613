"""The log of queue items put into the columns of the records."""

from __future__ import annotations

from array import array

import numpy as np

from simulator.engine.item_journal import NEVER, ItemJournal
from simulator.engine.logs import codes, floats, ints
from simulator.records.columns import Floats, QueueItems


def queue_items(journal: ItemJournal) -> QueueItems:
    """Return what became of the items, a row an attempt."""
    return QueueItems(
        route=ints(journal.route),
        first=ints(journal.first),
        retry=ints(journal.retry),
        priority=ints(journal.priority),
        added_s=floats(journal.added_s),
        available_s=floats(journal.available_s),
        deadline_s=_instants(journal.deadline_s),
        taken_s=_instants(journal.taken_s),
        done_s=_instants(journal.done_s),
        status=codes(journal.status),
        exception=codes(journal.exception),
        job=ints(journal.job),
    )


def _instants(log: array[float]) -> Floats:
    """Return instants, NaN for those that have not come."""
    times_s = floats(log)
    return np.where(times_s == NEVER, np.nan, times_s)
