"""A comparison as a page: what it says of real variants, and what it leaves out of many."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
from builders_files import PARALLEL, scenario_file

from simulator.experiments.comparing.compare import Comparison, compare_scenarios
from simulator.experiments.comparing.pairing import NO_DIFFERENCE, Difference
from simulator.experiments.comparing.rows import ComparisonRow
from simulator.experiments.comparing.variants import scenarios_to_compare
from simulator.report.charts import Differences
from simulator.report.comparing.page import comparison_page, write_comparison
from simulator.report.comparing.pictures import MOST_LINES, MOST_ROWS, Subject, plot
from simulator.report.page import ReportPage, Span
from simulator.report.rendering.page_html import html

BAD = "<script>alert(1)</script>"
WAITS = Subject("waits", "Mean Pending by folder", "folder", "pending.mean")


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Comparison:
    file = scenario_file(tmp_path_factory.mktemp("page"))
    return compare_scenarios(scenarios_to_compare(file))


@pytest.fixture
def page(compared: Comparison) -> ReportPage:
    return comparison_page(compared)


def text_of(page: ReportPage) -> str:
    parts = (part for phrase in page.answer for part in phrase)
    return " ".join(part.text if isinstance(part, Span) else part for part in parts)


def test_it_says_what_it_is_and_answers_first(page: ReportPage) -> None:
    assert page.kind == "Comparison"
    assert page.title.text == "estate"
    assert len(page.answer) == 2
    assert text_of(page).count("leaves Even exactly as it was") == 2


def test_targets_have_a_column_for_each_variant(page: ReportPage) -> None:
    assert page.targets is not None
    assert [column.title for column in page.targets.columns] == [
        *("Target", "Limit", "as written", "faster", "second")
    ]
    ((_, limit, *verdicts),) = page.targets.rows
    assert limit == "at most 0\N{NO-BREAK SPACE}s"
    assert verdicts == [Span("✓ met, 0\N{NO-BREAK SPACE}s", "met")] * 3
    joined = "".join(part if isinstance(part, str) else part.text for part in page.verdict)
    assert joined == "Met: as written 1 of 1, faster 1 of 1, second 1 of 1."


def test_waits_and_utilisation_are_pictures_the_rest_is_folded(page: ReportPage) -> None:
    waits, machines, rest = page.sections
    assert [figure.chart.title for figure in (*waits.figures, *machines.figures)] == [
        *("Mean Pending by folder", "P95 Pending by folder", "Utilisation by machine")
    ]
    assert "Jobs started by folder" in [table.caption for table in rest.tables]
    assert all(table.folded for table in rest.tables)


def test_every_scenario_is_told_by_its_hash(page: ReportPage, compared: Comparison) -> None:
    hashes = {name: value for name, value in page.provenance if name.endswith("SHA-256")}
    assert list(hashes) == [f"{name}, SHA-256" for name in compared.variants]
    assert len(set(hashes.values())) == 3


def test_equal_comparisons_are_equal_bytes(compared: Comparison, tmp_path: Path) -> None:
    files = tmp_path / "one.html", tmp_path / "two.html"
    for file in files:
        write_comparison(compared, file)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_names_are_text_and_nothing_else(tmp_path: Path) -> None:
    text = PARALLEL.replace("Drawn", f'"{BAD}"').replace("  faster:", f'  "{BAD}":')
    found = compare_scenarios(scenarios_to_compare(scenario_file(tmp_path, text)))
    drawn = html(comparison_page(found))
    assert BAD not in drawn
    assert "&lt;script&gt;" in drawn


def test_a_check_that_fails_stands_above_everything(compared: Comparison) -> None:
    first = compared.checks["faster"][0]
    failing = {**compared.checks, "faster": (replace(first, failed=(2,)),)}
    page = comparison_page(replace(compared, checks=failing))
    assert len(page.alarm) == 2
    assert page.alarm[1][0].text.startswith("faster: ")  # type: ignore[union-attr] - a name
    assert comparison_page(compared).alarm == ()


def folders(count: int, variants: int) -> Comparison:
    """So many folders that wait their number of minutes longer, odd ones in the first alone."""

    def change(folder: int, variant: int) -> Difference:
        seconds = 60.0 * folder if variant == 0 or folder % 2 == 0 else 0.0
        return Difference(seconds, seconds, seconds, 0.0 if seconds else 1.0, clear=seconds > 0)

    rows = (
        ComparisonRow(
            *("folder", f"F{folder}", "pending.mean", "s"),
            (60.0, *(60.0 + change(folder, variant).mean for variant in range(variants))),
            tuple(change(folder, variant) for variant in range(variants)),
        )
        for folder in range(count)
    )
    names = tuple(f"v{number}" for number in range(variants))
    return Comparison(("as written", *names), tuple(rows), 1, 20, 0.95)


def differences(found: Comparison) -> tuple[Differences, str, int]:
    """Return the plot of the waits, its note, and how many rows its table has."""
    figure = plot(found, WAITS)
    assert figure is not None
    assert isinstance(figure.chart, Differences)
    return figure.chart, figure.note, len(figure.table.rows)


def test_a_plot_has_the_largest_differences_first_and_says_how_many_there_are() -> None:
    chart, note, rows = differences(folders(1_000, 2))
    first, second = chart.groups
    assert [row.label for row in first.rows][:3] == ["F999", "F998", "F997"]
    assert [row.text for row in second.rows][:2] == ["as before", "+16.6\N{NO-BREAK SPACE}h"]
    assert note == "The 12 with the largest differences, of 1,000."
    assert rows == MOST_ROWS


def test_a_plot_of_one_of_two_rows_says_so() -> None:
    """The first folder is new in each variant: it has no difference, and no line."""
    found = folders(2, 2)
    new = Difference(math.nan, math.nan, math.nan, math.nan, clear=False)
    first = found.rows[0]._replace(differences=(new, new))
    _, note, _ = differences(replace(found, rows=(first, *found.rows[1:])))
    assert note == "The one with the largest difference, of 2."


def test_a_plot_of_many_variants_ends_somewhere() -> None:
    chart, note, _ = differences(folders(10, 60))
    assert sum(1 + len(group.rows) for group in chart.groups) <= MOST_LINES
    assert note == "The 2 with the largest differences, of 10. Without the last 47 variants."


def test_all_of_a_few_are_shown_without_a_note() -> None:
    chart, note, rows = differences(folders(3, 2))
    assert [len(group.rows) for group in chart.groups] == [3, 3]
    assert (note, rows) == ("", 9)


def test_a_machine_that_is_new_has_no_difference_to_draw() -> None:
    row = ComparisonRow("folder", "New", *("pending.mean", "s"), (math.nan, 60.0), (NO_DIFFERENCE,))
    found = folders(2, 1)
    both = replace(found, rows=(*found.rows, row))
    chart, _, rows = differences(both)
    assert [row.label for row in chart.groups[0].rows] == ["F1", "F0"]
    assert rows == 6
    alone, _, _ = differences(replace(found, rows=(row,)))
    assert [row.text for row in alone.groups[0].rows] == ["no value"]


def test_without_any_value_there_is_no_plot() -> None:
    assert plot(Comparison(("a", "b"), (), 1, 20, 0.95), WAITS) is None
