"""What the integers of a run mean: its names, its routes, its window."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from simulator.access.grants import Access
from simulator.access.refusals import Refusal
from simulator.model.folders import joined, walk
from simulator.model.registers import full_name
from simulator.model.scenario import Scenario
from simulator.plan.adders import Adder, ItemRoute
from simulator.plan.fleet import RUNTIMES, Fleet
from simulator.plan.routing import Lines, Route
from simulator.plan.submitters import Submitter
from simulator.policies.limits import over_limit
from simulator.records.columns import NONE, Ints, ItemRoutes, Names, Routes, numbers_of


@dataclass(frozen=True, slots=True)
class Decided:
    """Who submits and who adds items, and what becomes of it: a row a route of either."""

    everyone: Sequence[Submitter]
    routes: Sequence[Route]
    lines: Lines
    adders: Sequence[Adder]
    item_routes: Sequence[ItemRoute]

    @property
    def refusals(self) -> Iterator[Refusal]:
        """Yield every refusal there is, some more than once."""
        yield from (one.outcome for one in self.routes if isinstance(one.outcome, Refusal))
        yield from (one.refusal for one in self.item_routes if one.refusal is not None)
        yield from (limit for one in self.routes if (limit := _limit(one)) is not None)


def names(scenario: Scenario, access: Access, fleet: Fleet, decided: Decided) -> Names:
    """Return the names behind every integer column of the records."""
    folders = numbers_of(access.folders)
    queues = [
        (joined(parts), name, queue)
        for parts, folder in walk(scenario.folders)
        for name, queue in folder.queues.items()
    ]
    return Names(
        folders=access.folders,
        processes=tuple(
            full_name(joined(parts), process)
            for parts, folder in walk(scenario.folders)
            for process in folder.processes
        ),
        sources=tuple(one.path for one in decided.everyone),
        source_kinds=tuple(one.kind for one in decided.everyone),
        accounts=access.accounts,
        principals=access.accounts,
        machines=fleet.machine_names,
        hosts=fleet.host_names,
        host_machine=tuple(host.machine for host in fleet.hosts),
        machine_slots=_machine_slots(fleet),
        runtimes=RUNTIMES,
        run_as=tuple(
            dict.fromkeys(one.submitter.run_as_text(one.caller) for one in decided.routes)
        ),
        lines=tuple(one.text for one in decided.lines.needs),
        refusals=tuple(dict.fromkeys(decided.refusals)),
        queues=tuple(full_name(folder, name) for folder, name, _ in queues),
        queue_folder=tuple(folders[folder] for folder, _, _ in queues),
        queue_sla_s=tuple(math.inf if one.sla is None else one.sla for _, _, one in queues),
        arrivals=tuple(one.path for one in decided.adders),
    )


def _machine_slots(fleet: Fleet) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Return the runtime type and number of the slots of every machine's first host, in order."""
    first_hosts = {machine.hosts[0] for machine in fleet.machines if machine.hosts}
    found: list[list[tuple[int, int]]] = [[] for _ in fleet.machines]
    for pool in fleet.pools:
        if pool.host in first_hosts:
            found[fleet.hosts[pool.host].machine].append((pool.runtime, pool.slots))
    return tuple(tuple(slots) for slots in found)


def _limit(one: Route) -> Refusal | None:
    """Return what a job of a route is told that is refused over its process's pending limit."""
    limit = one.submitter.process.pending_limit
    return None if limit is None else over_limit(one.submitter.process_path, limit)


def route_table(decided: Decided, known: Names) -> Routes:
    """Return the routes as columns, a row each, in their order."""

    def column(value: Callable[[Route], object], among: Iterable[object]) -> Ints:
        numbers = numbers_of(among)
        return np.array([numbers.get(value(one), NONE) for one in decided.routes], dtype=np.int32)

    return Routes(
        folder=column(lambda one: one.submitter.folder, known.folders),
        process=column(lambda one: one.submitter.process_path, known.processes),
        source=np.array([one.source for one in decided.routes], dtype=np.int32),
        source_kind=np.array([one.submitter.kind.value for one in decided.routes], dtype=np.int8),
        principal=column(lambda one: one.caller, known.principals),
        run_as=column(lambda one: one.submitter.run_as_text(one.caller), known.run_as),
        priority=np.array([one.priority for one in decided.routes], dtype=np.int32),
        runtime=column(lambda one: one.submitter.runtime, known.runtimes),
        line=column(lambda one: one.outcome, decided.lines.needs),
        refusal=column(lambda one: one.outcome, known.refusals),
        limit_refusal=column(_limit, known.refusals),
    )


def item_route_table(added: Sequence[ItemRoute], known: Names) -> ItemRoutes:
    """Return the ways in which items are added as columns, a row each, in their order."""
    queues, principals, refusals = (
        numbers_of(among) for among in (known.queues, known.principals, known.refusals)
    )
    rows = [
        (
            one.arrival,
            queues[one.adder.queue_path],
            principals[one.by],
            NONE if one.refusal is None else refusals[one.refusal],
        )
        for one in added
    ]
    return ItemRoutes(*np.array(rows, dtype=np.int32).reshape(-1, 4).T)
