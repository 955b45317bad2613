"""The log of queue items put into the columns of the records."""

from __future__ import annotations

from simulator.engine.drafts import kept
from simulator.engine.item_journal import NEVER, ItemJournal
from simulator.engine.logs import codes, floats, instants, ints
from simulator.records.columns import QueueItems
from simulator.records.mapped import Column


def queue_items(journal: ItemJournal, *, on_disk: bool) -> QueueItems:
    """Return what became of the items, a row an attempt; they are not worked at any more."""
    journal.forget_work()
    columns: dict[str, Column] = {
        "route": ints(journal.route),
        "first": ints(journal.first),
        "retry": ints(journal.retry),
        "priority": ints(journal.priority),
        "added_s": floats(journal.added_s),
        "available_s": floats(journal.available_s),
        "deadline_s": instants(journal.deadline_s, NEVER),
        "taken_s": instants(journal.taken_s, NEVER),
        "done_s": instants(journal.done_s, NEVER),
        "status": codes(journal.status),
        "exception": codes(journal.exception),
        "job": ints(journal.job),
    }
    return QueueItems(**kept(columns, on_disk=on_disk))
