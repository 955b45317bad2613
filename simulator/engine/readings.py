"""The meter read: at the window's edges and at the end of a run, with a count of who is there."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import simpy

from simulator.engine.clock import Clock, Instant, Phase
from simulator.engine.dispatcher import Dispatcher
from simulator.engine.slots import Slots
from simulator.plan.plan import Plan
from simulator.policies.ordering import lines_of
from simulator.records.readings import Reading, Readings


class MeterReader:
    """Reads the meter. Nothing that it tells is made of what the journal notes.

    At an edge it does so before anything else of that instant, for a window is half-open: what
    happens at its first instant lies in it, and what happens at the end of it does not. Who waits
    is counted in the lines, and on the slots among those that wait out the latency.
    """

    def __init__(self, clock: Clock, plan: Plan, dispatcher: Dispatcher, slots: Slots) -> None:
        self._clock, self._dispatcher, self._slots = clock, dispatcher, slots
        self._folder_of = [line.folder for line in plan.lines]
        self._shape = 3, len(plan.legend.names.folders)
        self._pools = range(len(plan.pools))
        self._taken: list[Reading] = []
        for at_s in (plan.legend.window.from_s, plan.legend.window.to_s):
            Instant(clock, self._on_edge).due_in(at_s, Phase.READ)

    def _on_edge(self, _event: simpy.Event) -> None:
        self._taken.append(self._reading(self._clock.now))

    def all_of(self, end_s: float) -> Readings:
        """Return the readings, the last of them taken now: nobody came or went since `end_s`."""
        at_start, at_end = self._taken
        return Readings(at_start, at_end, self._reading(end_s))

    def _reading(self, at_s: float) -> Reading:
        waiting, running, held = self._counts()
        meter = self._slots.meter
        return Reading(
            at_s=at_s,
            waiting=waiting,
            running=running,
            held=held,
            waited_s=meter.waited_s + at_s * int(waiting.sum()),
            held_s=meter.held_s + at_s * int(held.sum()),
        )

    def _counts(self) -> npt.NDArray[np.int64]:
        """Return how many jobs wait, how many run, and how many slots they hold, by folder."""
        found = np.zeros(self._shape, dtype=np.int64)
        for line in lines_of(self._dispatcher.waiting):
            found[0, self._folder_of[line]] += self._dispatcher.length(line)
        for slot in self._slots.held(self._pools):
            folder = self._folder_of[slot.line]
            found[0 if slot.beginning is not None else 1, folder] += 1
            found[2, folder] += not slot.is_paused
        return found
