"""How long jobs stay Pending, as lines that fall: who has one, along which times, which marks."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from simulator.experiments.longer_waits import WaitShares
from simulator.measurement.longer_waits import TIMES_S
from simulator.report.charts import Curves, Goal
from simulator.report.drawing.charts import draw
from simulator.report.page import Figure
from simulator.report.rendering.page_html import html
from simulator.report.running.page import page
from simulator.report.running.sections.waits import MOST_CURVES, waits
from simulator.report.wording import NOTHING

if TYPE_CHECKING:
    from simulator.experiments.study import Study
    from simulator.model.scenario import Scenario

StudyOf = Callable[..., "Study"]
ScenarioOf = Callable[..., "Scenario"]
LONGEST_FIRST = ["Finance/Month end", "HR/Payroll", "HR", "Finance", "Sales"]


def figure(study: Study) -> Figure:
    (found,) = waits(study)
    return found


def chart(study: Study) -> Curves:
    found = figure(study).chart
    assert isinstance(found, Curves)
    return found


def shares(*rows: tuple[float, ...]) -> WaitShares:
    """Shares of HR, and of Finance, at the first times; nobody waits longer."""
    mean = np.zeros((3, len(TIMES_S)))
    for place, row in enumerate(rows, start=1):
        mean[place, : len(row)] = row
    return WaitShares(("", "HR", "Finance"), TIMES_S, mean, mean - 0.01, mean + 0.01)


def of_two(study_of: StudyOf, found: WaitShares, **changes: Any) -> Study:
    spans = {"HR": (192.5, 40.0, 842.0, 2710.0, 0.4), "Finance": (95.1, 0.0, 410.0, 1800.0, 0.3)}
    return study_of(spans, wait_shares=found, **changes)


def test_each_folder_has_a_line_that_never_rises(study: Study) -> None:
    found = chart(study)
    assert [curve.name for curve in found.curves] == LONGEST_FIRST
    for curve in found.curves:
        values = [point.value for point in curve.points]
        assert values == sorted(values, reverse=True)
    assert found.curves[0].points[0].value == pytest.approx(73.3)


def test_times_end_with_the_first_that_nobody_waits(study_of: StudyOf) -> None:
    """HR's longest wait is over 30 s and not over a minute."""
    found = chart(of_two(study_of, shares((0.5, 0.3, 0.1), (0.2,))))
    assert [tick.name for tick in found.ticks] == ["0s", "10s", "30s", "1m"]
    assert found.curves[0].points[-1].value == 0.0


def test_times_are_as_far_apart_as_their_logarithms(study_of: StudyOf) -> None:
    """From 1 to 2 minutes it is as far as from 5 to 10: twice as long; zero is before all."""
    found = chart(of_two(study_of, shares((0.5,) * 9)))
    places = {tick.name: tick.value for tick in found.ticks}
    assert places["2m"] - places["1m"] == pytest.approx(places["10m"] - places["5m"])
    assert list(places.values()) == sorted(places.values())


def test_few_times_are_told_where_waits_are_long(study_of: StudyOf) -> None:
    """Someone waits longer than a week: the shortest times make room, zero stays."""
    found = chart(of_two(study_of, shares((0.5,) * len(TIMES_S))))
    assert (len(found.ticks), found.ticks[0].name, found.ticks[-1].name) == (12, "0s", "1w")


def test_intervals_stay_within_none_and_all(study_of: StudyOf) -> None:
    points = chart(of_two(study_of, shares((1.0, 0.005), (0.0,)))).curves[0].points
    assert points[0].high == 100.0
    assert points[1].low == 0.0


