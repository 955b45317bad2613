"""A measure of two studies, paired by replication, by the recipe that both are summarised by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from simulator.experiments.study import Study
from simulator.measurement.figures import QueueFigures, ScopeFigures
from simulator.measurement.recipes import (
    OfNames,
    Parts,
    Recipe,
    item_recipes,
    job_recipes,
)
from simulator.records.columns import Floats, numbers_of
from simulator.statistics import Intervals


class Difference(NamedTuple):
    """A variant minus the baseline, and the interval; NaN where there is none."""

    mean: float
    low: float
    high: float


NO_DIFFERENCE: Final = Difference(float("nan"), float("nan"), float("nan"))
"""Where one of two values does not exist."""


def difference_at(intervals: Intervals, place: int) -> Difference:
    """Return one of many differences."""
    return Difference(*(float(part[place]) for part in intervals[:3]))


class Paired(NamedTuple):
    """One measure of a scope: the differences of every variant but the first to it, (N,) each."""

    measure: str
    unit: str
    differences: list[Intervals]


def scopes_in(studies: Sequence[Study]) -> tuple[str, ...]:
    """Return the scopes that all variants have figures of, the queues last."""
    first, *rest = ([one.scope for one in study.figures[0].scopes] for study in studies)
    return (*(scope for scope in first if all(scope in other for other in rest)), "queue")


def names_in(studies: Sequence[Study], scope: str) -> tuple[str, ...]:
    """Return the names any variant has, those of the first one first."""
    figures = (_queues(study)[0] if scope == "queue" else _of(study, scope)[0] for study in studies)
    return tuple(dict.fromkeys(name for one in figures for name in one.names))


def paired(studies: Sequence[Study], scope: str, names: Sequence[str]) -> Iterator[Paired]:
    """Yield every measure of a scope that all variants are measured by, in the order of `names`."""
    if scope == "queue":
        yield from _paired(studies, [_queues(one) for one in studies], item_recipes(), names)
        return
    thresholds_s = studies[0].figures[0].thresholds_s
    recipes = job_recipes(scope, thresholds_s)
    yield from _paired(studies, [_of(study, scope) for study in studies], recipes, names)


def _of(study: Study, scope: str) -> list[ScopeFigures]:
    return [next(one for one in each.scopes if one.scope == scope) for each in study.figures]


def _queues(study: Study) -> list[QueueFigures]:
    return [each.queues for each in study.figures]


def _paired(
    studies: Sequence[Study],
    figures: Sequence[Sequence[OfNames]],
    recipes: Iterator[tuple[str, str, Recipe[OfNames]]],
    names: Sequence[str],
) -> Iterator[Paired]:
    confidence = studies[0].loaded.scenario.run.confidence
    hours = [study.legend.window.hours for study in studies]
    places = [_places(one[0], names) for one in figures]
    for measure, unit, recipe in recipes:
        first, *rest = (
            _aligned(recipe.parts(one, each), recipe.absent, at)
            for one, each, at in zip(figures, hours, places, strict=True)
        )
        differences = [recipe.difference(parts, first, confidence) for parts in rest]
        yield Paired(measure, unit, differences)


def _places(figures: ScopeFigures | QueueFigures, names: Sequence[str]) -> list[int]:
    """Return where each name stands, -1 for those not there."""
    places = numbers_of(figures.names)
    return [places.get(name, -1) for name in names]


def _aligned(parts: Parts, absent: Sequence[float], places: Sequence[int]) -> Parts:
    return tuple(_picked(part, fill, places) for part, fill in zip(parts, absent, strict=True))


def _picked(values: Floats, absent: float, places: Sequence[int]) -> Floats:
    """Return columns of (R, N), `absent` for place -1."""
    beside = np.full((len(values), 1), absent)
    return np.hstack([values, beside])[:, places]
