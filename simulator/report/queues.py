"""What a run's queues came to: how long items waited, which were late, which were never done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.report.fitting import listing, name
from simulator.report.page import Column, Section, Text, named
from simulator.report.ranking import names_in, never_done, ranked
from simulator.report.sections import table
from simulator.report.wording import (
    decimals_of,
    estimate,
    interval,
    number,
    plus_minus,
    scale_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from simulator.experiments.study import Study
    from simulator.measurement import Summary

QUEUE: Final = "queue"
MOST_QUEUES: Final = 15
"""Rows of the table in a terminal."""

_NEVER: Final = "Not done"
_COUNTS: Final = ("added", "done", "failed", "retried")
_LATE: Final = "Late, %"


def queue_table(summary: Summary) -> RenderableType | None:
    """Return the queues for a terminal; None where nothing was added to any.

    Items that were never done, and late ones, have a column only where there can be some.
    """
    queues, means = names_in(summary, QUEUE), ranked(summary, QUEUE, "items.wait.mean")
    scale = scale_of("s", means[0].mean if means else 0.0)
    decimals = max(decimals_of(means[0].mean / scale.divisor), 1) if means else 0
    left = {queue: never_done(summary, queue) for queue in queues}
    never = (_NEVER,) if any(left.values()) else ()
    late = (_LATE,) if ranked(summary, QUEUE, "items.late_share") else ()

    def cells(queue: str) -> Iterator[str]:
        yield from (estimate(summary.find(QUEUE, queue, f"items.{count}")) for count in _COUNTS)
        yield from (number(left[queue]) for _ in never)
        for wait in ("mean", "p95"):
            yield plus_minus(summary.find(QUEUE, queue, f"items.wait.{wait}"), scale, decimals)
        share = summary.find(QUEUE, queue, "items.late_share")
        yield from (plus_minus(share, scale_of("ratio", 1.0), 1) for _ in late)

    return listing(
        f"Items by queue, waits in {scale.unit}",
        ("Queue", *map(str.capitalize, _COUNTS), *never, "Mean", "P95", *late),
        [(name(queue), *cells(queue)) for queue in queues],
        most=MOST_QUEUES,
        optional=("Retried", "Failed"),
        gap=0,
    )


_MEASURES: Final = (
    ("Added", "items.added"),
    ("Refused", "items.refused"),
    ("Done", "items.done"),
    ("Failed", "items.failed"),
    ("Retried", "items.retried"),
    ("An hour", "items.per_hour"),
    ("Waiting", "items.waiting"),
    ("Wait, mean", "items.wait.mean"),
    ("Wait, P95", "items.wait.p95"),
    ("Turnaround, mean", "items.turnaround.mean"),
    ("Late", "items.late_share"),
    ("Within the SLA", "items.sla_share"),
)
_WITH_INTERVAL: Final = {"items.wait.mean", "items.wait.p95", "items.late_share"}


def queues(study: Study) -> tuple[Section, ...]:
    """Return the section of the queues; none where nothing was added to any."""
    names = names_in(study.summary, QUEUE)
    if not names:
        return ()
    columns = [Column("Queue")]
    for title, measure in _MEASURES:
        columns.append(Column(title, numeric=True, measure=measure))
        if measure in _WITH_INTERVAL:
            columns.append(Column(f"{title}, interval", numeric=True))
    rows = [(named(queue), *_cells(study.summary, queue)) for queue in names]
    left = [never_done(study.summary, queue) for queue in names]
    if any(left):
        columns.append(Column(_NEVER, numeric=True))
        rows = [(*row, number(count)) for row, count in zip(rows, left, strict=True)]
    lead = (
        "The items first added to each queue in the window, from when they were added to when a "
        "job took them. An attempt that failed and was added anew is retried; late is what did not "
        "end by its deadline."
    )
    listed = table("Items by queue; numbers of items are means a replication", columns, rows)
    return (Section("queues", "Queues", ((lead,),), tables=(listed,)),)


def _cells(summary: Summary, queue: str) -> Iterator[Text]:
    for _, measure in _MEASURES:
        row = summary.find(QUEUE, queue, measure)
        yield estimate(row)
        if measure in _WITH_INTERVAL:
            yield interval(row)
