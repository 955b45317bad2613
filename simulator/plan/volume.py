"""How much a scenario would bring, before it does: jobs, items and outages have to fit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from simulator.errors import Issue, Path
from simulator.model.folders import Folder, walk
from simulator.model.processes import Process
from simulator.model.queues import Arrival, Queue, QueueActivation
from simulator.model.registers import place_of
from simulator.model.scenario import Scenario
from simulator.model.streams import (
    At,
    ClosedLoop,
    Every,
    Interarrival,
    Poisson,
    Profile,
    Stream,
    Trace,
)
from simulator.model.triggers import Start, Trigger
from simulator.plan.arrivals import Wall, wall_of
from simulator.plan.chain_volume import Capacity, follow_ups, times_suspended
from simulator.plan.fleet_volume import endless_failures, most_slots, outages
from simulator.sampling.inversion import Columns, mean_s
from simulator.sampling.operational_time import operational_time
from simulator.schedules.quartz import parse_cron
from simulator.traces.rows import NO_TRACES, Traces
from simulator.units import DAY_S

MOST_SUBMISSIONS: Final = 100_000_000
"""Submissions, items and other events a replication may have.

A job takes some 100 bytes of memory and an item 70; while it waits, 260 and 240. One of a long run
takes 13 once it has ended, and 150 in temporary files.
"""


def volume(scenario: Scenario, columns: Columns, traces: Traces = NO_TRACES) -> list[Issue]:
    """Return an error if the scenario would bring more than fits, where most of it comes from.

    The number is an expected one; of a cron it is an upper bound, as if it fired on every day. A
    retry counts as an item, and each time a job is Suspended, a host fails or has its maintenance
    counts as well. Looks of queue triggers take time, if no memory, and count too.
    """
    endless = list(endless_failures(scenario.machines, columns))
    if endless:
        return endless
    brought = list(_brought(scenario, columns, traces))
    total = sum(one.number for one in brought)
    if total <= MOST_SUBMISSIONS:
        return []
    most = max(brought, key=lambda one: one.number)
    return [
        Issue(
            path=most.path,
            message=f"about {_shown(most.number)} {most.what} a replication come from here, "
            f"{_shown(total)} in all, more than {MOST_SUBMISSIONS:,}",
            code="too-many-jobs",
            hint="check its units, or observe a shorter window",
        )
    ]


def _shown(number: float) -> str:
    """Return a number in full while it can be read so."""
    return f"{number:,.0f}" if number < _MOST_READABLE else f"{number:.3g}"


_MOST_READABLE: Final = 1e12


class _Brought(NamedTuple):
    """What comes from one place of the file: how many of what."""

    path: Path
    number: float
    what: str = "submissions"


def _brought(scenario: Scenario, columns: Columns, traces: Traces) -> Iterator[_Brought]:
    wall = wall_of(scenario.time, scenario.assumptions, scenario.calendars, traces)
    machines = scenario.machines
    capacity = Capacity(
        length_s=wall.window.to_s,
        slots=most_slots(machines, scenario.licences),
        latency_s=scenario.dispatch.latency,
        columns=columns,
        least_factor=min((one.duration_factor for one in machines.values()), default=1.0),
    )
    for name, machine in machines.items():
        for outage in outages(machine, wall.window.to_s, columns):
            yield _Brought(("machines", name, *outage.path), outage.number, outage.what)
    for parts, folder in walk(scenario.folders):
        yield from _in_folder(folder, place_of(parts), wall, capacity)


def _in_folder(folder: Folder, path: Path, wall: Wall, capacity: Capacity) -> Iterator[_Brought]:
    columns = capacity.columns
    items: dict[str, float] = defaultdict(float)
    for name, arrival in folder.arrivals.items():
        number = _items(arrival, folder.queues[arrival.queue], wall, columns)
        items[arrival.queue] += number
        yield _Brought((*path, "arrivals", name), number, "items")
    jobs: dict[str, float] = defaultdict(float)
    for kind, pressing in (("triggers", folder.triggers), ("starts", folder.starts)):
        for name, item in pressing.items():
            place = (*path, kind, name)
            number = _submissions(item, folder, items, wall, capacity)
            jobs[item.process] += number
            yield _Brought(place, number)
            if isinstance(item, Trigger) and item.queue is not None:
                looks = _looks(item.queue, capacity.length_s)
                yield _Brought((*place, "queue", "recheck"), looks, "looks")
    yield from _of_jobs(folder.processes, jobs, (*path, "processes"), capacity)


def _of_jobs(
    processes: Mapping[str, Process],
    submitted: Mapping[str, float],
    path: Path,
    capacity: Capacity,
) -> Iterator[_Brought]:
    """Yield what comes of jobs themselves: those that follow them, and their suspensions."""
    jobs = defaultdict(float, submitted)
    for name, number in follow_ups(processes, submitted, capacity):
        yield _Brought((*path, name, "then"), number)
        then = processes[name].then
        if then is not None:
            jobs[then.process] += number
    for name, process in processes.items():
        if process.suspends is not None:
            number = jobs[name] * times_suspended(process)
            yield _Brought((*path, name, "suspends"), number, "suspensions")


def _items(arrival: Arrival, queue: Queue, wall: Wall, columns: Columns) -> float:
    """Return how many items an arrival adds; each retry of one is another."""
    return expected(arrival.items, wall, columns) * arrival.jobs * attempts(arrival, queue)


def attempts(arrival: Arrival, queue: Queue) -> float:
    """Return how often an item is tried on average."""
    return sum(arrival.faults**retry for retry in range(queue.retries + 1))


def _submissions(
    item: Trigger | Start,
    folder: Folder,
    items: Mapping[str, float],
    wall: Wall,
    capacity: Capacity,
) -> float:
    if isinstance(item, Trigger) and item.queue is not None:
        added = items.get(item.queue.name, 0.0)
        return _activated(item.queue, folder.processes[item.process], added, capacity)
    return _firings(item, wall, capacity.columns) * item.jobs


def _activated(asks: QueueActivation, process: Process, added: float, capacity: Capacity) -> float:
    """Return how many jobs a queue trigger starts at most: one an item, if they take the items.

    Otherwise each look may start one for each that has ended, up to all that may be there.
    """
    if process.queue == asks.name or not added:
        return added
    looks = added + _looks(asks, capacity.length_s)
    return min(looks * asks.at_most, asks.at_most + capacity.most_ends(process))


def _looks(asks: QueueActivation, length_s: float) -> float:
    return 0.0 if asks.recheck == "never" else length_s / asks.recheck


def _firings(item: Trigger | Start, wall: Wall, columns: Columns) -> float:
    if isinstance(item, Start):
        return expected(item.stream, wall, columns)
    if item.time is not None:
        return parse_cron(item.time.cron).times_a_day * (wall.window.to_s / DAY_S + 1)
    return 0.0 if item.stream is None else expected(item.stream, wall, columns)


def expected(stream: Stream, wall: Wall, columns: Columns) -> float:
    """Return how many arrivals a stream is expected to bring in the run."""
    length_s = wall.window.to_s
    match stream:
        case Poisson(poisson=rate):
            return rate * length_s
        case Every(every=gap_s):
            return length_s / gap_s
        case Interarrival(interarrival=gap):
            return _rounds(length_s, mean_s(gap, columns))
        case ClosedLoop(users=users, think=think):
            return users * _rounds(length_s, mean_s(think, columns))
        case _:
            return _known(stream, wall)


def _known(stream: At | Trace | Profile, wall: Wall) -> float:
    """Return the arrivals of a stream of which the clock on the wall knows instants or rates."""
    match stream:
        case At(at=times):
            return float(len(times))
        case Trace(trace=file):
            return float(wall.traces[file].rows)
        case Profile():
            rates = wall.rates_of(stream)
            return operational_time(rates.edges_s, rates.per_s).total


def _rounds(length_s: float, gap_s: float) -> float:
    """Return how often a gap goes into the run; a gap of nothing goes into it without end."""
    return length_s / gap_s if gap_s else float("inf")
