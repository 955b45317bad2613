"""Whether one fleet meets all targets: a test that goes on until it can tell.

After ten replications, and then ever less often, the interval of each target is looked at. All
looks at all targets of all fleets share the error that the scenario's confidence leaves, in equal
parts (Bonferroni), so the whole search errs no more often than that.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from simulator.experiments.sizing.sizing import TargetFigure
from simulator.experiments.stopping import looks
from simulator.experiments.verdicts import Outcome, outcome
from simulator.measurement import Figures
from simulator.measurement.summarising import row_of
from simulator.model.targets import Target
from simulator.records.columns import Legend

A_HALF: Final = 50
"""Per cent by which replications grow from one look to the next: few looks leave each more error.
"""


@dataclass(frozen=True, slots=True)
class Trial:
    """How fleets are tested: against which targets, when, and how sure each look has to be."""

    targets: tuple[Target, ...]
    looks: tuple[int, ...]
    confidence: float

    def is_over(self, figures: Sequence[Figures], legend: Legend) -> bool:
        """Return whether no further replication is needed: missed, met, or nothing to measure."""
        if len(figures) not in self.looks:
            return False
        return is_decided(self.figures(figures, legend))

    def figures(self, figures: Sequence[Figures], legend: Legend) -> tuple[TargetFigure, ...]:
        """Return how the fleet fares by each target, as far as the replications tell."""
        return tuple(self._figure(target, figures, legend) for target in self.targets)

    def _figure(self, target: Target, figures: Sequence[Figures], legend: Legend) -> TargetFigure:
        row = row_of(figures, legend, (*target.scope, target.row), self.confidence)
        if row is None:
            return TargetFigure(target, math.nan, math.nan, math.nan, "undecided")
        return TargetFigure(target, row.mean, row.low, row.high, outcome(target, row))


def trial_of(
    targets: Sequence[Target], *, error: float, fleets: int, at_most: int, varies: bool
) -> Trial:
    """Return the test of each of so many fleets, which together go wrong by `error` at most.

    Where nothing `varies` from one replication to the next, one of them tells all.
    """
    looks = looks_until(at_most) if varies else (1,)
    share = error / (fleets * len(looks) * len(targets))
    return Trial(tuple(targets), looks, 1 - 2 * share)  # the error is of one end of the interval


def looks_until(at_most: int) -> tuple[int, ...]:
    """Return after how many replications a test is looked at, `at_most` the last time."""
    return (*takewhile(lambda look: look < at_most, looks(A_HALF)), at_most)


def is_decided(figures: Sequence[TargetFigure]) -> bool:
    """Return whether it is known how a fleet fares, or never will be."""
    fate = outcome_of(figures)
    return fate != "undecided" or all(
        math.isnan(one.mean) for one in figures if one.outcome == "undecided"
    )


def outcome_of(figures: Sequence[TargetFigure]) -> Outcome:
    """Return how a fleet fares by all its targets: it misses by one, it meets by all."""
    outcomes = {one.outcome for one in figures}
    if "missed" in outcomes:
        return "missed"
    return "undecided" if "undecided" in outcomes else "met"
