"""What lies around an answer: one more and one less of each quantity, and what binds there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from simulator.experiments.comparing.pairing import (
    NO_DIFFERENCE,
    Difference,
    difference_at,
    paired,
)
from simulator.experiments.sizing.binding import binding_of
from simulator.experiments.sizing.fleets import Fleet
from simulator.experiments.sizing.judges import Judges
from simulator.experiments.sizing.sizing import Binding, Effect, Values
from simulator.experiments.sizing.trial import outcome_of
from simulator.experiments.study import Study
from simulator.model.targets import Target

MOST_REPLICATIONS: Final = 30
"""Replications that effects rest on at most: they are paired, so few of them tell much."""

_STEPS: Final[Mapping[Literal["less", "more"], int]] = {"less": -1, "more": 1}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Effects of single steps from the answer, and what binds at `bound_at`; none without one."""

    effects: tuple[Effect, ...] = ()
    binding: tuple[Binding, ...] = ()
    bound_at: Values | None = None
    cautions: tuple[str, ...] = ()


def surroundings(answer: Fleet, fleets: Sequence[Fleet], judges: Judges) -> Surroundings:
    """Return what one more and one less of each quantity would do to the answer of a search."""
    replications = min(judges.tried[answer].replications, MOST_REPLICATIONS)
    here = judges.study_of(answer, replications)
    by_places = {fleet.places: fleet for fleet in fleets}
    effects, bound = list[Effect](), (answer.values, here)
    for quantity, step, fleet in _neighbours(answer, by_places):
        path = judges.question.quantities[quantity].path
        why = judges.why(fleet)
        if why:
            cost = fleet.cost - answer.cost
            effects.append(Effect(path, step, fleet.values, cost, "missed", (), why))
            continue
        there = judges.study_of(fleet, replications)
        effects.append(_effect(path, step, (answer, here), (fleet, there), judges))
        if step == "less" and effects[-1].outcome == "missed" and bound[0] == answer.values:
            bound = fleet.values, there
    binding = binding_of(bound[1], judges.trial.targets)
    return Surroundings(tuple(effects), binding, bound[0], here.cautions)


def _neighbours(
    answer: Fleet, by_places: Mapping[tuple[int, ...], Fleet]
) -> Iterator[tuple[int, Literal["less", "more"], Fleet]]:
    """Yield each fleet that differs from the answer by one step of one quantity."""
    for quantity in range(len(answer.places)):
        for step, change in _STEPS.items():
            places = list(answer.places)
            places[quantity] += change
            fleet = by_places.get(tuple(places))
            if fleet is not None:
                yield quantity, step, fleet


def _effect(
    path: str,
    step: Literal["less", "more"],
    here: tuple[Fleet, Study],
    there: tuple[Fleet, Study],
    judges: Judges,
) -> Effect:
    """Return what a step does, paired by replication; how it fares is what its trial found."""
    differences = (_difference(target, here[1], there[1]) for target in judges.trial.targets)
    tried = judges.tried.get(there[0])
    figures = judges.trial.figures(there[1].figures, there[1].legend)
    outcome = outcome_of(figures) if tried is None else tried.outcome
    cost = there[0].cost - here[0].cost
    return Effect(path, step, there[0].values, cost, outcome, tuple(differences))


def _difference(target: Target, here: Study, there: Study) -> Difference:
    """Return the difference in what a target is about; none where either has nothing of it."""
    scope, name = target.scope
    for one in paired([here, there], scope, [name]):
        if one.measure == target.row:
            return difference_at(one.differences[0], 0)
    return NO_DIFFERENCE
