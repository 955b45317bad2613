"""A measure of several studies, paired by replication, by the recipe all are summarised by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final, Generic, NamedTuple, TypeAlias

import numpy as np

from simulator.experiments.study import Study
from simulator.measurement.figures import QueueFigures, ScopeFigures
from simulator.measurement.recipes import OfNames, Parts, Recipe, item_recipes, job_recipes
from simulator.records.columns import numbers_of
from simulator.statistics import Intervals


class Difference(NamedTuple):
    """A variant minus the baseline, and the interval; NaN where there is none.

    p: how likely one as large is if all is chance, of this difference alone; NaN without an
    interval. clear: whether it is still unlikely among all of its family, by Holm's method.
    n: the replications that counted.
    """

    mean: float
    low: float
    high: float
    p: float = float("nan")
    clear: bool = False
    n: int = 0

    @property
    def is_none(self) -> bool:
        """Return whether both are the same in every replication; of one, its value tells."""
        return self.mean == 0 and (self.n <= 1 or self.low == self.high == 0)


NO_DIFFERENCE: Final = Difference(float("nan"), float("nan"), float("nan"))
"""Where one of two values does not exist."""


def difference_at(intervals: Intervals, place: int) -> Difference:
    """Return one of many differences, judged by nothing yet."""
    mean, low, high, _, n = (part[place].item() for part in intervals)
    return Difference(mean, low, high, n=n)


class Paired(NamedTuple):
    """One measure of a scope: the differences of every variant but the first to it, (N,) each."""

    measure: str
    unit: str
    differences: list[Intervals]


def scopes_in(studies: Sequence[Study]) -> tuple[str, ...]:
    """Return the scopes that any variant has figures of, those of the first first, queues last."""
    every = (one.scope for study in studies for one in study.figures[0].scopes)
    return (*dict.fromkeys(every), "queue")


def names_in(studies: Sequence[Study], scope: str) -> tuple[str, ...]:
    """Return the names any variant has, those of the first one first."""
    if scope == "queue":
        every = chain.from_iterable(_names([_queues(study)]) for study in studies)
    else:
        every = chain.from_iterable(_names(_of(study, scope)) for study in studies)
    return tuple(dict.fromkeys(every))


def paired(studies: Sequence[Study], scope: str, names: Sequence[str]) -> Iterator[Paired]:
    """Yield every measure of a scope that any variant is measured by, in the order of `names`.

    Thresholds may differ: a share of waits over one is of those variants that count them.
    """
    if scope == "queue":
        of_items = list(item_recipes())
        yield from _paired([_side(one, [_queues(one)], of_items, names) for one in studies])
        return
    yield from _paired(
        [
            _side(one, _of(one, scope), job_recipes(scope, one.figures[0].thresholds_s), names)
            for one in studies
        ]
    )


_Blocks: TypeAlias = Sequence[Sequence[OfNames]]
"""Figures with some of a scope's names each, one a replication."""
_OfMeasure: TypeAlias = tuple[str, Recipe[OfNames]]
"""A measure's unit, and how it is made."""


def _of(study: Study, scope: str) -> _Blocks[ScopeFigures]:
    """Return the figures of a scope: each folder with its subfolders has some of its own."""
    every = ([one for one in each.scopes if one.scope == scope] for each in study.figures)
    return list(zip(*every, strict=True))


def _queues(study: Study) -> list[QueueFigures]:
    return [each.queues for each in study.figures]


def _names(blocks: _Blocks[OfNames]) -> list[str]:
    return [name for block in blocks for name in block[0].names]


@dataclass(frozen=True)
class _Side(Generic[OfNames]):
    """One study of a pair: its figures of a scope, and how each measure is made of them.

    places: where each of the names of all studies stands in the figures, -1 for those not there.
    """

    blocks: _Blocks[OfNames]
    recipes: Mapping[str, _OfMeasure[OfNames]]
    places: Sequence[int]
    replications: int
    hours: float
    confidence: float

    def parts(self, measure: str, absent: Sequence[float]) -> Parts:
        """Return what a measure is made of, (R, N) each; `absent` where there is nothing of it."""
        beside = [np.full((self.replications, 1), fill) for fill in absent]
        if measure not in self.recipes:
            return tuple(np.repeat(column, len(self.places), axis=1) for column in beside)
        recipe: Recipe[OfNames] = self.recipes[measure][1]
        found = [*(recipe.parts(block, self.hours) for block in self.blocks), beside]
        return tuple(np.hstack(part)[:, self.places] for part in zip(*found, strict=True))


def _side(
    study: Study,
    blocks: _Blocks[OfNames],
    recipes: Iterable[tuple[str, str, Recipe[OfNames]]],
    names: Sequence[str],
) -> _Side[OfNames]:
    places = numbers_of(_names(blocks))
    return _Side(
        blocks=blocks,
        recipes={measure: (unit, recipe) for measure, unit, recipe in recipes},
        places=[places.get(name, -1) for name in names],
        replications=study.replications,
        hours=study.legend.window.hours,
        confidence=study.loaded.scenario.run.confidence,
    )


def _paired(sides: Sequence[_Side[OfNames]]) -> Iterator[Paired]:
    first, *rest = sides
    for measure in dict.fromkeys(measure for side in sides for measure in side.recipes):
        unit, recipe = next(side.recipes[measure] for side in sides if measure in side.recipes)
        baseline = first.parts(measure, recipe.absent)
        differences = [
            recipe.difference(side.parts(measure, recipe.absent), baseline, first.confidence)
            for side in rest
        ]
        yield Paired(measure, unit, differences)
