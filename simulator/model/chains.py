"""Chains of processes that start one another, and those of them that let no time pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from simulator.errors import Issue
from simulator.model.distributions import is_always_zero
from simulator.model.folders import walk
from simulator.model.processes import Process
from simulator.model.registers import place_of, ring_of
from simulator.model.scenario import Scenario


def chains(scenario: Scenario) -> Iterator[Issue]:
    """Yield one error for each cycle of `then` that takes no time, at its first process.

    Such jobs would start one another without end within one instant. A job that works a queue
    takes no time either when it finds no item.
    """
    if scenario.dispatch.latency:
        return
    for parts, folder in walk(scenario.folders):
        for cycle in cycles(folder.processes):
            if all(_takes_no_time(folder.processes[name]) for name in cycle):
                path = (*place_of(parts), "processes", cycle[0], "then")
                message = (
                    f"{ring_of(cycle)}: jobs start one another without end, and no time passes"
                )
                hint = "give one of them a duration or a start_up, or its then an after"
                yield Issue(path, message, "then-cycle", hint)


def cycles(processes: Mapping[str, Process]) -> Iterator[tuple[str, ...]]:
    """Yield each cycle of `then` in one folder, from its first process on in the order of the file.

    A process whose jobs all fault starts nothing, so it ends a chain.
    """
    seen: set[str] = set()
    for name in processes:
        chain: dict[str, None] = {}
        here: str | None = name
        while here is not None and here not in seen:
            seen.add(here)
            chain[here] = None
            here = _next(here, processes)
        if here in chain:
            names = list(chain)
            yield _from_the_first(names[names.index(here) :], processes)


def _next(name: str, processes: Mapping[str, Process]) -> str | None:
    process = processes[name]
    if process.then is None or process.faults == 1 or process.then.process not in processes:
        return None
    return process.then.process


def _from_the_first(cycle: list[str], processes: Iterable[str]) -> tuple[str, ...]:
    members = frozenset(cycle)
    start = cycle.index(next(name for name in processes if name in members))
    return (*cycle[start:], *cycle[:start])


def _takes_no_time(process: Process) -> bool:
    after = () if process.then is None else (process.then.after,)
    return all(map(is_always_zero, (process.start_up, process.duration, *after)))
