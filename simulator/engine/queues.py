"""Queues at run time: New items in the order in which they are worked, and what becomes of them.

The order is the vendor's (page About Queues and Transactions): items with a deadline first, by
priority, then by the earlier deadline; then items without, by priority, then by age. Deferred
items are left out until their time has come. An item that failed of an application exception is
added anew, as often as the queue retries; a business exception is not retried.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from heapq import heappop, heappush

from simulator.engine.draws import DrawnItem, Luck, within
from simulator.engine.item_journal import NEVER, ItemJournal
from simulator.plan.items import ItemSource
from simulator.records.codes import ItemException, ItemStatus
from simulator.records.columns import NONE

_IN_PROGRESS, _SUCCESSFUL = int(ItemStatus.IN_PROGRESS), int(ItemStatus.SUCCESSFUL)
_FAILED, _RETRIED = int(ItemStatus.FAILED), int(ItemStatus.RETRIED)
_ABANDONED = int(ItemStatus.ABANDONED)
_NO_EXCEPTION, _APPLICATION = int(ItemException.NONE), int(ItemException.APPLICATION)

Turn = tuple[bool, int, float, int]
"""What orders New items: without a deadline, falling priority, deadline, row."""


class Queue:
    """One queue. `when_added` are told whenever an item has been added; a retry is no such."""

    def __init__(self, journal: ItemJournal, luck: Luck) -> None:
        self.when_added: list[Callable[[], None]] = []
        self._journal, self._luck = journal, luck
        self._ready: list[Turn] = []
        self._deferred: list[tuple[float, Turn]] = []
        self._sources: dict[int, ItemSource] = {}

    def add(
        self,
        source: ItemSource,
        route: int,
        nth: int,
        priority: int,
        drawn: DrawnItem,
        now: float,
    ) -> None:
        """Add the n-th item of a source, with what was drawn for it."""
        deadline_s = now + source.deadline_s if math.isfinite(source.deadline_s) else NEVER
        available_s = now + source.defer_s
        item = self._journal.added(route, priority, now, available_s, deadline_s)
        self._journal.brings(nth, drawn)
        self._sources[route] = source
        turn = self._turn(item)
        if source.defer_s:
            heappush(self._deferred, (available_s, turn))
        else:
            heappush(self._ready, turn)

    def _turn(self, item: int) -> Turn:
        deadline_s = self._journal.deadline_s[item]
        return deadline_s == NEVER, -self._journal.priority[item], deadline_s, item

    def new(self, now: float) -> int:
        """Return how many New items may be worked at."""
        while self._deferred and self._deferred[0][0] <= now:
            heappush(self._ready, heappop(self._deferred)[1])
        return len(self._ready)

    def take(self, job: int, now: float) -> int:
        """Give a job the next item; return its row, `NONE` where none is left."""
        if not self.new(now):
            return NONE
        item = heappop(self._ready)[3]
        journal = self._journal
        journal.taken_s[item], journal.job[item] = now, job
        journal.status[item] = _IN_PROGRESS
        return item

    def run_s(self, item: int) -> float:
        """Return how long the attempt at an item takes, in seconds."""
        return self._journal.run_s[item]

    def done(self, item: int, now: float) -> None:
        """End the attempt at an item: it is done, has failed, or is added anew."""
        journal = self._journal
        fails_of, source = journal.fails_of[item], self._sources[journal.route[item]]
        journal.done_s[item], journal.exception[item] = now, fails_of
        if fails_of == _NO_EXCEPTION:
            journal.status[item] = _SUCCESSFUL
        elif fails_of == _APPLICATION and journal.retry[item] < source.retries:
            journal.status[item] = _RETRIED
            self._retry(item, source, now)
        else:
            journal.status[item] = _FAILED

    def abandon(self, item: int) -> None:
        """Leave an item whose job was stopped; nobody works at it again."""
        self._journal.status[item] = _ABANDONED

    def _retry(self, item: int, source: ItemSource, now: float) -> None:
        """Add an item anew; each attempt has draws of its own, which belong to the item.

        It lasts as long again where a trace says how long.
        """
        journal, again = self._journal, self._journal.retried(item, now)
        nth = journal.nth[item]
        entity = within(source.entity, nth, journal.retry[again])
        run_s, fails_of = next(self._luck.item_works(source.work, entity))
        given = source.has_given_durations
        journal.brings(nth, (journal.run_s[item] if given else run_s, fails_of))
        heappush(self._ready, self._turn(again))
