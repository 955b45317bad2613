"""How long jobs stayed Pending, folder by folder."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from simulator.experiments.doubting.evidence_cautions import FEWEST_BEYOND
from simulator.report.page import Column, Figure, Section, Table, Text, named
from simulator.report.running.pictures import MOST_BARS, left_out, pending_chart
from simulator.report.running.ranking import submitting_folders, without_a_start
from simulator.report.running.sections.waits import waits
from simulator.report.tables import table
from simulator.report.wording import estimate, interval, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.experiments.study import Study
    from simulator.measurement import Summary


def pending(study: Study) -> Section:
    """Return how long jobs stayed Pending, folder by folder."""
    folders = submitting_folders(study.summary)
    if not folders:
        return Section("pending", "Pending by folder", (("No job was submitted.",),))
    lead = (
        "From submission to first start, over the jobs submitted in the window that started; jobs "
        "that did not wait count as zero. The longest mean comes first."
    )
    title, table_of_all = "Pending by folder", _pending_table(study.summary, folders)
    drawn = [folder for folder in folders if _has_a_mean(study.summary, folder)]
    if not drawn:
        return Section("pending", title, ((lead,),), waits(study), (table_of_all,))
    chart = pending_chart(study.summary, drawn[:MOST_BARS])
    figure = Figure(chart, table_of_all, left_out(drawn, "folder"))
    return Section("pending", title, ((lead,),), (figure, *waits(study)))


def _has_a_mean(summary: Summary, folder: str) -> bool:
    """Return whether the jobs of a folder have a mean wait: some started, and it has not grown."""
    row = summary.find("folder", folder, "pending.mean")
    return row is not None and not math.isnan(row.mean)


_PENDING_MEASURES: Final = (
    ("Submitted", "jobs.submitted"),
    ("Refused", "jobs.refused"),
    ("Started", "jobs.started"),
    ("Mean", "pending.mean"),
    ("P50", "pending.p50"),
    ("P95", "pending.p95"),
    ("Longest", "pending.max"),
    ("Waited at all", "pending.share"),
)
_WITH_INTERVAL: Final = {"pending.mean", "pending.p50", "pending.p95"}


def _pending_table(summary: Summary, folders: Sequence[str]) -> Table:
    """Return the folders' table; the last columns tell of jobs without a start, if any are."""
    columns = [Column("Folder")]
    for title, measure in _PENDING_MEASURES:
        columns.append(Column(title, numeric=True, measure=measure))
        if measure in _WITH_INTERVAL:
            columns.append(Column(f"{title}, interval", numeric=True))
    rows = [(named(folder), *_pending_cells(summary, folder)) for folder in folders]
    for title, numbers in without_a_start(summary, folders).items():
        columns.append(Column(title, numeric=True))
        rows = [(*row, number(count)) for row, count in zip(rows, numbers, strict=True)]
    caption = "Pending by folder; numbers of jobs are means a replication"
    return table(caption, columns, rows, _few_jobs(summary, folders))


def _few_jobs(summary: Summary, folders: Sequence[str]) -> str:
    """Return what to think of a P95 of few jobs, where some folder has one."""
    enough = round(FEWEST_BEYOND / (1 - 0.95))
    started = [summary.find("folder", folder, "jobs.started") for folder in folders]
    if not any(row is not None and 0 < row.mean < enough for row in started):
        return ""
    return (
        f"Of fewer than {enough:,} started jobs a replication, the interval of a P95 may be too "
        "narrow for the long run."
    )


def _pending_cells(summary: Summary, folder: str) -> list[Text]:
    cells: list[Text] = []
    for _, measure in _PENDING_MEASURES:
        row = summary.find("folder", folder, measure)
        cells.append(estimate(row))
        if measure in _WITH_INTERVAL:
            cells.append(interval(row))
    return cells
