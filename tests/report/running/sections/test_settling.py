"""How a report tells why there are so many replications, and how long it takes to settle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from builders_queue import queue

from simulator.experiments.study import run_study
from simulator.report.charts import Curves
from simulator.report.rendering.page_html import html
from simulator.report.running.console import run_table
from simulator.report.running.page import page
from simulator.report.running.replications import why_so_many
from simulator.report.running.sections.settling import settling, warm_up_lines

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from simulator.experiments.study import Study
    from simulator.model.scenario import Scenario
    from simulator.report.page import Phrase

    StudyOf = Callable[..., Study]


def told(phrase: Phrase) -> str:
    return "".join(part if isinstance(part, str) else part.text for part in phrase)


HR_P95 = {"folder": "HR", "measure": "pending.p95"}
NEAR = {**HR_P95, "at_most": "45m"}
"""The made-up study's interval of it has this in its middle, or nearly."""

WHY: dict[str, tuple[dict[str, Any], list[Any], str]] = {
    "one figure": ({"precision": "50%", "of": "pending.mean"}, [], "mean Pending of all jobs is"),
    "a decided target": (
        {"precision": "0.01%"},
        [{**HR_P95, "at_most": "10h"}],
        " With so many, 1 target is decided.",
    ),
    "nothing to measure": (
        {"precision": "5%"},
        [{"folder": "Sales/None", "measure": "pending.p95", "at_most": "1h"}],
        " No more were run: what was to be precise had nothing to measure.",
    ),
    "not precise": ({"precision": "0.01%", "of": "pending.mean"}, [], ""),
}


@pytest.mark.parametrize(("asked", "targets", "why"), WHY.values(), ids=WHY)
def test_why_there_are_so_many(
    study_of: StudyOf,
    made_up_scenario: Callable[..., Scenario],
    asked: dict[str, Any],
    targets: list[Any],
    why: str,
) -> None:
    scenario = made_up_scenario(run={"replications": asked}, targets=targets)
    sentence = told(why_so_many(study_of(scenario=scenario)))
    assert why in sentence
    assert bool(why) == bool(sentence)


def test_nothing_is_said_of_a_number_nor_of_what_was_interrupted(
    study_of: StudyOf, study: Study, made_up_scenario: Callable[..., Scenario]
) -> None:
    asked = made_up_scenario(run={"replications": {"precision": "50%", "of": "pending.mean"}})
    assert why_so_many(study) == ()
    assert why_so_many(study_of(scenario=asked, complete=False)) == ()


@pytest.fixture(scope="module", name="found")
def _found(tmp_path_factory: pytest.TempPathFactory) -> Study:
    folder: Path = tmp_path_factory.mktemp("queue")
    short = ("time.duration=10d", "time.warm_up=auto")
    return run_study(queue(folder, *short, "run.replications={precision: 90%}"))


def test_the_series_the_moving_average_and_the_cut(found: Study) -> None:
    """500 cells of 10 days are a hundred steps; five to each side are in the moving average."""
    (section,) = settling(found)
    (figure,) = section.figures
    chart = figure.chart
    assert isinstance(chart, Curves)
    assert [len(one.points) for one in chart.curves] == [100, 95]
    assert chart.mark is not None
    assert found.warm_up is not None
    assert chart.mark.value == pytest.approx(found.warm_up.cut_s / 86_400)
    assert len(figure.table.rows) == 100


def test_page_and_terminal_tell_both(found: Study) -> None:
    text = html(page(found))
    assert 'id="settling"' in text
    assert "How long it takes to settle" in text
    assert "as long as it takes to settle" in text
    assert run_table(found) is not None
    (line,) = warm_up_lines(found)
    assert line.startswith("Warm-up: ")
    assert "With so many, mean Pending of all jobs is within 90" in told(why_so_many(found))


def test_a_length_that_was_given_has_no_section(study: Study) -> None:
    assert list(settling(study)) == []
    assert list(warm_up_lines(study)) == []
