"""Triggers and people at run time: each submits at its instants, through its routes in turn."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle

import simpy

from simulator.engine.arrival_times import instants
from simulator.engine.clock import FIRST, Instant
from simulator.engine.draws import Luck, within
from simulator.engine.guard import Guard
from simulator.engine.orchestrator import REFUSED, Orchestrator, WhenOver
from simulator.engine.timetable import Submission
from simulator.engine.traces import Firing, replayed
from simulator.engine.work_draws import Drawn
from simulator.model.streams import ClosedLoop
from simulator.plan.sources import OpenArrivals, Source
from simulator.traces.rows import TraceRows


class OpenSource:
    """A source whose instants do not depend on what becomes of its jobs."""

    def __init__(
        self,
        number: int,
        source: Source,
        arrivals: OpenArrivals,
        orchestrator: Orchestrator,
        luck: Luck,
        guard: Guard | None,
    ) -> None:
        self._orchestrator = orchestrator
        self._guard = guard
        self._phase = orchestrator.phase_of(number)
        self._jobs = source.jobs
        self._firings, self._works = _firings(source, arrivals, luck)
        self._route = -1
        self._next = Instant(orchestrator.clock, self._on_firing)
        self._wait()

    def _wait(self) -> None:
        """Have the next firing happen, if there is one."""
        firing = next(self._firings, None)
        if firing is not None:
            at_s, self._route = firing
            self._next.due_at(at_s, self._phase)

    def _on_firing(self, _event: simpy.Event) -> None:
        guard, route, works = self._guard, self._route, self._works
        if guard is None:
            submit = self._orchestrator.submit
            for _ in range(self._jobs):
                submit(route, next(works))
        elif guard.disabled:
            return
        else:
            guarded_firing(self._orchestrator, guard, route, works, self._jobs)
        self._wait()
        self._orchestrator.settle()


class OpenSubmissions:
    """All sources that nothing can hold back: each submission is an event in its source's phase.

    The first is on the clock's heap, each of the others beside it while it is the next.
    """

    def __init__(self, submissions: Iterator[Submission], orchestrator: Orchestrator) -> None:
        self._submissions, self._clock = submissions, orchestrator.clock
        self._submit = orchestrator.submit
        self._first_phase = orchestrator.phase_of(0)
        self._next = Instant(orchestrator.clock, self._on_submission)
        first = next(submissions, None)
        if first is not None:
            at_s, source, self._route, self._work = first
            self._next.due_at(at_s, self._first_phase + source)

    def _on_submission(self, event: Instant) -> None:
        route, work = self._route, self._work
        submission = next(self._submissions, None)
        if submission is not None:
            at_s, source, self._route, self._work = submission
            event.callbacks = event.happen
            self._clock.ahead = at_s, self._first_phase + source, FIRST, event
        self._submit(route, work, alone=True)


class LoopUser:
    """One user of a closed loop: submits, waits until the jobs have ended, thinks, comes back.

    Each user has random streams of its own, so that who comes back first changes nobody's draws.
    """

    def __init__(
        self,
        number: int,
        user: int,
        source: Source,
        loop: ClosedLoop,
        orchestrator: Orchestrator,
        luck: Luck,
        guard: Guard | None,
    ) -> None:
        entity = within(source.entity, user + 1)
        self._orchestrator = orchestrator
        self._guard = guard
        self._phase = orchestrator.phase_of(number)
        self._jobs, self._route = source.jobs, source.routes[user % len(source.routes)]
        self._from_s = source.from_s
        self._until_s = min(source.until_s, luck.plan.until_s)
        self._works = luck.works(source.work, entity, luck.links(source, entity))
        self._thinks = luck.one_after_the_other(entity, "think", loop.think)
        self._open = 0
        self._next = Instant(orchestrator.clock, self._on_return)
        self._think()

    def _think(self) -> None:
        now = self._orchestrator.clock.now
        at_s = max(now, self._from_s) + next(self._thinks)
        if at_s < self._until_s:
            self._next.due_in(at_s - now, self._phase)

    def _on_return(self, _event: simpy.Event) -> None:
        if self._guard is not None and self._guard.disabled:
            return
        self._open = self._jobs
        accepted = self._submit()
        self._no_longer_open(self._jobs - accepted)
        self._orchestrator.settle()

    def _submit(self) -> int:
        """Submit the user's jobs; return how many were accepted."""
        orchestrator, route, works = self._orchestrator, self._route, self._works
        if self._guard is not None:
            over = self._on_job_over
            return guarded_firing(orchestrator, self._guard, route, works, self._jobs, over)
        jobs = [
            orchestrator.submit(route, next(works), self._on_job_over) for _ in range(self._jobs)
        ]
        return sum(job != REFUSED for job in jobs)

    def _on_job_over(self, *, ended: bool) -> None:  # noqa: ARG002 - refused or withdrawn, he thinks again
        self._no_longer_open(1)

    def _no_longer_open(self, jobs: int) -> None:
        """Count jobs that are over, or never came to be; after the last the user thinks."""
        self._open -= jobs
        if jobs and not self._open:
            self._think()


def guarded_firing(
    orchestrator: Orchestrator,
    guard: Guard,
    route: int,
    works: Iterator[Drawn],
    asked: int,
    when_over: WhenOver | None = None,
) -> int:
    """Fire a trigger with a guard: submit what it has room for; return how many jobs came of it."""
    drawn = [next(works) for _ in range(asked)]
    room = guard.room(asked, orchestrator.jobs.counted)
    jobs = [orchestrator.submit(route, work, when_over) for work in drawn[:room]]
    created = [job for job in jobs if job != REFUSED]
    guard.note(orchestrator.clock.now, route, asked, room, created)
    return len(created)


def start_stream(
    number: int,
    source: Source,
    arrivals: OpenArrivals | ClosedLoop,
    orchestrator: Orchestrator,
    luck: Luck,
) -> None:
    """Set a source of known instants or of a stream going: its first firing is on the clock."""
    guard = orchestrator.guard(number) if source.notes_firings else None
    if isinstance(arrivals, ClosedLoop):
        for user in range(arrivals.users):
            LoopUser(number, user, source, arrivals, orchestrator, luck, guard)
    else:
        OpenSource(number, source, arrivals, orchestrator, luck, guard)


def _firings(
    source: Source, arrivals: OpenArrivals, luck: Luck
) -> tuple[Iterator[Firing], Iterator[Drawn]]:
    """Return when and on which route a source fires, and what its submissions bring."""
    links = luck.links(source, source.entity)
    if isinstance(arrivals, TraceRows):
        return replayed(arrivals, source, luck, links)
    times = instants(luck, arrivals, source.entity, source.from_s, source.until_s)
    works = luck.works(source.work, source.entity, links)
    return zip(times, cycle(source.routes), strict=False), works
