"""Where each submission goes: to the line of its needs, or to a refusal. Decided once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby, product
from operator import itemgetter

from simulator.access.grants import Access
from simulator.access.refusals import Refusal
from simulator.model.dispatch import Assumptions
from simulator.model.scenario import Scenario
from simulator.model.streams import Trace
from simulator.plan.fleet import Fleet
from simulator.plan.lines import Line, Place
from simulator.plan.submitters import Submitter, by_caller, places_taken
from simulator.policies.admission import admit
from simulator.records.codes import PendingReason
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
    is_taken: bool = True
    """Whether any of the machines takes jobs of this type, foreground or background."""

    stays: bool = False
    """Whether a Resumed job goes on only where it ran before."""

    again: str = ""
    """Of jobs that do: on which host, and under whom."""

    @property
    def text(self) -> str:
        """Return the line's name in tables."""
        kind = "foreground" if self.foreground else "background"
        named = f"{self.folder}: {self.runtime}, {kind}, {self.run_as}, priority {self.priority}"
        if self.stays:
            return f"{named}, {self.again or 'then in the same place'}"
        return named

    @property
    def nowhere(self) -> PendingReason:
        """Return what its jobs wait for where there is no slot for them at all."""
        if self.is_taken:
            return PendingReason.TEMPLATE_NO_HOSTS_AVAILABLE
        return PendingReason.type_invalid(foreground=self.foreground)


@dataclass(frozen=True, slots=True)
class Lines:
    """The needs of every line, in the order of their numbers.

    `again` has the needs of a Resumed job that goes on only where it ran before: by those it had,
    the pool and the account.
    """

    needs: tuple[Needs, ...]
    again: Mapping[tuple[Needs, int, int], Needs]

    def numbered_again(self) -> dict[tuple[int, int, int], int]:
        """Return `again` in numbers of lines."""
        numbers = numbers_of(self.needs)
        return {
            (numbers[needs], pool, account): numbers[there]
            for (needs, pool, account), there in self.again.items()
        }


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
    accounts, machines = _AccountNumbers(access.accounts), numbers_of(fleet.machine_names)
    decided: list[Route] = []
    for source, one in enumerate(everyone):
        decide = partial(
            _outcome,
            one,
            scenario=scenario,
            access=access,
            fleet=fleet,
            accounts=accounts,
            machines=machines,
        )
        for caller, outcome in by_caller(one, access, decide):
            route = Route(source, one, caller, one.priority, outcome)
            decided += _by_priority(route, traces)
    return decided


class _AccountNumbers(dict[tuple[str, ...], tuple[int, ...]]):
    """The numbers of accounts by their names: of the same names there is one tuple for all.

    Very many places may have the same many accounts.
    """

    def __init__(self, accounts: Sequence[str]) -> None:
        super().__init__()
        self._numbers = numbers_of(accounts)

    def __missing__(self, names: tuple[str, ...]) -> tuple[int, ...]:
        self[names] = found = tuple(map(self._numbers.__getitem__, names))
        return found


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
    accounts: _AccountNumbers,
    machines: dict[str, int],
) -> Needs | Refusal:
    request = one.request(caller)
    verdict = admit(request, scenario, access)
    if isinstance(verdict, Refusal):
        return verdict
    foreground, suspends = request.foreground, one.process.suspends
    taken = places_taken(verdict, scenario, foreground=foreground)
    places = tuple(
        Place(
            machines[machine],
            fleet.pools_of(machine, request.runtime, verdict.host),
            numbers,
        )
        for names, on in groupby(taken, itemgetter(1))
        for numbers in (accounts[names],)
        for machine, _ in on
    )
    return Needs(
        folder=one.folder,
        priority=one.priority,
        foreground=foreground,
        runtime=request.runtime,
        run_as=one.run_as_text(caller),
        places=places,
        is_taken=bool(taken),
        stays=suspends is not None and suspends.same_place,
    )


def lines_in_order(decided: Sequence[Route], fleet: Fleet, accounts: Sequence[str]) -> Lines:
    """Return every line's needs, the higher priority first, then as they come in the file."""
    first = dict.fromkeys(one.outcome for one in decided if isinstance(one.outcome, Needs))
    again = {
        (needs, pool, account): there
        for needs in first
        if needs.stays
        for pool, account, there in _where_it_was(needs, fleet, accounts)
    }
    everything = dict.fromkeys((*first, *again.values()))
    return Lines(tuple(sorted(everything, key=lambda one: -one.priority)), again)


def _where_it_was(
    needs: Needs, fleet: Fleet, accounts: Sequence[str]
) -> Iterator[tuple[int, int, Needs]]:
    """Yield each pool and account where a job of these needs may have run, and its needs since."""
    for place in needs.places:
        for pool, account in product(place.pools, place.accounts):
            host = fleet.host_names[fleet.pools[pool].host]
            there = (Place(place.machine, (pool,), (account,)),)
            again = f"again on {host} under {accounts[account]}"
            yield pool, account, replace(needs, places=there, again=again)


def lines(
    needs: Sequence[Needs], folders: dict[str, int], assumptions: Assumptions
) -> Iterator[Line]:
    """Yield the lines themselves, numbered as `needs` is."""
    for one in needs:
        yield Line(
            folder=folders[one.folder],
            priority=one.priority,
            takes_session=one.foreground,
            takes_account=assumptions.takes_account(foreground=one.foreground),
            places=one.places,
            nowhere=one.nowhere,
        )
