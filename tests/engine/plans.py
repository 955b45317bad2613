"""Small plans made by hand, for tests that want the dispatcher without a scenario around it."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from simulator.model.dispatch import Assumptions, Dispatch
from simulator.plan.lines import Line, Place
from simulator.plan.masks import masks_of
from simulator.plan.places import Host, Machine, Pool
from simulator.plan.plan import Plan
from simulator.records.columns import ItemRoutes, Legend, Names, Routes, Window


def a_line(
    *pools: int,
    accounts: Sequence[int] = (0,),
    folder: int = 0,
    priority: int = 45,
    foreground: bool = False,
) -> Line:
    """Make a line that may use the pools, each of a machine of its own."""
    places = tuple(Place(pool, (pool,), tuple(accounts)) for pool in pools)
    return Line(folder, priority, foreground, foreground, places)


def a_plan(
    lines: Sequence[Line],
    slots: Sequence[int] = (1,),
    sessions: Sequence[int | None] | None = None,
    single: Sequence[int] = (),
    **choices: object,
) -> Plan:
    """Make a plan with one host a machine, `slots` each, and no sources."""
    hosts = tuple(Host(n, None if sessions is None else sessions[n]) for n in range(len(slots)))
    pools = tuple(Pool(n, 0, count, 0, licensed=count) for n, count in enumerate(slots))
    empty = np.empty(0, dtype=np.int32)
    routes = Routes(*([empty] * 3), empty.astype(np.int8), *([empty] * 7))
    machines = tuple(f"M{n + 1}" for n in range(len(slots)))
    names = Names(
        folders=("A", "B", "C"),
        processes=(),
        sources=(),
        source_kinds=(),
        accounts=("r0", "r1", "r2", "r3"),
        principals=(),
        machines=machines,
        hosts=tuple(f"{name}/1" for name in machines),
        host_machine=tuple(range(len(slots))),
        machine_slots=tuple(((0, count),) for count in slots),
        runtimes=("unattended",),
        run_as=(),
        lines=(),
        refusals=(),
    )
    assumptions = {k: v for k, v in choices.items() if k in Assumptions.model_fields}
    dispatch = {k: v for k, v in choices.items() if k in Dispatch.model_fields}
    return Plan(
        legend=Legend(names, routes, ItemRoutes(*([empty] * 4)), Window(0.0, 1.0, 0, "UTC")),
        machines=tuple(Machine(range(n, n + 1)) for n in range(len(slots))),
        hosts=hosts,
        pools=pools,
        licences_left=(math.inf,),
        lines=tuple(lines),
        again={},
        masks=masks_of(lines, pools, hosts),
        sources=(),
        arrivals=(),
        processes=(),
        single=frozenset(single),
        counters=(),
        counter_count=0,
        dispatch=Dispatch.model_validate(dispatch),
        latency_s=0.0,
        assumptions=Assumptions.model_validate(assumptions),
        columns={},
        until_s=1.0,
        drain=True,
    )
