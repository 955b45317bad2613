"""Time: SimPy's clock, and the order of what happens within one instant."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

import simpy


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
    """SimPy's environment, which also tells whether an instant has anything left to happen.

    `peek() > now` says the same by public names, at three times the cost, twice a job.
    """

    def nothing_else_now(self) -> bool:
        """Return whether no further event is due at this very instant."""
        queue = self._queue
        return not queue or queue[0][0] > self._now

    def events_due(self) -> int:
        """Return how many events are still to happen."""
        return len(self._queue)

    def wait(self, delay_s: float, phase: int) -> simpy.Event:
        """Return what a SimPy process yields to go on `delay_s` from now, in that phase."""
        event = Instant(self, _nothing)
        event.due_in(delay_s, phase)
        return event


def _nothing(_event: simpy.Event) -> None:
    """Do nothing: whoever waits for the event is told by it."""


class Instant(simpy.Event):
    """An event that is due at a set time and phase, and can be set again once it has happened.

    Using one event again for each end of a slot, and for each arrival of a source, saves making
    two new ones a job.
    """

    def __init__(self, clock: Clock, happen: Callable[[simpy.Event], None]) -> None:
        super().__init__(clock)
        self._ok = True
        self._value = None
        self._happen = [happen]
        self._schedule = clock.schedule

    def due_in(self, delay_s: float, phase: int) -> None:
        """Let it happen `delay_s` seconds from now, in that phase of the instant."""
        self.callbacks = self._happen
        self._schedule(self, phase, delay_s)  # type: ignore[arg-type]  # SimPy types only its own two priorities

    def cancel(self) -> None:
        """Let nothing happen when it comes; it cannot be set again."""
        self.callbacks = []
