"""Which rows of a summary come first."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.measurement import Summary, SummaryRow


_ROUNDING: Final = 1e-6
"""Jobs; means over replications are not exact, and 100,000 of them make 1e-5 of a single job."""


def ranked(summary: Summary, scope: str, measure: str) -> tuple[SummaryRow, ...]:
    """Return a measure's rows of one scope that have a value, the largest first.

    Equal ones stay in the order of the file.
    """
    rows = [
        row
        for row in summary.rows
        if row.scope == scope and row.measure == measure and not math.isnan(row.mean)
    ]
    return tuple(sorted(rows, key=lambda row: -row.mean))


def names_in(summary: Summary, scope: str) -> tuple[str, ...]:
    """Return the names a summary has in a scope, in the order of the file."""
    return tuple(dict.fromkeys(row.name for row in summary.rows if row.scope == scope))


def submitting_folders(summary: Summary) -> tuple[str, ...]:
    """Return the folders something was submitted in, the longest mean wait first.

    Folders in which nothing started come last.
    """
    waiting = [row.name for row in ranked(summary, "folder", "pending.mean")]
    submitted = [row.name for row in ranked(summary, "folder", "jobs.submitted") if row.mean > 0]
    return tuple(dict.fromkeys(waiting + submitted))


def machines_with_slots(summary: Summary) -> tuple[str, ...]:
    """Return the machines that had slots, the busiest first.

    Those of which no slot ever had a licence come last.
    """
    busy = [row.name for row in ranked(summary, "machine", "slots.utilisation")]
    without = [row.name for row in ranked(summary, "machine", "slots.unlicensed") if row.mean > 0]
    return tuple(dict.fromkeys(busy + without))


def waiting_queues(summary: Summary) -> tuple[str, ...]:
    """Return the queues, the longest mean wait first; those no item was taken of come last."""
    waiting = [row.name for row in ranked(summary, "queue", "items.wait.mean")]
    return tuple(dict.fromkeys((*waiting, *names_in(summary, "queue"))))


def expired(summary: Summary, scope: str, name: str) -> float:
    """Return the jobs a replication that were withdrawn while Pending.

    0 where a scope has no such name.
    """
    return _left(summary, scope, name, "jobs.expired")


def never_started(summary: Summary, scope: str, name: str) -> float:
    """Return the jobs a replication that neither started nor were refused or withdrawn.

    They stayed Pending, or ended without a start. 0 where a scope has no such name.
    """
    others = ("jobs.refused", "jobs.expired", "jobs.started")
    return _left(summary, scope, name, "jobs.submitted", *others)


def without_a_start(summary: Summary, folders: Sequence[str]) -> dict[str, tuple[float, ...]]:
    """Return by title how many jobs of each folder had no start, those refused apart.

    A title no folder has any of is left out.
    """
    counted = {
        title: tuple(count(summary, "folder", folder) for folder in folders)
        for title, count in (("Expired", expired), ("Never started", never_started))
    }
    return {title: numbers for title, numbers in counted.items() if any(numbers)}


def never_done(summary: Summary, queue: str) -> float:
    """Return the items a replication, first added in the window, that neither ended nor failed.

    They stayed New, or what worked at them was stopped or went on beyond the end of the run.
    """
    return _left(summary, "queue", queue, "items.added", "items.done", "items.failed")


def _left(summary: Summary, scope: str, name: str, whole: str, *parts: str) -> float:
    """Return what is left of a number without its parts; what does not exist counts as 0."""
    rows = [summary.find(scope, name, measure) for measure in (whole, *parts)]
    number, *without = (0.0 if row is None or math.isnan(row.mean) else row.mean for row in rows)
    left = number - math.fsum(without)
    return left if left > _ROUNDING else 0.0
