"""One row alone is the row of the whole summary."""

from __future__ import annotations

import pytest
from builders_records import CLOSE_BOOKS, legend, ran, records

from simulator.measurement import Figures, measure, summarise
from simulator.measurement.summarising import row_of
from simulator.measurement.summary import SummaryRow

LEGEND = legend(to_s=1000.0)


def replication(late_s: float) -> Figures:
    """Return a replication of two folders, both measured with their subfolders as well."""
    jobs = records(
        ran(100.0, 100.0 + late_s, 300.0), ran(200.0, 260.0 + 2 * late_s, 900.0, route=CLOSE_BOOKS)
    )
    return measure(LEGEND, jobs, (30.0,), subtrees=("HR", "Finance"))


FIGURES = [replication(late_s) for late_s in (0.0, 40.0, 90.0)]


def told(row: SummaryRow | None) -> tuple[object, ...]:
    """Return a row with what is not a number as a text, so that it is equal to itself."""
    assert row is not None
    return tuple(str(value) for value in row)


def test_every_row_is_found_alone_those_of_two_subtrees_too() -> None:
    every = summarise(FIGURES, LEGEND, 0.95).rows
    assert {row.name for row in every if row.scope == "folder+"} == {"HR", "Finance"}
    for row in every:
        assert told(row_of(FIGURES, LEGEND, row[:3], 0.95)) == told(row)


@pytest.mark.parametrize(
    "key",
    [
        ("folder", "Nowhere", "pending.mean"),
        ("folder", "HR", "pending.over(7m)"),
        ("realm", "HR", "pending.mean"),
        ("queue", "HR:none", "items.added"),
    ],
)
def test_there_is_no_row_of_what_is_not_there(key: tuple[str, str, str]) -> None:
    assert row_of(FIGURES, LEGEND, key, 0.95) is None
