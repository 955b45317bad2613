"""Long-running jobs: how many were Suspended, and how long they waited for a slot again."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from simulator.report.fitting import listing, name
from simulator.report.page import Column, Section, Span, Text, named
from simulator.report.running.ranking import ranked
from simulator.report.tables import table
from simulator.report.wording import (
    decimals_of,
    estimate,
    interval,
    plus_minus,
    scale_of,
    with_interval,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from simulator.experiments.study import Study
    from simulator.measurement import Summary
    from simulator.report.page import Phrase

MOST_PROCESSES: Final = 15
"""Rows of the table in a terminal."""

_PROCESS: Final = "process"


def resumed_answer(summary: Summary) -> Iterator[Phrase]:
    """Yield how long jobs waited for a slot again; nothing where none did."""
    mean, p95 = (summary.find("tenant", "", f"resumed.{of}") for of in ("mean", "p95"))
    if mean is None or math.isnan(mean.mean):
        return
    yield (
        "Jobs that came back from being Suspended, or had lost their host, waited ",
        Span(with_interval(mean), "figure"),
        " on average for a slot again, and one in twenty longer than ",
        Span(with_interval(p95), "figure"),
        ".",
    )


def resumed_table(summary: Summary) -> RenderableType | None:
    """Return the processes whose jobs came back, for a terminal; None where none did."""
    means = ranked(summary, _PROCESS, "resumed.mean")
    largest = means[0].mean if means else 0.0
    scale = scale_of("s", largest)
    decimals = max(decimals_of(largest / scale.divisor), 1)

    def cells(process: str) -> Iterator[str]:
        yield estimate(summary.find(_PROCESS, process, "suspended.jobs"))
        for wait in ("mean", "p95"):
            yield plus_minus(summary.find(_PROCESS, process, f"resumed.{wait}"), scale, decimals)

    return listing(
        f"Waits to run again, in {scale.unit}",
        ("Process", "Suspended", "Mean", "P95"),
        [(name(process), *cells(process)) for process in _processes(summary)],
        most=MOST_PROCESSES,
    )


_COLUMNS: Final = (
    ("Suspended", "suspended.jobs"),
    ("Resumed", "resumed.jobs"),
    ("Wait, mean", "resumed.mean"),
    ("Wait, P95", "resumed.p95"),
    ("Waited at all", "resumed.share"),
)
_WITH_INTERVAL: Final = {"resumed.mean", "resumed.p95"}


def resumed(study: Study) -> tuple[Section, ...]:
    """Return the section of the long-running jobs; none where no job came back."""
    processes = _processes(study.summary)
    if not processes:
        return ()
    columns = [Column("Process")]
    for title, measure in _COLUMNS:
        columns.append(Column(title, numeric=True, measure=measure))
        if measure in _WITH_INTERVAL:
            columns.append(Column("Interval", numeric=True))
    rows = [(named(process), *_cells(study.summary, process)) for process in processes]
    lead = (
        "How many jobs are Suspended, and how many wait for a slot again, at once; and how long "
        "they wait, from their return to when they are Running again. A job that lost its host "
        "and starts over waits so too. The longest mean comes first."
    )
    listed = table("Jobs that come back, by process", columns, rows)
    return (Section("resumed", "Long-running jobs", ((lead,),), tables=(listed,)),)


def _processes(summary: Summary) -> tuple[str, ...]:
    """Return the processes whose jobs came back, the longest mean wait first.

    Those whose jobs were Suspended and never came back are the last.
    """
    waiting = [row.name for row in ranked(summary, _PROCESS, "resumed.mean")]
    away = [row.name for row in ranked(summary, _PROCESS, "suspended.jobs") if row.mean > 0]
    return tuple(dict.fromkeys(waiting + away))


def _cells(summary: Summary, process: str) -> Iterator[Text]:
    for _, measure in _COLUMNS:
        row = summary.find(_PROCESS, process, measure)
        yield estimate(row)
        if measure in _WITH_INTERVAL:
            yield interval(row)
