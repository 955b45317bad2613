"""Who was refused what, how often, and which right or room was missing: submissions, and items."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.measurement import Figures
from simulator.records.columns import Legend, Routes


class RefusalRow(NamedTuple):
    """Submissions of one source and caller that were refused inside the window.

    Refused by admission, or over the pending limit of their process. `source_kind` is the vendor's:
    what the end of a job submits is of kind `Job`, and its `source` is the process that has ended.
    `missing` says in words what was missing; `mean` counts a replication's, `n` all together.
    """

    folder: str
    process: str
    source: str
    source_kind: str
    principal: str
    status: int
    code: str
    missing: str
    mean: float
    n: int


class ItemRefusalRow(NamedTuple):
    """Items that somebody was not let add to a queue inside the window; names are full.

    `mean` counts a replication's, `per_hour` those of an hour of its window, `n` all together.
    """

    folder: str
    queue: str
    arrival: str
    principal: str
    status: int
    code: str
    missing: str
    per_hour: float
    mean: float
    n: int


def refusal_rows(legend: Legend, figures: Sequence[Figures]) -> tuple[RefusalRow, ...]:
    """Return every refused pair of source and caller, in the order of the file."""
    if not figures:
        return ()
    routes = legend.routes
    counts = np.zeros(len(routes.source), dtype=np.int64)
    # A caller of a trace with priorities has a route for each: the first stands for all.
    np.add.at(counts, _first_alike(routes), np.sum([one.refusals for one in figures], axis=0))
    return tuple(
        _row(legend, int(route), int(counts[route]), len(figures))
        for route in np.flatnonzero(counts)
    )


def _first_alike(routes: Routes) -> npt.NDArray[np.int64]:
    """Return for each route the first of the same source and caller."""
    pairs = np.stack([routes.source, routes.principal], axis=1)
    _, first, which = np.unique(pairs, axis=0, return_index=True, return_inverse=True)
    return np.asarray(first[which.reshape(-1)], dtype=np.int64)


def _row(legend: Legend, route: int, count: int, replications: int) -> RefusalRow:
    names, routes = legend.names, legend.routes
    refusal = names.refusals[routes.told[route]]
    return RefusalRow(
        folder=names.folders[routes.folder[route]],
        process=names.processes[routes.process[route]],
        source=names.sources[routes.source[route]],
        source_kind=names.source_kinds[routes.source[route]].label,
        principal=names.principals[routes.principal[route]],
        status=refusal.status,
        code=refusal.code,
        missing=refusal.missing,
        mean=count / replications,
        n=count,
    )


def item_refusal_rows(legend: Legend, figures: Sequence[Figures]) -> tuple[ItemRefusalRow, ...]:
    """Return every refused pair of arrival and whoever adds, in the order of the file."""
    if not figures:
        return ()
    counts = np.sum([one.items_refused for one in figures], axis=0)
    return tuple(
        _item_row(legend, int(route), int(counts[route]), len(figures))
        for route in np.flatnonzero(counts)
    )


def _item_row(legend: Legend, route: int, count: int, replications: int) -> ItemRefusalRow:
    names, routes = legend.names, legend.item_routes
    refusal = names.refusals[routes.refusal[route]]
    return ItemRefusalRow(
        folder=names.folders[names.queue_folder[routes.queue[route]]],
        queue=names.queues[routes.queue[route]],
        arrival=names.arrivals[routes.arrival[route]],
        principal=names.principals[routes.principal[route]],
        status=refusal.status,
        code=refusal.code,
        missing=refusal.missing,
        per_hour=count / replications / legend.window.hours,
        mean=count / replications,
        n=count,
    )
