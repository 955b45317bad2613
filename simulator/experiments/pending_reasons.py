"""What Pending jobs waited for over all replications: folder by folder, code by code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple, TypeAlias

import numpy as np

from simulator.measurement import Figures
from simulator.measurement.figures import ReasonFigures
from simulator.measurement.summary import SummaryRow, summary_rows
from simulator.records.codes import PendingReason
from simulator.records.columns import Floats, numbers_of
from simulator.statistics import mean_of_replications


class PendingReasonRow(NamedTuple):
    """Jobs of a folder that waited for one thing, means over replications with their intervals.

    folder: empty for the tenant. jobs: those submitted in the window that had to wait, by what they
    waited for at submission. pending: the time average of how many waited for it, whatever it was
    at submission; resumed: the same of waits as Resumed, a restarted job's among them.
    """

    folder: str
    reason: PendingReason
    jobs: SummaryRow
    pending: SummaryRow
    resumed: SummaryRow

    @property
    def code(self) -> str:
        """Return the vendor's code; empty where a job was held back though a slot was free."""
        return self.reason.label


_Pick: TypeAlias = Callable[[ReasonFigures, float], Floats]
"""What a part of a row is made of: of one replication's figures, and the length of its window."""

PARTS: Final[dict[str, _Pick]] = {
    "jobs.submitted": lambda figures, _window_s: figures.submitted,
    "pending.jobs": lambda figures, window_s: figures.pending_s / window_s,
    "resumed.jobs": lambda figures, window_s: figures.resumed_s / window_s,
}
"""The parts of a row, in their order, by the measure that each is a part of."""


def pending_reason_rows(
    figures: Sequence[Figures], window_s: float, confidence: float
) -> tuple[PendingReasonRow, ...]:
    """Return what jobs waited for, the tenant's first, then by folder; of each what most wait for.

    Nothing that no job waited for, in any replication.
    """
    found = [one.reasons for one in figures if one.reasons is not None]
    return tuple(_rows(found, window_s, confidence)) if found else ()


def _rows(
    found: Sequence[ReasonFigures], window_s: float, confidence: float
) -> Iterator[PendingReasonRow]:
    names = ("", *found[0].folders)
    parts = [
        _part(measure, names, [pick(one, window_s) for one in found], confidence)
        for measure, pick in PARTS.items()
    ]
    keys = [(name, reason) for name in names for reason in PendingReason]
    rows = [PendingReasonRow(*key, *values) for key, *values in zip(keys, *parts, strict=True)]
    places = numbers_of(names)
    rows.sort(key=lambda row: (places[row.folder], -row.pending.mean, -row.jobs.mean, row.reason))
    yield from (row for row in rows if row.jobs.mean or row.pending.mean or row.resumed.mean)


def _part(
    measure: str, names: Sequence[str], of_folders: Sequence[Floats], confidence: float
) -> Iterator[SummaryRow]:
    """Yield one part of every row, name by name; the first name is that of all folders together."""
    values = np.stack(of_folders)
    values = np.concatenate([values.sum(axis=1, keepdims=True), values], axis=1)
    means = mean_of_replications(values.reshape(len(values), -1), confidence)
    of_cells = np.repeat(names, len(PendingReason)).tolist()
    keys = (("folder" if name else "tenant", name, measure, "jobs") for name in of_cells)
    yield from summary_rows(keys, means, confidence)
