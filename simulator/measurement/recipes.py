"""How each measure is made of the replications' figures: one recipe for each in the catalogue.

Means and shares are sums over all replications divided by their counts; quantiles, numbers of jobs
or items, and time averages are means of the replications' own (`simulator.statistics.intervals`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Generic, TypeAlias, TypeVar

import numpy as np

from simulator.measurement.figures import QueueFigures, ScopeFigures, Spread
from simulator.model.definitions import QUANTILE_PERCENTS
from simulator.model.measures import BY_NAME, MEASURES, OVER, over
from simulator.records.codes import SlotState
from simulator.records.columns import Floats
from simulator.statistics import (
    Counts,
    Intervals,
    mean_of_replications,
    paired_deviation_difference,
    paired_difference,
    paired_ratio_difference,
    pooled_deviation,
    ratio_of_sums,
)
from simulator.units import HOUR_S

OfNames = TypeVar("OfNames", ScopeFigures, QueueFigures)
"""The figures of some names: of the jobs of a scope, or of the queues."""

Pick: TypeAlias = Callable[[OfNames], Floats]
PickSpread: TypeAlias = Callable[[OfNames], Spread]
Parts: TypeAlias = tuple[Floats, ...]
"""What a measure is made of, (R, N) each: a value of each replication and name."""


@dataclass(frozen=True)
class Recipe(Generic[OfNames]):
    """How a measure is made of replications' figures, and how it differs between two scenarios.

    `parts` takes a replication's figures each, and the window's hours; `absent` is what a name that
    is not there has of each part. `estimate` takes parts and a confidence, `difference` those of a
    variant, those of its baseline with the same replications and names, and a confidence.
    """

    parts: Callable[[Sequence[OfNames], float], Parts]
    absent: tuple[float, ...]
    estimate: Callable[[Parts, float], Intervals]
    difference: Callable[[Parts, Parts, float], Intervals]

    def __call__(
        self, replications: Sequence[OfNames], hours: float, confidence: float
    ) -> Intervals:
        """Return the measure of every name, (N,)."""
        return self.estimate(self.parts(replications, hours), confidence)


def job_recipes(
    scope: str, thresholds_s: Sequence[float]
) -> Iterator[tuple[str, str, Recipe[ScopeFigures]]]:
    """Yield the summary's name, the unit and the recipe of each measure that a scope of jobs has.

    Those of `OVER` have one for each threshold.
    """
    for measure in MEASURES:
        if scope not in measure.scopes:
            continue
        if measure.name not in OVER:
            yield measure.name, measure.unit, RECIPES[measure.name]
            continue
        spread = _WAITS[measure.name]
        for column, threshold_s in enumerate(thresholds_s, start=1):
            yield over(measure.name, threshold_s), measure.unit, _share_over(spread, column)


def item_recipes() -> Iterator[tuple[str, str, Recipe[QueueFigures]]]:
    """Yield the name, the unit and the recipe of each measure of items."""
    for name, recipe in ITEM_RECIPES.items():
        yield name, BY_NAME[name].unit, recipe


def _stacked(replications: Sequence[OfNames], pick: Pick[OfNames]) -> Floats:
    """Return what `pick` finds, (R, N)."""
    return np.stack([pick(figures) for figures in replications])


def _average(pick: Pick[OfNames]) -> Recipe[OfNames]:
    """Return the recipe of a mean of one value a replication."""
    return _mean(lambda replications, _hours: (_stacked(replications, pick),))


def _each_hour(pick: Pick[OfNames]) -> Recipe[OfNames]:
    """Return the recipe of a number for each hour of the window."""
    return _mean(lambda replications, hours: (_stacked(replications, pick) / hours,))


def _mean(parts: Callable[[Sequence[OfNames], float], Parts]) -> Recipe[OfNames]:
    return Recipe(
        parts=parts,
        absent=(math.nan,),
        estimate=lambda own, confidence: mean_of_replications(own[0], confidence),
        difference=lambda own, other, confidence: paired_difference(own[0], other[0], confidence),
    )


def _time_average(pick_s: Pick[OfNames]) -> Recipe[OfNames]:
    """Return the recipe of a time average, of the seconds that `pick_s` finds in the window."""
    return _each_hour(lambda figures: pick_s(figures) / HOUR_S)


def _ratio(numerator: Pick[OfNames], denominator: Pick[OfNames]) -> Recipe[OfNames]:
    """Return the recipe of a mean over jobs or items, or a share: sums divided by counts."""
    return Recipe(
        parts=lambda replications, _hours: (
            _stacked(replications, numerator),
            _stacked(replications, denominator),
        ),
        absent=(0.0, 0.0),
        estimate=lambda own, confidence: ratio_of_sums(own[0], own[1], confidence),
        difference=paired_ratio_difference,
    )


def _share_over(spread: PickSpread[ScopeFigures], column: int) -> Recipe[ScopeFigures]:
    """Return the recipe of the share of waits over one of the thresholds; column 0 is over zero."""
    return _ratio(
        lambda figures: spread(figures).over[:, column], lambda figures: spread(figures).count
    )


def _share_in(state: SlotState) -> Recipe[ScopeFigures]:
    """Return the recipe of the share of existing slot-time in a state."""
    return _ratio(
        lambda figures: figures.capacity.slots_s[:, state.value],
        lambda figures: figures.capacity.slot_s,
    )


def _slots_in(state: SlotState) -> Recipe[ScopeFigures]:
    """Return the recipe of the mean number of slots in a state."""
    return _time_average(lambda figures: figures.capacity.slots_s[:, state.value])


def _deviation(spread: PickSpread[OfNames]) -> Recipe[OfNames]:
    def parts(replications: Sequence[OfNames], _hours: float) -> Parts:
        counts = _stacked(replications, lambda figures: spread(figures).count)
        totals_s = _stacked(replications, lambda figures: spread(figures).total_s)
        squares_s2 = _stacked(replications, lambda figures: spread(figures).squares_s2)
        means_s = np.divide(totals_s, counts, out=np.zeros_like(totals_s), where=counts > 0)
        return counts, means_s, squares_s2

    return Recipe(
        parts=parts,
        absent=(0.0, 0.0, 0.0),
        estimate=lambda own, confidence: pooled_deviation(own[0], own[1], own[2], confidence),
        difference=paired_deviation_difference,
    )


def _largest(pick: Pick[OfNames]) -> Recipe[OfNames]:
    """Return the recipe of the largest value of all replications, which has no interval."""
    return Recipe(
        parts=lambda replications, _hours: (_stacked(replications, pick),),
        absent=(math.nan,),
        estimate=lambda own, _confidence: _most(*own),
        difference=lambda own, other, _confidence: _apart(*own, *other),
    )


def _most(values: Floats) -> Intervals:
    n = (~np.isnan(values)).sum(axis=0)
    largest = np.where(np.isnan(values), -np.inf, values).max(axis=0)
    return _without_interval(np.where(n > 0, largest, np.nan), n)


def _apart(values: Floats, baseline: Floats) -> Intervals:
    """Return how far the largest are apart; an interval, of zero, where no replication differs."""
    one, other = _most(values), _most(baseline)
    n = np.minimum(one.n, other.n)
    is_same = ((values == baseline) | (np.isnan(values) & np.isnan(baseline))).all(axis=0)
    width = np.where(is_same & (n >= 2), 0.0, np.nan)  # noqa: PLR2004 - as of every interval
    apart = one.mean - other.mean
    return Intervals(apart, apart - width, apart + width, width, n)


def _without_interval(values: Floats, n: Counts) -> Intervals:
    nothing = np.full(values.shape, np.nan)
    return Intervals(values, nothing, nothing, nothing, n)


def _spread(prefix: str, spread: PickSpread[OfNames]) -> dict[str, Recipe[OfNames]]:
    """Return the recipes that waits and turnarounds, of jobs and of items, share."""

    def quantile(column: int) -> Recipe[OfNames]:
        return _average(lambda figures: spread(figures).quantiles_s[:, column])

    return {
        f"{prefix}.mean": _ratio(
            lambda figures: spread(figures).total_s, lambda figures: spread(figures).count
        ),
        f"{prefix}.sd": _deviation(spread),
        **{
            f"{prefix}.p{percent}": quantile(column)
            for column, percent in enumerate(QUANTILE_PERCENTS)
        },
        f"{prefix}.max": _largest(lambda figures: spread(figures).largest_s),
    }


_WAITS: Final[dict[str, PickSpread[ScopeFigures]]] = {
    "pending.over": lambda figures: figures.waits,
    "resumed.over": lambda figures: figures.resumes,
}
"""What each measure with a threshold counts."""

RECIPES: Final[dict[str, Recipe[ScopeFigures]]] = {
    "jobs.submitted": _average(lambda figures: figures.jobs.submitted),
    "jobs.refused": _average(lambda figures: figures.jobs.refused),
    "jobs.started": _average(lambda figures: figures.jobs.started),
    "jobs.successful": _average(lambda figures: figures.jobs.successful),
    "jobs.faulted": _average(lambda figures: figures.jobs.faulted),
    "jobs.stopped": _average(lambda figures: figures.jobs.stopped),
    "jobs.expired": _average(lambda figures: figures.jobs.expired),
    "jobs.refused_share": _ratio(
        lambda figures: figures.jobs.refused, lambda figures: figures.jobs.submitted
    ),
    "jobs.expired_share": _ratio(
        lambda figures: figures.jobs.expired, lambda figures: figures.jobs.submitted
    ),
    "jobs.per_hour": _each_hour(lambda figures: figures.jobs.ended),
    **_spread("pending", lambda figures: figures.waits),
    "pending.share": _share_over(lambda figures: figures.waits, 0),
    "pending.jobs": _time_average(lambda figures: figures.load.pending_s),
    **_spread("turnaround", lambda figures: figures.turnarounds),
    **_spread("resumed", lambda figures: figures.resumes),
    "resumed.share": _share_over(lambda figures: figures.resumes, 0),
    "resumed.jobs": _time_average(lambda figures: figures.load.resumed_s),
    "suspended.jobs": _time_average(lambda figures: figures.load.suspended_s),
    "running.jobs": _time_average(lambda figures: figures.load.running_s),
    "slots.busy": _time_average(lambda figures: figures.load.busy_s),
    "slots.utilisation": _ratio(
        lambda figures: figures.load.busy_s, lambda figures: figures.capacity.slot_s
    ),
    "slots.connected": _time_average(lambda figures: figures.capacity.slot_s),
    "slots.usable": _share_in(SlotState.USABLE),
    "slots.maintenance": _share_in(SlotState.MAINTENANCE),
    "slots.down": _share_in(SlotState.DOWN),
    "slots.unlicensed": _slots_in(SlotState.UNLICENSED),
    "slots.booting": _slots_in(SlotState.BOOTING),
    "hosts.connected": _time_average(lambda figures: figures.capacity.connected_s),
    "hosts.hours": _average(lambda figures: figures.capacity.hired_s / HOUR_S),
    "host.utilisation": _ratio(
        lambda figures: figures.load.host_busy_s, lambda figures: figures.capacity.host_s
    ),
    "licences.taken": _time_average(lambda figures: figures.capacity.licensed_s),
    "licences.peak": _largest(lambda figures: figures.load.most_held),
    "account.utilisation": _time_average(lambda figures: figures.load.account_busy_s),
}
"""Every measure of jobs and slots but those of `OVER`, which have a recipe for each threshold."""

ITEM_RECIPES: Final[dict[str, Recipe[QueueFigures]]] = {
    "items.added": _average(lambda figures: figures.items.added),
    "items.refused": _average(lambda figures: figures.items.refused),
    "items.done": _average(lambda figures: figures.items.successful),
    "items.failed": _average(lambda figures: figures.items.failed),
    "items.retried": _average(lambda figures: figures.items.retried),
    "items.per_hour": _each_hour(lambda figures: figures.items.ended),
    "items.waiting": _time_average(lambda figures: figures.new_s),
    **_spread("items.wait", lambda figures: figures.waits),
    **_spread("items.turnaround", lambda figures: figures.turnarounds),
    "items.late": _average(lambda figures: figures.items.late),
    "items.late_share": _ratio(
        lambda figures: figures.items.late, lambda figures: figures.items.due
    ),
    "items.sla_share": _ratio(
        lambda figures: figures.items.kept, lambda figures: figures.items.promised
    ),
}
"""Every measure of items, in the catalogue's order."""
