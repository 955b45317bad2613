"""Time: SimPy's clock, and the order of what happens within one instant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import IntEnum
from heapq import heappop, heappush
from typing import Final, TypeAlias

import simpy
from simpy.core import StopSimulation

Due: TypeAlias = tuple[float, int, int, simpy.Event]
"""An event on SimPy's heap: when it is due, in which phase, its number, itself."""


FIRST: Final = -1
"""The number of the event beside the heap, which has its phase to itself."""


class Phase(IntEnum):
    """What comes first within one instant; the clock's event priority.

    The meter is read, at an edge of the window. Jobs end; hosts change, those in maintenance first,
    then others fail, are repaired, have booted or have been idle for too long; Pending jobs that
    waited too long are withdrawn; the run stops there if it does not drain; jobs that waited out
    their latency begin Running; Pending jobs take what came free; then Suspended jobs are Resumed,
    items are added and jobs submitted, each source in its own phase from `SUBMIT` on, arrivals of
    items before sources of jobs, each in the plan's order; at last one match for all of them.
    """

    READ = -1
    END = 0
    MAINTENANCE = 1
    FAILURE = 2
    REPAIR = 3
    BOOT = 4
    IDLE = 5
    WITHDRAW = 6
    STOP = 7
    BEGIN = 8
    MATCH_FREED = 9
    RESUME = 10
    SUBMIT = 11


class Clock(simpy.Environment):
    """SimPy's environment, quicker where it is asked for every job.

    `now` is a slot under a second name, which is read without a call; SimPy's is a property. One
    event may stand beside the heap: the next of many that are known in their order, so that it
    spares each of them the way through it.
    """

    __slots__ = ("_now", "ahead")

    def __init__(self) -> None:
        super().__init__()
        self.ahead: Due | None = None
        """What stands beside the heap, if anything does: put there by whoever knows the order."""

    def run_on(self) -> None:
        """Let everything happen until nothing is left to, or an event raises `StopSimulation`.

        SimPy's own `run` does the same by a call of `step` for each event.

        Raises:
            BaseException: what a process failed of.
        """
        queue = self._queue
        try:
            while True:
                due = self.ahead
                if due is not None and not (queue and queue[0] < due):
                    self.ahead = None
                elif queue:
                    due = heappop(queue)
                else:
                    return
                self._now, _, _, event = due
                callbacks, event.callbacks = event.callbacks, None  # type: ignore[assignment]  # as SimPy marks an event that has happened
                for callback in callbacks:
                    callback(event)
                if not event._ok:  # noqa: SLF001 - asked for each event, as SimPy's step does
                    raise event._value  # noqa: SLF001 - the same
        except StopSimulation:
            return

    def nothing_else_now(self) -> bool:
        """Return whether no further event is due at this very instant."""
        queue, ahead, now = self._queue, self.ahead, self._now
        return (not queue or queue[0][0] > now) and (ahead is None or ahead[0] > now)

    def heap(self) -> tuple[list[Due], Iterator[int]]:
        """Return SimPy's heap and what numbers its events, for an `Instant` to push itself."""
        return self._queue, self._eid  # type: ignore[return-value]  # SimPy types only its own priorities

    def events_due(self) -> int:
        """Return how many events are still to happen."""
        return len(self._queue) + (self.ahead is not None)

    def wait(self, delay_s: float, phase: int) -> simpy.Event:
        """Return what a SimPy process yields to go on `delay_s` from now, in that phase."""
        event = Instant(self, _nothing)
        event.due_in(delay_s, phase)
        return event


Clock.now = vars(Clock)["_now"]  # type: ignore[method-assign]  # see its docstring


def _nothing(_event: simpy.Event) -> None:
    """Do nothing: whoever waits for the event is told by it."""


class Instant(simpy.Event):
    """An event that is due at a set time and phase, and can be set again once it has happened.

    Using one event again for each end of a slot, and for each arrival of a source, saves making
    two new ones a job; with slots it lies in one place, which counts where there are thousands.
    """

    __slots__ = ("_clock", "_heap", "_numbers", "_ok", "_value", "callbacks", "env", "happen")

    def __init__(self, clock: Clock, *happen: Callable[..., None]) -> None:
        # Not by way of `Event.__init__`, which sets what stands here to what is not yet known.
        self.env = self._clock = clock
        self._heap, self._numbers = clock.heap()
        self._ok, self._value = True, None
        self.callbacks = self.happen = [*happen]

    def due_in(self, delay_s: float, phase: int) -> None:
        """Let it happen `delay_s` seconds from now, in that phase of the instant."""
        self.callbacks = self.happen
        heappush(self._heap, (self._clock.now + delay_s, phase, next(self._numbers), self))

    def due_at(self, at_s: float, phase: int) -> None:
        """Let it happen at an instant, now or later, in that phase of it."""
        self.callbacks = self.happen
        heappush(self._heap, (at_s, phase, next(self._numbers), self))

    def cancel(self) -> None:
        """Let nothing happen when it comes; it cannot be set again."""
        self.callbacks = []
