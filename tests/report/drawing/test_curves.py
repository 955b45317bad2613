"""Lines over numbers: who is who without colours, what is uncertain, where the limits lie."""

from __future__ import annotations

import math
import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from simulator.report.charts import Curve, CurvePoint, Curves, Goal, Level
from simulator.report.drawing.charts import draw
from simulator.report.drawing.strokes import STROKES

WIDE = 0.5
"""Half of every interval here."""


def line(name: str, values: list[float], *, interval: float = WIDE) -> Curve:
    points = (CurvePoint(float(x), y, y - interval, y + interval) for x, y in enumerate(values))
    return Curve(name, tuple(points))


def chart(*lines: Curve) -> Curves:
    return Curves("key", "Title", "Description", ("hosts", "P95, min"), lines)


def parsed(one: Curves) -> ET.Element:
    return ET.fromstring(draw(one))  # noqa: S314 - drawn by this test


def texts(one: Curves) -> list[str]:
    return [text.text or "" for text in parsed(one).iter("text")]


def count_of(one: Curves, tag: str, colour: str) -> int:
    return sum(colour in str(element.get("style")) for element in parsed(one).iter(tag))


def test_six_lines_differ_by_mark_and_dashes() -> None:
    assert len({one.mark for one in STROKES}) == len({one.dashes for one in STROKES}) == 6
    drawn = draw(chart(*(line(f"line {n}", [1.0, 2.0]) for n in range(6))))
    dashes = re.findall(r"stroke-dasharray: ([\d., ]+)", drawn)
    assert len(set(dashes)) == 5, "the first of them is solid"


def test_each_point_of_a_short_line_has_its_mark_and_a_sample_in_the_legend_has_one() -> None:
    one = chart(line("HR", [1.0, 2.0, 3.0]))
    assert count_of(one, "use", "var(--chart-bar") == 3 + 1 + 2 * 3, "an interval has two ends"


def test_a_long_line_has_a_band_and_no_marks() -> None:
    one = chart(line("HR", [float(n) for n in range(300)]))
    drawn = draw(one)
    assert "opacity: 0.18" in drawn
    assert drawn.count("<use") < 20, "the sample's mark, and the ticks of the axes"


def test_a_point_alone_in_a_long_line_is_marked() -> None:
    values = [1.0] * 100 + [math.nan, 5.0, math.nan] + [1.0] * 100
    without = [1.0] * 100 + [math.nan] * 3 + [1.0] * 100
    marked, unmarked = (
        count_of(chart(line("HR", one, interval=math.nan)), "use", "var(--chart-bar")
        for one in (values, without)
    )
    assert (marked, unmarked) == (2, 1), "the legend has a mark too"


def test_limits_mark_and_axes_are_named() -> None:
    one = replace(
        chart(line("HR", [9.0, 3.0, 1.0])),
        limits=(Level("at most 5 min", 5.0), Level("at most 5.1 min", 5.1)),
        mark=Level("as written", 1.0),
    )
    assert {"at most 5 min", "at most 5.1 min", "as written", "hosts", "P95, min"} <= set(
        texts(one)
    )


def test_limits_close_to_each_other_have_names_apart() -> None:
    one = replace(chart(line("HR", [9.0, 3.0])), limits=(Level("lower", 5.0), Level("upper", 5.01)))
    heights = {
        text.text: float(str(text.get("y")))
        for text in parsed(one).iter("text")
        if text.text in {"lower", "upper"}
    }
    assert heights["lower"] - heights["upper"] == pytest.approx(15, abs=0.01)


def test_whole_numbers_are_written_as_such() -> None:
    assert {"0", "1", "2"} <= set(texts(chart(line("HR", [9.0, 3.0, 1.0]))))
    assert "0.5" not in texts(replace(chart(line("HR", [90.0, 30.0])), limits=()))


def test_words_stand_along_x_where_it_is_no_number() -> None:
    ticks = (Level("oldest-first", 0.0), Level("$priority$", 1.0))
    one = replace(chart(line("HR", [9.0, 3.0])), ticks=ticks, joined=False)
    assert {"oldest-first", "$priority$"} <= set(texts(one))


@pytest.mark.parametrize("lines", [(), (Curve("HR", ()),), (line("HR", [math.nan]),)])
def test_nothing_to_draw_is_a_chart_all_the_same(lines: tuple[Curve, ...]) -> None:
    assert "hosts" in texts(chart(*lines))


def test_a_goal_is_a_hollow_mark_in_the_look_of_its_line() -> None:
    """Two lines, a goal for the second: its colour once more, filled by nothing."""
    two = chart(line("a", [1.0, 2.0]), line("b", [2.0, 3.0]))
    drawn, without = (draw(one) for one in (replace(two, goals=(Goal(1, 0.5, 1.0),)), two))
    hollow = f"fill-opacity: 0; stroke: var(--chart-mark-2, {STROKES[1].colour})"
    assert (drawn.count(hollow), without.count(hollow)) == (1, 0)


def test_a_goal_above_all_lines_is_within_the_chart() -> None:
    one = replace(chart(line("a", [1.0, 2.0])), goals=(Goal(0, 0.5, 40.0),))
    heights = [float(mark.get("y", "nan")) for mark in ET.fromstring(draw(one)).iter("use")]  # noqa: S314 - drawn by this test
    assert min(heights) >= 0
