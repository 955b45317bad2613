"""The rows of a sizing's tables, as text, the same for a terminal and a page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from simulator.report.promises import limit, promise
from simulator.report.sizing.words import (
    RULED_OUT,
    change,
    cost,
    deciding,
    listed_fleet,
    measured,
)
from simulator.report.wording import NOTHING, number, visible

if TYPE_CHECKING:
    from simulator.experiments.sizing.sizing import Effect, Sizing, Tried
    from simulator.experiments.verdicts import Outcome
    from simulator.model.targets import Target


class TargetRow(NamedTuple):
    """A target at the answer."""

    target: str
    limit: str
    measured: str
    outcome: Outcome


class StepRow(NamedTuple):
    """What a step from the answer changes by one target; the step is told in its first row only."""

    step: str
    cost: str
    target: str
    difference: str
    outcome: Outcome | None
    why: str


class FleetRow(NamedTuple):
    """A fleet that was tried, told by the target that decides of it."""

    fleet: str
    target: str
    cost: str
    replications: str
    measured: str
    outcome: Outcome


def target_rows(sizing: Sizing) -> tuple[TargetRow, ...]:
    """Return how the answer fares by each target."""
    found = sizing.of(sizing.answer)
    return tuple(
        TargetRow(promise(one.target), limit(one.target), measured(one), one.outcome)
        for one in (() if found is None else found.targets)
    )


def step_rows(sizing: Sizing) -> tuple[StepRow, ...]:
    """Return what one more and one less of each quantity would do."""
    return tuple(row for one in sizing.effects for row in _of_step(sizing, one))


def _of_step(sizing: Sizing, effect: Effect) -> Iterator[StepRow]:
    step = _step(sizing, effect)
    extra = f"{effect.cost:+,.10g}" if cost(sizing, effect.cost) else ""
    if not effect.differences:
        yield StepRow(step, extra, "", RULED_OUT, effect.outcome, effect.why)
    pairs = zip(sizing.targets, effect.differences, strict=False)  # none where it was not run
    for place, (target, difference) in enumerate(pairs):
        changed = change(target, difference, _at_answer(sizing, target))
        if place:
            yield StepRow("", "", promise(target), changed, None, "")
        else:
            yield StepRow(step, extra, promise(target), changed, effect.outcome, "")


def _step(sizing: Sizing, effect: Effect) -> str:
    """Return a step: `down to 13`, with its quantity where there are several."""
    to = f"{_STEPS[effect.step]} {visible(sizing.assigned(effect.values)[effect.path])}"
    return to if len(sizing.quantities) == 1 else f"{visible(effect.path)} {to}"


_STEPS: Final = {"less": "down to", "more": "up to"}


def _at_answer(sizing: Sizing, target: Target) -> float:
    """Return the answer's own value of a target."""
    found = sizing.of(sizing.answer)
    figures = () if found is None else found.targets
    return next((one.mean for one in figures if one.target == target), float("nan"))


def by_cost(sizing: Sizing) -> tuple[Tried, ...]:
    """Return the fleets tried, the cheapest first."""
    return tuple(sorted(sizing.tried, key=lambda one: one.cost))


def nearest(sizing: Sizing, most: int) -> tuple[Tried, ...]:
    """Return the fleets tried that cost about as much as the answer, the cheapest first.

    Without an answer they are the dearest.
    """
    found = sizing.of(sizing.answer)
    around = max((one.cost for one in sizing.tried), default=0.0) if found is None else found.cost
    closest = sorted(by_cost(sizing), key=lambda one: abs(one.cost - around))
    return tuple(one for one in by_cost(sizing) if one in closest[:most])


def fleet_row(sizing: Sizing, tried: Tried) -> FleetRow:
    """Return a fleet as a row."""
    told = listed_fleet(tried.values), cost(sizing, tried.cost)
    if not tried.targets:
        return FleetRow(told[0], "", told[1], NOTHING, RULED_OUT, tried.outcome)
    figure = deciding(tried.targets)
    name, replications = promise(figure.target), number(tried.replications)
    return FleetRow(told[0], name, told[1], replications, measured(figure), tried.outcome)
