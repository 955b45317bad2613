"""What Pending jobs waited for, in the vendor's codes, each with a plain sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.text import Text

from simulator.records.codes import PendingReason
from simulator.report.fitting import listing, name
from simulator.report.page import Column, Section, Span, named
from simulator.report.page import Text as Cell
from simulator.report.tables import table
from simulator.report.wording import estimate, interval, plus_minus, scale_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import RenderableType

    from simulator.experiments.pending_reasons import PendingReasonRow
    from simulator.experiments.study import Study
    from simulator.report.page import Table

TITLE: Final = "What Pending jobs waited for"
MOST_ROWS: Final = 8
"""Rows of the table in a terminal."""

HELD_BACK: Final = "held back"
"""What stands where the vendor has no code: a slot is free, and the job is not to have it yet."""

SENTENCES: Final = {
    PendingReason.NONE: "A slot is free, or held for the job already: it waits behind an older job "
    "of its folder (dispatch.blocked) or for its start (dispatch.latency).",
    PendingReason.ROBOT_BUSY: "A slot is free, but on no host with one is an account free that may "
    "run the job, with the Windows session it needs.",
    PendingReason.ROBOT_CONCURRENCY_LIMIT: "A slot is free, but every account that may run the job "
    "runs its one job already (one_job_at_a_time).",
    PendingReason.TEMPLATE_FULL_CAPACITY: "Every slot in service that the job may use is taken.",
    PendingReason.TEMPLATE_NO_HOSTS_AVAILABLE: "No host that may run the job is connected and up: "
    "there is none, or it is down, off or still booting.",
    PendingReason.TEMPLATE_NO_LICENSE: "The slots that the job may use have no licence.",
    PendingReason.TEMPLATE_MAINTENANCE_MODE: "The hosts that may run the job are in maintenance.",
    PendingReason.DYNAMIC_JOB_FOREGROUND_AUTOMATION_TYPE_INVALID: "No machine that the job may use "
    "takes foreground jobs (process_types): it is Pending for ever.",
    PendingReason.DYNAMIC_JOB_BACKGROUND_AUTOMATION_TYPE_INVALID: "No machine that the job may use "
    "takes background jobs (process_types): it is Pending for ever.",
}
"""What each code says of a job, at the moment it is told."""


def pending_reason_tables(rows: Sequence[PendingReasonRow]) -> Iterator[RenderableType | None]:
    """Yield, for a terminal, what most jobs of each folder waited for, and what the codes say.

    Nothing where it was for a slot to come free: that is what Pending means to everybody.
    """
    if all(row.reason is PendingReason.TEMPLATE_FULL_CAPACITY for row in rows):
        return
    of_folders = sorted((row for row in rows if row.folder), key=lambda row: -row.pending.mean)
    later = ("Resumed",) if any(row.resumed.mean for row in rows) else ()
    yield listing(
        TITLE,
        ("Folder", "Waiting for", "At submission", "Pending", *later),
        [
            (
                name(row.folder),
                row.code or HELD_BACK,
                estimate(row.jobs),
                plus_minus(row.pending, scale_of("jobs", 1.0), 2),
                *(plus_minus(row.resumed, scale_of("jobs", 1.0), 2) for _ in later),
            )
            for row in of_folders
        ],
        most=MOST_ROWS,
        names=2,
        optional=("At submission",),
        gap=0,
    )
    for reason in dict.fromkeys(row.reason for row in of_folders[:MOST_ROWS]):
        yield Text(f"{reason.label or HELD_BACK}: {SENTENCES[reason]}")


def pending_reasons(study: Study) -> tuple[Section, ...]:
    """Return the section of what jobs waited for; none where nobody waited."""
    rows = study.pending_reasons
    if not rows:
        return ()
    lead = (
        "Why the Orchestrator would say a job is Pending, in the vendor's codes. Jobs at "
        "submission: how many jobs had to wait for this when they were submitted. Pending: how "
        "many waited for it at a time, on average over the window, whatever it was at first. Waits "
        "as Resumed are told apart; a job that lost its host and starts over waits so too."
    )
    tables = (
        _table("All folders together", Column("Code"), rows, of_folders=False),
        _table("By folder", Column("Folder"), rows, of_folders=True),
    )
    return (Section("pending-reasons", TITLE, ((lead,),), tables=tables),)


def _table(
    caption: str, first: Column, rows: Sequence[PendingReasonRow], *, of_folders: bool
) -> Table:
    later = any(row.resumed.mean for row in rows)
    columns = (
        first,
        Column("Code" if of_folders else "What it says"),
        Column("Jobs at submission", numeric=True),
        Column("Pending", numeric=True, measure="pending.jobs"),
        Column("Interval", numeric=True),
        *((Column("Resumed", numeric=True, measure="resumed.jobs"),) if later else ()),
    )
    cells = [
        (
            *(_of_folder(row) if of_folders else _in_words(row)),
            estimate(row.jobs),
            estimate(row.pending),
            interval(row.pending),
            *((estimate(row.resumed),) if later else ()),
        )
        for row in rows
        if bool(row.folder) == of_folders
    ]
    return table(caption, columns, cells, held_in="summary.json")


def _of_folder(row: PendingReasonRow) -> tuple[Cell, Cell]:
    return named(row.folder), _code(row)


def _in_words(row: PendingReasonRow) -> tuple[Cell, Cell]:
    return _code(row), SENTENCES[row.reason]


def _code(row: PendingReasonRow) -> Cell:
    return Span(row.code, "code") if row.code else HELD_BACK
