"""Load that is more than there is room for, found before a run: whose it is, and what they share.

Folders whose jobs need more slots than the machines they share have cannot all be served, whatever
the order: what waits becomes ever more, and no wait has a mean in the long run. For each set of
folders the load has to be less than the room (Hall's condition); one maximal flow looks at all sets
together. Where priorities decide who is next, jobs of a higher one that fit alone are served.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from simulator.access.grants import Access
from simulator.model.scenario import Scenario
from simulator.plan.chance import hosts_fail
from simulator.plan.demands import Demand, Submission
from simulator.plan.flow import Network, Strait, is_all, is_more, straits
from simulator.plan.offered_load import offered_load
from simulator.plan.slot_network import Node
from simulator.plan.turns import short_of_turns
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
    offered = offered_load(scenario, access, columns, traces)
    demands = offered.demands()
    if not any(one.load for one in demands):
        return ()
    network, places = offered.network(demands)
    estate = _Estate(
        network.network(), network.nodes, dict(zip(places, demands, strict=True)), scenario
    )
    return tuple(estate.overloads())


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
