"""Where each submission goes: to the line of its needs, or to a refusal. Decided once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from simulator.access.grants import Access
from simulator.access.refusals import Refusal
from simulator.model.scenario import Scenario
from simulator.model.streams import Trace
from simulator.plan.fleet import Fleet
from simulator.plan.lines import Line, Place
from simulator.plan.submitters import Submitter, by_caller
from simulator.policies.admission import admit
from simulator.records.columns import numbers_of
from simulator.traces.rows import NO_TRACES, Traces


@dataclass(frozen=True, slots=True)
class Needs:
    """What makes two submissions stand in one line: equal needs, equal choices of a place."""

    folder: str
    priority: int
    foreground: bool
    runtime: str
    run_as: str
    places: tuple[Place, ...]

    @property
    def text(self) -> str:
        """Return the line's name in tables."""
        kind = "foreground" if self.foreground else "background"
        return f"{self.folder}: {self.runtime}, {kind}, {self.run_as}, priority {self.priority}"


@dataclass(frozen=True, slots=True)
class Route:
    """One way a source submits: as whom, at which priority, and what becomes of it."""

    source: int
    submitter: Submitter
    caller: str
    priority: int
    outcome: Needs | Refusal


def routes(
    everyone: Sequence[Submitter],
    scenario: Scenario,
    access: Access,
    fleet: Fleet,
    traces: Traces = NO_TRACES,
) -> list[Route]:
    """Return a route for each source and caller, sources in order.

    A caller of a trace with priorities has a route for each of those, in the order of the trace.
    """
    accounts = numbers_of(access.accounts)
    decided: list[Route] = []
    for source, one in enumerate(everyone):
        decide = partial(
            _outcome, one, scenario=scenario, access=access, fleet=fleet, accounts=accounts
        )
        for caller, outcome in by_caller(one, access, decide):
            route = Route(source, one, caller, one.priority, outcome)
            decided += _by_priority(route, traces)
    return decided


def _by_priority(route: Route, traces: Traces) -> Iterator[Route]:
    """Yield a route for each priority that its trace has; the route itself where it has none."""
    stream = route.submitter.stream
    trace = traces.get(stream.trace) if isinstance(stream, Trace) else None
    if trace is None or not trace.priorities:
        yield route
        return
    for priority in trace.priorities:
        outcome = route.outcome
        if isinstance(outcome, Needs):
            outcome = replace(outcome, priority=priority)
        yield replace(route, priority=priority, outcome=outcome)


def _outcome(
    one: Submitter,
    caller: str,
    scenario: Scenario,
    access: Access,
    fleet: Fleet,
    accounts: dict[str, int],
) -> Needs | Refusal:
    request = one.request(caller)
    verdict = admit(request, scenario, access)
    if isinstance(verdict, Refusal):
        return verdict
    places = tuple(
        Place(
            fleet.pools_of(machine, request.runtime, verdict.host),
            tuple(accounts[name] for name in allowed),
        )
        for machine, allowed in verdict.places
    )
    return Needs(
        folder=one.folder,
        priority=one.priority,
        foreground=request.foreground,
        runtime=request.runtime,
        run_as=one.run_as_text(caller),
        places=places,
    )


def lines_in_order(decided: Sequence[Route]) -> tuple[Needs, ...]:
    """Return every line's needs, the higher priority first, then as they come in the file."""
    needs = dict.fromkeys(one.outcome for one in decided if isinstance(one.outcome, Needs))
    return tuple(sorted(needs, key=lambda one: -one.priority))


def lines(
    needs: Sequence[Needs], folders: dict[str, int], *, background_needs_account: bool
) -> Iterator[Line]:
    """Yield the lines themselves, numbered as `needs` is."""
    for one in needs:
        yield Line(
            folder=folders[one.folder],
            priority=one.priority,
            takes_session=one.foreground,
            takes_account=one.foreground or background_needs_account,
            places=one.places,
        )
