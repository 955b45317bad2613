"""A forest plot: what is clear is told by shape too, and what is none has no mark."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET

import pytest

from simulator.report.charts import DifferenceGroup, DifferenceRow, Differences
from simulator.report.drawing.charts import draw

NONE = math.nan


def row(label: str, value: float, *, is_clear: bool = True, half: float = 1.0) -> DifferenceRow:
    return DifferenceRow(label, value, value - half, value + half, f"{value:+g} min", is_clear)


def chart(*rows: DifferenceRow, heading: str = "third-host") -> Differences:
    groups = (DifferenceGroup(heading, rows),)
    return Differences("key", "Waits", "Who waits longer.", "min more than as written", groups)


def texts(one: Differences) -> list[str]:
    root = ET.fromstring(draw(one))  # noqa: S314 - drawn by this test
    return [text.text or "" for text in root.iter("text")]


def marks(one: Differences) -> list[tuple[str, str]]:
    """Return the outline and the colour of each mark drawn but the two of the legend."""
    root = ET.fromstring(draw(one))  # noqa: S314 - drawn by this test
    shapes = {f"#{path.get('id')}": path.get("d", "") for path in root.iter("path")}
    found = []
    for use in root.iter("use"):
        colour = re.search(r"fill: (var\([^)]*\))", use.get("style", ""))
        if colour is not None:
            found.append((shapes[use.get("href", "")], colour[1]))
    return found[2:]


def test_clear_and_not_clear_differ_in_shape_and_in_colour() -> None:
    clear, unclear = marks(chart(row("HR", 9.0), row("Sales", 0.5, is_clear=False)))
    assert clear[0] != unclear[0]
    assert clear[1] != unclear[1]


def test_both_marks_are_explained_and_each_row_has_its_figure() -> None:
    one = chart(row("HR", 9.0), row("Sales", -2.0, is_clear=False))
    expected = {"clear difference", "not clear", "third-host", "HR", "+9 min", "Sales", "-2 min"}
    assert expected | {"min more than as written"} <= set(texts(one))


def test_what_does_not_differ_has_a_text_and_no_mark() -> None:
    same = DifferenceRow("Finance", NONE, NONE, NONE, "as before", is_clear=False)
    assert marks(chart(same)) == []
    assert {"Finance", "as before"} <= set(texts(chart(same)))
    assert len(marks(chart(same, row("HR", 9.0)))) == 1


def test_a_difference_without_an_interval_has_its_mark() -> None:
    assert len(marks(chart(DifferenceRow("HR", 9.0, NONE, NONE, "+9 min", is_clear=False)))) == 1


@pytest.mark.parametrize("value", [9.0, -9.0], ids=["more", "less"])
def test_zero_is_always_on_the_axis(value: float) -> None:
    assert "0" in texts(chart(row("HR", value)))


def test_a_heading_has_the_whole_width_for_itself() -> None:
    heading = "1. Moving Finance:hourly 60 min later"
    assert heading in texts(chart(row("HR", 1.0), heading=heading))


def test_long_names_are_shortened_and_told_in_full() -> None:
    name = "Finance/Accounts payable/Month end/Germany/All of the South"
    root = ET.fromstring(draw(chart(row(name, 1.0), heading=name)))  # noqa: S314 - drawn by this test
    assert [title.text for text in root.iter("text") for title in text.iter("title")] == [name] * 2
    assert name not in texts(chart(row(name, 1.0), heading=name))
