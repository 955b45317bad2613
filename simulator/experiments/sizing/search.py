"""The search for the cheapest fleet that meets all targets.

Bisection finds one that meets, over nested fleets: those that differ in one quantity alone. That
more never hurts is only where it looks first: sharing machines makes waits that are not monotone.
Then every cheaper fleet is judged as well, so that the answer rests on no such thing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from simulator.experiments.sizing.fleets import Fleet
from simulator.experiments.verdicts import Outcome

Judge = Callable[[Fleet], Outcome]
Guess = Callable[[Sequence[Fleet]], int | None]
"""Takes nested fleets, the smallest first; says which is the first to meet, if it has an idea."""


def nowhere(_line: Sequence[Fleet]) -> int | None:
    """Have no idea where to begin."""
    return None


@dataclass
class Search:
    """A search among `fleets`, the cheapest first; no fleet is judged twice.

    With `more_never_hurts`, a fleet that has no more of anything than one that misses is taken to
    miss as well.
    """

    fleets: Sequence[Fleet]
    judge: Judge
    guess: Guess = nowhere
    more_never_hurts: bool = False
    outcomes: dict[Fleet, Outcome] = field(default_factory=dict)

    def cheapest(self) -> Fleet | None:
        """Return the cheapest fleet that meets all targets, None where none was found to."""
        found = self._by_bisection()
        if found is None:
            return next((one for one in self.fleets if self._meets(one)), None)
        for fleet in reversed(self.fleets):
            if fleet.cost < found.cost and self._meets(fleet):
                found = fleet
        return found

    def unproven(self, answer: Fleet | None) -> int:
        """Return how many fleets cheaper than the answer could not be decided."""
        return sum(
            fate == "undecided" and (answer is None or fleet.cost < answer.cost)
            for fleet, fate in self.outcomes.items()
        )

    def _by_bisection(self) -> Fleet | None:
        """Return a fleet that meets all targets, with less of each quantity in turn."""
        by_places = {fleet.places: fleet for fleet in self.fleets}
        places = max(by_places)  # the most of everything
        found = None
        for quantity in range(len(places)):
            line = [by_places[at] for at in _line(places, quantity)]
            smallest = self._smallest(line)
            if smallest is None:
                return None
            found, places = smallest, smallest.places
        return found

    def _smallest(self, line: Sequence[Fleet]) -> Fleet | None:
        """Return the smallest of nested fleets that meets, as if each larger one met too."""
        below, meets, stride = -1, len(line), 1
        begin = self.guess(line)
        probe = len(line) // 2 if begin is None else begin
        while meets - below > 1:
            if self._meets(line[probe]):
                meets = probe
            else:
                below = probe
            probe = _next_probe(below, meets, len(line), stride)
            stride *= 2
        return line[meets] if meets < len(line) else None

    def _meets(self, fleet: Fleet) -> bool:
        if fleet not in self.outcomes:
            if self.more_never_hurts and self._is_outdone(fleet):
                return False
            self.outcomes[fleet] = self.judge(fleet)
        return self.outcomes[fleet] == "met"

    def _is_outdone(self, fleet: Fleet) -> bool:
        return any(
            fate == "missed" and fleet.has_no_more_than(other)
            for other, fate in self.outcomes.items()
        )


def _next_probe(below: int, meets: int, count: int, stride: int) -> int:
    """Return the next place to look at: away from the first one in longer and longer strides.

    Between two known ends it is the middle.
    """
    if meets == count:
        return min(below + stride, count - 1)
    if below < 0:
        return max(meets - stride, 0)
    return (below + meets) // 2


def _line(places: tuple[int, ...], quantity: int) -> list[tuple[int, ...]]:
    """Return the places of the fleets with as much of one quantity, or less."""
    before, after = places[:quantity], places[quantity + 1 :]
    return [(*before, place, *after) for place in range(places[quantity] + 1)]
