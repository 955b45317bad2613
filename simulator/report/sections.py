"""The body of a report, section by section: each a picture where one helps, and its whole table."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from simulator.experiments.doubting.evidence_cautions import FEWEST_BEYOND
from simulator.report.availability import EXPLANATION, slot_columns
from simulator.report.page import Column, Figure, Section, Table, Text, named
from simulator.report.pictures import (
    MOST_BARS,
    pending_chart,
    utilisation_chart,
    week_chart,
)
from simulator.report.ranking import (
    machines_with_slots,
    names_in,
    ranked,
    submitting_folders,
    without_a_start,
)
from simulator.report.view import PART, held_outside
from simulator.report.wording import (
    DAYS,
    NOTHING,
    estimate,
    interval,
    number,
    plural,
    visible,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.experiments.study import Study
    from simulator.measurement import Summary, SummaryRow
    from simulator.records.columns import Floats
    from simulator.report.availability import SlotColumn
    from simulator.report.page import StackedWeek

MOST_ROWS: Final = 1000
"""Rows of a table in the page; the rest is in `summary.csv`, so that the page stays light."""


def table(
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[tuple[Text, ...]],
    note: str = "",
    held_in: str = "summary.csv",
) -> Table:
    """Return a table of at most `MOST_ROWS` rows; its note says how many are left out.

    `held_in` names what has them all.
    """
    left_out = len(rows) - MOST_ROWS
    if left_out > 0:
        note = f"{note} … and {left_out:,} more, which {held_in} holds.".strip()
    return Table(caption, tuple(columns), tuple(rows[:MOST_ROWS]), note)


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
        return Section("pending", title, ((lead,),), tables=(table_of_all,))
    chart = pending_chart(study.summary, drawn[:MOST_BARS])
    figure = Figure(chart, table_of_all, _left_out(drawn, "folder"))
    return Section("pending", title, ((lead,),), (figure,))


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


def _left_out(names: Sequence[str], noun: str) -> str:
    more = len(names) - MOST_BARS
    return f"{plural(more, f'further {noun}')}, with less, in the table below." if more > 0 else ""


def utilisation(study: Study) -> Section:
    """Return how busy each machine and each account was."""
    lead = (
        "A machine's utilisation is busy slot-time over the slot-time of its connected hosts; an "
        "account's is the share of the window with at least one job running under it."
    )
    of_slots = slot_columns(study)
    leads = (lead, EXPLANATION) if of_slots else (lead,)
    both = _machines(study, of_slots), _accounts(study)
    figures = tuple(figure for figure in both if figure.table.rows)
    return Section("utilisation", "Utilisation", tuple((one,) for one in leads), figures)


def slots_of(study: Study, machine: str) -> int:
    """Return the slots all hosts of a machine template have together, of every runtime type."""
    template = study.loaded.scenario.machines.get(machine)
    return 0 if template is None else template.host_count * sum(template.slots.values())


def _machines(study: Study, of_slots: Sequence[SlotColumn]) -> Figure:
    rows = ranked(study.summary, "machine", "slots.utilisation")
    outside = [held_outside(study, row.name) for row in rows] if study.viewer is not None else []
    columns = (
        Column("Machine"),
        Column("Slots", numeric=True),
        Column("Busy slots", numeric=True, measure="slots.busy"),
        Column("Utilisation", numeric=True, measure="slots.utilisation"),
        *(Column(title, numeric=True) for title in (PART,) if outside),
        Column("Interval", numeric=True),
        *(Column(title, numeric=True, measure=measure) for title, measure in of_slots),
    )
    shown = rows[:MOST_BARS]
    return Figure(
        utilisation_chart("machines", "Utilisation by machine", shown, outside[:MOST_BARS]),
        table(
            "Utilisation by machine",
            columns,
            [_machine_cells(study, name, of_slots) for name in machines_with_slots(study.summary)],
        ),
        _left_out([row.name for row in rows], "machine"),
    )


def _machine_cells(study: Study, machine: str, of_slots: Sequence[SlotColumn]) -> tuple[Text, ...]:
    """Return a machine's cells; in one account's view also what was held outside it."""
    outside = () if study.viewer is None else (held_outside(study, machine),)

    def row(measure: str) -> SummaryRow | None:
        return study.summary.find("machine", machine, measure)

    return (
        named(machine),
        number(slots_of(study, machine)),
        estimate(row("slots.busy")),
        estimate(row("slots.utilisation")),
        *(estimate(held) for held in outside),
        interval(row("slots.utilisation")),
        *(estimate(row(column.measure)) for column in of_slots),
    )


def _accounts(study: Study) -> Figure:
    rows = ranked(study.summary, "account", "account.utilisation")
    columns = (
        Column("Account"),
        Column("Started", numeric=True, measure="jobs.started"),
        Column("Utilisation", numeric=True, measure="account.utilisation"),
        Column("Interval", numeric=True),
    )
    cells = [
        (
            named(row.name),
            estimate(study.summary.find("account", row.name, "jobs.started")),
            estimate(row),
            interval(row),
        )
        for row in rows
    ]
    return Figure(
        utilisation_chart("accounts", "Utilisation by account", rows[:MOST_BARS]),
        table("Utilisation by account", columns, cells),
        _left_out([row.name for row in rows], "account"),
    )


def week(study: Study) -> Section:
    """Return the hours of the week: how many jobs were Pending, how many slots busy."""
    zone = visible(study.legend.window.zone)
    lead = (
        f"Mean numbers in each local hour of the week, in {zone}; an hour never observed has "
        f"{NOTHING}."
    )
    return Section(
        "week",
        "The week, hour by hour",
        ((lead,),),
        (
            _week("week-pending", "Pending jobs by hour of the week", study.hours.pending),
            _week("week-busy", "Busy slots by hour of the week", study.hours.busy),
        ),
    )


def _week(key: str, title: str, hours: Floats) -> Figure:
    days = [tuple(map(float, hours[24 * day : 24 * day + 24])) for day in range(7)]
    columns = (
        Column("Day"),
        *(Column(f"{hour:02d}:00", numeric=True) for hour in range(24)),
    )
    rows = [(DAYS[day], *(number(value, 2) for value in values)) for day, values in enumerate(days)]
    return Figure(week_chart(key, title, tuple(days)), table(title, columns, rows))


def week_table(chart: StackedWeek) -> Table:
    """Return all the data of a week of bands: a row each day, band, and the line."""
    columns = (
        Column("Day"),
        Column(chart.axis),
        *(Column(f"{hour:02d}:00", numeric=True) for hour in range(24)),
    )
    rows = [
        (DAYS[day], named(band.name), *(number(value, 2) for value in band.values[24 * day :][:24]))
        for day in range(7)
        for band in (*chart.bands, chart.line)
    ]
    return table(chart.title, columns, rows)


def processes(study: Study) -> Section:
    """Return what became of each process's jobs, how long they waited and how long they took."""
    measures = (
        Column("Submitted", numeric=True, measure="jobs.submitted"),
        Column("Refused", numeric=True, measure="jobs.refused"),
        Column("Expired", numeric=True, measure="jobs.expired"),
        Column("Started", numeric=True, measure="jobs.started"),
        Column("Faulted", numeric=True, measure="jobs.faulted"),
        Column("Pending, mean", numeric=True, measure="pending.mean"),
        Column("Pending, P95", numeric=True, measure="pending.p95"),
        Column("Turnaround, mean", numeric=True, measure="turnaround.mean"),
    )
    find = study.summary.find
    rows: list[tuple[Text, ...]] = [
        (named(name), *(estimate(find("process", name, column.measure)) for column in measures))
        for name in names_in(study.summary, "process")
    ]
    lead = (
        "What became of each process's submissions, with the same waits and the time from "
        "submission to end, in the order of the file. An expired job was withdrawn while Pending."
    )
    listed = table("Processes", (Column("Process"), *measures), rows)
    return Section("processes", "Processes", ((lead,),), tables=(listed,))