@pytest.mark.parametrize(
    ("target", "after", "share"),
    [
        ({"measure": "pending.p95", "at_most": "1m"}, "1m", 5.0),
        ({"measure": "pending.over", "threshold": "10s", "at_most": "20%"}, "10s", 20.0),
        ({"measure": "pending.share", "at_most": "30%"}, "0s", 30.0),
    ],
    ids=["quantile", "threshold", "at all"],
)
def test_a_target_about_some_of_the_jobs_is_a_mark(
    study_of: StudyOf,
    made_up_scenario: ScenarioOf,
    target: dict[str, str],
    after: str,
    share: float,
) -> None:
    asked = made_up_scenario(targets=[{"folder": "Finance", **target}])
    study = of_two(study_of, shares((0.5, 0.3, 0.1), (0.2,)), scenario=asked)
    found = chart(study)
    place = next(tick.value for tick in found.ticks if tick.name == after)
    assert found.goals == (Goal(1, place, pytest.approx(share)),)
    assert figure(study).note.startswith("Hollow marks are targets")


@pytest.mark.parametrize(
    "target",
    [
        {"folder": "HR", "measure": "pending.mean", "at_most": "1m"},
        {"folder": "HR", "measure": "pending.p95", "at_most": "1h"},
        {"measure": "pending.p95", "at_most": "30s"},
        {"folder": "Sales", "measure": "pending.p95", "at_most": "30s"},
    ],
    ids=["of a mean", "beyond all waits", "of the tenant", "of a folder without a line"],
)
def test_no_other_target_is(
    study_of: StudyOf, made_up_scenario: ScenarioOf, target: dict[str, str]
) -> None:
    asked = made_up_scenario(targets=[target])
    assert chart(of_two(study_of, shares((0.5, 0.3), (0.2,)), scenario=asked)).goals == ()


def test_six_folders_have_lines_and_the_table_has_all(study_of: StudyOf) -> None:
    many = {f"F{one}": (900.0 - one, 0.0, 1e3, 2e3, 0.5) for one in range(9)}
    found = figure(study_of(many))
    assert isinstance(found.chart, Curves)
    assert len(found.chart.curves) == MOST_CURVES
    assert found.note == "3 further folders in the table below."
    assert len(found.table.rows) == 1 + 9


def test_the_table_has_every_time_with_its_interval(study_of: StudyOf) -> None:
    table = figure(of_two(study_of, shares((0.5, 0.3, 0.004), (0.2,)))).table
    assert [column.title for column in table.columns] == [
        *("Folder", "Waited at all", "> 10s", "> 30s", "> 1m"),
    ]
    row = [str(cell).replace("\N{NO-BREAK SPACE}", " ") for cell in table.rows[1][1:]]
    assert row == ["50.0 (49.0 to 51.0) %", "30.0 (29.0 to 31.0) %", "0.40 (0.00 to 1.40) %",
                   "0.0 (0.0 to 1.0) %"]  # fmt: skip
    assert table.rows[0][0] == "all folders"


def test_waits_that_grow_for_ever_have_no_line_and_no_share(study_of: StudyOf) -> None:
    known = shares((0.5, 0.3), (0.2,))
    nothing = known.mean.copy()
    nothing[1] = math.nan
    found = figure(of_two(study_of, replace(known, mean=nothing, low=nothing, high=nothing)))
    assert isinstance(found.chart, Curves)
    assert [curve.name for curve in found.chart.curves] == ["Finance"]
    assert set(found.table.rows[1][1:]) == {NOTHING}


def test_where_no_job_waited_there_is_no_picture(study_of: StudyOf) -> None:
    assert waits(of_two(study_of, shares((0.0,), (0.0,)))) == ()


def test_whoever_does_not_see_it_is_told_of_each_line(study_of: StudyOf) -> None:
    told = chart(of_two(study_of, shares((0.5, 0.3, 0.1), (0.2,)))).description
    assert told.replace("\N{NO-BREAK SPACE}", " ") == (
        "The share of each folder's jobs that waited longer than a time. "
        "HR: 50.0 % wait at all, 10.0 % longer than 30s. "
        "Finance: 20.0 % wait at all, 0.0 % longer than 30s."
    )


def test_marks_and_hostile_names_can_be_drawn(hostile_study: Study, study: Study) -> None:
    assert "<script>alert" not in html(page(hostile_study))
    with_goal = replace(chart(study), goals=(Goal(0, 0.0, 5.0),))
    assert draw(with_goal) != draw(chart(study))
