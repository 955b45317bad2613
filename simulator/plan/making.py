"""How a plan is made: a scenario's names, admissions, lines and instants, worked out once."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from simulator.access.grants import Access
from simulator.model.scenario import Scenario
from simulator.model.triggers import Start, Trigger
from simulator.plan.arrivals import Wall, wall_of
from simulator.plan.fleet import fleet_of
from simulator.plan.guards import Counter, counted_in, counter_of, counters_in
from simulator.plan.legend import names, route_table
from simulator.plan.masks import masks_of
from simulator.plan.plan import Plan
from simulator.plan.routing import Route, lines, lines_in_order, routes
from simulator.plan.sources import Arrivals, Source, Work
from simulator.plan.submitters import Submitter, submitters
from simulator.records.columns import Legend
from simulator.sampling.inversion import Columns
from simulator.units import to_grid


def make_plan(scenario: Scenario, access: Access, columns: Columns) -> Plan:
    """Make a scenario ready to run.

    Raises:
        ValueError: a zone or a cron is not valid; `loading` tells where before it comes to this.
    """
    wall, fleet = wall_of(scenario.time, scenario.assumptions), fleet_of(scenario.machines)
    everyone = submitters(scenario, access)
    decided = routes(everyone, scenario, access, fleet)
    needs = lines_in_order(decided)
    known = names(scenario, access, fleet, everyone, decided, needs)
    counters = counters_in(everyone)
    folders = {name: number for number, name in enumerate(known.folders)}
    alone = scenario.assumptions.background_needs_account
    drawn = tuple(lines(needs, folders, background_needs_account=alone))
    return Plan(
        legend=Legend(known, route_table(decided, known, needs), wall.window),
        hosts=fleet.hosts,
        pools=fleet.pools,
        lines=drawn,
        masks=masks_of(drawn, fleet.pools, fleet.hosts),
        sources=tuple(
            _source(one, rows, wall, counters)
            for one, rows in zip(everyone, _rows(decided, len(everyone)), strict=True)
        ),
        single=_single(scenario, known.accounts),
        counters=tuple(counted_in(route.submitter, counters) for route in decided),
        counter_count=len(counters),
        dispatch=scenario.dispatch,
        latency_s=to_grid(scenario.dispatch.latency),
        assumptions=scenario.assumptions,
        columns=columns,
        until_s=wall.window.to_s,
        drain=scenario.time.drain,
    )


def _rows(decided: Sequence[Route], sources: int) -> list[tuple[int, ...]]:
    rows: list[list[int]] = [[] for _ in range(sources)]
    for row, route in enumerate(decided):
        rows[route.source].append(row)
    return [tuple(of_source) for of_source in rows]


def _source(
    one: Submitter, rows: tuple[int, ...], wall: Wall, counters: Mapping[Counter, int]
) -> Source:
    item = one.item
    from_s, until_s = (-math.inf, math.inf) if isinstance(item, Start) else wall.span_of(item)
    return Source(
        entity=one.entity,
        kind=one.kind,
        routes=rows,
        jobs=item.jobs,
        arrivals=_arrivals(item, wall),
        work=_work(one),
        guard_counter=counter_of(one, counters),
        disables_itself=isinstance(item, Trigger) and item.disables_itself,
        from_s=from_s,
        until_s=until_s,
    )


def _arrivals(item: Trigger | Start, wall: Wall) -> Arrivals:
    if isinstance(item, Trigger) and item.time is not None:
        return wall.cron_firings(item.time)
    assert item.stream is not None  # noqa: S101 - the model lets no trigger have none
    return wall.stream(item.stream)


def _work(one: Submitter) -> Work:
    limits = (one.item.stop_after, one.item.kill_after, one.process.stop_after)
    return Work(
        duration=one.process.duration,
        start_up=one.process.start_up,
        faults=one.process.faults,
        stop_after_s=min((to_grid(one) for one in limits if one is not None), default=math.inf),
    )


def _single(scenario: Scenario, accounts: tuple[str, ...]) -> frozenset[int]:
    numbers = {name: number for number, name in enumerate(accounts)}
    return frozenset(
        numbers[member]
        for name, account in scenario.accounts.items()
        if account.one_job_at_a_time
        for member in account.members(name)
    )
