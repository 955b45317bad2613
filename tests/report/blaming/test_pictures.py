"""The pictures of blame: rows and columns of folders, the rest together, and the week."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest
from builders_interference import FIRST, HR, ONBOARD, SECOND, SHARED, Charge, blame, departments

from simulator.experiments.blame_of_folders import blame_of_folders
from simulator.experiments.hours import Hours
from simulator.records.codes import BlameCause
from simulator.report.blaming.pictures import (
    MOST_BANDS,
    MOST_COLUMNS,
    MOST_ROWS,
    blame_week,
    interference,
)
from simulator.report.charts import HeatTable
from simulator.report.drawing.charts import draw

if TYPE_CHECKING:
    from simulator.experiments.study import Study

StudyOf = Callable[..., "Study"]


def many(count: int) -> dict[Charge, float]:
    """Each folder waits behind its own jobs and those of the one before, the first one longest."""
    return {
        (number, BlameCause.JOB, holder, SHARED): 100.0 * (count - number)
        for number in range(count)
        for holder in {number, (number - 1) % count}
    }


def picture(count: int) -> HeatTable:
    return interference(blame_of_folders(blame(many(count), names=departments(count))))


def texts(chart: HeatTable) -> list[str]:
    root = ET.fromstring(draw(chart))  # noqa: S314 - drawn by this test
    return [text.text or "" for text in root.iter("text")]


def test_rows_are_who_waited_and_columns_whom_for() -> None:
    """HR waits 4000 s of 6000 s behind Finance, 1000 s each behind itself and for maintenance."""
    chart = interference(blame_of_folders(blame(FIRST, SECOND)))
    assert (chart.columns, chart.grouped) == (("HR", "Finance", "maintenance"), 2)
    assert [(row.label, row.outlined) for row in chart.rows] == [("HR", 0), ("Finance", 1)]
    assert chart.rows[0].shares == (
        pytest.approx(1 / 6),
        pytest.approx(2 / 3),
        pytest.approx(1 / 6),
    )
    assert chart.rows[1].shares == (0.0, pytest.approx(1.0), 0.0)
    assert chart.description.endswith(
        "HR: most of all, 66.7\N{NO-BREAK SPACE}%, behind jobs of Finance."
    )


def test_cells_are_told_in_per_cent_and_zeros_are_empty() -> None:
    drawn = texts(interference(blame_of_folders(blame(FIRST, SECOND))))
    assert [text for text in drawn if text.isdigit()] == ["17", "67", "17", "100"]


def test_a_share_too_small_for_a_number_is_under_one() -> None:
    charges = {**FIRST, (ONBOARD, BlameCause.LATENCY, -1, SHARED): 1.0}
    assert "<1" in texts(interference(blame_of_folders(blame(charges))))


@pytest.mark.parametrize("count", [1, 2, MOST_COLUMNS, 30])
def test_every_row_adds_up(count: int) -> None:
    for row in picture(count).rows:
        assert sum(row.shares) == pytest.approx(1.0)


def test_of_many_folders_the_rest_stand_together() -> None:
    """30 folders: those that waited, and held, most by name, the others in a row and a column."""
    chart = picture(30)
    assert len(chart.rows) == MOST_ROWS + 1
    assert chart.rows[-1].label == f"{30 - MOST_ROWS} further folders"
    assert len(chart.columns) == chart.grouped == MOST_COLUMNS + 1
    assert chart.columns[-1] == f"{30 - MOST_COLUMNS} others"
    assert chart.shape == "week"
    assert [row.outlined for row in chart.rows[:3]] == [0, 1, 2]
    assert chart.rows[-1].outlined is None


def test_few_folders_take_half_of_the_page() -> None:
    assert picture(2).shape == "bars"


def test_the_week_has_bands_of_those_who_held_most(study_of: StudyOf) -> None:
    """All of it is in the first hour: 4000 s behind Finance, half of that in each replication."""
    found = blame(FIRST, SECOND)
    week = np.full(168, np.nan)
    week[0] = 3300 / 3600
    chart = blame_week(study_of(blame=found, legend=found.legend, hours=Hours(week, week, week)))
    assert [band.name for band in chart.bands] == ["Finance", "HR", "no job"]
    assert [band.values[0] for band in chart.bands] == [
        pytest.approx((2000 + 300) / 3600),
        pytest.approx(500 / 3600),
        pytest.approx(500 / 3600),
    ]
    assert sum(band.values[0] for band in chart.bands) == pytest.approx(chart.line.values[0])
    assert np.isnan(chart.bands[0].values[1])


def test_folders_without_a_band_have_one_together(study_of: StudyOf) -> None:
    found = blame(many(12), names=departments(12))
    chart = blame_week(study_of(blame=found, legend=found.legend))
    assert len(chart.bands) == MOST_BANDS + 1
    assert chart.bands[-1].name == f"{12 - MOST_BANDS} others"
    assert draw(chart).startswith("<svg")


def test_a_cause_that_is_nobodys_needs_no_folder() -> None:
    chart = interference(blame_of_folders(blame({(HR, BlameCause.NO_MACHINE, -1, -1): 60.0})))
    assert (chart.columns, chart.grouped, chart.rows[0].outlined) == (("no machine",), 0, None)
    assert draw(chart).startswith("<svg")
