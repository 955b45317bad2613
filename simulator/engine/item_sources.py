"""What adds items to queues at run time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle, repeat

import simpy

from simulator.engine.arrival_times import instants
from simulator.engine.clock import Clock, Instant
from simulator.engine.draws import DrawnItem, Luck
from simulator.engine.item_journal import ItemJournal
from simulator.engine.queues import Queue
from simulator.engine.traces import Adding, replayed_items
from simulator.plan.items import ItemSource
from simulator.traces.rows import TraceRows


class ItemStream:
    """A stream of items; it adds them in its own phase of an instant, before jobs are submitted."""

    def __init__(
        self,
        phase: int,
        source: ItemSource,
        queue: Queue,
        clock: Clock,
        journal: ItemJournal,
        luck: Luck,
    ) -> None:
        self._phase, self._source, self._queue = phase, source, queue
        self._clock, self._journal = clock, journal
        self._routes = cycle(source.routes)
        self._refusals = luck.plan.legend.item_routes.refusal.tolist()
        self._adding, works = _adding(source, luck)
        self._works = enumerate(works)
        self._priority = source.priority
        self._next = Instant(clock, self._on_arrival)
        self._wait()

    def _wait(self) -> None:
        """Have the next items come, if there are any."""
        adding = next(self._adding, None)
        if adding is not None:
            at_s, self._priority = adding
            self._next.due_in(at_s - self._clock.now, self._phase)

    def _on_arrival(self, _event: simpy.Event) -> None:
        now, route, source = self._clock.now, next(self._routes), self._source
        is_refused = self._refusals[route] >= 0
        for _ in range(source.items):
            nth, drawn = next(self._works)
            if is_refused:
                self._journal.refused(route, self._priority, now)
            else:
                self._queue.add(source, route, nth, self._priority, drawn, now)
        if not is_refused:
            for look in self._queue.when_added:
                look()
        self._wait()


def _adding(source: ItemSource, luck: Luck) -> tuple[Iterator[Adding], Iterator[DrawnItem]]:
    """Return when a source adds items of which priority, and what attempts at them bring."""
    arrivals = source.arrivals
    if isinstance(arrivals, TraceRows):
        return replayed_items(arrivals, source, luck)
    times = instants(luck, arrivals, source.entity, 0.0, luck.plan.until_s)
    works = luck.item_works(source.work, source.entity)
    return zip(times, repeat(source.priority), strict=False), works
