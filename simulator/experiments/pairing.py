"""A measure of two studies, paired by replication.

How each compared measure is made of a replication's figures: a ratio of sums is jackknifed on both
sides together, a value of each replication is subtracted pair by pair.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import numpy as np

from simulator.experiments.study import Study
from simulator.measurement.figures import ScopeFigures
from simulator.model.measures import QUANTILE_PERCENTS
from simulator.records.columns import Floats
from simulator.statistics import Intervals, paired_difference, paired_ratio_difference

Pick = Callable[[ScopeFigures], Floats]


class Difference(NamedTuple):
    """A variant minus the baseline, and the interval; NaN where there is none."""

    mean: float
    low: float
    high: float


def difference_at(intervals: Intervals, place: int) -> Difference:
    """Return one of many differences."""
    return Difference(*(float(part[place]) for part in intervals[:3]))


class _Ratio(NamedTuple):
    """A measure that is a sum over all replications divided by another."""

    numerator: Pick
    denominator: Pick


_P95: Final = QUANTILE_PERCENTS.index(95)

_WAITS: Final[dict[str, _Ratio | Pick]] = {
    "pending.mean": _Ratio(lambda one: one.waits.total_s, lambda one: one.waits.count),
    "pending.p95": lambda one: one.waits.quantiles_s[:, _P95],
    "pending.share": _Ratio(lambda one: one.waits.over[:, 0], lambda one: one.waits.count),
    "jobs.refused_share": _Ratio(lambda one: one.jobs.refused, lambda one: one.jobs.submitted),
}
_SLOTS: Final[dict[str, _Ratio | Pick]] = {
    "slots.utilisation": _Ratio(lambda one: one.load.busy_s, lambda one: one.load.slot_s)
}
_COUNTS: Final[dict[str, _Ratio | Pick]] = {
    "jobs.submitted": lambda one: one.jobs.submitted,
    "jobs.started": lambda one: one.jobs.started,
}
_JOBS: Final = _COUNTS | _WAITS
COMPARED: Final = {"tenant": _JOBS | _SLOTS, "folder": _JOBS, "machine": _SLOTS}
"""What is compared for each scope, and how it is made of a replication's figures."""


def names_in(studies: Sequence[Study], scope: str) -> tuple[str, ...]:
    """Return the names any variant has, those of the first one first."""
    return tuple(dict.fromkeys(name for study in studies for name in _of(study, scope)[0].names))


def _of(study: Study, scope: str) -> list[ScopeFigures]:
    return [next(one for one in each.scopes if one.scope == scope) for each in study.figures]


def differences(
    studies: Sequence[Study], scope: str, measure: str, names: Sequence[str]
) -> list[Intervals]:
    """Return the differences of every variant but the first to the first, (N,) each."""
    how = COMPARED[scope][measure]
    confidence = studies[0].loaded.scenario.run.confidence
    figures = [_of(study, scope) for study in studies]
    if isinstance(how, _Ratio):
        sums = [
            (_picked(one, how.numerator, names, 0.0), _picked(one, how.denominator, names, 0.0))
            for one in figures
        ]
        return [paired_ratio_difference(each, sums[0], confidence) for each in sums[1:]]
    values = [_picked(one, how, names, math.nan) for one in figures]
    return [paired_difference(each, values[0], confidence) for each in values[1:]]


def _picked(
    replications: Sequence[ScopeFigures], pick: Pick, names: Sequence[str], absent: float
) -> Floats:
    """Return what `pick` finds, (R, N), in the order of `names`; `absent` for those not there."""
    places = {name: place for place, name in enumerate(replications[0].names)}
    found = np.stack([np.append(pick(figures), absent) for figures in replications])
    return found[:, [places.get(name, -1) for name in names]]
