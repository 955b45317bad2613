"""What a terminal and a report tell of long-running jobs; nothing where there are none."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from builders_tables import printed

from simulator.measurement import Summary, SummaryRow
from simulator.model.measures import BY_NAME
from simulator.report.page import Phrase, Span
from simulator.report.running.console import run_table
from simulator.report.running.page import page
from simulator.report.wording import NOTHING

if TYPE_CHECKING:
    from simulator.experiments.study import Study

StudyOf = Callable[..., "Study"]


def row(scope: str, name: str, measure: str, mean: float) -> SummaryRow:
    half, unit = abs(mean) / 10, BY_NAME[measure].unit
    return SummaryRow(scope, name, measure, unit, mean, mean - half, mean + half, half, 0.95, 20)


BACK = (
    row("tenant", "", "resumed.mean", 300.0),
    row("tenant", "", "resumed.p95", 900.0),
    row("process", "HR:approve", "suspended.jobs", 4.5),
    row("process", "HR:approve", "resumed.jobs", 0.2),
    row("process", "HR:approve", "resumed.mean", 300.0),
    row("process", "HR:approve", "resumed.p95", 900.0),
    row("process", "HR:approve", "resumed.share", 0.4),
    row("process", "HR:plain", "suspended.jobs", 0.0),
    row("process", "HR:forgotten", "suspended.jobs", 2.0),
)


def joined(phrase: Phrase) -> str:
    text = "".join(part.text if isinstance(part, Span) else part for part in phrase)
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_terminal_has_a_line_a_process_whose_jobs_were_away(study_of: StudyOf) -> None:
    """300 s and 900 s in minutes; forgotten ones never came back, plain ones never were away."""
    lines = printed(run_table(study_of(summary=Summary(BACK), verdicts=())))
    place = lines.index("Waits to run again, in min")
    assert [line.split() for line in lines[place + 1 : place + 6]] == [
        ["Process", "Suspended", "Mean", "P95"],
        ["─" * len(lines[place + 2])],
        ["HR:approve", "4.50", "5.00", "±0.50", "15.00", "±1.50"],
        ["HR:forgotten", "2", NOTHING, NOTHING],
        [],
    ]


def test_the_answer_tells_the_wait_of_those_that_came_back(study_of: StudyOf) -> None:
    answer = page(study_of(summary=Summary(BACK), verdicts=())).answer
    assert joined(answer[1]) == (
        "Jobs that came back from being Suspended, or had lost their host, waited 5 min "
        "(4.50 to 5.50 min) on average for a slot again, and one in twenty longer than 15 min "
        "(13.5 to 16.5 min)."
    )


def test_a_report_has_a_section_with_intervals(study_of: StudyOf) -> None:
    report = page(study_of(summary=Summary(BACK), verdicts=()))
    (section,) = (one for one in report.sections if one.key == "resumed")
    assert [joined((cell,)) for cell in section.tables[0].rows[0]] == [
        *("HR:approve", "4.50", "0.200", "5 min", "4.50 to 5.50 min"),
        *("15 min", "13.5 to 16.5 min", "40 %"),
    ]


def test_without_long_running_jobs_nothing_is_said_of_them(study: Study) -> None:
    assert "resumed" not in {section.key for section in page(study).sections}
    assert not any("to run again" in line for line in printed(run_table(study)))
    assert len(page(study).answer) == 2
