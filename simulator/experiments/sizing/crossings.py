"""What the ways of jobs through an estate have in common: who meets whom at slots, at accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from simulator.plan.flow import Network
from simulator.plan.slot_network import Kind, Node
from simulator.plan.weekly_shape import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """The network of an estate: `ahead` of each node are those that jobs may go on to."""

    nodes: Sequence[Node]
    ahead: Mapping[int, Sequence[int]]
    last: frozenset[int]
    room: Floats

    def passed(self, kind: Kind, places: Sequence[int]) -> Floats:
        """Return 1 where whoever begins at a place passes a node, (places, nodes).

        It is of a kind of which each way on passes one; of one that there is a way around, none.
        """
        found = np.zeros((len(places), len(self.nodes)))
        for row, place in enumerate(places):
            found[row, self._of_the_kind(kind, place)] = 1
        return found

    def _of_the_kind(self, kind: Kind, place: int) -> list[int]:
        seen, left, found = {place}, [place], list[int]()
        while left:
            node = left.pop()
            if self.nodes[node].kind == kind:
                found.append(node)
                continue
            if node in self.last:
                return []
            new = [one for one in self.ahead[node] if one not in seen]
            seen.update(new)
            left += new
        return found


def ways_of(network: Network, nodes: Sequence[Node]) -> Ways:
    """Return the ways through a network with these nodes."""
    ahead: dict[int, list[int]] = {number: [] for number in range(len(nodes))}
    for here, there in network.links:
        ahead[here].append(there)
    room = np.where([one.kind == "jobs" for one in nodes], 0.0, network.capacities)
    return Ways(nodes, ahead, network.last, room)


@dataclass(frozen=True, slots=True, eq=False)
class Crossing:
    """Who meets whom at the nodes of one kind; `passed` as `Ways.passed` has it, room: (nodes,)."""

    passed: Floats
    room: Floats

    @property
    def spread(self) -> Floats:
        """Return which part of its load a place has at each node, by how much fits through it."""
        room = self.passed * self.room
        total = room.sum(axis=1, keepdims=True)
        spread: Floats = np.divide(room, total, out=np.zeros_like(room), where=total > 0)
        return spread

    @property
    def meets(self) -> Floats:
        """Return which part of the load of each place is where another's may go, (place, other)."""
        meets: Floats = self.passed @ self.spread.T
        return meets
