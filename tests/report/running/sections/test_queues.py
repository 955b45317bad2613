"""What a run tells of its queues, in a terminal and in its report; nothing where there are none."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from builders_tables import printed

from simulator.measurement import Summary, SummaryRow
from simulator.model.measures import BY_NAME
from simulator.report.page import Span
from simulator.report.running.console import run_table
from simulator.report.running.page import page
from simulator.report.running.ranking import never_done
from simulator.report.running.sections.queues import queue_table
from simulator.report.wording import NOTHING

if TYPE_CHECKING:
    from simulator.experiments.study import Study

StudyOf = Callable[..., "Study"]

INVOICES = {
    "items.added": 960.0,
    "items.refused": 0.0,
    "items.done": 900.0,
    "items.failed": 20.0,
    "items.retried": 48.0,
    "items.per_hour": 38.3,
    "items.waiting": 5.3,
    "items.wait.mean": 480.0,
    "items.wait.p95": 1500.0,
    "items.turnaround.mean": 600.0,
    "items.late_share": 0.125,
    "items.sla_share": 0.875,
}
BILLS = {"items.added": 10.0, "items.done": 10.0, "items.wait.mean": 60.0, "items.wait.p95": 90.0}


def row(queue: str, measure: str, mean: float) -> SummaryRow:
    """A row with an interval of a tenth of its mean to either side."""
    half, unit = abs(mean) / 10, BY_NAME[measure].unit
    return SummaryRow("queue", queue, measure, unit, mean, mean - half, mean + half, half, 0.95, 20)


def summary(**queues: dict[str, float]) -> Summary:
    return Summary(
        tuple(
            row(f"HR:{queue}", measure, mean)
            for queue, values in queues.items()
            for measure, mean in values.items()
        )
    )


def told(study: Study) -> list[str]:
    return [
        "".join(part.text if isinstance(part, Span) else part for part in sentence).replace(
            "\N{NO-BREAK SPACE}", " "
        )
        for sentence in page(study).answer
    ]


def test_a_terminal_has_a_line_a_queue() -> None:
    """Of 960 invoices 900 were done and 20 failed: 40 never were; bills have no deadline."""
    table = queue_table(summary(invoices=INVOICES, bills=BILLS))
    assert table is not None
    assert [line.split() for line in printed(table)[2:]] == [
        ["Queue", "Added", "Done", "Failed", "Retried", "Not", "done", "Mean", "P95", "Late,", "%"],
        ["─" * 79],
        [
            *("HR:invoices", "960", "900", "20", "48", "40"),
            *("8.00", "±0.80", "25.00", "±2.50", "12.5", "±1.2"),
        ],
        ["HR:bills", "10", "10", NOTHING, NOTHING, "0", "1.00", "±0.10", "1.50", "±0.15", NOTHING],
    ]
    assert printed(table)[1] == "Items by queue, waits in min"


def test_columns_of_what_nothing_has_are_left_out() -> None:
    table = queue_table(summary(bills=BILLS))
    assert table is not None
    assert " ".join(printed(table)[2].split()) == "Queue Added Done Failed Retried Mean P95"


def test_the_report_has_a_section_with_intervals_and_definitions(study_of: StudyOf) -> None:
    report = page(study_of(summary=summary(invoices=INVOICES), verdicts=()))
    (found,) = (one for one in report.sections if one.key == "queues")
    numbers, times = ([column.title for column in table.columns] for table in found.tables)
    assert (numbers[-1], found.tables[0].rows[0][-1]) == ("Not done", "40")
    assert list(zip(times, found.tables[1].rows[0], strict=True))[1:3] == [
        ("Wait, mean", "8\N{NO-BREAK SPACE}min"),
        ("Interval", "7.20 to 8.80\N{NO-BREAK SPACE}min"),
    ]
    assert found.tables[1].rows[0][times.index("Late")] == "12.5\N{NO-BREAK SPACE}%"
    (measures,) = (one for one in report.sections if one.key == "measures")
    defined = {Span("items.late_share", "code"), Span("items.sla_share", "code")}
    assert defined <= {cells[0] for cells in measures.tables[0].rows}


def test_the_answer_tells_of_late_items_and_of_items_never_done(study_of: StudyOf) -> None:
    late = {**BILLS, "items.late_share": 0.05}
    sentences = told(study_of(summary=summary(invoices=INVOICES, bills=late), verdicts=()))
    assert sentences[1:3] == [
        "Of the items of HR:invoices with a deadline, 12.5 % (11.2 to 13.8 %) were late.",
        "40 items a replication were never done, all of them of HR:invoices.",
    ]


def test_of_several_queues_the_one_with_the_most_left_is_told(study_of: StudyOf) -> None:
    left = {**BILLS, "items.added": 11.0}
    sentences = told(study_of(summary=summary(invoices=INVOICES, bills=left), verdicts=()))
    assert "41 items a replication were never done, most of them of HR:invoices." in sentences


def test_the_longest_waits_come_first(study_of: StudyOf) -> None:
    """Bills wait a minute, invoices eight; nobody ever took a mail."""
    told_of = summary(mails={"items.added": 3.0}, bills=BILLS, invoices=INVOICES)
    table = queue_table(told_of)
    assert table is not None
    queues = ["HR:invoices", "HR:bills", "HR:mails"]
    assert [line.split()[0] for line in printed(table)[4:]] == queues
    report = page(study_of(summary=told_of, verdicts=()))
    (found,) = (one for one in report.sections if one.key == "queues")
    assert [row[0] for row in found.tables[1].rows] == [Span(queue, "name") for queue in queues]


@pytest.mark.parametrize("share", [0.0, math.nan], ids=["none was late", "no deadlines"])
def test_the_answer_says_nothing_of_queues_that_keep_up(study_of: StudyOf, share: float) -> None:
    kept = {**BILLS, "items.late_share": share}
    assert not any("items" in one for one in told(study_of(summary=summary(bills=kept))))


def test_without_queues_nothing_is_said_of_them(study: Study) -> None:
    assert queue_table(study.summary) is None
    assert "Items by queue, waits in s" not in printed(run_table(study))
    assert "queues" not in {section.key for section in page(study).sections}


def test_what_rounding_leaves_is_nothing_never_done() -> None:
    values = {"items.added": 0.3, "items.done": 0.1, "items.failed": 0.2 - 1e-12}
    assert never_done(summary(invoices=values), "HR:invoices") == 0.0
