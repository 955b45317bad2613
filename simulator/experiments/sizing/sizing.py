"""What a search for the cheapest fleet that meets the targets comes to: the answer, its proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from simulator.experiments.checks import StudyCheck
from simulator.experiments.comparing.pairing import Difference
from simulator.experiments.varying.quantities import Quantity
from simulator.experiments.verdicts import Outcome
from simulator.model.targets import Target

Values = tuple[str, ...]
"""The value of each quantity in one fleet, as `--set` takes it."""


class TargetFigure(NamedTuple):
    """How a fleet fares by one target: its value, and the interval it was judged by, in its unit.

    The interval is that of the test, wider than one of the scenario's own confidence, since all
    tests of a search share one error. NaN where nothing was measured.
    """

    target: Target
    mean: float
    low: float
    high: float
    outcome: Outcome


class Tried(NamedTuple):
    """A fleet that was judged: met, missed, or undecided after all replications it may have.

    Without `replications` it was judged by `why`: the load that no run has to show is too much.
    """

    values: Values
    cost: float
    outcome: Outcome
    replications: int
    targets: tuple[TargetFigure, ...] = ()
    why: str = ""


class Effect(NamedTuple):
    """What one step up or down of one quantity would do to the answer.

    `differences` are to the answer, paired by replication, one for each target; `cost` is the
    difference in cost; `outcome` as the same replications have it, None where it cannot be run.
    """

    path: str
    step: Literal["more", "less"]
    values: Values
    cost: float
    outcome: Outcome | None
    differences: tuple[Difference, ...]
    why: str = ""


class Binding(NamedTuple):
    """A cause of the waits of the folders whose targets one fleet misses: its share of them.

    `cause` is a label of `BlameCause`; `machine` and `held_by` are empty where there is none.
    """

    cause: str
    machine: str
    held_by: str
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Bound:
    """What the load alone tells, by a maximal flow: fleets that cannot keep up in the long run.

    `excluded` of `fleets` are so. `values` are the cheapest fleet that is not, None where all are;
    `why` the reason of the dearest of those cheaper than it; empty where there is none.
    """

    fleets: int
    excluded: int
    values: Values | None
    cost: float
    why: str


@dataclass(frozen=True, slots=True)
class Sizing:
    """The answer of a search, and its certificate.

    `answer` is the cheapest fleet that meets all targets, None where none was found. `tried` are in
    the order of the search, `unproven` the cheaper fleets that were neither found to miss nor ruled
    out by load. `effects` are those of one more and one less of each quantity, `binding` what keeps
    jobs waiting at `bound_at`: the cheaper neighbour that misses, else the answer.
    `error` is the chance, at most, that any of the tests went wrong. `guess` is where queueing
    theory made the search begin.
    """

    quantities: tuple[Quantity, ...]
    unit_costs: tuple[float, ...]
    targets: tuple[Target, ...]
    answer: Values | None
    tried: tuple[Tried, ...]
    bound: Bound
    effects: tuple[Effect, ...]
    binding: tuple[Binding, ...]
    bound_at: Values | None
    guess: Values | None
    unproven: int
    more_never_hurts: bool
    error: float
    seed: int
    complete: bool
    checks: tuple[StudyCheck, ...]
    cautions: tuple[str, ...]

    def of(self, values: Values | None) -> Tried | None:
        """Return the judgement of a fleet, None where it was not tried."""
        return next((one for one in self.tried if one.values == values), None)

    def assigned(self, values: Sequence[str]) -> dict[str, str]:
        """Return values by path."""
        return {one.path: value for one, value in zip(self.quantities, values, strict=True)}
