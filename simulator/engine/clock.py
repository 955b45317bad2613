"""Time: SimPy's clock, and the order of what happens within one instant."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

import simpy


class Phase(IntEnum):
    """What comes first within one instant; the clock's event priority.

    Jobs end; Pending jobs that waited too long are withdrawn; the run stops there if it does not
    drain; jobs that waited out their latency begin Running; Pending jobs take what came free; then
    items are added and jobs submitted, each source in its own phase from `SUBMIT` on, arrivals of
    items before sources of jobs, each in the plan's order; at last one match for all of them.
    """

    END = 0
    WITHDRAW = 2
    STOP = 3
    BEGIN = 4
    MATCH_FREED = 5
    SUBMIT = 6


class Clock(simpy.Environment):
    """SimPy's environment, which also tells whether an instant has anything left to happen.

    `peek() > now` says the same by public names, at three times the cost, twice a job.
    """

    def nothing_else_now(self) -> bool:
        """Return whether no further event is due at this very instant."""
        queue = self._queue
        return not queue or queue[0][0] > self._now


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
