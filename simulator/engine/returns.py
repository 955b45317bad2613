"""Jobs that leave their slot before they are over, and come back into line: Suspended, restarted.

By the vendor's page Working with long-running workflows a Suspended job holds no runtime, and takes
one again once it is Resumed. By the page About jobs a robot restarts the jobs that were running
when its machine went down.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import partial
from typing import Final

import simpy

from simulator.engine.clock import Clock, Instant, Phase
from simulator.engine.dispatcher import Dispatcher
from simulator.engine.journal import Journal
from simulator.engine.meter import Meter
from simulator.engine.pending import PendingJobs
from simulator.engine.slots import Slot, Slots
from simulator.engine.work_draws import Drawn
from simulator.errors import EndlessRun
from simulator.plan.plan import Plan
from simulator.records.codes import Interruption

MOST_LOSSES: Final = 1_000
"""So often one job may lose its host within one stretch of running before the run is given up."""

_RESUME = int(Phase.RESUME)


class Returns:
    """The ways back into line.

    Args:
        clock: SimPy's environment.
        plan: what there is.
        journal: where it is noted when a job left and when it was back.
        dispatcher: where the lines are.
        pending: what each brings that waits.
        meter: where each books that waits again.
        settle: called when a job is Resumed, for the match at the end of the instant.
    """

    def __init__(
        self,
        clock: Clock,
        plan: Plan,
        journal: Journal,
        dispatcher: Dispatcher,
        pending: PendingJobs,
        meter: Meter,
        settle: Callable[[], None],
    ) -> None:
        self._clock, self._plan, self._journal = clock, plan, journal
        self._dispatcher, self._pending, self._settle = dispatcher, pending, settle
        self._meter = meter
        self._by_age = plan.assumptions.resumed_place == "original"
        self._losses: dict[int, int] = defaultdict(int)

    def suspend(self, slot: Slot, slots: Slots) -> None:
        """Have the job of a slot, which it has left Suspended, come back when it is Resumed."""
        job, (_, ends_as, patience_s, link, course) = slot.job, slot.work
        assert course is not None  # noqa: S101 - only a course has stretches that end Suspended
        self._losses.pop(job, None)
        row = self._journal.left(job, self._clock.now, Interruption.SUSPENDED)
        later = course.after(slots.run_length_s(slot))
        work: Drawn = (later.duration_s, ends_as, patience_s, link, later)
        line = self._plan.again.get((slot.line, slot.pool, slot.account), slot.line)
        resume = Instant(self._clock, partial(self._resume, row, job, line, work))
        resume.due_in(course.further[0].away_s, _RESUME)

    def _resume(self, row: int, job: int, line: int, work: Drawn, _event: simpy.Event) -> None:
        self._journal.back(row, self._clock.now)
        self._meter.waited_s -= self._clock.now
        self._pending.resumed(job, work)
        self._dispatcher.put_back(job, line, at_its_place=self._by_age)
        self._settle()

    def put_back(self, slot: Slot) -> None:
        """Put the job of a slot, which has lost its host, back at its place in line.

        Raises:
            EndlessRun: it has lost too many.
        """
        job, line = slot.job, slot.line
        self._count(job)
        if slot.beginning is None:
            self._restart(job, slot.work)
        else:
            self._pending.put_off(job, line, slot.work)
        self._dispatcher.put_back(job, line, at_its_place=True)

    def _count(self, job: int) -> None:
        self._losses[job] += 1
        if self._losses[job] > MOST_LOSSES:
            process = self._plan.legend.names.processes[self._pending.process_of(job)]
            raise EndlessRun.losing(process, MOST_LOSSES, self._clock.now)

    def _restart(self, job: int, work: Drawn) -> None:
        now = self._clock.now
        self._journal.back(self._journal.left(job, now, Interruption.RESTARTED), now)
        self._meter.waited_s -= now
        self._pending.restarted(job, work)
