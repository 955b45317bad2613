"""The replications' figures made into one summary, every mean with its interval."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import numpy as np

from simulator.measurement.figures import Figures
from simulator.measurement.recipes import OfNames, Recipe, item_recipes, job_recipes
from simulator.measurement.summary import Summary, SummaryRow
from simulator.records.columns import Legend


def summarise(figures: Sequence[Figures], legend: Legend, confidence: float) -> Summary:
    """Return every measure of the catalogue, for every scope and every name with something in it.

    figures: one or more replications of one plan, measured with the same thresholds and subtrees;
    the summary does not depend on their order beyond rounding. confidence: of every interval,
    between 0 and 1. The tenant has all its rows, NaN where there is nothing; other names only
    those rows that have a value. Queues come last.

    Raises:
        ValueError: there are no figures.
    """
    if not figures:
        raise ValueError("no replication was finished, so there is nothing to summarise")
    thresholds_s = figures[0].thresholds_s
    hours = legend.window.hours
    of_jobs = (
        _rows(one[0].scope, one, job_recipes(one[0].scope, thresholds_s), hours, confidence)
        for one in zip(*(each.scopes for each in figures), strict=True)
    )
    queues = [each.queues for each in figures]
    of_items = _rows("queue", queues, item_recipes(), hours, confidence)
    return Summary((*chain.from_iterable(of_jobs), *of_items))


def row_of(
    figures: Sequence[Figures], legend: Legend, key: tuple[str, str, str], confidence: float
) -> SummaryRow | None:
    """Return one row of what `summarise` returns, by scope, name and measure; None for no such.

    It costs no more than that row, so a study may look at it again and again as it goes on.
    """
    scope, name, measure = key
    hours = legend.window.hours
    if scope == "queue":
        queues = [each.queues for each in figures]
        rows = _rows(scope, queues, _called(measure, item_recipes()), hours, confidence, name)
        return next(rows, None)
    for one in zip(*(each.scopes for each in figures), strict=True):
        if one[0].scope == scope and name in one[0].names:
            recipes = _called(measure, job_recipes(scope, figures[0].thresholds_s))
            return next(_rows(scope, one, recipes, hours, confidence, name), None)
    return None


def _called(
    measure: str, recipes: Iterable[tuple[str, str, Recipe[OfNames]]]
) -> Iterator[tuple[str, str, Recipe[OfNames]]]:
    return (one for one in recipes if one[0] == measure)


def _rows(
    scope: str,
    replications: Sequence[OfNames],
    recipes: Iterable[tuple[str, str, Recipe[OfNames]]],
    hours: float,
    confidence: float,
    only: str | None = None,
) -> Iterator[SummaryRow]:
    """Yield the rows of one scope, name by name; the tenant always has all of them.

    only: the one name to tell of, by default all.
    """
    names, everything = replications[0].names, scope == "tenant"
    present = np.any([figures.present for figures in replications], axis=0) | everything
    if only is not None:
        present &= np.array([name == only for name in names], dtype=np.bool_)
    if not present.any():
        return
    columns = [
        (label, unit, [column.tolist() for column in recipe(replications, hours, confidence)])
        for label, unit, recipe in recipes
    ]
    for place in np.flatnonzero(present).tolist():
        for label, unit, (mean, low, high, half_width, n) in columns:
            if everything or not math.isnan(mean[place]):
                ends = low[place], high[place], half_width[place]
                key = scope, names[place], label, unit
                yield SummaryRow(*key, mean[place], *ends, confidence, n[place])
