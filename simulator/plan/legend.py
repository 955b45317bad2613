"""What the integers of a run mean: its names, its routes, its window."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from simulator.access.grants import Access
from simulator.access.refusals import Refusal
from simulator.model.folders import joined, walk
from simulator.model.scenario import Scenario
from simulator.plan.fleet import RUNTIMES, Fleet
from simulator.plan.routing import Needs, Route
from simulator.plan.submitters import Submitter
from simulator.records.columns import Ints, Names, Routes

NOTHING = -1


def names(
    scenario: Scenario,
    access: Access,
    fleet: Fleet,
    everyone: Sequence[Submitter],
    decided: Sequence[Route],
    needs: Sequence[Needs],
) -> Names:
    """Return the names behind every integer column of the records."""
    refusals = (one.outcome for one in decided if isinstance(one.outcome, Refusal))
    return Names(
        folders=access.folders,
        processes=tuple(
            f"{joined(parts)}:{process}"
            for parts, folder in walk(scenario.folders)
            for process in folder.processes
        ),
        sources=tuple(one.path for one in everyone),
        source_kinds=tuple(one.kind for one in everyone),
        accounts=access.accounts,
        principals=access.accounts,
        machines=fleet.machines,
        hosts=fleet.host_names,
        host_machine=tuple(host.machine for host in fleet.hosts),
        runtimes=RUNTIMES,
        run_as=tuple(dict.fromkeys(one.submitter.run_as_text(one.caller) for one in decided)),
        lines=tuple(one.text for one in needs),
        refusals=tuple(dict.fromkeys(refusals)),
    )


def route_table(decided: Sequence[Route], known: Names, needs: Sequence[Needs]) -> Routes:
    """Return the routes as columns, a row each, in the order of `decided`."""

    def column(value: Callable[[Route], object], among: Iterable[object]) -> Ints:
        numbers = {thing: number for number, thing in enumerate(among)}
        return np.array([numbers.get(value(one), NOTHING) for one in decided], dtype=np.int32)

    return Routes(
        folder=column(lambda one: one.submitter.folder, known.folders),
        process=column(lambda one: one.submitter.process_path, known.processes),
        source=np.array([one.source for one in decided], dtype=np.int32),
        source_kind=np.array([one.submitter.kind.value for one in decided], dtype=np.int8),
        principal=column(lambda one: one.caller, known.principals),
        run_as=column(lambda one: one.submitter.run_as_text(one.caller), known.run_as),
        priority=np.array([one.submitter.priority for one in decided], dtype=np.int32),
        runtime=column(lambda one: one.submitter.runtime, known.runtimes),
        line=column(lambda one: one.outcome, needs),
        refusal=column(lambda one: one.outcome, known.refusals),
    )
