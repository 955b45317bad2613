"""The search itself, over fleets whose fate is written down: no simulation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.experiments.sizing.fleets import Fleet
from simulator.experiments.sizing.search import Search
from simulator.experiments.verdicts import Outcome


def line(count: int) -> list[Fleet]:
    """Return nested fleets of one quantity: 1, 2, … of it, at 1 each."""
    return [Fleet(place + 1.0, (place,), (str(place + 1),)) for place in range(count)]


def grid(first: int, second: int, costs: tuple[float, float]) -> list[Fleet]:
    """Return fleets of two quantities, at different costs, the cheapest first."""
    places = product(range(first), range(second))
    return sorted(
        Fleet(sum(cost * (place + 1) for cost, place in zip(costs, at, strict=True)), at, ("", ""))
        for at in places
    )


class Fates:
    """A judge who has it in writing, and who counts what he is asked."""

    def __init__(self, fate: Callable[[tuple[int, ...]], Outcome]) -> None:
        self.fate = fate
        self.asked: list[tuple[int, ...]] = []

    def __call__(self, fleet: Fleet) -> Outcome:
        self.asked.append(fleet.places)
        return self.fate(fleet.places)


def from_place(first: int) -> Fates:
    return Fates(lambda places: "met" if places[0] >= first else "missed")


@pytest.mark.parametrize("first", range(40))
def test_the_smallest_that_meets_is_found_wherever_it_is(first: int) -> None:
    judge = from_place(first)
    found = Search(line(40), judge).cheapest()
    assert found is not None
    assert found.places == (first,)
    assert len(judge.asked) == len(set(judge.asked)), "no fleet is judged twice"
    assert set(range(first)) <= {places[0] for places in judge.asked}, "all cheaper ones are judged"


@pytest.mark.parametrize(("begin", "most"), [(13, 14), (12, 15), (20, 20)])
def test_a_good_guess_saves_judgements(begin: int, most: int) -> None:
    """Fourteen is the answer, at place 13: it and the 13 below have to be judged in any case."""
    judge = from_place(13)
    found = Search(line(40), judge, guess=lambda _line: begin).cheapest()
    assert found is not None
    assert found.places == (13,)
    assert len(judge.asked) <= most


def test_where_more_hurts_the_cheapest_is_found_all_the_same() -> None:
    """3 meets, 4 to 9 miss, from 10 on all meet: bisection alone would say 10."""
    judge = Fates(lambda places: "met" if places[0] == 2 or places[0] >= 9 else "missed")
    found = Search(line(20), judge).cheapest()
    assert found is not None
    assert found.places == (2,)


def test_none_is_found_where_none_meets_and_all_were_judged() -> None:
    judge = from_place(99)
    search = Search(line(12), judge)
    assert search.cheapest() is None
    assert len(judge.asked) == 12
    assert search.unproven(None) == 0


def test_an_undecided_cheaper_fleet_is_not_the_answer_and_is_told() -> None:
    judge = Fates(lambda places: ("missed", "undecided", "met")[min(places[0], 2)])
    search = Search(line(6), judge)
    answer = search.cheapest()
    assert answer is not None
    assert answer.places == (2,)
    assert search.unproven(answer) == 1


def test_the_cheapest_of_two_quantities() -> None:
    """Needs 3 of the first or 4 of the second, at 10 and 4: one and four cost 26, two and four 36.

    Places count from 0, so three of the first and one of the second cost 34.
    """
    judge = Fates(lambda at: "met" if at[0] >= 2 or at[1] >= 3 else "missed")
    found = Search(grid(5, 5, (10, 4)), judge).cheapest()
    assert found is not None
    assert (found.places, found.cost) == ((0, 3), 26.0)


def test_to_trust_that_more_never_hurts_saves_judgements_and_finds_the_same() -> None:
    def judge() -> Fates:
        return Fates(lambda at: "met" if at[0] + at[1] >= 9 else "missed")

    fleets, careful, trusting = grid(9, 9, (1, 1.01)), judge(), judge()
    found = Search(fleets, careful).cheapest()
    assert found == Search(fleets, trusting, more_never_hurts=True).cheapest()
    assert len(trusting.asked) < len(careful.asked) / 2


@given(
    meets=st.sets(st.tuples(st.integers(0, 3), st.integers(0, 3))),
    begin=st.none() | st.integers(0, 3),
)
def test_whatever_meets_the_answer_is_the_cheapest_of_them(
    meets: set[tuple[int, ...]], begin: int | None
) -> None:
    """Against enumeration, over every pattern of fates, monotone or not."""

    def guess(nested: Sequence[Fleet]) -> int | None:
        return None if begin is None else min(begin, len(nested) - 1)

    fleets = grid(4, 4, (3, 2))
    judge = Fates(lambda at: "met" if at in meets else "missed")
    found = Search(fleets, judge, guess).cheapest()
    least = min((one.cost for one in fleets if one.places in meets), default=None)
    assert (None if found is None else found.cost) == least
    assert found is None or found.places in meets
