"""How each measure is made of the replications' figures: one recipe for each in the catalogue.

Means and shares are sums over all replications divided by their counts; quantiles, numbers of jobs
and time averages are means of the replications' own (`simulator.statistics.intervals`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

import numpy as np

from simulator.measurement.figures import ScopeFigures, Spread
from simulator.model.measures import QUANTILE_PERCENTS, Measure, over
from simulator.records.columns import Floats
from simulator.statistics import Intervals, mean_of_replications, pooled_deviation, ratio_of_sums

Replications: TypeAlias = Sequence[ScopeFigures]
"""The figures of one scope, a replication each."""

Pick: TypeAlias = Callable[[ScopeFigures], Floats]
PickSpread: TypeAlias = Callable[[ScopeFigures], Spread]
Recipe: TypeAlias = Callable[[Replications, float, float], Intervals]
"""Makes a measure of every name of a scope; takes the window's hours, and the confidence."""


def recipes_of(measure: Measure, thresholds_s: Sequence[float]) -> Iterator[tuple[str, Recipe]]:
    """Yield the summary's names and recipes of a measure: one, or one for each threshold."""
    if measure.name != "pending.over":
        yield measure.name, RECIPES[measure.name]
        return
    for column, threshold_s in enumerate(thresholds_s, start=1):
        yield over(threshold_s), _share_over(column)


def _stacked(replications: Replications, pick: Pick) -> Floats:
    """Return what `pick` finds, (R, N)."""
    return np.stack([pick(figures) for figures in replications])


def _average(pick: Pick) -> Recipe:
    """Return the recipe of a mean of one value a replication."""

    def recipe(replications: Replications, _hours: float, confidence: float) -> Intervals:
        return mean_of_replications(_stacked(replications, pick), confidence)

    return recipe


def _each_hour(pick: Pick) -> Recipe:
    """Return the recipe of a number for each hour of the window."""

    def recipe(replications: Replications, hours: float, confidence: float) -> Intervals:
        return mean_of_replications(_stacked(replications, pick) / hours, confidence)

    return recipe


def _time_average(pick_s: Pick) -> Recipe:
    """Return the recipe of a time average, of the seconds that `pick_s` finds in the window."""
    return _each_hour(lambda figures: pick_s(figures) / 3600.0)


def _ratio(numerator: Pick, denominator: Pick) -> Recipe:
    """Return the recipe of a mean over jobs, or a share: sums divided by counts."""

    def recipe(replications: Replications, _hours: float, confidence: float) -> Intervals:
        return ratio_of_sums(
            _stacked(replications, numerator), _stacked(replications, denominator), confidence
        )

    return recipe


def _share_over(column: int) -> Recipe:
    """Return the recipe of the share of waits over one of the thresholds; column 0 is over zero."""
    return _ratio(
        lambda figures: figures.waits.over[:, column], lambda figures: figures.waits.count
    )


def _deviation(spread: PickSpread) -> Recipe:
    def recipe(replications: Replications, _hours: float, confidence: float) -> Intervals:
        counts = _stacked(replications, lambda figures: spread(figures).count)
        totals_s = _stacked(replications, lambda figures: spread(figures).total_s)
        squares_s2 = _stacked(replications, lambda figures: spread(figures).squares_s2)
        means_s = np.divide(totals_s, counts, out=np.zeros_like(totals_s), where=counts > 0)
        return pooled_deviation(counts, means_s, squares_s2, confidence)

    return recipe


def _largest(pick: Pick) -> Recipe:
    """Return the recipe of the largest value of all replications, which has no interval."""

    def recipe(replications: Replications, _hours: float, _confidence: float) -> Intervals:
        values = _stacked(replications, pick)
        n = (~np.isnan(values)).sum(axis=0)
        largest = np.where(np.isnan(values), -np.inf, values).max(axis=0)
        nothing = np.full(values.shape[1], np.nan)
        return Intervals(np.where(n > 0, largest, np.nan), nothing, nothing, nothing, n)

    return recipe


def _spread(prefix: str, spread: PickSpread) -> dict[str, Recipe]:
    """Return the recipes that waits and turnarounds share."""

    def quantile(column: int) -> Recipe:
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


RECIPES: Final[dict[str, Recipe]] = {
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
    "pending.share": _share_over(0),
    "pending.jobs": _time_average(lambda figures: figures.load.pending_s),
    **_spread("turnaround", lambda figures: figures.turnarounds),
    "running.jobs": _time_average(lambda figures: figures.load.running_s),
    "slots.busy": _time_average(lambda figures: figures.load.busy_s),
    "slots.utilisation": _ratio(
        lambda figures: figures.load.busy_s, lambda figures: figures.load.slot_s
    ),
    "host.utilisation": _ratio(
        lambda figures: figures.load.host_busy_s, lambda figures: figures.load.host_s
    ),
    "account.utilisation": _time_average(lambda figures: figures.load.account_busy_s),
}
"""Every measure of the catalogue but `pending.over`, which has a recipe for each threshold."""
