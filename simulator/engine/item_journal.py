"""The log of queue items: growing typed arrays, the row is the item's id."""

from __future__ import annotations

from array import array
from typing import Final

from simulator.engine.draws import DrawnItem
from simulator.records.codes import ItemStatus
from simulator.records.columns import NONE

_NEW, _REFUSED = int(ItemStatus.NEW), int(ItemStatus.REFUSED)

NEVER: Final = -1.0
"""Stands for an instant that has not come."""


class ItemJournal:
    """What became of each attempt at an item so far, in the order in which they were added.

    `nth`, `run_s` and `fails_of` are what it brings: its number among those of its arrival, how
    long the attempt takes and what it fails of. They stand here too, for millions may wait.
    """

    def __init__(self) -> None:
        self.route = array("i")
        self.first = array("i")
        self.retry = array("i")
        self.priority = array("i")
        self.added_s = array("d")
        self.available_s = array("d")
        self.deadline_s = array("d")
        self.taken_s = array("d")
        self.done_s = array("d")
        self.status = array("b")
        self.exception = array("b")
        self.job = array("i")
        self.nth = array("i")
        self.run_s = array("d")
        self.fails_of = array("b")

    def brings(self, nth: int, drawn: DrawnItem) -> None:
        """Note what the attempt brings that was noted last."""
        self.nth.append(nth)
        self.run_s.append(drawn[0])
        self.fails_of.append(drawn[1])

    def forget_work(self) -> None:
        """Forget what the attempts bring, once they are over."""
        for log in (self.nth, self.run_s, self.fails_of):
            del log[:]

    def clear(self) -> None:
        """Forget all items."""
        for log in vars(self).values():
            del log[:]

    def added(
        self, route: int, priority: int, now: float, available_s: float, deadline_s: float
    ) -> int:
        """Note an item that was added for the first time; return its row."""
        item = len(self.route)
        self._row(route, item, 0, priority, now)
        self.available_s.append(available_s)
        self.deadline_s.append(deadline_s)
        self.status.append(_NEW)
        return item

    def refused(self, route: int, priority: int, now: float) -> None:
        """Note an item that nobody let in, and that brings nothing."""
        self._row(route, len(self.route), 0, priority, now)
        self.available_s.append(now)
        self.deadline_s.append(NEVER)
        self.status.append(_REFUSED)
        self.brings(NONE, (0.0, 0))

    def retried(self, item: int, now: float) -> int:
        """Note that an item is added anew, with the same deadline; return the new row."""
        again = len(self.route)
        self._row(
            self.route[item], self.first[item], self.retry[item] + 1, self.priority[item], now
        )
        self.available_s.append(now)
        self.deadline_s.append(self.deadline_s[item])
        self.status.append(_NEW)
        return again

    def _row(self, route: int, first: int, retry: int, priority: int, now: float) -> None:
        self.route.append(route)
        self.first.append(first)
        self.retry.append(retry)
        self.priority.append(priority)
        self.added_s.append(now)
        self.taken_s.append(NEVER)
        self.done_s.append(NEVER)
        self.exception.append(0)
        self.job.append(NONE)
