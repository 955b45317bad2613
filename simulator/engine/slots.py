"""Slots at run time: jobs begin on them, work, take items, and end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import simpy

from simulator.engine.clock import Clock, Instant, Phase
from simulator.engine.draws import Drawn, Link
from simulator.engine.journal import OPEN, Journal
from simulator.engine.queues import Queue
from simulator.engine.usage import Usage
from simulator.engine.workers import Worker
from simulator.plan.plan import Plan
from simulator.records.codes import JobState

_BEGIN, _END = int(Phase.BEGIN), int(Phase.END)
_RUNNING, _STOPPED = int(JobState.RUNNING), int(JobState.STOPPED)


class Slot:
    """One slot while it is held: which job, from which line, under whom, and how it ends."""

    __slots__ = ("account", "end", "ends_as", "from_s", "job", "line", "link", "number", "pool",
                 "run_s", "worker")  # fmt: skip

    def __init__(self, slots: Slots, pool: int, number: int) -> None:
        self.pool, self.number = pool, number
        self.job = self.line = self.account = -1
        self.run_s, self.ends_as, self.from_s = 0.0, _RUNNING, OPEN
        self.link: Link | None = None
        self.worker: Worker | None = None
        self.end = Instant(slots.clock, partial(slots.finish, self))


@dataclass(frozen=True, slots=True)
class Told:
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
        told: who is told what becomes of them.
    """

    def __init__(
        self,
        clock: Clock,
        plan: Plan,
        journal: Journal,
        queues: Sequence[Queue],
        usage: Usage,
        work: dict[int, Drawn],
        told: Told,
    ) -> None:
        self.clock = clock
        self._plan, self._journal, self._queues = plan, journal, queues
        self._latency_s = plan.latency_s
        self._usage, self._work = usage, work
        self._begun, self._freed = told.begun, told.freed
        self._books_usage = plan.dispatch.hosts != "first" or plan.dispatch.accounts != "first"
        self._processes = plan.legend.routes.process.tolist()
        self._host_of = [pool.host for pool in plan.pools]
        self._idle: list[list[Slot]] = [[] for _ in plan.pools]
        self._slots: list[Slot] = []
        self._slots_made = [0] * len(plan.pools)

    def begin(self, job: int, line: int, pool: int, account: int) -> None:
        """Give a job its place; it begins Running after the dispatch latency."""
        idle = self._idle[pool]
        slot = idle.pop() if idle else self._new_slot(pool)
        slot.job, slot.line, slot.account = job, line, account
        slot.from_s = self.clock.now
        slot.run_s, slot.ends_as, _, slot.link = self._work.pop(job)
        if self._latency_s:
            Instant(self.clock, partial(self._run, slot)).due_in(self._latency_s, _BEGIN)
        else:
            self._run(slot)

    def _new_slot(self, pool: int) -> Slot:
        self._slots_made[pool] += 1
        slot = Slot(self, pool, self._slots_made[pool] - 1)
        self._slots.append(slot)
        return slot

    def _run(self, slot: Slot, _event: simpy.Event | None = None) -> None:
        """Let the job of a slot begin Running."""
        if self._begun is not None:
            self._begun(slot.job)
        if self._books_usage:
            self._book(slot)
        if self._queues:
            slot.worker = self._worker(slot)
        slot.end.due_in(slot.run_s, _END)

    def _book(self, slot: Slot) -> None:
        host = self._host_of[slot.pool]
        self._usage.hosts.began(host)
        self._usage.accounts.began(slot.account)
        self._usage.last_hosts[self._processes[self._journal.route[slot.job]]] = host

    def _worker(self, slot: Slot) -> Worker | None:
        """Return what takes items for the job of a slot, if its process works a queue."""
        route = self._journal.route[slot.job]
        queue = self._plan.processes[self._processes[route]].queue
        if queue < 0 or slot.ends_as == _STOPPED:
            return None
        source = self._plan.sources[self._plan.legend.routes.source[route]]
        return Worker(self._queues[queue], slot.job, self.clock.now + source.work.stop_after_s)

    def finish(self, slot: Slot, _event: simpy.Event) -> None:
        """End the job on a slot, unless it takes another item, and let others have its place."""
        if slot.worker is not None and self._works_on(slot, slot.worker):
            return
        self._journal.held(
            slot.job, slot.pool, slot.number, slot.account, slot.from_s, self.clock.now,
            slot.ends_as,
        )  # fmt: skip
        slot.from_s = OPEN
        if self._books_usage:
            self._usage.hosts.ended(self._host_of[slot.pool])
            self._usage.accounts.ended(slot.account)
        self._idle[slot.pool].append(slot)
        self._freed(slot)

    def _works_on(self, slot: Slot, worker: Worker) -> bool:
        """Have the job of a slot take its next item, if there is one; return whether it did."""
        run_s = worker.next_s(self.clock.now)
        if run_s is not None:
            slot.end.due_in(run_s, _END)
            return True
        if worker.is_stopped:
            slot.ends_as = _STOPPED
        return False

    def close(self) -> None:
        """Note the slots that are still held when the run stops."""
        for slot in self._slots:
            if slot.from_s != OPEN:
                self._journal.held(
                    slot.job, slot.pool, slot.number, slot.account, slot.from_s, OPEN, _RUNNING
                )
