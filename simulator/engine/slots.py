"""Slots at run time: jobs begin on them, work, take items, are paused, and leave."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from heapq import heappush
from itertools import count

import simpy

from simulator.engine.clock import Clock, Instant, Phase
from simulator.engine.journal import Journal
from simulator.engine.meter import Meter
from simulator.engine.queues import Queue
from simulator.engine.span_log import OPEN, packed
from simulator.engine.usage import Usage
from simulator.engine.work_draws import Drawn, Link
from simulator.engine.workers import Worker
from simulator.plan.plan import Plan
from simulator.records.codes import JobState

_BEGIN, _END = int(Phase.BEGIN), int(Phase.END)
_RUNNING, _STOPPED = int(JobState.RUNNING), int(JobState.STOPPED)
_SUSPENDED = int(JobState.SUSPENDED)

NO_WORK: Drawn = (0.0, _RUNNING, 0.0, None, None)


class SlotEnd(Instant):
    """When what the job of a slot is at ends."""

    __slots__ = ("slot",)

    def __init__(self, slots: Slots, slot: Slot) -> None:
        super().__init__(slots.clock, slots.on_end)
        self.slot = slot


class Slot:
    """One slot while it is held: which job, from which line, under whom, and how it ends.

    `from_s` is since when, `OPEN` while it is free or its job paused; `beginning` is what lets the
    job run where it waits out the latency. Where jobs may be paused, `ends_s` is when its stretch
    of running ends, `turn` its turn among those that end together, and `paused_s` since when it is
    paused, else `OPEN`.
    """

    __slots__ = (
        "account", "beginning", "end", "ends_as", "ends_s", "from_s", "job", "line", "link",
        "number", "paused_s", "pool", "turn", "work", "worker",
    )  # fmt: skip

    def __init__(self, slots: Slots, pool: int, number: int) -> None:
        self.pool, self.number = pool, number
        self.job = self.line = self.account = -1
        self.work, self.ends_as, self.from_s = NO_WORK, _RUNNING, OPEN
        self.ends_s = self.paused_s = OPEN
        self.turn = 0
        self.link: Link | None = None
        self.worker: Worker | None = None
        self.beginning: Instant | None = None
        self.end = SlotEnd(slots, self)

    @property
    def is_paused(self) -> bool:
        """Return whether the job of the slot is paused."""
        return self.paused_s != OPEN

    @property
    def is_held(self) -> bool:
        """Return whether there is a job on it, paused or not."""
        return self.from_s != OPEN or self.is_paused


@dataclass(frozen=True, slots=True)
class SlotListener:
    """Whom the slots tell of a job that begins Running (None: nobody), and of one that has ended.

    The latter still stands in its slot, which is free again.
    """

    begun: Callable[[int], None] | None
    freed: Callable[[Slot], None]


class Slots:
    """Jobs from their place to their end.

    Args:
        clock: SimPy's environment.
        plan: what there is.
        journal: where every span is noted.
        queues: the queues that jobs take items from.
        usage: busy times, for whoever chooses by them.
        work: what each Pending job brings; one that has its place is none of them any more.
        listener: who is told what becomes of them.
    """

    def __init__(
        self,
        clock: Clock,
        plan: Plan,
        journal: Journal,
        queues: Sequence[Queue],
        usage: Usage,
        work: dict[int, Drawn],
        listener: SlotListener,
    ) -> None:
        self.clock = clock
        self.meter = Meter()
        """Kept here, where most that it counts comes and goes."""

        self._plan, self._journal, self._queues = plan, journal, queues
        self._write_span = journal.spans.write
        self._latency_s = plan.latency_s
        self._heap, self._numbers = clock.heap()
        self._usage, self._work = usage, work
        self._begun, self._freed = listener.begun, listener.freed
        self._books_usage = plan.dispatch.hosts != "first" or plan.dispatch.accounts != "first"
        self._turns = count()
        self._pauses = any(
            one.failures is not None and one.failures.running_jobs == "pause"
            for one in plan.machines
        )
        self._runs_plainly = not (
            self._begun or self._books_usage or self._pauses or queues or _has_courses(plan)
        )
        self._processes = plan.legend.routes.process.tolist()
        self._host_of = [pool.host for pool in plan.pools]
        self._factor_of = [
            plan.machines[plan.hosts[pool.host].machine].duration_factor for pool in plan.pools
        ]
        self._idle: list[list[Slot]] = [[] for _ in plan.pools]
        self._of_pool: list[list[Slot]] = [[] for _ in plan.pools]

    # --- jobs that begin, and end ---------------------------------------------------------------

    def begin(
        self, job: int, line: int, pool: int, account: int, brings: Drawn | None = None
    ) -> None:
        """Give a job its place; it begins Running after the dispatch latency.

        `brings` is what it brings where it has not been Pending: nobody has booked its wait.
        """
        idle, now, meter = self._idle[pool], self.clock.now, self.meter
        slot = idle.pop() if idle else self._new_slot(pool)
        slot.job, slot.line, slot.account = job, line, account
        slot.from_s = now
        meter.held_s -= now
        if brings is not None:
            slot.work = brings
        else:
            slot.work = self._work.pop(job)
            if self._latency_s:
                slot.beginning = Instant(self.clock, partial(self._on_latency_over, slot))
                slot.beginning.due_in(self._latency_s, _BEGIN)
                return
            meter.waited_s += now
        if self._runs_plainly:
            run_s, slot.ends_as, _, slot.link, _ = slot.work
            # As `Instant.due_in` does, whose call would be one more for every job.
            end = slot.end
            end.callbacks = end.happen
            heappush(self._heap, (now + run_s, _END, next(self._numbers), end))
        else:
            self._run(slot)

    def _new_slot(self, pool: int) -> Slot:
        slots = self._of_pool[pool]
        slots.append(Slot(self, pool, len(slots)))
        return slots[-1]

    def _on_latency_over(self, slot: Slot, _event: simpy.Event) -> None:
        slot.beginning = None
        self.meter.waited_s += self.clock.now
        self._run(slot)

    def _run(self, slot: Slot) -> None:
        """Let the job of a slot begin Running."""
        if self._begun is not None:
            self._begun(slot.job)
        if self._books_usage:
            self._book(slot)
        run_s, slot.ends_as, _, slot.link, course = slot.work
        if course is not None:
            run_s, slot.ends_as = course.on(self._factor_of[slot.pool])
        if self._queues:
            slot.worker = self._worker(slot)
        slot.end.due_in(run_s, _END)
        if self._pauses:
            self._note_end(slot, run_s)

    def _note_end(self, slot: Slot, run_s: float) -> None:
        """Note when what a job is at will end, and its turn among those that end together."""
        slot.ends_s, slot.turn = self.clock.now + run_s, next(self._turns)

    def _book(self, slot: Slot) -> None:
        host = self._host_of[slot.pool]
        self._usage.hosts.began(host)
        self._usage.accounts.began(slot.account)
        self._usage.last_hosts[self._processes[self._journal.route[slot.job]]] = host

    def _worker(self, slot: Slot) -> Worker | None:
        """Return what takes items for the job of a slot, if its process works a queue."""
        route = self._journal.route[slot.job]
        queue = self._plan.processes[self._processes[route]].queue
        if queue < 0 or slot.ends_as in {_STOPPED, _SUSPENDED}:
            return None
        _, _, _, _, course = slot.work
        if course is None:
            source = self._plan.sources[self._plan.legend.routes.source[route]]
            stop_after_s = source.work.stop_after_s
        else:
            stop_after_s = course.stop_after_s
        stops_s = self.clock.now + stop_after_s
        return Worker(self._queues[queue], slot.job, stops_s, self._factor_of[slot.pool])

    def on_end(self, event: SlotEnd) -> None:
        """End the job on a slot, unless it takes another item, and let others have its place."""
        slot = event.slot
        if slot.worker is not None and self._works_on(slot, slot.worker):
            return
        # As `_note` does, whose call would be one more for every job.
        slot.from_s, from_s, now = OPEN, slot.from_s, self.clock.now
        self.meter.held_s += now
        self._write_span(
            packed(from_s, now, slot.job, slot.pool, slot.number, slot.account, slot.ends_as)
        )
        if self._books_usage:
            self._unbook(slot)
        self._idle[slot.pool].append(slot)
        self._freed(slot)

    def _works_on(self, slot: Slot, worker: Worker) -> bool:
        """Have the job of a slot take its next item, if there is one; return whether it did."""
        run_s = worker.next_s(self.clock.now)
        if run_s is not None:
            slot.end.due_in(run_s, _END)
            if self._pauses:
                self._note_end(slot, run_s)
            return True
        if worker.is_stopped:
            slot.ends_as = _STOPPED
        return False

    def _note(self, slot: Slot, to_s: float, state: int) -> None:
        """Note the span that a slot was held, and in which `JobState` its job leaves it."""
        self.meter.held_s += to_s
        self._write_span(
            packed(slot.from_s, to_s, slot.job, slot.pool, slot.number, slot.account, state)
        )
        slot.from_s = OPEN
        if self._books_usage and slot.beginning is None:
            self._unbook(slot)

    def _unbook(self, slot: Slot) -> None:
        self._usage.hosts.ended(self._host_of[slot.pool])
        self._usage.accounts.ended(slot.account)

    def run_length_s(self, slot: Slot) -> float:
        """Return how long the stretch of running is that a slot's job began last, in seconds."""
        run_s, _, _, _, course = slot.work
        return run_s if course is None else course.on(self._factor_of[slot.pool])[0]

    # --- jobs that lose their host --------------------------------------------------------------

    def held(self, pools: Sequence[int]) -> Iterator[Slot]:
        """Yield the slots of some pools that are held now."""
        for pool in pools:
            yield from [slot for slot in self._of_pool[pool] if slot.is_held]

    def lose(self, slot: Slot, state: int) -> None:
        """Take the job off a slot, which it leaves in a `JobState`: PENDING, to go back into line.

        Nobody is told: one host may lose many jobs before others may have their places.
        """
        if slot.beginning is not None:
            slot.beginning.cancel()
        else:
            self._stop(slot)
        slot.ends_as = state
        self._note(slot, self.clock.now, state)
        self._idle[slot.pool].append(slot)

    def _stop(self, slot: Slot) -> None:
        """Break off what the job of a slot is at, be it paused or not."""
        self._cancel_end(slot)
        if slot.is_paused:
            self._take_up(slot)
        if slot.worker is not None:
            slot.worker.is_lost()

    def _cancel_end(self, slot: Slot) -> None:
        slot.end.cancel()
        slot.end = SlotEnd(self, slot)

    def pause(self, slot: Slot) -> None:
        """Let the job on a slot rest where it is; no span goes on."""
        now = self.clock.now
        self._cancel_end(slot)
        self._note(slot, now, _RUNNING)
        slot.paused_s = now

    def go_on(self, slot: Slot) -> None:
        """Let a paused job go on."""
        now, paused_s = self.clock.now, slot.paused_s
        if slot.worker is not None:
            slot.worker.paused(now - paused_s)
        self._take_up(slot)
        left_s = slot.ends_s - paused_s
        slot.end.due_in(left_s, _END)
        self._note_end(slot, left_s)

    def _take_up(self, slot: Slot) -> None:
        """Begin a new span of a paused job."""
        slot.from_s, slot.paused_s = self.clock.now, OPEN
        self.meter.held_s -= slot.from_s
        if self._books_usage:
            self._usage.hosts.began(self._host_of[slot.pool])
            self._usage.accounts.began(slot.account)

    def close(self) -> None:
        """Note the slots that are still held when the run stops."""
        for slots in self._of_pool:
            for slot in slots:
                if slot.from_s != OPEN:
                    self._note(slot, OPEN, _RUNNING)


def _has_courses(plan: Plan) -> bool:
    """Return whether any job may be Suspended, or run longer on some hosts."""
    suspends = any(source.work.suspends is not None for source in plan.sources)
    return suspends or plan.has_duration_factors
