"""When a study has replications enough: its figures are precise, or its targets decided.

Looking often at a half-width and stopping at the first that is narrow enough favours those that are
narrow by luck (Chow & Robbins 1965; Law, "Simulation Modeling and Analysis", 5th ed., section
9.4.1). So nobody looks before ten replications, and later only as their number grows by a fifth.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from typing import Final, Literal, NamedTuple

from simulator.experiments.long_run import LongRun
from simulator.experiments.verdicts import outcome
from simulator.measurement import Figures, Summary, SummaryRow
from simulator.measurement.summarising import row_of
from simulator.model.precision import FEWEST_REPLICATIONS, Precision
from simulator.model.scenario import Scenario
from simulator.model.targets import Target
from simulator.records.columns import Legend

BY_DEFAULT: Final = "pending.mean"
"""What is to be precise where nothing is named, and no target is set."""

A_FIFTH: Final = 20
"""Per cent by which the replications of a study grow from one look to the next."""

Standing = Literal["precise", "decided", "nothing", "open"]
"""Narrow enough; a target on one side of its limit; nothing to measure; or none of these."""


class Goal(NamedTuple):
    """A row of a summary that is to be precise, or the target about it decided, if it is of one."""

    scope: str
    name: str
    measure: str
    target: Target | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what a summary finds the row by."""
        return self.scope, self.name, self.measure

    def standing(self, row: SummaryRow | None, precision: float) -> Standing:
        """Return how it stands with a row; one of zero is precise if its interval is zero too."""
        if row is None or math.isnan(row.mean):
            return "nothing"
        if self.target is not None and outcome(self.target, row) != "undecided":
            return "decided"
        return "precise" if row.half_width <= precision * abs(row.mean) else "open"


def goals_of(scenario: Scenario, long_run: LongRun) -> tuple[Goal, ...]:
    """Return what a study goes on for, but what has no value in the long run; none for a number."""
    asked = scenario.run.replications
    if not isinstance(asked, Precision):
        return ()
    if asked.of is not None or not scenario.targets:
        goals = [Goal("tenant", "", asked.of or BY_DEFAULT)]
    else:
        goals = [Goal(*one.scope, one.row, one) for one in scenario.targets]
    return tuple(one for one in goals if not long_run.reason(*one.key))


def standings(
    scenario: Scenario, long_run: LongRun, summary: Summary
) -> tuple[tuple[Goal, Standing], ...]:
    """Return each goal of a study, and how it stands with its summary."""
    asked = scenario.run.replications
    if not isinstance(asked, Precision):
        return ()
    goals = goals_of(scenario, long_run)
    return tuple((one, one.standing(summary.find(*one.key), asked.precision)) for one in goals)


def enough_of(
    scenario: Scenario, long_run: LongRun
) -> Callable[[Sequence[Figures], Legend], bool] | None:
    """Return what tells that a study has replications enough; None where it asks for a number."""
    run = scenario.run
    asked = run.replications
    if not isinstance(asked, Precision):
        return None
    goals, precision = goals_of(scenario, long_run), asked.precision

    def enough(figures: Sequence[Figures], legend: Legend) -> bool:
        return is_look(len(figures)) and not any(
            one.standing(row_of(figures, legend, one.key, run.confidence), precision) == "open"
            for one in goals
        )

    return enough


def is_look(count: int) -> bool:
    """Return whether a study is looked at after so many replications: 10, 12, 15, 18, 22, 27, …."""
    return next(look for look in looks(A_FIFTH) if look >= count) == count


def looks(percent: int) -> Iterator[int]:
    """Yield without end after how many replications to look: ten, then each time so many more.

    percent: by how much they grow from one look to the next, rounded up.
    """
    look = FEWEST_REPLICATIONS
    while True:
        yield look
        look += math.ceil(look * percent / 100)
