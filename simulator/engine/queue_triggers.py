"""Queue triggers at run time: they look at their queue, and start jobs for its New items.

By the vendor's page Queue Triggers they look whenever an item is added, again and again after a
while, and if asked when a job has ended; and by the formula its users found, another job starts
while there are `minimum` New items and `per_job` more for each job that is Pending or Running.
"""

from __future__ import annotations

import math

import simpy

from simulator.engine.clock import Instant
from simulator.engine.draws import Luck
from simulator.engine.orchestrator import Orchestrator
from simulator.engine.queues import Queue
from simulator.engine.sources import guarded_firing
from simulator.plan.sources import Activation, Source


class QueueTrigger:
    """A queue trigger; it looks once in an instant, however many items were added in it."""

    def __init__(
        self,
        number: int,
        source: Source,
        asks: Activation,
        queue: Queue,
        orchestrator: Orchestrator,
        luck: Luck,
    ) -> None:
        self._phase = orchestrator.phase_of(number)
        self._asks, self._queue, self._orchestrator = asks, queue, orchestrator
        self._guard = orchestrator.guard(number)
        self._route = source.routes[0]
        self._works = luck.works(source.work, source.entity, luck.links(source, source.entity))
        self._from_s = max(source.from_s, 0.0)
        self._until_s = min(source.until_s, luck.plan.until_s)
        self._active = 0
        self._looked_s = -math.inf
        queue.when_added.append(self._ask)
        self._recheck = Instant(orchestrator.clock, self._on_recheck)
        if self._from_s < self._until_s:
            self._recheck.due_in(self._from_s, self._phase)

    def _ask(self) -> None:
        """Have it look in its turn of this instant, if it is in force."""
        clock = self._orchestrator.clock
        if self._looked_s < clock.now and self._from_s <= clock.now < self._until_s:
            Instant(clock, self._look).due_in(0.0, self._phase)

    def _on_recheck(self, event: simpy.Event) -> None:
        now = self._orchestrator.clock.now
        if now + self._asks.recheck_s < self._until_s:
            self._recheck.due_in(self._asks.recheck_s, self._phase)
        self._look(event)

    def _look(self, _event: simpy.Event) -> None:
        now = self._orchestrator.clock.now
        if self._looked_s == now or self._guard.disabled:
            return
        self._looked_s = now
        wanted = wanted_jobs(self._asks, self._queue.new(now), self._active)
        if wanted:
            self._active += wanted
            created = guarded_firing(
                self._orchestrator, self._guard, self._route, self._works, wanted, self._on_over
            )
            self._active -= wanted - created
            self._orchestrator.settle()

    def _on_over(self, *, ended: bool) -> None:
        self._active -= 1
        if ended and self._asks.on_job_end:
            self._ask()


def wanted_jobs(asks: Activation, new: int, active: int) -> int:
    """Return how many jobs to start for `new` items while `active` jobs are Pending or Running."""
    enough = (new - asks.minimum) // asks.per_job + 1 if new >= asks.minimum else 0
    return max(min(enough, asks.at_most) - active, 0)
