"""A sizing's report: the answer, its picture, its proof; names inert, equal bytes."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from builders import scenario
from builders_sizing import (
    LARGER,
    MET,
    MISSED,
    OVERLOADED,
    P95,
    RULED_OUT,
    USED,
    minutes,
    of_two,
    sizing,
    tried,
)

from simulator.errors import warning
from simulator.experiments.checks import StudyCheck
from simulator.experiments.sizing.keeping import Sized
from simulator.experiments.sizing.sizing import Bound, Sizing, TargetFigure
from simulator.experiments.varying.quantities import quantities_of
from simulator.loading import Loaded
from simulator.measurement.checking.checks import compared
from simulator.report.charts import Curves
from simulator.report.page import ReportPage, Span, Table
from simulator.report.rendering.page_html import html
from simulator.report.sizing.page import sizing_page, write_sizing_report
from simulator.report.wording import NOTHING


def sized(found: Sizing, **changes: Any) -> Sized:
    asked = scenario(name="estate", question="How many?")
    loaded = Loaded(asked, None, {}, {"d.csv": "9f" * 32}, (), ())  # type: ignore[arg-type] # no page asks for access
    return replace(Sized("size-0123456789ab-s1", loaded, (), found), **changes)


def page(found: Sizing, **changes: Any) -> ReportPage:
    return sizing_page(sized(found, **changes))


def chart(found: Sizing) -> Curves:
    (figure,) = section(page(found), "fleets").figures
    assert isinstance(figure.chart, Curves)
    return figure.chart


def section(report: ReportPage, key: str) -> Any:
    return next(one for one in report.sections if one.key == key)


def text(cell: str | Span) -> str:
    return cell if isinstance(cell, str) else cell.text


def rows(table: Table) -> list[list[str]]:
    return [[text(cell).replace("\N{NO-BREAK SPACE}", " ") for cell in row] for row in table.rows]


def test_the_first_screen_has_the_answer_its_figure_and_the_lower_bound() -> None:
    report = page(sizing())
    assert report.kind == "Fleet size"
    assert (report.title.text, report.question) == ("estate", "How many?")
    assert [(one.title, one.value) for one in report.highlights] == [
        ("Answer", "14"),
        ("At the answer", "4.80\N{NO-BREAK SPACE}min"),
        ("Least that can keep up", "11"),
    ]
    told = report.highlights[1].interval.replace("\N{NO-BREAK SPACE}", " ")
    assert told == "4.60 to 4.95 min, limit 5 min"
    assert report.targets is not None
    assert rows(report.targets) == [
        ["P95 Pending of F", "✓ met", "at most 5 min", "4.80 min (4.60 to 4.95 min)"]
    ]


def test_several_quantities_have_a_cost() -> None:
    found = {one.title: one.value for one in page(of_two()).highlights}
    assert found["Cost"] == "11"
    assert "Least that can keep up" not in found  # load rules out none of them


def test_without_an_answer_the_first_screen_says_so() -> None:
    report = page(sizing(answer=None, effects=(), tried=(MISSED,)))
    assert next(text(part) for part in report.verdict) == "No fleet"
    assert report.targets is None
    assert report.highlights[0].value == NOTHING


def test_the_picture_has_each_simulated_fleet_the_limit_and_the_answer() -> None:
    """13, 14 and 20 slots were simulated: 8.8, 4.8 and 0.2 min; 10 were ruled out by load."""
    found = chart(sizing())
    (curve,) = found.curves
    assert [(point.x, round(point.value, 9)) for point in curve.points] == [
        (13, 8.8),
        (14, 4.8),
        (20, 0.2),
    ]
    assert round(curve.points[1].high, 9) == 4.95
    assert [(one.name.replace("\N{NO-BREAK SPACE}", " "), one.value) for one in found.limits] == [
        ("limit, 5 min", 5)
    ]
    assert found.mark is not None
    assert (found.mark.name, found.mark.value) == ("answer: 14", 14)
    (figure,) = section(page(sizing()), "fleets").figures
    assert figure.note == "Fleets below 11 are ruled out by their load."


def test_a_value_far_beyond_the_limit_is_in_the_table_alone() -> None:
    """20 min are four times the limit, 20.1 are more."""
    near = tried("12", figures=(minutes(20, 19, 21, "missed"),))
    far = tried("11", figures=(minutes(20.1, 19, 21, "missed"),))
    found = sizing(tried=(far, near, MET))
    assert [point.x for point in chart(found).curves[0].points] == [12, 14]
    (figure,) = section(page(found), "fleets").figures
    assert figure.note.endswith("Values beyond 4 times the limit are in the table alone.")
    assert [row[0] for row in rows(figure.table)] == ["11", "12", "14"]


def test_targets_of_different_units_have_a_chart_each() -> None:
    used = TargetFigure(USED, 0.7, 0.65, 0.75, "met")
    met = MET._replace(targets=(MET.targets[0], used))
    report = page(sizing(targets=(P95, USED), tried=(met,), effects=()))
    charts = [figure.chart for figure in section(report, "fleets").figures]
    assert [one.axes[1] for one in charts] == ["in min", "in %"]
    assert round(charts[1].curves[0].points[0].value, 9) == 70


@pytest.mark.parametrize(
    "fleets", [(RULED_OUT,), (tried("14", outcome="undecided"),)], ids=["load", "no figures"]
)
def test_where_no_fleet_has_a_value_there_is_a_table_alone(fleets: Any) -> None:
    bound = Bound(40, 40, None, 40.0, OVERLOADED)
    found = section(page(sizing(answer=None, effects=(), tried=fleets, bound=bound)), "fleets")
    assert found.figures == ()
    assert len(found.tables[0].rows) == 1


def test_of_several_quantities_the_verdicts_stand_by_the_first_two() -> None:
    """3 and 1 is the answer, 2 and 1 misses, 3 and 2 misses, 2 and 2 was not tried."""
    by_two, listed = section(page(of_two()), "fleets").tables
    assert [column.title for column in by_two.columns] == [
        "machines.M1.slots",
        "machines.M2.slots = 1",
        "machines.M2.slots = 2",
    ]
    assert rows(by_two) == [["2", "✗ missed", ""], ["3", "✓ the answer", "✗ missed"]]
    assert listed.folded
    assert [row[0] for row in rows(listed)] == ["2, 1", "3, 1", "3, 2"]


def test_further_quantities_are_as_in_the_answer() -> None:
    """The cell of 1 and 1 is that with 2 of the third, as the answer has."""
    quantities = quantities_of([f"machines.M{number}.slots=1,2" for number in (1, 2, 3)])
    fleets = (
        tried("1", "1", "1", why=OVERLOADED),
        tried("1", "1", "2", figures=(minutes(9, 8, 10, "missed"),)),
        tried("2", "1", "2", figures=MET.targets, outcome="met"),
    )
    found = of_two(
        quantities=quantities,
        unit_costs=(1.0, 1.0, 1.0),
        targets=(P95,),
        answer=("2", "1", "2"),
        tried=fleets,
        bound=Bound(8, 1, ("1", "1", "2"), 4.0, OVERLOADED),
        effects=(),
        bound_at=None,
    )
    by_two, _ = section(page(found), "fleets").tables
    assert rows(by_two) == [["1", "✗ missed"], ["2", "✓ the answer"]]


def test_steps_have_a_reason_where_load_tells() -> None:
    less = sizing().effects[0]._replace(differences=(), why=OVERLOADED)
    (table,) = section(page(sizing(effects=(less,))), "steps").tables
    assert rows(table) == [["down to 13", "✗ missed", "", "ruled out", OVERLOADED]]
    (table,) = section(page(sizing()), "steps").tables
    assert rows(table)[1] == ["up to 15", "✓ met", "P95 Pending of F", "-2.00 (-2.20 to -1.80) min"]


def test_what_binds_is_told_where_less_misses() -> None:
    found = section(page(sizing()), "binding")
    assert "".join(text(part) for part in found.lead[0]).startswith("At 13: of the time jobs are ")
    assert rows(found.tables[0]) == [["slot held", "M1", "F", "100 %"]]
    assert "binding" not in [one.key for one in page(sizing(binding=())).sections]


def test_every_reason_to_doubt_is_told() -> None:
    warned = (warning(("machines", "M1"), "nothing uses it", "unused"),)
    found = sizing(unproven=1, more_never_hurts=True, cautions=("P99 rests on few jobs",))
    warnings = [
        "".join(text(part) for part in notice.text)
        for notice in page(found, warnings=warned).trust
        if notice.is_warning
    ]
    assert [sentence.split(":")[0] for sentence in warnings] == [
        "Not proven",
        "Taken for granted, as --more-never-hurts says",
        "P99 rests on few jobs.",
        "machines.M1",
    ]


def test_a_failed_self_check_stands_above_everything() -> None:
    fails = StudyCheck(compared("once.slot", 2, 0), 4, 20, (4, 9))
    assert page(sizing(checks=(fails,))).alarm
    assert page(sizing()).alarm == ()


def test_the_page_is_equal_bytes_and_names_in_it_are_inert(tmp_path: Path) -> None:
    target = P95.model_copy(update={"folder": "<script>F</script>"})
    figure = MET.targets[0]._replace(target=target)
    found = sizing(targets=(target,), tried=(MET._replace(targets=(figure,)),))
    first, second = tmp_path / "1.html", tmp_path / "2.html"
    write_sizing_report(sized(found), first)
    write_sizing_report(sized(found), second)
    assert first.read_bytes() == second.read_bytes()
    content = first.read_text(encoding="utf-8")
    assert content.count("<script>") == 1  # its own
    assert "P95 Pending of &lt;script&gt;F&lt;/script&gt;" in content
    assert "size-0123456789ab-s1" in content


@pytest.mark.parametrize("found", [sizing(), of_two()], ids=["one quantity", "two"])
def test_a_whole_page_can_be_written(found: Sizing) -> None:
    content = html(page(found))
    assert content.count("<h1>") == 1
    assert "Fleet size" in content


def test_a_target_without_anything_to_measure_has_no_point() -> None:
    nothing = TargetFigure(P95, math.nan, math.nan, math.nan, "undecided")
    found = sizing(tried=(tried("13", figures=(nothing,), outcome="undecided"), MET, LARGER))
    assert [point.x for point in chart(found).curves[0].points] == [14, 20]
