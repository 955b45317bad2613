"""A stretch of time as a picture: no two groups alike without colour, ids of its own, no markup."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from simulator.measurement.worst_hours import MOST_FOLDERS
from simulator.report.charts import (
    ELSEWHERE,
    TOGETHER,
    GanttStrip,
    Level,
    StripBar,
    StripGroup,
)
from simulator.report.drawing.charts import draw
from simulator.report.drawing.gantt_strip import LOOKS

HOSTILE = "</text><script>alert(1)</script> $x_1$ 😀"


def strip(**changes: object) -> GanttStrip:
    """An hour of two slots: HR on the first for its first half, Finance on the other, then down."""
    chart = GanttStrip(
        "strip",
        "Title",
        "Description",
        "Pending jobs",
        3600.0,
        (Level("08:00", 0.0), Level("09:00", 3600.0)),
        (StripGroup("HR", 0, (2.0, 0.0)), StripGroup("Finance", 1, (1.0, 3.0))),
        ("vm/1, slot 0", "vm/1, slot 1"),
        (StripBar(0, 0, 0.0, 1800.0), StripBar(1, 1, 0.0, 600.0), StripBar(1, 1, 600.0, 900.0)),
        ("Down",),
        (StripBar(1, 0, 900.0, 3600.0),),
    )
    return replace(chart, **changes)


def parsed(drawn: str) -> ET.Element:
    return ET.fromstring(drawn)  # noqa: S314 - we drew it


def texts(drawn: str) -> set[str]:
    return {element.text or "" for element in parsed(drawn).iter("text")}


def paths(drawn: str) -> list[list[str]]:
    """The rectangles of each path that has several, as text."""
    found = [element.get("d", "") for element in parsed(drawn).iter("path")]
    return [[part for part in path.split("z") if part.strip()] for path in found if "z" in path]


def test_everything_has_its_name() -> None:
    assert texts(draw(strip())) >= {
        *("HR", "Finance", "Down", "Pending jobs", "vm/1, slot 0", "vm/1, slot 1"),
        *("08:00", "09:00"),
    }


def test_equal_strips_give_equal_text() -> None:
    assert draw(strip()) == draw(strip())


def test_groups_are_told_apart_without_their_colours() -> None:
    """All but the first and the last are hatched, each in its own way, and those two differ."""
    assert len({look.hatch for look in LOOKS[:-1]}) == len(LOOKS) - 1
    assert len({look.colour for look in LOOKS}) == len(LOOKS)
    assert (len(LOOKS) - 2, len(LOOKS) - 1) == (TOGETHER, ELSEWHERE)
    assert MOST_FOLDERS <= TOGETHER


def test_hatches_have_ids_of_this_chart_and_are_found() -> None:
    drawn = draw(strip())
    defined = {pattern.get("id", "") for pattern in parsed(drawn).iter("pattern")}
    used = set(re.findall(r"url\(#([^)]+)\)", drawn))
    hatches = {one for one in used if "-h" in one}
    assert hatches == defined
    assert len(defined) == 2
    assert all(one.startswith("strip-") for one in used)


def test_no_colour_is_written_that_a_page_could_not_change() -> None:
    drawn = draw(strip())
    assert not re.findall(r'fill="#', drawn)
    assert not re.findall(r": #[0-9a-f]{6}", drawn)


def test_bars_of_one_look_are_one_path() -> None:
    """Finance's two bars are; the second begins a pixel after the first ends."""
    (finance,) = [path for path in paths(draw(strip())) if len(path) == 2]
    ends = [[float(x) for x, _ in re.findall(r"([\d.]+) ([\d.]+)", part)] for part in finance]
    assert min(ends[1]) - max(ends[0]) == pytest.approx(1.0)


def test_a_short_bar_can_still_be_seen() -> None:
    tiny = strip(bars=(StripBar(0, 0, 0.0, 0.001), StripBar(0, 0, 10.0, 10.001)))
    (two,) = [path for path in paths(draw(tiny)) if len(path) == 2]
    for part in two:
        across = [float(x) for x, _ in re.findall(r"([\d.]+) ([\d.]+)", part)]
        assert max(across) - min(across) == pytest.approx(0.5)


@pytest.mark.parametrize(
    "changes",
    [
        {"bars": (), "gaps": (), "reasons": ()},
        {"rows": (), "bars": (), "gaps": ()},
        {"groups": (StripGroup("HR", 0, (0.0, 0.0)),)},
        {"groups": (StripGroup("Outside", ELSEWHERE),), "bars": (StripBar(0, 7, 0.0, 9.0),)},
    ],
    ids=["no bars", "no slots", "none Pending", "nothing but what is outside"],
)
def test_a_part_may_be_missing(changes: dict[str, object]) -> None:
    assert draw(strip(**changes)).startswith("<svg")


def test_names_are_only_text() -> None:
    named = strip(rows=(HOSTILE, "b"), groups=(StripGroup(HOSTILE, 0, (1.0,)),), reasons=(HOSTILE,))
    assert "<script>" not in draw(named)


def test_many_groups_and_reasons_stay_within_the_picture() -> None:
    groups = tuple(StripGroup(f"Folder {'long ' * 9}{look}", look, (1.0,)) for look in range(7))
    root = parsed(draw(strip(groups=groups, bars=())))
    width = float(root.get("viewBox", "").split()[2])
    lefts = [float(one.get("x", "0")) for one in root.iter("text")]
    assert max(lefts) < width
