"""Triggers and people at run time: each submits at its instants, through its routes in turn."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

import simpy

from simulator.engine.clock import Instant, Phase
from simulator.engine.draws import Luck
from simulator.engine.journal import Journal
from simulator.engine.orchestrator import REFUSED, Orchestrator
from simulator.model.streams import ClosedLoop
from simulator.plan.sources import Source
from simulator.records.columns import FiringOutcome

FAILURES_THAT_DISABLE = 10
"""Failed firings in a row that may disable a trigger (vendor: DisableWhenFailedCount)."""

DISABLES_AFTER_S = 86400.0
"""How long it must have had no success as well (vendor: DisableWhenFailingSinceDays = 1)."""


class OpenSource:
    """A source whose instants do not depend on what becomes of its jobs."""

    def __init__(self, number: int, source: Source, orchestrator: Orchestrator, luck: Luck) -> None:
        self._orchestrator = orchestrator
        self._phase = Phase.SUBMIT + number
        self._jobs = source.jobs
        self._routes = cycle(source.routes)
        self._works = luck.works(source.work, source.entity)
        self._instants = luck.instants(source)
        self._next = Instant(orchestrator.clock, self._on_firing)
        self._wait()

    def _wait(self) -> None:
        """Have the next firing happen, if there is one."""
        at_s = next(self._instants, None)
        if at_s is not None:
            self._next.due_in(at_s - self._orchestrator.clock.now, self._phase)

    def _on_firing(self, _event: simpy.Event) -> None:
        self._fire()
        self._wait()
        self._orchestrator.settle()

    def _fire(self) -> None:
        submit, route, works = self._orchestrator.submit, next(self._routes), self._works
        for _ in range(self._jobs):
            submit(route, next(works))


class GuardedTrigger(OpenSource):
    """A trigger with a pending guard, or one that is disabled when it keeps failing."""

    def __init__(
        self,
        number: int,
        source: Source,
        orchestrator: Orchestrator,
        luck: Luck,
        journal: Journal,
    ) -> None:
        self._number, self._journal = number, journal
        self._counter = source.guard_counter
        self._disables_itself = source.disables_itself
        self._disabled = False
        self._failures, self._last_success_s = 0, max(source.from_s, 0.0)
        super().__init__(number, source, orchestrator, luck)

    def _wait(self) -> None:
        if not self._disabled:
            super()._wait()

    def _fire(self) -> None:
        works = [next(self._works) for _ in range(self._jobs)]
        route, room = next(self._routes), self._room()
        jobs = [self._orchestrator.submit(route, work) for work in works[:room]]
        created = sum(job != REFUSED for job in jobs)
        self._note(created, _outcome(self._jobs, room, created))

    def _room(self) -> int:
        """Return how many jobs the guard lets through: it tops up to the trigger's executions."""
        if self._counter < 0:
            return self._jobs
        return max(self._jobs - self._orchestrator.pending[self._counter], 0)

    def _note(self, created: int, outcome: FiringOutcome) -> None:
        now = self._orchestrator.clock.now
        self._journal.fired(self._number, now, created, outcome)
        if created:
            self._failures, self._last_success_s = 0, now
            return
        self._failures += 1
        lasts = now - self._last_success_s >= DISABLES_AFTER_S
        if self._disables_itself and self._failures >= FAILURES_THAT_DISABLE and lasts:
            self._disabled = True
            self._journal.fired(self._number, now, 0, FiringOutcome.DISABLED)


def _outcome(asked: int, room: int, created: int) -> FiringOutcome:
    if not room:
        return FiringOutcome.GUARDED
    if not created:
        return FiringOutcome.REFUSED
    return FiringOutcome.PARTLY_GUARDED if room < asked else FiringOutcome.CREATED


class LoopUser:
    """One user of a closed loop: submits, waits until the jobs have ended, thinks, comes back.

    Each user has random streams of its own, so that who comes back first changes nobody's draws.
    """

    def __init__(
        self, number: int, user: int, source: Source, orchestrator: Orchestrator, luck: Luck
    ) -> None:
        assert isinstance(source.arrivals, ClosedLoop)  # noqa: S101 - `make_source` chose by this
        entity = f"{source.entity}#{user + 1}"
        self._orchestrator = orchestrator
        self._phase = Phase.SUBMIT + number
        self._jobs, self._route = source.jobs, source.routes[user % len(source.routes)]
        self._from_s = source.from_s
        self._until_s = min(source.until_s, luck.plan.until_s)
        self._works = luck.works(source.work, entity)
        self._thinks = _one_by_one(luck, entity, source.arrivals)
        self._open = 0
        self._next = Instant(orchestrator.clock, self._on_return)
        self._think()

    def _think(self) -> None:
        now = self._orchestrator.clock.now
        at_s = max(now, self._from_s) + next(self._thinks)
        if at_s < self._until_s:
            self._next.due_in(at_s - now, self._phase)

    def _on_return(self, _event: simpy.Event) -> None:
        jobs = [
            self._orchestrator.submit(self._route, next(self._works)) for _ in range(self._jobs)
        ]
        accepted = [job for job in jobs if job != REFUSED]
        self._open = len(accepted)
        for job in accepted:
            self._orchestrator.when_over(job, self._on_job_over)
        if not accepted:
            self._think()
        self._orchestrator.settle()

    def _on_job_over(self) -> None:
        self._open -= 1
        if not self._open:
            self._think()


def _one_by_one(luck: Luck, entity: str, loop: ClosedLoop) -> Iterator[float]:
    draw = luck.spans(entity, "think", loop.think)
    while True:
        yield from draw(_THINKS_A_BLOCK).tolist()


_THINKS_A_BLOCK = 64


def start_source(
    number: int, source: Source, orchestrator: Orchestrator, luck: Luck, journal: Journal
) -> None:
    """Set a source going: its first firing is on the clock when this returns."""
    if isinstance(source.arrivals, ClosedLoop):
        for user in range(source.arrivals.users):
            LoopUser(number, user, source, orchestrator, luck)
    elif source.notes_firings:
        GuardedTrigger(number, source, orchestrator, luck, journal)
    else:
        OpenSource(number, source, orchestrator, luck)
