"""The shared fleet as a plain SimPy model: a FilterStore of free slots, and a process a job.

A FilterStore gives its items to those who ask in the order of their asking, and the items in the
order in which they were put back. Two small changes give it the simulator's rules: requests stand
by priority, then age, as those of SimPy's own PriorityResource do; free slots stand by machine, so
that a folder gets the first of its machines that has one. Who looks for what is left as SimPy has
it: on each event every request in line is held against every free slot.
"""

from __future__ import annotations

import random
import statistics
import time
from bisect import insort
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import NamedTuple, TypeAlias

import simpy
from simpy.resources.store import FilterStore, FilterStoreGet, StorePut

from benchmarks.estates.shared_fleet import PRIORITIES, SLOTS, Fleet
from benchmarks.samples import Sample

Work: TypeAlias = Iterable[tuple[float, float]]
"""Submissions of one process: seconds since the one before, and how long the job runs."""


class Slot(NamedTuple):
    """One slot of a machine."""

    machine: int
    number: int


class Started(NamedTuple):
    """What is kept of a job, in seconds."""

    process: tuple[int, int]
    submitted_s: float
    started_s: float
    ended_s: float


class SlotRequest(FilterStoreGet):
    """Asks for a slot; the larger priority stands before the smaller, then the older first."""

    def __init__(self, slots: FreeSlots, fits: Callable[[Slot], bool], priority: int) -> None:
        self.key = -priority
        super().__init__(slots, fits)


class RequestsByPriority(list[SlotRequest]):
    """The requests in line; those of one priority in the order in which they came."""

    def append(self, request: SlotRequest) -> None:
        """Put a request behind those of its priority."""
        insort(self, request, key=lambda one: one.key)


class FreeSlots(FilterStore):
    """The free slots of all machines, in the order of the machines."""

    GetQueue = RequestsByPriority

    def _do_put(self, event: StorePut) -> bool:
        insort(self.items, event.item)
        event.succeed()
        return True


class FleetModel:
    """The fleet, and the processes that run on it."""

    def __init__(self, fleet: Fleet) -> None:
        self.fleet = fleet
        self.env = simpy.Environment()
        self.slots = FreeSlots(self.env)
        self.slots.items.extend(Slot(*divmod(one, SLOTS)) for one in range(fleet.machines * SLOTS))
        self.records = list[Started]()

    def submit(
        self, folder: int, priority: int, work: Work
    ) -> Generator[simpy.Event, object, None]:
        """Submit the jobs of one process of a folder."""
        machines = frozenset(self.fleet.machines_of(folder))
        for gap_s, duration_s in work:
            yield self.env.timeout(gap_s)
            self.env.process(self.job(folder, priority, machines, duration_s))

    def job(
        self, folder: int, priority: int, machines: frozenset[int], duration_s: float
    ) -> Generator[simpy.Event, Slot, None]:
        """Wait for a slot of one of the machines, hold it, give it back."""
        submitted_s = self.env.now
        slot = yield SlotRequest(self.slots, lambda slot: slot.machine in machines, priority)
        started_s = self.env.now
        yield self.env.timeout(duration_s)
        self.records.append(Started((folder, priority), submitted_s, started_s, self.env.now))
        self.slots.put(slot)

    def run(self, work: Callable[[int, int], Work]) -> list[Started]:
        """Run all the work of every folder and priority, and return what became of each job."""
        for folder in range(self.fleet.folders):
            for priority in PRIORITIES.values():
                self.env.process(self.submit(folder, priority, work(folder, priority)))
        self.env.run()
        return self.records


def drawn(fleet: Fleet, draw: random.Random) -> Iterator[tuple[float, float]]:
    """Yield the submissions of one process until the end of the run."""
    submitted_s = draw.expovariate(1 / fleet.gap_s)
    gap_s = submitted_s
    while submitted_s < fleet.length_s:
        yield gap_s, draw.expovariate(1 / fleet.mean_s)
        gap_s = draw.expovariate(1 / fleet.gap_s)
        submitted_s += gap_s


def filter_store(**sizes: float) -> Sample:
    """Run the model of a `Fleet` of these sizes."""
    fleet = Fleet.of(sizes)
    draw = random.Random(1)  # noqa: S311 - a simulation, no secret
    begin = time.perf_counter()
    records = FleetModel(fleet).run(lambda _folder, _priority: drawn(fleet, draw))
    seconds = time.perf_counter() - begin
    waits_s = (one.started_s - one.submitted_s for one in records)
    return Sample(len(records), seconds, statistics.fmean(waits_s))
