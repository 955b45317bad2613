"""Pending jobs that are withdrawn when they have waited too long."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from heapq import heapify, heappop, heappush
from typing import Final

import simpy

from simulator.engine.clock import Clock, Instant, Phase

_WITHDRAW = int(Phase.WITHDRAW)

_FEWEST: Final = 1000
"""So many jobs are held whether they still wait or not."""


class Expiry:
    """Who is withdrawn when; `withdraw` is told all jobs of an instant, Pending or not, by line.

    One instant on the clock is enough: that of the earliest. A job that may not wait at all is
    withdrawn in `late_phase`, after the match of its own instant. Jobs that have started since are
    let go now and then, by whether one `waits`: patient ones would be held for days.
    """

    def __init__(
        self,
        clock: Clock,
        withdraw: Callable[[Sequence[tuple[int, int]]], None],
        waits: Callable[[int], bool],
        late_phase: int,
    ) -> None:
        self._clock, self._withdraw, self._waits = clock, withdraw, waits
        self._late_phase = late_phase
        self._due: list[tuple[float, int, int]] = []
        self._most = _FEWEST
        self._next_s = math.inf

    def add(self, job: int, line: int, patience_s: float) -> None:
        """Have a job withdrawn after `patience_s`, if it is Pending then."""
        self._push(job, line, patience_s)
        self._wait(self._late_phase)

    def add_again(self, job: int, line: int, left_s: float) -> None:
        """Have one withdrawn that has fallen back into line, before the match if that is at once.

        It was submitted before this instant.
        """
        self._push(job, line, left_s)
        self._wait(_WITHDRAW)

    def _push(self, job: int, line: int, patience_s: float) -> None:
        heappush(self._due, (self._clock.now + patience_s, job, line))
        if len(self._due) > self._most:
            self._let_go()

    def _let_go(self) -> None:
        """Forget who waits no more; to do so again only once twice as many are held is cheap."""
        self._due = [one for one in self._due if self._waits(one[1])]
        heapify(self._due)
        self._most = max(_FEWEST, 2 * len(self._due))

    def _wait(self, phase_now: int) -> None:
        """Have the earliest withdrawn in time; one that may not wait any more, in that phase."""
        if self._due and self._due[0][0] < self._next_s:
            self._next_s = self._due[0][0]
            delay_s = self._next_s - self._clock.now
            phase = _WITHDRAW if delay_s else phase_now
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
        self._wait(self._late_phase)
