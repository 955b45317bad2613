"""Who is next: given the lines that could use what is free, which one's oldest job goes first.

An order is a pure function of the candidates (a bit mask of lines) and what it may look at. Lines
are numbered by falling priority, so the lowest bits are the highest priority.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, Protocol, TypeAlias


class Waiting(Protocol):
    """What an order may look at.

    `queues` holds for each line the ids of its Pending jobs, the oldest first; ids grow with age.
    Behind the head some may be gone already: `length` is how many wait.
    `priorities` and `folders` are by line, `served` by folder: the running number of its latest
    start. `draw` gives uniform numbers from 0 to 1.
    """

    @property
    def queues(self) -> Sequence[Sequence[int]]: ...  # noqa: D102 - the class docstring tells
    @property
    def priorities(self) -> Sequence[int]: ...  # noqa: D102 - the same
    @property
    def folders(self) -> Sequence[int]: ...  # noqa: D102 - the same
    @property
    def served(self) -> Sequence[int]: ...  # noqa: D102 - the same
    @property
    def draw(self) -> Callable[[], float]: ...  # noqa: D102 - the same
    def length(self, line: int) -> int: ...  # noqa: D102 - the same


Order: TypeAlias = Callable[[int, Waiting], int]
"""(mask of candidate lines, not empty; view) -> the line that goes first."""


def by_priority(candidates: int, view: Waiting) -> int:
    """Return the line with the highest priority; among equals, the oldest head tenant-wide."""
    queues, priorities = view.queues, view.priorities
    lowest = candidates & -candidates
    best = lowest.bit_length() - 1
    candidates ^= lowest
    if not candidates:
        return best
    priority, head = priorities[best], queues[best][0]
    while candidates:
        lowest = candidates & -candidates
        line = lowest.bit_length() - 1
        if priorities[line] != priority:
            break
        if queues[line][0] < head:
            best, head = line, queues[line][0]
        candidates ^= lowest
    return best


def oldest(candidates: int, view: Waiting) -> int:
    """Return the line whose head was submitted first, whatever its priority."""
    return min(lines_of(candidates), key=lambda line: view.queues[line][0])


def round_robin(candidates: int, view: Waiting) -> int:
    """Return the best line, by priority then age, of the folder served longest ago."""
    lines = list(lines_of(candidates))
    turn = min(view.served[view.folders[line]] for line in lines)
    return min(
        (line for line in lines if view.served[view.folders[line]] == turn),
        key=lambda line: (-view.priorities[line], view.queues[line][0]),
    )


def at_random(candidates: int, view: Waiting) -> int:
    """Return a line drawn in proportion to its length: each Pending job is equally likely.

    Inside a line jobs have the same needs and leave in their order of age.
    """
    lines = list(lines_of(candidates))
    pick = view.draw() * sum(view.length(line) for line in lines)
    for line in lines:
        pick -= view.length(line)
        if pick < 0:
            return line
    return lines[-1]


def lines_of(mask: int) -> Sequence[int]:
    """Return the numbers of the bits set in a mask, rising."""
    found = []
    while mask:
        lowest = mask & -mask
        found.append(lowest.bit_length() - 1)
        mask ^= lowest
    return found


ORDERS: Final[Mapping[str, Order]] = MappingProxyType(
    {
        "priority": by_priority,
        "oldest": oldest,
        "round_robin": round_robin,
        "random": at_random,
    }
)
"""The orders by their names in a scenario."""
