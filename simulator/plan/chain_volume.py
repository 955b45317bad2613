"""How many jobs the ends of other jobs submit, expected before a run."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from simulator.model.chains import cycles
from simulator.model.processes import Process
from simulator.sampling.inversion import Columns, mean_s


@dataclass(frozen=True, slots=True)
class Capacity:
    """For how long a run takes work in, and on how many slots at most.

    `least_factor` is the `duration_factor` of the fastest machine.
    """

    length_s: float
    slots: float
    latency_s: float
    columns: Columns
    least_factor: float = 1.0

    def most_ends(self, process: Process) -> float:
        """Return how many jobs of a process could end if they had every slot to themselves."""
        busy_s = self._busy_s(process)
        return self.slots * self.length_s / busy_s if busy_s else math.inf

    def laps(self, cycle: Iterable[Process]) -> float:
        """Return how often a job that never waits goes round a cycle of `then`."""
        lap_s = sum(self._step_s(process) for process in cycle)
        return self.length_s / lap_s if lap_s else math.inf

    def _step_s(self, process: Process) -> float:
        after_s = 0.0 if process.then is None else mean_s(process.then.after, self.columns)
        return self.latency_s + self._busy_s(process) + self._suspended_s(process) + after_s

    def _busy_s(self, process: Process) -> float:
        duration_s = self.least_factor * mean_s(process.duration, self.columns)
        return (1 + times_suspended(process)) * (
            mean_s(process.start_up, self.columns) + duration_s
        )

    def _suspended_s(self, process: Process) -> float:
        suspends = process.suspends
        if suspends is None:
            return 0.0
        return times_suspended(process) * (self.latency_s + mean_s(suspends.for_, self.columns))


def times_suspended(process: Process) -> float:
    """Return how often a job of a process is Suspended on average."""
    share = 0.0 if process.suspends is None else process.suspends.probability
    return share / (1 - share)


def follow_ups(
    processes: Mapping[str, Process], submitted: Mapping[str, float], capacity: Capacity
) -> Iterator[tuple[str, float]]:
    """Yield for each process with a `then` how many jobs the ends of its own submit.

    `submitted` has how many of each process are submitted otherwise. Along a chain the numbers
    multiply; in a cycle they do so lap after lap, as far as there are slots for it.
    """
    jobs = {name: submitted.get(name, 0.0) for name in processes}
    rounds = list(cycles(processes))
    round_trip = frozenset(name for cycle in rounds for name in cycle)
    for name in _parents_first(processes, round_trip):
        process = processes[name]
        if process.then is not None and process.faults < 1:
            children = jobs[name] * _children(process)
            yield name, children
            jobs[process.then.process] += children
    for cycle in rounds:
        yield from _round(cycle, processes, sum(jobs[name] for name in cycle), capacity)


def _children(process: Process) -> float:
    """Return how many jobs the end of one submits on average."""
    return 0.0 if process.then is None else process.then.jobs * (1 - process.faults)


def _parents_first(processes: Mapping[str, Process], round_trip: frozenset[str]) -> Iterator[str]:
    """Yield the processes that are in no cycle, each after all that start it."""
    waiting = dict.fromkeys(processes, 0)
    for process in processes.values():
        if process.then is not None:
            waiting[process.then.process] += 1
    ready = [name for name, parents in waiting.items() if not parents]
    while ready:
        name = ready.pop()
        yield name
        then = processes[name].then
        if then is not None and then.process not in round_trip:
            waiting[then.process] -= 1
            if not waiting[then.process]:
                ready.append(then.process)


def _round(
    cycle: tuple[str, ...],
    processes: Mapping[str, Process],
    entering: float,
    capacity: Capacity,
) -> Iterator[tuple[str, float]]:
    members = [processes[name] for name in cycle]
    growth = math.prod([_children(member) for member in members])
    laps = _summed(growth, capacity.laps(members)) if entering else 0.0
    for name, process in zip(cycle, members, strict=True):
        most = capacity.most_ends(process) * _children(process)
        yield name, min(entering * laps, most)


def _summed(growth: float, laps: float) -> float:
    """Return growth + growth² + … + growth^laps: the jobs that come of one that enters a cycle."""
    if growth == 1:
        return laps
    if growth > 1 and laps * math.log(growth) > _LARGEST_EXPONENT:
        return math.inf
    return growth * (math.pow(growth, laps) - 1) / (growth - 1)


_LARGEST_EXPONENT: Final = 700.0
"""e to the power of it still is a float."""
