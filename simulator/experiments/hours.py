"""The local hours of the week, over all replications."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.measurement import Figures
from simulator.measurement.hours import HOURS_PER_WEEK
from simulator.records.columns import Floats


@dataclass(frozen=True, slots=True)
class Hours:
    """Mean numbers in each local hour of the week, Monday's first at index 0; arrays of (168,).

    `pending` jobs and `busy` slots, NaN in an hour the window never saw; `observed_s` is how long
    each was observed, over all replications.
    """

    pending: Floats
    busy: Floats
    observed_s: Floats


def mean_hours(figures: Sequence[Figures]) -> Hours:
    """Return the hours of several replications as one, weighted by how long each was observed."""
    if not figures:
        nothing = np.full(HOURS_PER_WEEK, np.nan)
        return Hours(nothing, nothing, np.zeros(HOURS_PER_WEEK))
    weights = np.array([one.hours_s for one in figures])
    return Hours(
        pending=weighted(np.array([one.hours_pending for one in figures]), weights),
        busy=weighted(np.array([one.hours_busy for one in figures]), weights),
        observed_s=weights.sum(axis=0),
    )


def weighted(values: Floats, weights: Floats) -> Floats:
    """Return the mean of values (R, 168) by hour, weighted; NaN in an hour without any weight."""
    total = weights.sum(axis=0)
    sums = np.where(weights > 0, values * weights, 0.0).sum(axis=0)
    mean: Floats = np.divide(sums, total, out=np.full(HOURS_PER_WEEK, np.nan), where=total > 0)
    return mean
