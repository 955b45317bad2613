"""Who was refused what, how often, and which right was missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from simulator.access.refusals import Refusal
from simulator.measurement import Figures
from simulator.records.columns import Legend


class RefusalRow(NamedTuple):
    """Submissions of one source and caller that admission refused inside the window.

    `missing` says in words what was missing; `mean` counts a replication's, `n` all together.
    """

    folder: str
    process: str
    source: str
    principal: str
    status: int
    code: str
    missing: str
    mean: float
    n: int

    @property
    def code_text(self) -> str:
        """Return status and code: `403/0`."""
        return Refusal(self.status, self.code, self.missing).code_text


def refusal_rows(legend: Legend, figures: Sequence[Figures]) -> tuple[RefusalRow, ...]:
    """Return every refused pair of source and caller, in the order of the file."""
    if not figures:
        return ()
    counts = np.sum([one.refusals for one in figures], axis=0)
    return tuple(
        _row(legend, int(route), int(counts[route]), len(figures))
        for route in np.flatnonzero(counts)
    )


def _row(legend: Legend, route: int, count: int, replications: int) -> RefusalRow:
    names, routes = legend.names, legend.routes
    refusal = names.refusals[routes.refusal[route]]
    return RefusalRow(
        folder=names.folders[routes.folder[route]],
        process=names.processes[routes.process[route]],
        source=names.sources[routes.source[route]],
        principal=names.principals[routes.principal[route]],
        status=refusal.status,
        code=refusal.code,
        missing=refusal.missing,
        mean=count / replications,
        n=count,
    )
