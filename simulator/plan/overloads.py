"""Load that is more than there is room for, found before a run: whose it is, and what they share.

Folders whose jobs need more slots than the machines they share have cannot all be served, whatever
the order: what waits becomes ever more, and no wait has a mean in the long run. For each set of
folders the load has to be less than the room (Hall's condition); one maximal flow looks at all sets
together. Where priorities decide who is next, jobs of a higher one that fit alone are served.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from simulator.access.grants import Access
from simulator.model.scenario import Scenario
from simulator.plan.adders import Adder, adders
from simulator.plan.arrivals import Wall, wall_of
from simulator.plan.chance import hosts_fail
from simulator.plan.demands import Demand, Submission, demands_of
from simulator.plan.fleet import RUNTIMES
from simulator.plan.flow import Network, Strait, is_all, is_more, straits
from simulator.plan.held_slots import Holding
from simulator.plan.lasting_capacity import hosts_of, share_in_service
from simulator.plan.reaches import Admitted, admitted
from simulator.plan.slot_network import Fleet, Node, SlotNetwork, alike, spots_of
from simulator.plan.turns import short_of_turns
from simulator.policies.admission import may_add_items
from simulator.policies.licences import licences_of
from simulator.sampling.inversion import NO_COLUMNS, Columns
from simulator.traces.rows import NO_TRACES, Traces


@dataclass(frozen=True, slots=True)
class Overload:
    """Folders that together need more than they share, and whose jobs wait ever longer for it.

    `need` and `room` are numbers of jobs at once; `narrow` is what they share, each with its part
    of the room. `waiting` are the folders among them whose jobs, or items, wait ever longer:
    `submissions` and `queues`, those of other folders too that can run nowhere else.
    """

    folders: tuple[str, ...]
    need: float
    room: float
    narrow: tuple[tuple[Node, float], ...]
    waiting: tuple[str, ...]
    submissions: frozenset[Submission]
    queues: frozenset[str]


def overloads(
    scenario: Scenario, access: Access, columns: Columns = NO_COLUMNS, traces: Traces = NO_TRACES
) -> tuple[Overload, ...]:
    """Return every overload of a scenario without errors, with its data files; mostly none."""
    everyone = admitted(scenario, access)
    wall = wall_of(scenario.time, scenario.assumptions, scenario.calendars, traces)
    holding = Holding(scenario, columns, traces)
    adding = [(one, _let_in(one, access)) for one in adders(scenario, access)]
    demands = demands_of(everyone, adding, holding, wall)
    if not any(one.load for one in demands):
        return ()
    network = SlotNetwork(*_fleet(everyone, demands, holding, wall))
    places = [network.add(one) for one in demands]
    estate = _Estate(
        network.network(), network.nodes, dict(zip(places, demands, strict=True)), scenario
    )
    return tuple(estate.overloads())


def _let_in(adder: Adder, access: Access) -> float:
    """Return the share of the items that somebody may add."""
    allowed = [may_add_items(one, adder.folder, access) is None for one in adder.callers]
    return sum(allowed) / len(allowed) if allowed else 0.0


def _fleet(
    everyone: Sequence[Admitted], demands: Sequence[Demand], holding: Holding, wall: Wall
) -> tuple[Fleet, Mapping[tuple[str, ...], Sequence[tuple[str, ...]]]]:
    scenario, licences = holding.scenario, licences_of(holding.scenario)
    named: dict[str, set[str]] = defaultdict(set)
    for spot in spots_of(demands):
        named[spot.machine].add(spot.host)
    single = frozenset(
        member
        for name, account in scenario.accounts.items()
        if account.one_job_at_a_time
        for member in account.members(name)
    )
    overrun_s = _overrun_s(everyone, holding)
    machines = {name: scenario.machines[name] for name in named}
    fleet = Fleet(
        hosts={name: hosts_of(name, one, named[name], licences) for name, one in machines.items()},
        in_service={
            name: share_in_service(one, wall, overrun_s.get(name, 0.0), holding.columns)
            for name, one in machines.items()
        },
        single=single,
        left={runtime: licences.left(runtime) for runtime in RUNTIMES},
    )
    return fleet, alike((spot.accounts for spot in spots_of(demands)), single)


def _overrun_s(everyone: Sequence[Admitted], holding: Holding) -> dict[str, float]:
    """Return how long jobs run on past any instant on each machine that has maintenance."""
    maintained = {name for name, one in holding.scenario.machines.items() if one.maintenance}
    found: dict[str, float] = {}
    for one in everyone:
        there = {spot.machine for reach in one.reaches.values() for spot in reach.spots}
        there &= maintained
        if there:
            longest_s = holding.overrun_s(one.source, there)
            found.update((name, max(found.get(name, 0.0), longest_s)) for name in there)
    return found


@dataclass(frozen=True, slots=True, eq=False)
class _Estate:
    """The network of a scenario, what its nodes are, and the demand that enters at some."""

    network: Network
    nodes: Sequence[Node]
    demands: Mapping[int, Demand]
    scenario: Scenario

    def overloads(self) -> Iterator[Overload]:
        everything = self._too_narrow(-math.inf)
        if not everything:
            return
        unserved = self._unserved(everything)
        for strait in everything:
            waiting = sorted(strait.nodes & unserved)
            yield self._overload(strait, [self.demands[node] for node in waiting])

    def _unserved(self, everything: Sequence[Strait]) -> set[int]:
        """Return the demands that are not served, by the order in which jobs go."""
        match self.scenario.dispatch.order:
            case "priority":
                return set(self._by_priority())
            case "round_robin":
                return {node for one in everything for node in self._out_of_turn(one)}
            case _:
                return {node for one in everything for node in one.nodes & self.demands.keys()}

    def _too_narrow(self, priority: float) -> list[Strait]:
        """Return where demands of a priority, and those above, find too little room."""
        entering = {
            node: one.load for node, one in self.demands.items() if one.priority >= priority
        }
        return [
            one for one in straits(self.network, entering) if self._is_too_narrow(one, entering)
        ]

    def _is_too_narrow(self, strait: Strait, entering: Mapping[int, float]) -> bool:
        """Return whether more is needed than there is, or all of it while chance adds up."""
        inside = [self.demands[node] for node in strait.nodes & entering.keys()]
        need, room = math.fsum(one.load for one in inside), self._room(strait)
        if is_all(need, room):
            return hosts_fail(self.scenario) or any(one.drifts for one in inside)
        return room > 0 and is_more(need, room)

    def _room(self, strait: Strait) -> float:
        return math.fsum(self.network.capacities[node] for node in strait.narrow)

    def _by_priority(self) -> Iterator[int]:
        """Yield the demands that are not served: level by level, those that do not fit any more."""
        for priority in sorted({one.priority for one in self.demands.values()}, reverse=True):
            for strait in self._too_narrow(priority):
                for node in strait.nodes & self.demands.keys():
                    if self.demands[node].priority == priority:
                        yield node

    def _out_of_turn(self, strait: Strait) -> Iterator[int]:
        """Yield the demands of folders for which their turns are too few."""
        inside = {node: self.demands[node] for node in strait.nodes & self.demands.keys()}
        short = short_of_turns(inside.values(), self._room(strait))
        yield from (node for node, one in inside.items() if not short.isdisjoint(one.slots))

    def _overload(self, strait: Strait, waiting: Sequence[Demand]) -> Overload:
        inside = [self.demands[node] for node in sorted(strait.nodes & self.demands.keys())]
        folders = _folders(inside)
        needing = frozenset(_folders(waiting))
        return Overload(
            folders=folders,
            need=math.fsum(one.load for one in inside),
            room=self._room(strait),
            narrow=tuple(
                (self.nodes[node], self.network.capacities[node]) for node in sorted(strait.narrow)
            ),
            waiting=tuple(folder for folder in folders if folder in needing),
            submissions=frozenset().union(*(one.submissions for one in waiting)),
            queues=frozenset().union(*(one.queues for one in waiting)),
        )


def _folders(demands: Sequence[Demand]) -> tuple[str, ...]:
    """Return the folders that bring load, each once."""
    return tuple(dict.fromkeys(folder for one in demands for folder in one.slots))
