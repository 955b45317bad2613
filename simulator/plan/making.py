"""How a plan is made: a scenario's names, admissions, lines and instants, worked out once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from simulator.access.grants import Access
from simulator.model.scenario import Scenario
from simulator.plan.adders import adders, item_routes
from simulator.plan.arrivals import wall_of
from simulator.plan.fleet import Fleet, fleet_of
from simulator.plan.guards import counted_in, counters_in
from simulator.plan.items import ItemSource
from simulator.plan.legend import Decided, item_route_table, names, route_table
from simulator.plan.masks import masks_of
from simulator.plan.numbering import Numbered, item_source_of, process_rules, source_of
from simulator.plan.plan import Plan
from simulator.plan.routing import lines, lines_in_order, routes
from simulator.plan.sources import Source
from simulator.plan.submitters import submitters
from simulator.records.columns import Legend, Names, Window, numbers_of
from simulator.sampling.inversion import Columns
from simulator.traces.rows import NO_TRACES, Traces
from simulator.units import to_grid


def make_plan(
    scenario: Scenario, access: Access, columns: Columns, traces: Traces = NO_TRACES
) -> Plan:
    """Make a scenario ready to run, with the columns and traces of its data files.

    Raises:
        ValueError: a zone or a cron is not valid; `loading` tells where before it comes to this.
    """
    wall = wall_of(scenario.time, scenario.assumptions, scenario.calendars, traces)
    fleet = fleet_of(scenario, wall)
    decided = _decided(scenario, access, fleet, traces)
    known = names(scenario, access, fleet, decided)
    counters = counters_in(decided.everyone)
    numbered = Numbered(known, wall, counters)
    folders = numbers_of(known.folders)
    drawn = tuple(lines(decided.lines.needs, folders, scenario.assumptions))
    return Plan(
        legend=_legend(decided, known, wall.window),
        machines=fleet.machines,
        hosts=fleet.hosts,
        pools=fleet.pools,
        licences_left=fleet.licences_left,
        lines=drawn,
        again=decided.lines.numbered_again(),
        masks=masks_of(drawn, fleet.pools, fleet.hosts),
        sources=tuple(_sources(decided, numbered)),
        arrivals=tuple(_arrivals(decided, numbered)),
        processes=process_rules(scenario, decided.everyone, numbered),
        single=_single(scenario, known.accounts),
        counters=tuple(counted_in(route.submitter, counters) for route in decided.routes),
        counter_count=len(counters),
        dispatch=scenario.dispatch,
        latency_s=to_grid(scenario.dispatch.latency),
        assumptions=scenario.assumptions,
        columns=columns,
        until_s=wall.window.to_s,
        drain=scenario.time.drain,
    )


def _decided(scenario: Scenario, access: Access, fleet: Fleet, traces: Traces) -> Decided:
    everyone, adding = submitters(scenario, access), adders(scenario, access)
    decided = routes(everyone, scenario, access, fleet, traces)
    in_order = lines_in_order(decided, fleet, access.accounts)
    return Decided(everyone, decided, in_order, adding, item_routes(adding, access))


def _legend(decided: Decided, known: Names, window: Window) -> Legend:
    return Legend(
        names=known,
        routes=route_table(decided, known),
        item_routes=item_route_table(decided.item_routes, known),
        window=window,
    )


def _sources(decided: Decided, numbered: Numbered) -> Iterator[Source]:
    rows = _rows_of([route.source for route in decided.routes], len(decided.everyone))
    for one, routes_of_one in zip(decided.everyone, rows, strict=True):
        yield source_of(one, routes_of_one, numbered)


def _arrivals(decided: Decided, numbered: Numbered) -> Iterator[ItemSource]:
    rows = _rows_of([route.arrival for route in decided.item_routes], len(decided.adders))
    for one, routes_of_one in zip(decided.adders, rows, strict=True):
        yield item_source_of(one, routes_of_one, numbered)


def _rows_of(owners: Sequence[int], count: int) -> list[tuple[int, ...]]:
    """Return the rows of each of `count` owners, of rows that say whose they are."""
    rows: list[list[int]] = [[] for _ in range(count)]
    for row, owner in enumerate(owners):
        rows[owner].append(row)
    return [tuple(of_owner) for of_owner in rows]


def _single(scenario: Scenario, accounts: tuple[str, ...]) -> frozenset[int]:
    numbers = numbers_of(accounts)
    return frozenset(
        numbers[member]
        for name, account in scenario.accounts.items()
        if account.one_job_at_a_time
        for member in account.members(name)
    )
