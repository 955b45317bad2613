"""How many jobs of each source keep coming a second, whatever becomes of them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from simulator.model.folders import Folder, joined, walk
from simulator.model.machines import Machine
from simulator.model.processes import Process, Then
from simulator.model.scenario import Scenario
from simulator.model.triggers import Trigger
from simulator.plan.arrivals import Wall
from simulator.plan.chain_volume import Capacity, follow_ups
from simulator.plan.long_run_rates import jobs_per_s
from simulator.plan.reaches import Admitted, Spot
from simulator.sampling.inversion import Columns


def rates_of(
    admitted: Sequence[Admitted],
    scenario: Scenario,
    wall: Wall,
    columns: Columns,
    *,
    of_all: bool = False,
) -> dict[str, float]:
    """Return how many accepted jobs a second each source keeps bringing, by its entity.

    Those that stop coming where too many wait are not there, unless it is `of_all`. What follows a
    job comes as often as if every job were served.
    """
    counted = [one for one in admitted if of_all or not is_bounded(one, scenario)]
    rates = {
        one.source.entity: one.share * jobs_per_s(one.source.item, wall, columns)
        for one in counted
        if not isinstance(one.source.item, Then)
    }
    names = {one.source.entity for one in counted}
    of_folder: dict[str, list[Admitted]] = defaultdict(list)
    for one in admitted:
        of_folder[one.source.folder].append(one)
    for parts, folder in walk(scenario.folders):
        inside = of_folder[joined(parts)]
        if any(isinstance(one.source.item, Then) for one in inside):
            following = _following(folder, inside, rates, scenario, columns)
            rates.update((name, per_s) for name, per_s in following if name in names)
    return rates


def is_bounded(one: Admitted, scenario: Scenario) -> bool:
    """Return whether its jobs never wait in ever greater number, however many it asks for.

    A guard makes none while some wait, a limit refuses them, patience ends; a job that may fault at
    a busy session need not wait for one; and a queue trigger has so many at most.
    """
    item, process = one.source.item, one.source.process
    if isinstance(item, Trigger) and (item.guard != "none" or item.queue is not None):
        return True
    is_endless = process.pending_limit is None and process.pending_expiry is None
    return not is_endless or _may_fault(one, scenario)


def _may_fault(one: Admitted, scenario: Scenario) -> bool:
    """Return whether a job may find a free slot whose session, or whose accounts, are all taken.

    Not where a host has as many of both as slots, each for itself: then it waits for a slot.
    """
    if one.source.process.type == "background" or scenario.assumptions.busy_session == "wait":
        return False
    if any(account.one_job_at_a_time for account in scenario.accounts.values()):
        return True
    spots = (spot for reach in one.reaches.values() for spot in reach.spots)
    return any(_may_be_taken(scenario.machines[spot.machine], spot) for spot in spots)


def _may_be_taken(machine: Machine, spot: Spot) -> bool:
    accounts, slots = len(spot.accounts), sum(machine.slots.values())
    sessions = math.inf if machine.windows_sessions is None else machine.windows_sessions
    return min(sessions, accounts) < slots


def _following(
    folder: Folder,
    inside: Iterable[Admitted],
    rates: Mapping[str, float],
    scenario: Scenario,
    columns: Columns,
) -> Iterator[tuple[str, float]]:
    """Yield the rate of each `then` of a folder, by its entity."""
    submitted: dict[str, float] = defaultdict(float)
    thens: dict[str, Admitted] = {}
    for one in inside:
        submitted[one.source.item.process] += rates.get(one.source.entity, 0.0)
        if isinstance(one.source.item, Then):
            thens[one.source.name] = one
    processes = {
        name: process if _is_followed(process, thens.get(name)) else _ending(process)
        for name, process in folder.processes.items()
    }
    for_ever = Capacity(math.inf, math.inf, scenario.dispatch.latency, columns)
    for name, per_s in follow_ups(processes, submitted, for_ever):
        yield thens[name].source.entity, per_s


def _is_followed(process: Process, then: Admitted | None) -> bool:
    """Return whether each Successful end of a job is sure to be followed by more.

    Where some accounts' jobs are followed and others' are not, nobody knows whose end well.
    """
    is_endless = process.pending_limit is None and process.pending_expiry is None
    return is_endless and then is not None and then.share == 1


def _ending(process: Process) -> Process:
    return process.model_copy(update={"then": None})
