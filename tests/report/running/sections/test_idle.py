"""What stood free while jobs waited, in a terminal and in a report; names are inert in both."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from builders_tables import printed

from simulator.experiments.idle import Idle, IdleRow
from simulator.measurement import SummaryRow
from simulator.plan.openings import Rule
from simulator.policies.changes import Change
from simulator.report.charts import BarChart
from simulator.report.page import Span
from simulator.report.rendering.page_html import html
from simulator.report.running.console import run_table
from simulator.report.running.page import page
from simulator.report.running.sections.idle import MOST_LINES, TITLE, idle, in_words

if TYPE_CHECKING:
    from simulator.experiments.study import Study

StudyOf = Callable[..., "Study"]

HOSTILE = "vm\n\x1b[31m\u202e<b>=cmd()</b>"
"""Two lines, a colour, a turn of direction, a tag: no scenario has such a name."""


def row(hours: float = 41.0, **changes: Any) -> IdleRow:
    fields = {
        "rule": Rule.FOLDER,
        "what": "vm-2",
        "is_of_robot": False,
        "folder": "HR",
        "jobs": "unattended, background, dynamic",
        "hours": SummaryRow(
            "folder", "HR", "idle.slots", "h", hours, hours - 2, hours + 2, 2.0, 0.95, 20
        ),
        "change": "add vm-2 to HR",
        "changes": (Change(("folders", "HR", "machines", "vm-2"), {}),),
        "alike": 0,
    }
    return IdleRow(**(fields | changes))


SENTENCES: list[tuple[IdleRow, str]] = [
    (row(), "41 slot-hours of vm-2 stood free while HR's jobs waited: add vm-2 to HR"),
    (row(1.0), "1 slot-hour of vm-2 stood free while HR's jobs waited: add vm-2 to HR"),
    (
        row(rule=Rule.LICENCE, change="more licences"),
        "41 slot-hours of vm-2 had no licence while HR's jobs waited: more licences",
    ),
    (
        row(rule=Rule.LIMIT, what="r2", change="lift its limit"),
        "41 slot-hours that r2 could use stood free while HR's jobs waited: lift its limit",
    ),
    (
        row(rule=Rule.ROLE, what="r7", is_of_robot=True, change="assign r7 to HR"),
        "41 hours of r7 stood idle while HR's jobs waited: assign r7 to HR",
    ),
]


@pytest.mark.parametrize(("one", "sentence"), SENTENCES, ids=lambda one: getattr(one, "rule", ""))
def test_each_is_told_in_a_sentence(one: IdleRow, sentence: str) -> None:
    assert in_words(one) == sentence


def test_a_terminal_tells_the_first_three(study_of: StudyOf) -> None:
    rows = tuple(row(hours) for hours in (9.0, 8.0, 7.0, 6.0))
    lines = printed(run_table(study_of(idle=Idle(rows, 0))))
    first = lines.index(TITLE) + 1
    assert lines[first].startswith("9 slot-hours of vm-2 stood free")
    assert sum("of vm-2 stood free" in line for line in lines) == MOST_LINES


def test_a_report_has_bars_and_a_table_with_the_change_to_paste(study_of: StudyOf) -> None:
    rows = (row(), row(30.0, what="vm-3", alike=2, change="add vm-3 to HR"))
    (section,) = idle(study_of(idle=Idle(rows, 0)))
    (figure,) = section.figures
    assert isinstance(figure.chart, BarChart)
    assert [(bar.label, bar.value, bar.low, bar.high) for bar in figure.chart.bars] == [
        ("1. vm-2 for HR", 41.0, 39.0, 43.0),
        ("2. vm-3 for HR", 30.0, 28.0, 32.0),
    ]
    assert figure.table.rows[0] == (
        Span("1. add vm-2 to HR", "name"),
        "folder assignment",
        Span("vm-2", "name"),
        "41",
        "39.0 to 43.0\N{NO-BREAK SPACE}h",
        Span("HR: unattended, background, dynamic", "name"),
        Span("folders.HR.machines.vm-2={}", "code"),
    )
    assert figure.table.rows[1][0] == Span("2. add vm-3 to HR (2 more like it)", "name")
    assert section.lead[0] == (Span(f"{in_words(rows[0])}.", "name"),)
    assert "do not add up" in str(section.lead[1])


def test_what_was_not_looked_at_is_said(study_of: StudyOf) -> None:
    (section,) = idle(study_of(idle=Idle((row(),), 1234)))
    assert "1,234 further possible changes" in str(section.lead[-1])


def test_where_nothing_stood_free_that_is_said(study_of: StudyOf) -> None:
    study = study_of(idle=Idle((), 0))
    (section,) = idle(study)
    assert str(section.lead[0][0]).startswith("Nothing that one change of a rule")
    assert not section.figures
    assert TITLE not in "\n".join(printed(run_table(study)))


def test_a_report_has_it_among_its_sections(study_of: StudyOf) -> None:
    found = page(study_of(idle=Idle((row(),), 0)))
    assert "idle" in {section.key for section in found.sections}


def test_names_are_inert(study_of: StudyOf) -> None:
    one = row(
        what=HOSTILE,
        folder=HOSTILE,
        change=f"add {HOSTILE} to {HOSTILE}",
        changes=(Change(("folders", HOSTILE, "machines", HOSTILE), {}),),
    )
    study = study_of(idle=Idle((one,), 0))
    text = "\n".join(printed(run_table(study)))
    assert "\x1b" not in text
    assert "\u202e" not in text
    written = html(page(study))
    assert "\x1b" not in written
    assert "<b>=cmd()" not in written
