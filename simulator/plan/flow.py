"""How much fits through a network, and what is too narrow for it: maximal flow, minimal cut.

By the theorem of Ford & Fulkerson (1956, "Maximal flow through a network", Canadian Journal of
Mathematics 8) as much flows as the narrowest cut between source and sink lets through. Of the
narrowest cuts this takes the one nearest to the source: what lies on its near side is all that has
too little room.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

_WHOLE: Final = 2**29
"""What all demand together is in the integers of SciPy's flow, which have 32 bits."""

_ANY_NUMBER: Final = 2 * _WHOLE
"""More than all demand together."""

_ROUNDING: Final = 1e-9
"""By how much sums of floats may miss each other and be equal all the same."""


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes, each with what fits through it at a time, infinite where anything does.

    `links` lead from node to node, those of `last` to the sink.
    """

    capacities: tuple[float, ...]
    links: tuple[tuple[int, int], ...]
    last: frozenset[int]


@dataclass(frozen=True, slots=True)
class Strait:
    """Nodes that are linked with each other and have too little room; through `narrow` all goes."""

    nodes: frozenset[int]
    narrow: frozenset[int]


def straits(network: Network, demands: Mapping[int, float]) -> list[Strait]:
    """Return where what enters at some nodes does not fit, or only just, each place by itself.

    A node at which nothing enters is part of a strait if all that it leads to is.
    """
    if _fits_any_way(network, demands):
        return []
    reached, passed = _near_side(network, _finite(demands, network))
    return [
        Strait(frozenset(nodes), frozenset(nodes) - passed)
        for nodes in _joined(network, reached, passed)
        if not nodes.isdisjoint(demands)
    ]


def is_more(need: float, room: float) -> bool:
    """Return whether something is more than there is room for, rounding apart."""
    return need > room and not is_all(need, room)


def is_all(need: float, room: float) -> bool:
    """Return whether something takes all the room there is, rounding apart."""
    return math.isclose(need, room, rel_tol=_ROUNDING)


def _fits_any_way(network: Network, demands: Mapping[int, float]) -> bool:
    """Return whether all fits even if all of it went through each node that it can reach."""
    ahead: dict[int, list[int]] = defaultdict(list)
    for here, there in network.links:
        ahead[here].append(there)
    loads = [0.0] * len(network.capacities)
    for node, load in demands.items():
        for other in _around(node, ahead):
            loads[other] += load
    most = zip(loads, network.capacities, strict=True)
    return all(load < capacity and not is_all(load, capacity) for load, capacity in most)


def _finite(demands: Mapping[int, float], network: Network) -> dict[int, float]:
    """Return demands of no more than all there is and one: what is far more says nothing else.

    So one that is huge, or has no end, leaves the others their digits.
    """
    known = [value for value in network.capacities if math.isfinite(value)]
    most = math.fsum(known) + 1
    return {node: min(value, most) for node, value in demands.items()}


def _near_side(
    network: Network, demands: Mapping[int, float]
) -> tuple[frozenset[int], frozenset[int]]:
    """Return the nodes that more could still flow to, and those it could flow through."""
    from scipy.sparse import csr_array  # noqa: PLC0415 - slow to import, and mostly not needed
    from scipy.sparse.csgraph import breadth_first_order, maximum_flow  # noqa: PLC0415 - likewise

    count = len(network.capacities)
    source, sink = 2 * count, 2 * count + 1
    per_unit = _WHOLE / max(math.fsum(demands.values()), 1.0)
    edges = [
        *((source, 2 * node, per_unit * value + 2) for node, value in demands.items()),
        *((2 * node, 2 * node + 1, per_unit * c) for node, c in enumerate(network.capacities)),
        *((2 * here + 1, 2 * there, _ANY_NUMBER) for here, there in network.links),
        *((2 * node + 1, sink, _ANY_NUMBER) for node in network.last),
    ]
    begin, end, wide = (np.array(column) for column in zip(*edges, strict=True))
    whole = np.minimum(wide, _ANY_NUMBER).astype(np.int32)
    graph = csr_array((whole, (begin, end)), shape=(2 * count + 2, 2 * count + 2))
    left = graph - maximum_flow(graph, source, sink).flow
    left.eliminate_zeros()
    found = set(breadth_first_order(left, source, return_predecessors=False).tolist())
    return (
        frozenset(node for node in range(count) if 2 * node in found),
        frozenset(node for node in range(count) if 2 * node + 1 in found),
    )


def _joined(
    network: Network, reached: frozenset[int], passed: frozenset[int]
) -> Iterable[set[int]]:
    """Yield the nodes that were reached, those together that are linked."""
    beside: dict[int, list[int]] = {node: [] for node in reached}
    for here, there in network.links:
        if here in passed and there in reached:
            beside[here].append(there)
            beside[there].append(here)
    left = dict.fromkeys(sorted(reached))
    while left:
        found = _around(next(iter(left)), beside)
        for node in found:
            del left[node]
        yield found


def _around(node: int, beside: Mapping[int, Sequence[int]]) -> set[int]:
    found, ahead = {node}, [node]
    while ahead:
        for other in beside.get(ahead.pop(), ()):
            if other not in found:
                found.add(other)
                ahead.append(other)
    return found
