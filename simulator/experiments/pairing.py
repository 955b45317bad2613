"""A measure of two studies, paired by replication.

How each compared measure is made of a replication's figures: a ratio of sums is jackknifed on both
sides together, a value of each replication is subtracted pair by pair.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, Generic, NamedTuple, TypeAlias

import numpy as np

from simulator.experiments.study import Study
from simulator.measurement.figures import QueueFigures, ScopeFigures
from simulator.measurement.recipes import OfNames, Pick
from simulator.model.definitions import QUANTILE_PERCENTS
from simulator.records.columns import Floats, numbers_of
from simulator.statistics import Intervals, paired_difference, paired_ratio_difference
from simulator.units import HOUR_S


class Difference(NamedTuple):
    """A variant minus the baseline, and the interval; NaN where there is none."""

    mean: float
    low: float
    high: float


NO_DIFFERENCE: Final = Difference(math.nan, math.nan, math.nan)
"""Where one of two values does not exist."""


def difference_at(intervals: Intervals, place: int) -> Difference:
    """Return one of many differences."""
    return Difference(*(float(part[place]) for part in intervals[:3]))


class _Ratio(NamedTuple, Generic[OfNames]):
    """A measure that is a sum over all replications divided by another."""

    numerator: Pick[OfNames]
    denominator: Pick[OfNames]


_How: TypeAlias = _Ratio[OfNames] | Pick[OfNames]


_P95: Final = QUANTILE_PERCENTS.index(95)

_WAITS: Final[dict[str, _How[ScopeFigures]]] = {
    "pending.mean": _Ratio(lambda one: one.waits.total_s, lambda one: one.waits.count),
    "pending.p95": lambda one: one.waits.quantiles_s[:, _P95],
    "pending.share": _Ratio(lambda one: one.waits.over[:, 0], lambda one: one.waits.count),
    "resumed.mean": _Ratio(lambda one: one.resumes.total_s, lambda one: one.resumes.count),
    "resumed.p95": lambda one: one.resumes.quantiles_s[:, _P95],
    "jobs.refused_share": _Ratio(lambda one: one.jobs.refused, lambda one: one.jobs.submitted),
}
_SLOTS: Final[dict[str, _How[ScopeFigures]]] = {
    "slots.utilisation": _Ratio(lambda one: one.load.busy_s, lambda one: one.capacity.slot_s)
}
_HOSTS: Final[dict[str, _How[ScopeFigures]]] = {
    "hosts.hours": lambda one: one.capacity.hired_s / HOUR_S
}
_COUNTS: Final[dict[str, _How[ScopeFigures]]] = {
    "jobs.submitted": lambda one: one.jobs.submitted,
    "jobs.started": lambda one: one.jobs.started,
}
_JOBS: Final = _COUNTS | _WAITS
_OF_JOBS: Final = {"tenant": _JOBS | _SLOTS | _HOSTS, "folder": _JOBS, "machine": _SLOTS | _HOSTS}
_OF_ITEMS: Final[dict[str, _How[QueueFigures]]] = {
    "items.added": lambda one: one.items.added,
    "items.done": lambda one: one.items.successful,
    "items.wait.mean": _Ratio(lambda one: one.waits.total_s, lambda one: one.waits.count),
    "items.wait.p95": lambda one: one.waits.quantiles_s[:, _P95],
    "items.late_share": _Ratio(lambda one: one.items.late, lambda one: one.items.due),
}
COMPARED: Final = {
    **{scope: tuple(measures) for scope, measures in _OF_JOBS.items()},
    "queue": tuple(_OF_ITEMS),
}
"""What is compared for each scope."""


def names_in(studies: Sequence[Study], scope: str) -> tuple[str, ...]:
    """Return the names any variant has, those of the first one first."""
    figures = (_queues(study)[0] if scope == "queue" else _of(study, scope)[0] for study in studies)
    return tuple(dict.fromkeys(name for one in figures for name in one.names))


def _of(study: Study, scope: str) -> list[ScopeFigures]:
    return [next(one for one in each.scopes if one.scope == scope) for each in study.figures]


def _queues(study: Study) -> list[QueueFigures]:
    return [each.queues for each in study.figures]


def differences(
    studies: Sequence[Study], scope: str, measure: str, names: Sequence[str]
) -> list[Intervals]:
    """Return the differences of every variant but the first to the first, (N,) each."""
    confidence = studies[0].loaded.scenario.run.confidence
    if scope == "queue":
        items = [_queues(study) for study in studies]
        return _differences(items, _OF_ITEMS[measure], names, confidence)
    jobs = [_of(study, scope) for study in studies]
    return _differences(jobs, _OF_JOBS[scope][measure], names, confidence)


def _differences(
    figures: Sequence[Sequence[OfNames]],
    how: _How[OfNames],
    names: Sequence[str],
    confidence: float,
) -> list[Intervals]:
    if isinstance(how, _Ratio):
        sums = [
            (_picked(one, how.numerator, names, 0.0), _picked(one, how.denominator, names, 0.0))
            for one in figures
        ]
        return [paired_ratio_difference(each, sums[0], confidence) for each in sums[1:]]
    values = [_picked(one, how, names, math.nan) for one in figures]
    return [paired_difference(each, values[0], confidence) for each in values[1:]]


def _picked(
    replications: Sequence[OfNames], pick: Pick[OfNames], names: Sequence[str], absent: float
) -> Floats:
    """Return what `pick` finds, (R, N), in the order of `names`; `absent` for those not there."""
    places = numbers_of(replications[0].names)
    found = np.stack([np.append(pick(figures), absent) for figures in replications])
    return found[:, [places.get(name, -1) for name in names]]
