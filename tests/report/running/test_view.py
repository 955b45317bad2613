"""A report of one account's view says whose it is, and what was held outside."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from builders_tables import printed

from simulator.experiments.audience import Viewer
from simulator.measurement import Summary, SummaryRow
from simulator.report.charts import BarChart
from simulator.report.page import Span, Table
from simulator.report.rendering.page_html import html
from simulator.report.running.console import run_table
from simulator.report.running.page import page

if TYPE_CHECKING:
    from simulator.experiments.study import Study


def held(machine: str, share: float) -> SummaryRow:
    return SummaryRow(
        "outside", machine, "slots.utilisation", "ratio", share, share, share, 0.0, 0.95, 20
    )


@pytest.fixture
def seen_of(study_of: Callable[..., Study]) -> Callable[..., Study]:
    def seen(who: str = "anna", left_out: int = 0, **changes: Any) -> Study:
        whole = study_of()
        outside = [held("", 0.3)]
        outside += [held(machine, 0.2) for machine in ("shared-vm", "finance-vm", "sales-laptop")]
        return study_of(
            viewer=Viewer(who, 2, 5, left_out),
            summary=Summary((*whole.summary.rows, *outside)),
            grants=(),
            **changes,
        )

    return seen


def text(phrase: tuple[str | Span, ...]) -> str:
    return "".join(part.text if isinstance(part, Span) else part for part in phrase)


def machines(study: Study) -> tuple[BarChart, Table]:
    section = next(one for one in page(study).sections if one.key == "utilisation")
    chart = section.figures[0].chart
    assert isinstance(chart, BarChart)
    return chart, section.figures[0].table


def test_the_first_screen_says_whose_view_it_is(seen_of: Callable[..., Study]) -> None:
    report = page(seen_of())
    assert text(report.view).startswith("As anna sees it: 2 of 5 folders. ")
    assert "Jobs outside these folders held 30\N{NO-BREAK SPACE}%" in text(report.answer[-1])
    assert ("Outside your folders", "30\N{NO-BREAK SPACE}%") in {
        (one.title, one.value) for one in report.highlights
    }


def test_without_a_machine_in_sight_nothing_is_said_of_slots(
    study_of: Callable[..., Study],
) -> None:
    """The summary then has no row of what was held outside."""
    rows = [row for row in study_of().summary.rows if row.scope != "machine"]
    study = study_of(viewer=Viewer("anna", 2, 5, 0), summary=Summary(tuple(rows)), grants=())
    report = page(study)
    assert "outside these folders" not in text(report.answer[-1])
    assert "Outside your folders" not in {one.title for one in report.highlights}
    console = "\n".join(printed(run_table(study), 200))
    assert "As anna sees it" in console
    assert "outside these folders" not in console


def test_machines_show_the_part_held_outside(seen_of: Callable[..., Study]) -> None:
    chart, table = machines(seen_of())
    assert chart.marks == ("Outside your folders",)
    assert [bar.marks for bar in chart.bars] == [(20.0,)] * 3
    assert [column.title for column in table.columns[-3:]] == [
        "Utilisation",
        "Of it outside your folders",
        "Interval",
    ]
    assert {row[-2] for row in table.rows} == {"20\N{NO-BREAK SPACE}%"}


def test_an_ordinary_report_has_nothing_of_it(study: Study) -> None:
    chart, table = machines(study)
    assert (chart.marks, len(table.columns)) == ((), 5)
    assert page(study).view == ()
    assert "your folders" not in html(page(study))


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        (0, "."),
        (1, ". 1 target of the scenario is about more than these folders and is left out."),
        (3, ". 3 targets of the scenario are about more and are left out."),
    ],
)
def test_targets_left_out_are_counted(
    seen_of: Callable[..., Study], left_out: int, said: str
) -> None:
    assert text(page(seen_of(left_out=left_out)).verdict).endswith(said)
    assert text(page(seen_of(left_out=left_out, verdicts=())).verdict) == (
        said.removeprefix(". ") if left_out else "The scenario sets no target."
    )


def test_where_it_comes_from_tells_nothing_of_the_scenario(seen_of: Callable[..., Study]) -> None:
    provenance = dict(page(seen_of()).provenance)
    assert provenance["Seen by"] == "anna"
    assert not [name for name in provenance if name.startswith(("Scenario", "Data file"))]


def test_a_hostile_name_stays_text(seen_of: Callable[..., Study], hostile: str) -> None:
    assert "<script>alert" not in html(page(seen_of(who=hostile)))
