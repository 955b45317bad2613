"""What a run's queues came to: how long items waited, which were late, which were never done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from simulator.report.fitting import listing, name
from simulator.report.page import Column, Section, Table, Text, named
from simulator.report.running.ranking import never_done, ranked, waiting_queues
from simulator.report.tables import table
from simulator.report.wording import (
    decimals_of,
    estimate,
    interval,
    number,
    plus_minus,
    scale_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from simulator.experiments.study import Study
    from simulator.measurement import Summary

QUEUE: Final = "queue"
MOST_QUEUES: Final = 15
"""Rows of the table in a terminal."""

_Measures: TypeAlias = tuple[tuple[str, str], ...]
"""Titles of columns, and the measure of each."""

_NEVER: Final = "Not done"
_COUNTS: Final = ("added", "done", "failed", "retried")
_LATE: Final = "Late, %"


def queue_table(summary: Summary) -> RenderableType | None:
    """Return the queues for a terminal, the longest waits first; None where nothing was added.

    Items that were never done, and late ones, have a column only where there can be some.
    """
    queues, means = waiting_queues(summary), ranked(summary, QUEUE, "items.wait.mean")
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


_NUMBERS: Final = (
    ("Added", "items.added"),
    ("Refused", "items.refused"),
    ("Done", "items.done"),
    ("Failed", "items.failed"),
    ("Retried", "items.retried"),
    ("An hour", "items.per_hour"),
    ("Waiting", "items.waiting"),
)
_TIMES: Final = (
    ("Wait, mean", "items.wait.mean"),
    ("Wait, P95", "items.wait.p95"),
    ("Turnaround, mean", "items.turnaround.mean"),
    ("Late", "items.late_share"),
    ("Within the SLA", "items.sla_share"),
)
_WITH_INTERVAL: Final = {"items.wait.mean", "items.wait.p95", "items.late_share"}


def queues(study: Study) -> tuple[Section, ...]:
    """Return the section of the queues; none where nothing was added to any."""
    names = waiting_queues(study.summary)
    if not names:
        return ()
    lead = (
        "The items first added to each queue in the window, from when they were added to when a "
        "job took them; the longest mean wait comes first. An attempt that failed and was added "
        "anew is retried; late is what did not end by its deadline."
    )
    tables = _numbers(study.summary, names), _times(study.summary, names)
    return (Section("queues", "Queues", ((lead,),), tables=tables),)


def _numbers(summary: Summary, queues: Sequence[str]) -> Table:
    """Return what became of the items; the last column tells of those never done, if any."""
    columns, rows = _columns(_NUMBERS), _rows(summary, queues, _NUMBERS)
    left = [never_done(summary, queue) for queue in queues]
    if any(left):
        columns.append(Column(_NEVER, numeric=True))
        rows = [(*row, number(count)) for row, count in zip(rows, left, strict=True)]
    return table("Items by queue; numbers of items are means a replication", columns, rows)


def _times(summary: Summary, queues: Sequence[str]) -> Table:
    rows = _rows(summary, queues, _TIMES)
    return table("How long items took, and which were late", _columns(_TIMES), rows)


def _columns(measures: _Measures) -> list[Column]:
    columns = [Column("Queue")]
    for title, measure in measures:
        columns.append(Column(title, numeric=True, measure=measure))
        if measure in _WITH_INTERVAL:
            columns.append(Column("Interval", numeric=True))
    return columns


def _rows(summary: Summary, queues: Sequence[str], measures: _Measures) -> list[tuple[Text, ...]]:
    return [(named(queue), *_cells(summary, queue, measures)) for queue in queues]


def _cells(summary: Summary, queue: str, measures: _Measures) -> Iterator[Text]:
    for _, measure in measures:
        row = summary.find(QUEUE, queue, measure)
        yield estimate(row)
        if measure in _WITH_INTERVAL:
            yield interval(row)
