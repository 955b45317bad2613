"""What Pending jobs waited for, in a terminal and in a report; nothing where nobody waited."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from builders_tables import printed

from simulator.experiments.pending_reasons import PendingReasonRow
from simulator.measurement import SummaryRow
from simulator.records.codes import PendingReason
from simulator.report.page import Span
from simulator.report.running.console import run_table
from simulator.report.running.page import page
from simulator.report.running.sections.pending_reasons import (
    HELD_BACK,
    SENTENCES,
    TITLE,
    pending_reasons,
)

if TYPE_CHECKING:
    from simulator.experiments.study import Study

StudyOf = Callable[..., "Study"]

FULL, NONE = PendingReason.TEMPLATE_FULL_CAPACITY, PendingReason.NONE


def number(measure: str, mean: float) -> SummaryRow:
    half = mean / 10
    return SummaryRow("folder", "", measure, "jobs", mean, mean - half, mean + half, half, 0.95, 20)


def row(
    folder: str, reason: PendingReason, jobs: float, pending: float, resumed: float = 0.0
) -> PendingReasonRow:
    return PendingReasonRow(
        folder,
        reason,
        number("jobs.submitted", jobs),
        number("pending.jobs", pending),
        number("resumed.jobs", resumed),
    )


ROWS = (row("", FULL, 12.0, 3.0), row("", NONE, 1.0, 0.5), row("HR", FULL, 12.0, 3.0),
        row("HR", NONE, 1.0, 0.5))  # fmt: skip


def test_every_reason_has_its_sentence() -> None:
    assert set(SENTENCES) == set(PendingReason)


def test_a_run_tells_it_by_folder_with_the_codes_in_words(study_of: StudyOf) -> None:
    lines = printed(run_table(study_of(pending_reasons=ROWS)))
    first = lines.index(TITLE)
    assert lines[first + 1 : first + 6] == [
        "Folder Waiting for          At submission    Pending",
        "────────────────────────────────────────────────────",
        "HR     TemplateFullCapacity            12 3.00 ±0.30",
        "HR     held back                        1 0.50 ±0.05",
        "TemplateFullCapacity: Every slot in service that the job may use is taken.",
    ]


def test_waits_as_resumed_have_a_column_where_there_are_any(study_of: StudyOf) -> None:
    rows = (row("", NONE, 1.0, 1.0, 2.0), row("HR", NONE, 1.0, 1.0, 2.0))
    lines = printed(run_table(study_of(pending_reasons=rows)))
    assert lines[lines.index(TITLE) + 1].split()[-1] == "Resumed"
    (section,) = pending_reasons(study_of(pending_reasons=rows))
    assert [column.title for column in section.tables[0].columns][-1] == "Resumed"


def test_the_report_has_a_section_with_the_codes_in_words(study_of: StudyOf) -> None:
    (section,) = pending_reasons(study_of(pending_reasons=ROWS))
    together, by_folder = section.tables
    assert together.rows[0][:3] == (Span(FULL.label, "code"), SENTENCES[FULL], "12")
    assert together.rows[1][:2] == (HELD_BACK, SENTENCES[NONE])
    assert [cells[0] for cells in by_folder.rows] == [Span("HR", "name")] * 2


def test_a_terminal_does_not_tell_that_jobs_waited_for_a_free_slot(study_of: StudyOf) -> None:
    rows = (row("", FULL, 1.0, 1.0), row("HR", FULL, 1.0, 1.0))
    assert TITLE not in printed(run_table(study_of(pending_reasons=rows)))
    assert pending_reasons(study_of(pending_reasons=rows))


def test_where_nobody_waited_nothing_is_said(study: Study) -> None:
    assert TITLE not in printed(run_table(study))
    assert "pending-reasons" not in {section.key for section in page(study).sections}


def test_a_folder_of_any_name_is_inert(study_of: StudyOf, hostile: str) -> None:
    rows = (row("", NONE, 1.0, 1.0), row(hostile, NONE, 1.0, 1.0))
    text = "\n".join(printed(run_table(study_of(pending_reasons=rows)), 60))
    assert "\u202e" not in text
