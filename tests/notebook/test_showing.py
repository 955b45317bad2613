"""Results show themselves in a cell: whole, escaped, and without anything from elsewhere."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest
from builders_files import PARALLEL, scenario_file

import simulator
from simulator.notebook.showing import MOST_ROWS, as_cell, as_text
from simulator.report.page import Column, ReportPage, Section, Table, named

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.notebook.results import StudyResult
    from simulator.notebook.showing import Shown

KINDS = ("run", "compare", "sweep", "size", "advise")
NASTY = "<script>$x$"
HOSTILE = PARALLEL.replace("  Even:", f'  "{NASTY}":').replace("folder: Even", f'folder: "{NASTY}"')
"""The same with a folder whose name is markup, and a formula."""

SHARED = HOSTILE.replace("machines: [two]", "machines: [one]").replace("at_most: 0s", "at_most: 5m")
"""Both folders on one machine, which needs two slots at least."""

OUTSIDE = re.compile(r"(?:https?:)?//|@import|url\((?!#)|\bsrc=|<script|<link|<iframe")


def parsed(html: str) -> ET.Element:
    return ET.fromstring(html)  # noqa: S314 - drawn by this test


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> StudyResult:
    file = scenario_file(tmp_path_factory.mktemp("hostile"), HOSTILE)
    return simulator.run(file, replications=2)


@pytest.fixture(scope="module")
def shown(study: StudyResult, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Shown]:
    file = scenario_file(tmp_path_factory.mktemp("shared"), SHARED)
    slots = {"machines.one.slots": range(2, 5)}
    two = ["machines.one.slots=2"]
    return {
        "run": study,
        "compare": simulator.compare(file, "second", replications=2),
        "sweep": simulator.sweep(file, slots, replications=2),
        "size": simulator.size(file, slots, at_most=20),
        "advise": simulator.advise(file, overrides=two, most=2, replications=2),
    }


@pytest.mark.parametrize("kind", KINDS)
def test_a_cell_is_well_formed_and_needs_nothing_else(shown: dict[str, Shown], kind: str) -> None:
    html = shown[kind]._repr_html_()
    root = parsed(html)
    assert root.tag == "div"
    assert OUTSIDE.findall(html) == []
    assert NASTY in "".join(root.itertext())
    assert root.find(".//svg") is not None


@pytest.mark.parametrize("kind", KINDS)
def test_every_id_is_made_of_the_cells_own(shown: dict[str, Shown], kind: str) -> None:
    """So that two results on one page do not clash, and what refers to an id finds it."""
    root = parsed(shown[kind]._repr_html_())
    ids = [element.get("id", "") for element in root.iter() if "id" in element.attrib]
    assert len(set(ids)) == len(ids)
    key = root.get("aria-labelledby", "")
    assert re.fullmatch("simulator-[0-9a-f]{12}", key)
    assert [one for one in ids if not one.startswith(key)] == []
    told = {name for one in root.iter() for name in one.get("aria-labelledby", "").split()}
    assert told - set(ids) == set()


def test_equal_results_show_the_same_and_others_have_other_ids(
    study: StudyResult, tmp_path: Path
) -> None:
    again = simulator.run(scenario_file(tmp_path, HOSTILE), replications=2)
    other = simulator.run(scenario_file(tmp_path, HOSTILE), replications=2, seed=8)
    assert again._repr_html_() == study._repr_html_()
    ids = [parsed(one._repr_html_()).get("aria-labelledby") for one in (study, other)]
    assert ids[0] != ids[1]


def test_styles_are_the_cells_own(study: StudyResult) -> None:
    """A rule for any `table` would restyle the whole notebook."""
    style = parsed(study._repr_html_()).findtext(".//style", "")
    selectors = re.findall(r"^(.+?) *\{", style, re.MULTILINE)
    assert selectors
    assert [one for one in selectors if not one.startswith(".simulator-cell")] == []


def test_a_result_is_a_few_lines_in_a_terminal(study: StudyResult) -> None:
    lines = repr(study).splitlines()
    assert lines[0].startswith("Capacity report: ")
    assert lines[-1] == "1 target: 1 met."
    assert len(lines) <= 5
    assert isinstance(study, simulator.Study)


def page(rows: int) -> ReportPage:
    numbers = tuple((str(row),) for row in range(rows))
    tables = (Table("All", (Column("Number"),), numbers, "Each once."),)
    sections = (
        Section("numbers", "Numbers", (), tables=tables),
        Section("measures", "How each measure is defined", (), tables=tables),
    )
    answer = (("It is ", named("so\u202e"), "."),)
    return ReportPage(named("a\x1b[1mb"), (), "", answer, (), (), None, (), sections, ())


@pytest.mark.parametrize(
    ("rows", "told"),
    [(MOST_ROWS, "Each once."), (MOST_ROWS + 1, "Each once. … and 1 more.")],
)
def test_a_cell_has_the_first_rows_and_says_how_many_more(rows: int, told: str) -> None:
    root = parsed(as_cell(page(rows)))
    assert len(root.findall(".//tbody/tr")) == MOST_ROWS
    assert root.findtext(".//p[@class='note']") == told
    assert [one.text for one in root.findall(".//summary")] == ["Numbers"]


def test_text_in_a_terminal_is_made_harmless() -> None:
    assert as_text(page(1)) == "Capacity report: a\\x1b[1mb\nIt is so\\u202e."


def test_a_result_is_the_plain_one_too(shown: dict[str, Shown]) -> None:
    plain = (
        simulator.Study,
        simulator.Comparison,
        simulator.Sweep,
        simulator.Sizing,
        simulator.Advice,
    )
    assert [isinstance(shown[kind], one) for kind, one in zip(KINDS, plain, strict=True)] == [
        True
    ] * len(KINDS)
