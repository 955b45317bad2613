"""What a run can tell of the long run: no mean wait of jobs that no order could ever serve in time.

Where load is more than there is room for, waits grow for as long as one looks, so that what a run
measured is of its window and nothing else. Whose these are is known before the run
(`plan.overloads`), and is taken out of the summary in one place, here; nothing else needs to know.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from simulator.loading import Loaded
from simulator.measurement import Summary, SummaryRow
from simulator.measurement.scopes import scopes_of
from simulator.model.scenario import Scenario
from simulator.model.targets import Target
from simulator.plan.chance import scenario_varies
from simulator.plan.demands import Submission
from simulator.plan.load_doubts import tells_of_its_window_alone, told
from simulator.plan.overloads import Overload, overloads
from simulator.plan.plan import Plan
from simulator.plan.recurring import is_same_at_any_time, is_same_each_week
from simulator.records.columns import Legend

OF_WAITS: Final = ("pending.", "resumed.", "turnaround.")
"""How the measures begin that jobs have no mean of where their waits grow."""

OF_ITEMS: Final = ("items.wait", "items.turnaround", "items.late_share", "items.sla_share")
"""How those of items begin: waits and turnarounds, how many wait, and who keeps his time."""

_OUT_OF_SIGHT: Final = (
    "the load of what is in sight and out of sight is more than there is room for"
)
"""All that somebody is told who does not see everything."""


class Growing(NamedTuple):
    """Whose waits grow: names by scope, and the sentence that says why."""

    names: Mapping[str, frozenset[str]]
    reason: str


@dataclass(frozen=True, slots=True)
class LongRun:
    """What is known before a run of what its figures can tell.

    `growing` has one for each overload. `varies`: chance plays a part, so that replications differ.
    `weekly`, `steady`: what happens is the same each week, or at any time.
    """

    growing: tuple[Growing, ...] = ()
    varies: bool = True
    weekly: bool = False
    steady: bool = False

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return why some figures have no value in the long run, a sentence each, no full stop."""
        return tuple(dict.fromkeys(f"no long-run value: {one.reason}" for one in self.growing))

    def reason(self, scope: str, name: str, measure: str) -> str:
        """Return why a measure has no value in the long run; empty where it has."""
        if not measure.startswith(OF_ITEMS if scope == "queue" else OF_WAITS):
            return ""
        found = (one.reason for one in self.growing if name in one.names.get(scope, ()))
        return "; ".join(found)

    def of(self, summary: Summary) -> Summary:
        """Return a summary in which no row has a value that the long run has not."""
        if not self.growing:
            return summary
        return Summary(tuple(map(self._of_row, summary.rows)))

    def is_missed(self, target: Target) -> bool:
        """Return whether a target will be missed some day as its waits grow."""
        scope, name = target.scope
        if not self.reason(scope, name, target.row):
            return False
        falls = target.measure == "items.sla_share"
        return (target.at_least if falls else target.at_most) is not None

    def _of_row(self, row: SummaryRow) -> SummaryRow:
        if not self.reason(row.scope, row.name, row.measure):
            return row
        nothing = math.nan
        return row._replace(mean=nothing, low=nothing, high=nothing, half_width=nothing)


NOTHING_KNOWN: Final = LongRun()
"""Where nobody has looked."""


def long_run_of(loaded: Loaded, plan: Plan, legend: Legend) -> LongRun:
    """Return what is known before a run; `legend` has the names that may be told of it.

    A study of its window alone has no long run, and so nothing without a value in it.
    """
    scenario, growing = loaded.scenario, list[Growing]()
    if not tells_of_its_window_alone(scenario.time):
        for one in overloads(scenario, loaded.access, loaded.columns, loaded.traces):
            names = _names(one, plan, legend, _subtrees(scenario.targets))
            if any(names.values()):
                growing.append(Growing(names, _OUT_OF_SIGHT if legend.partial else told(one)))
    return long_run_with(scenario, growing)


def long_run_with(scenario: Scenario, growing: Sequence[Growing]) -> LongRun:
    """Return what is known before a run of a scenario, where it is known whose waits grow."""
    return LongRun(
        growing=tuple(growing),
        varies=scenario_varies(scenario),
        weekly=is_same_each_week(scenario),
        steady=is_same_at_any_time(scenario),
    )


def _subtrees(targets: Sequence[Target]) -> tuple[str, ...]:
    return tuple(one.folder for one in targets if one.with_subfolders and one.folder is not None)


def _names(
    one: Overload, plan: Plan, legend: Legend, subtrees: Sequence[str]
) -> dict[str, frozenset[str]]:
    """Return by scope the names that have jobs, or items, among those that wait ever longer."""
    in_sight = _submissions(legend)
    growing = one.submissions.intersection(in_sight)
    rows = np.array([submission in growing for submission in in_sight], dtype=np.bool_)
    places = {"host": _hosts(growing, plan), "account": _accounts(growing, plan)}
    known = {"host": legend.names.hosts, "account": legend.names.accounts}
    found: dict[str, frozenset[str]] = {"queue": one.queues.intersection(legend.names.queues)}
    for scope in scopes_of(legend, subtrees):
        where = rows
        if scope.key != "route":
            there = places[scope.key]
            where = np.array([name in there for name in known[scope.key]], dtype=np.bool_)
        named = {scope.names[place] for place in scope.place[where].tolist() if place >= 0}
        found[scope.scope] = found.get(scope.scope, frozenset()) | named
    return found


def _submissions(legend: Legend) -> list[Submission]:
    """Return what each route of a run is called before it."""
    names, routes = legend.names, legend.routes
    columns = (routes.source, routes.principal, routes.priority)
    return [
        Submission(
            names.sources[source], names.source_kinds[source], names.principals[caller], priority
        )
        for source, caller, priority in zip(*(one.tolist() for one in columns), strict=True)
    ]


def _lines(growing: frozenset[Submission], plan: Plan) -> set[int]:
    lines = plan.legend.routes.line.tolist()
    routes = zip(_submissions(plan.legend), lines, strict=True)
    return {line for submission, line in routes if line >= 0 and submission in growing}


def _hosts(growing: frozenset[Submission], plan: Plan) -> frozenset[str]:
    """Return the hosts where some jobs may run."""
    hosts = plan.legend.names.hosts
    pools = {pool for line in _lines(growing, plan) for pool in plan.lines[line].pools()}
    return frozenset(hosts[plan.pools[pool].host] for pool in pools)


def _accounts(growing: frozenset[Submission], plan: Plan) -> frozenset[str]:
    """Return the accounts that may run some jobs."""
    accounts = plan.legend.names.accounts
    lines = _lines(growing, plan)
    return frozenset(accounts[one] for line in lines for one in plan.lines[line].accounts())
