"""Pending jobs that are withdrawn when they have waited too long."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from heapq import heappop, heappush

import simpy

from simulator.engine.clock import Clock, Instant, Phase

_WITHDRAW = int(Phase.WITHDRAW)


class Expiry:
    """Who is withdrawn when; `withdraw` is told all jobs of an instant, Pending or not, by line.

    One instant on the clock is enough: that of the earliest. A job that may not wait at all is
    withdrawn in `late_phase`, after the match of its own instant.
    """

    def __init__(
        self,
        clock: Clock,
        withdraw: Callable[[Sequence[tuple[int, int]]], None],
        late_phase: int,
    ) -> None:
        self._clock, self._withdraw, self._late_phase = clock, withdraw, late_phase
        self._due: list[tuple[float, int, int]] = []
        self._next_s = math.inf

    def add(self, job: int, line: int, patience_s: float) -> None:
        """Have a job withdrawn after `patience_s`, if it is Pending then."""
        due_s = self._clock.now + patience_s
        heappush(self._due, (due_s, job, line))
        self._wait()

    def _wait(self) -> None:
        if self._due and self._due[0][0] < self._next_s:
            self._next_s = self._due[0][0]
            delay_s = self._next_s - self._clock.now
            phase = _WITHDRAW if delay_s else self._late_phase
            Instant(self._clock, self._on_due).due_in(delay_s, phase)

    def _on_due(self, _event: simpy.Event) -> None:
        now = self._clock.now
        if now != self._next_s:  # an earlier one has come in between, and has this one's place
            return
        waited = []
        while self._due and self._due[0][0] <= now:
            _, job, line = heappop(self._due)
            waited.append((job, line))
        self._withdraw(waited)
        self._next_s = math.inf
        self._wait()
