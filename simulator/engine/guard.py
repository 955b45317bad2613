"""A trigger's pending guard, its auto-disable, and the log of its firings."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from simulator.engine.journal import Journal
from simulator.plan.sources import Source
from simulator.records.codes import FiringOutcome
from simulator.records.columns import NONE

FAILURES_THAT_DISABLE: Final = 10
"""Failed firings in a row that may disable a trigger (vendor: DisableWhenFailedCount)."""

DISABLES_AFTER_S: Final = 86400.0
"""How long it must have had no success as well (vendor: DisableWhenFailingSinceDays = 1)."""


@dataclass(slots=True)
class _Firing:
    """A firing as it was noted: its row and route, the jobs made, how many of them are left."""

    row: int
    route: int
    jobs: Sequence[int]
    left: int


class Guard:
    """What stands between a trigger and its jobs; it notes every firing."""

    def __init__(self, number: int, source: Source, journal: Journal) -> None:
        self._number, self._journal = number, journal
        self._counter = source.guard_counter
        self._disables = source.disables_itself
        self._failures, self._last_success_s = 0, max(source.from_s, 0.0)
        self._now = -math.inf
        self._firings: list[_Firing] = []
        self._before = self._failures, self._last_success_s
        self.disabled = False

    def room(self, asked: int, pending: Sequence[int]) -> int:
        """Return how many jobs it lets through: it tops up to the trigger's executions."""
        return asked if self._counter < 0 else max(asked - pending[self._counter], 0)

    def note(self, now: float, route: int, asked: int, room: int, jobs: Sequence[int]) -> None:
        """Note a firing on a route: how many jobs it asked for and had room for, and those made.

        These were submitted one right after the other.
        """
        if now != self._now:
            self._now, self._before = now, (self._failures, self._last_success_s)
            self._firings.clear()
        created = len(jobs)
        self._count(now, created)
        refused = route if room and not created else NONE
        outcome = self._outcome(asked, room, created)
        row = self._journal.fired(self._number, now, created, outcome, refused)
        self._firings.append(_Firing(row, route, jobs, created))

    def take_back(self, now: float, jobs: Sequence[int]) -> None:
        """Note that jobs of this instant's firings, the youngest first, were refused after all.

        Limits are looked at when the instant's jobs are all there: these were over one.
        """
        made = [one for one in self._firings if one.jobs]
        for job in jobs:
            while job < made[-1].jobs[0]:
                made.pop()
            self._lose_job(made[-1])
        self._failures, self._last_success_s = self._before
        for one in self._firings:
            self._count(now, one.left)
            if self.disabled:
                self._journal.fired_outcome[one.row] = FiringOutcome.DISABLED
                return

    def _lose_job(self, firing: _Firing) -> None:
        """Note that one job fewer is left of a firing."""
        journal, row = self._journal, firing.row
        firing.left -= 1
        journal.fired_created[row] = firing.left
        if firing.left:
            journal.fired_outcome[row] = FiringOutcome.PARTLY_REFUSED
        else:
            journal.fired_outcome[row] = FiringOutcome.REFUSED
            journal.fired_refused[row] = firing.route

    def _count(self, now: float, created: int) -> None:
        if created:
            self._failures, self._last_success_s = 0, now
        else:
            self._failures += 1
            self.disabled = self._must_go(now)

    def _must_go(self, now: float) -> bool:
        lasts = now - self._last_success_s >= DISABLES_AFTER_S
        return self._disables and self._failures >= FAILURES_THAT_DISABLE and lasts

    def _outcome(self, asked: int, room: int, created: int) -> FiringOutcome:
        if self.disabled:
            return FiringOutcome.DISABLED
        if created:
            return FiringOutcome.PARTLY_GUARDED if room < asked else FiringOutcome.CREATED
        return FiringOutcome.REFUSED if room else FiringOutcome.GUARDED
