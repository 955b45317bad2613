"""A trigger's pending guard, its auto-disable, and the log of its firings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from simulator.engine.journal import NONE, Journal
from simulator.plan.sources import Source
from simulator.records.columns import FiringOutcome

FAILURES_THAT_DISABLE: Final = 10
"""Failed firings in a row that may disable a trigger (vendor: DisableWhenFailedCount)."""

DISABLES_AFTER_S: Final = 86400.0
"""How long it must have had no success as well (vendor: DisableWhenFailingSinceDays = 1)."""


class _Firing(NamedTuple):
    """A firing as it was noted: its row and route, the jobs made, and how things stood before."""

    row: int
    route: int
    created: int
    failures: int
    last_success_s: float


_NO_FIRING: Final = _Firing(NONE, NONE, 0, 0, 0.0)


class Guard:
    """What stands between a trigger and its jobs; it notes every firing."""

    def __init__(self, number: int, source: Source, journal: Journal) -> None:
        self._number, self._journal = number, journal
        self._counter = source.guard_counter
        self._disables = source.disables_itself
        self._failures, self._last_success_s = 0, max(source.from_s, 0.0)
        self._firing = _NO_FIRING
        self.disabled = False

    def room(self, asked: int, pending: Sequence[int]) -> int:
        """Return how many jobs it lets through: it tops up to the trigger's executions."""
        return asked if self._counter < 0 else max(asked - pending[self._counter], 0)

    def note(self, now: float, route: int, asked: int, room: int, created: int) -> None:
        """Note a firing on a route: how many jobs it asked for, had room for, and made."""
        before = self._failures, self._last_success_s
        self._count(now, created)
        refused = route if room and not created else NONE
        outcome = self._outcome(asked, room, created)
        row = self._journal.fired(self._number, now, created, outcome, refused)
        self._firing = _Firing(row, route, created, *before)

    def take_back(self, now: float) -> None:
        """Note that of the latest firing, of this instant, one job less was made than it seemed.

        Limits are looked at when the instant's jobs are all there: the job was over one.
        """
        row, route, created, failures, last_success_s = self._firing
        self._firing = self._firing._replace(created=created - 1)
        self._failures, self._last_success_s = failures, last_success_s
        self._count(now, created - 1)
        journal = self._journal
        journal.fired_created[row] = created - 1
        if created > 1:
            journal.fired_outcome[row] = FiringOutcome.PARTLY_REFUSED
            return
        failed = FiringOutcome.DISABLED if self.disabled else FiringOutcome.REFUSED
        journal.fired_outcome[row], journal.fired_refused[row] = failed, route

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
