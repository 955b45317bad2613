"""The fleets that a search chooses from: every combination of the values of its quantities."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import prod
from typing import Final, NamedTuple

from simulator.errors import Issue, ScenarioError
from simulator.experiments.sizing.costs import cost_of
from simulator.experiments.sizing.sizing import Values
from simulator.experiments.varying.quantities import Quantity

MOST_FLEETS: Final = 100_000
"""Fleets that a search may choose from."""


class Fleet(NamedTuple):
    """A value of each quantity; `places` has that of each among all of its quantity, from 0."""

    cost: float
    places: tuple[int, ...]
    values: Values

    def has_no_more_than(self, other: Fleet) -> bool:
        """Return whether it has as much of each quantity as another fleet, or less."""
        return all(own <= of_it for own, of_it in zip(self.places, other.places, strict=True))


def ascending(quantities: Sequence[Quantity]) -> tuple[Quantity, ...]:
    """Return quantities whose values, numbers that they are, come in ascending order, each once.

    Raises:
        ScenarioError: a value is no number.
    """
    return tuple(
        Quantity(one.path, tuple(sorted(dict.fromkeys(one.values), key=_number)))
        for one in quantities
    )


def fleets_of(quantities: Sequence[Quantity], unit_costs: Sequence[float]) -> tuple[Fleet, ...]:
    """Return every fleet, the cheapest first; of equal ones that with less of the first quantity.

    quantities: with values in ascending order. unit_costs: what one more of each costs.

    Raises:
        ScenarioError: there are more than `MOST_FLEETS`.
    """
    count = prod(len(one.values) for one in quantities)
    if count > MOST_FLEETS:
        message = f"{count:,} fleets are more than a search can go through, {MOST_FLEETS:,}"
        hint = "narrow the ranges: `validate` and `run` tell what is far from enough"
        raise ScenarioError([Issue((), message, "too-many-fleets", hint)])
    places = product(*(range(len(one.values)) for one in quantities))
    return tuple(sorted(_fleet(quantities, unit_costs, each) for each in places))


def _fleet(
    quantities: Sequence[Quantity], unit_costs: Sequence[float], places: tuple[int, ...]
) -> Fleet:
    values = tuple(one.values[place] for one, place in zip(quantities, places, strict=True))
    return Fleet(cost_of(values, unit_costs), places, values)


def _number(value: str) -> float:
    return cost_of((value,), (1.0,))
