"""What became of each process's jobs, how long they waited and how long they took."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.report.page import Column, Section, Text, named
from simulator.report.running.ranking import names_in
from simulator.report.tables import table
from simulator.report.wording import estimate

if TYPE_CHECKING:
    from simulator.experiments.study import Study


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
