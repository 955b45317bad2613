"""Minimal cuts: small networks by hand, random ones against every subset (Hall's condition)."""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.plan.flow import Network, is_all, is_more, straits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Estate(NamedTuple):
    """Folders with what they need, machines with their slots, and who may use which."""

    needs: tuple[float, ...]
    slots: tuple[float, ...]
    serves: tuple[frozenset[int], ...]

    def network(self) -> tuple[Network, dict[int, float]]:
        """Folders come first, then machines."""
        count = len(self.needs)
        links = [
            (folder, count + machine)
            for folder, machines in enumerate(self.serves)
            for machine in sorted(machines)
        ]
        machines = frozenset(range(count, count + len(self.slots)))
        capacities = (*(math.inf for _ in self.needs), *self.slots)
        return Network(capacities, tuple(links), machines), dict(enumerate(self.needs))

    def subsets(self) -> Iterator[tuple[frozenset[int], float, float]]:
        """Yield every set of folders, what it needs, and what its machines have together."""
        for size in range(1, len(self.needs) + 1):
            for some in combinations(range(len(self.needs)), size):
                machines = frozenset[int]().union(*(self.serves[one] for one in some))
                need = math.fsum(self.needs[one] for one in some)
                yield frozenset(some), need, math.fsum(self.slots[one] for one in machines)


def too_narrow(network: Network, needs: Mapping[int, float]) -> list[tuple[set[int], set[int]]]:
    """The folders and the machines of each strait that more is needed of than there is."""
    found = []
    for one in straits(network, needs):
        need = math.fsum(needs.get(node, 0.0) for node in one.nodes)
        if is_more(need, math.fsum(network.capacities[node] for node in one.narrow)):
            found.append(({node for node in one.nodes if node in needs}, set(one.narrow)))
    return found


BY_HAND: dict[str, tuple[Estate, list[tuple[set[int], set[int]]]]] = {
    "it fits": (Estate((5.0, 0.9), (6.0,), (frozenset({0}), frozenset({0}))), []),
    # 5 + 2.2 of the 6 of machine 2
    "two share one": (
        Estate((5.0, 2.2), (6.0,), (frozenset({0}), frozenset({0}))),
        [({0, 1}, {2})],
    ),
    # Folder 0 alone needs 1.5 of machine 2's 1; folder 1 has machine 3 as well.
    "one alone": (
        Estate((1.5, 0.5), (1.0, 1.0), (frozenset({0}), frozenset({0, 1}))),
        [({0}, {2})],
    ),
    # Together 3.1 of 3, and no one or two of them too much for what those have.
    "only all three": (
        Estate((0.9, 1.0, 1.2), (1.0, 1.0, 1.0), (frozenset({0, 1}),) * 2 + (frozenset({1, 2}),)),
        [({0, 1, 2}, {3, 4, 5})],
    ),
    "two places apart": (
        Estate((2.0, 3.0, 0.1), (1.0, 2.0, 1.0), (*(frozenset({one}) for one in range(3)),)),
        [({0}, {3}), ({1}, {4})],
    ),
    "a guest who can go nowhere else": (
        Estate((2.0, 0.0), (1.0,), (frozenset({0}), frozenset({0}))),
        [({0, 1}, {2})],
    ),
    "without end": (
        Estate(
            (math.inf, 0.5, 0.5), (1.0, 9.0), (frozenset({0}), frozenset({0, 1}), frozenset({1}))
        ),
        [({0}, {3})],
    ),
    # What is far too much for one leaves the others' small numbers apart.
    "a mountain beside a molehill": (
        Estate(
            (1e12, 1.2, 0.3),
            (1.0, 1.0, 1.0),
            (frozenset({0}), frozenset({1}), frozenset({1, 2})),
        ),
        [({0}, {3}), ({1}, {4})],
    ),
}


@pytest.mark.parametrize(("estate", "expected"), BY_HAND.values(), ids=BY_HAND)
def test_what_is_too_narrow(estate: Estate, expected: list[tuple[set[int], set[int]]]) -> None:
    assert too_narrow(*estate.network()) == expected


def test_nodes_that_are_passed_in_a_row_count_each() -> None:
    """3 through 5 and then 2: the 2 is narrow, what comes before it is part of the strait."""
    network = Network((math.inf, 5.0, 2.0, 9.0), ((0, 1), (1, 2), (2, 3)), frozenset({3}))
    (found,) = straits(network, {0: 3.0})
    assert (found.nodes, found.narrow) == ({0, 1, 2}, {2})


def test_what_only_just_fits_is_told_apart() -> None:
    (found,) = straits(Network((math.inf, 2.0), ((0, 1),), frozenset({1})), {0: 2.0})
    assert found.narrow == {1}
    assert is_all(2.0, 2.0 + 1e-12)
    assert not is_more(2.0, 2.0 - 1e-12)


@st.composite
def estates(draw: st.DrawFn) -> Estate:
    """Up to 6 folders and 5 machines, needs in tenths, so that they are often just too much."""
    folders, machines = draw(st.integers(1, 6)), draw(st.integers(1, 5))
    some = st.frozensets(st.integers(0, machines - 1), min_size=1)
    return Estate(
        tuple(draw(st.integers(0, 40)) / 10 for _ in range(folders)),
        tuple(float(draw(st.integers(1, 4))) for _ in range(machines)),
        tuple(draw(some) for _ in range(folders)),
    )


@settings(max_examples=300, deadline=None, derandomize=True)
@given(estates())
def test_the_verdict_is_that_of_all_subsets(estate: Estate) -> None:
    """Some subset needs more than its machines have, if and only if something is too narrow; and
    each place that is found is such a subset, with all the machines it may use."""
    found = too_narrow(*estate.network())
    broken = [some for some, need, room in estate.subsets() if is_more(need, room)]
    assert bool(found) == bool(broken)
    count = len(estate.needs)
    for folders, narrow in found:
        machines = frozenset[int]().union(*(estate.serves[one] for one in folders))
        assert narrow == {count + one for one in machines}
    largest = max(
        (need - room for _, need, room in estate.subsets()), default=0.0
    )  # what a maximal flow leaves over
    left_over = math.fsum(
        math.fsum(estate.needs[one] for one in folders)
        - math.fsum(estate.slots[one - count] for one in narrow)
        for folders, narrow in found
    )
    assert left_over == pytest.approx(max(largest, 0.0), abs=1e-6)
