"""The replications' figures made into one summary, every mean with its interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from simulator.measurement.figures import Figures, ScopeFigures
from simulator.measurement.recipes import Replications, recipes_of
from simulator.measurement.summary import Summary, SummaryRow
from simulator.model.measures import MEASURES
from simulator.records.columns import Legend


def summarise(figures: Sequence[Figures], legend: Legend, confidence: float) -> Summary:
    """Return every measure of the catalogue, for every scope and every name with something in it.

    figures: one or more replications of one plan, measured with the same thresholds and subtrees;
    the summary does not depend on their order beyond rounding. confidence: of every interval,
    between 0 and 1. The tenant has all its rows, NaN where there is nothing; other names only
    those rows that have a value.

    Raises:
        ValueError: there are no figures.
    """
    if not figures:
        raise ValueError("no replication was finished, so there is nothing to summarise")
    thresholds_s = figures[0].thresholds_s
    hours = legend.window.length_s / 3600.0
    by_scope = zip(*(one.scopes for one in figures), strict=True)
    return Summary(
        tuple(
            row
            for replications in by_scope
            for row in _scope_rows(replications, thresholds_s, hours, confidence)
        )
    )


def _scope_rows(
    replications: Replications, thresholds_s: Sequence[float], hours: float, confidence: float
) -> Iterator[SummaryRow]:
    """Yield the rows of one scope, name by name."""
    scope, names = replications[0].scope, replications[0].names
    present = _present(replications)
    if not present.any():
        return
    columns = [
        (label, measure, recipe(replications, hours, confidence))
        for measure in MEASURES
        if scope in measure.scopes
        for label, recipe in recipes_of(measure, thresholds_s)
    ]
    for place in np.flatnonzero(present):
        for label, measure, intervals in columns:
            if scope == "tenant" or not np.isnan(intervals.mean[place]):
                yield SummaryRow(
                    scope,
                    names[place],
                    label,
                    measure.unit,
                    float(intervals.mean[place]),
                    float(intervals.low[place]),
                    float(intervals.high[place]),
                    float(intervals.half_width[place]),
                    confidence,
                    int(intervals.n[place]),
                )


def _present(replications: Replications) -> npt.NDArray[np.bool_]:
    """Return which names have jobs, time or slots in any replication, (N,); the tenant always."""
    present = np.full(len(replications[0].names), replications[0].scope == "tenant")
    for figures in replications:
        present |= _has_something(figures)
    return present


def _has_something(figures: ScopeFigures) -> npt.NDArray[np.bool_]:
    jobs, load = figures.jobs, figures.load
    everything = jobs.submitted + jobs.ended + load.pending_s + load.running_s + load.slot_s
    return everything.astype(np.bool_)
