"""A job that works a queue: after its own work it takes item after item, until none is left."""

from __future__ import annotations

from simulator.engine.courses import slowed
from simulator.engine.queues import Queue
from simulator.records.columns import NONE


class Worker:
    """The part of a job that takes items.

    `stops_s` is when `stop_after` ends the job, infinite where nothing does; `is_stopped` tells
    that it has, in the midst of an item or with items left. `factor` is the host's.
    """

    __slots__ = ("_factor", "_is_cut", "_item", "_job", "_queue", "_stops_s", "is_stopped")

    def __init__(self, queue: Queue, job: int, stops_s: float, factor: float) -> None:
        self.is_stopped = self._is_cut = False
        self._queue, self._job, self._stops_s = queue, job, stops_s
        self._factor = factor
        self._item = NONE

    def next_s(self, now: float) -> float | None:
        """End the item at hand and take the next; return how long the job is at it, if any is."""
        self._end(now)
        if self.is_stopped or self._has_no_time(now):
            return None
        self._item = self._queue.take(self._job, now)
        if self._item == NONE:
            return None
        run_s = slowed(self._queue.run_s(self._item), self._factor)
        self._is_cut = now + run_s > self._stops_s
        return self._stops_s - now if self._is_cut else run_s

    def paused(self, for_s: float) -> None:
        """Let the job be stopped as much later as it was paused."""
        self._stops_s += for_s

    def is_lost(self) -> None:
        """Give up the item at hand, if there is one: the job has lost its host."""
        if self._item != NONE:
            self._queue.abandon(self._item)

    def _end(self, now: float) -> None:
        if self._is_cut:
            self._queue.abandon(self._item)
            self.is_stopped = True
        elif self._item != NONE:
            self._queue.done(self._item, now)

    def _has_no_time(self, now: float) -> bool:
        """Return whether the job must stop at this very instant; with items left it is Stopped."""
        if now < self._stops_s:
            return False
        self.is_stopped = self._queue.new(now) > 0
        return True
