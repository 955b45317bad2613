"""Charts: the same bytes, no untrusted markup, a name for those who do not see them."""

from __future__ import annotations

import math
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace

import matplotlib as mpl
import pytest

from simulator.report.charts import (
    Band,
    Bar,
    BarChart,
    Chart,
    Curve,
    CurvePoint,
    Curves,
    DifferenceGroup,
    DifferenceRow,
    Differences,
    HeatMap,
    HeatRow,
    HeatTable,
    Level,
    StackedWeek,
)
from simulator.report.drawing.charts import draw

NONE = math.nan
NOTHING = "\N{EN DASH}"
BARS = BarChart(
    "waits",
    "Waits",
    "Who waited.",
    "Pending, min",
    (
        Bar("HR", 3.2, 2.9, 3.5, "3.2 min", (1.0, 9.0)),
        Bar(
            f"</text><script>alert(1)</script> $x_1$ 😀{' and more' * 3}",
            1.0,
            NONE,
            NONE,
            "1 min",
            (0.5, 2.0),
        ),
        Bar("$", NONE, NONE, NONE, NOTHING),
    ),
    ("P50", "P95"),
)
WEEK = HeatMap(
    "week",
    "The week",
    "Busy hours.",
    tuple(tuple(float(day * hour) if day < 6 else NONE for hour in range(24)) for day in range(7)),
)
STACKED = StackedWeek(
    "slots",
    "Slots of </text><script>alert(1)</script>",
    "At most 2.",
    "Slots",
    (Band("Usable", (2.0,) * 144 + (NONE,) * 24), Band("Down", (0.0,) * 144 + (NONE,) * 24, 1)),
    Band("Running a job", (1.0,) * 144 + (NONE,) * 24),
)
TABLE = HeatTable(
    "blame",
    "Who waited",
    "HR most.",
    ("behind jobs of", "otherwise"),
    ("HR", "</text><script>alert(1)</script>", "maintenance"),
    2,
    (HeatRow("HR", (0.25, 0.0, 0.75), "1.20", 0), HeatRow("$x$", (0.0, 1.0, 0.0), "0.01", 1)),
    "jobs Pending",
    "behind jobs of its own",
)
LINES = Curves(
    "sweep",
    "P95 by hosts",
    "Down to 2.",
    ("machines.shared.hosts", "P95 Pending, min"),
    (
        Curve("HR", tuple(CurvePoint(x, 8 / x, 7 / x, 9 / x) for x in (1.0, 2.0, 4.0))),
        Curve("</text><script>alert(1)</script>", (CurvePoint(1.0, NONE), CurvePoint(2.0, 3.0))),
    ),
    limits=(Level("at most 5 min", 5.0),),
    mark=Level("as written", 2.0),
)
APART = Differences(
    "apart",
    "Waits",
    "HR longer.",
    "min more than as written",
    (
        DifferenceGroup(
            "</text><script>alert(1)</script>",
            (
                DifferenceRow("HR", 9.1, 8.2, 10.0, "+9.10 min", is_clear=True),
                DifferenceRow("$x$", 0.1, -1.0, 1.2, "+0.10 min", is_clear=False),
                DifferenceRow("Finance", NONE, NONE, NONE, "as before", is_clear=False),
            ),
        ),
    ),
)
CHARTS = pytest.mark.parametrize(
    "chart",
    [BARS, WEEK, STACKED, TABLE, LINES, APART],
    ids=["bars", "week", "stacked", "table", "curves", "differences"],
)


def parsed(chart: Chart) -> ET.Element:
    return ET.fromstring(draw(chart))  # noqa: S314 - drawn by this test


@CHARTS
def test_the_same_chart_is_the_same_bytes(chart: Chart) -> None:
    assert draw(chart) == draw(chart)


@CHARTS
def test_a_users_own_settings_change_nothing_and_stay(chart: Chart) -> None:
    usual = draw(chart)
    with mpl.rc_context({"font.size": 30, "axes.facecolor": "red", "svg.fonttype": "path"}):
        assert draw(chart) == usual
        assert mpl.rcParams["font.size"] == 30


@CHARTS
def test_a_chart_is_an_image_with_title_and_description(chart: Chart) -> None:
    root = parsed(chart)
    named = [root.find(f"*[@id='{key}']") for key in root.attrib["aria-labelledby"].split()]
    assert root.get("role") == "img"
    assert [one.text for one in named if one is not None] == [chart.title, chart.description]


@CHARTS
def test_ids_belong_to_the_chart(chart: Chart) -> None:
    """Several charts stand in one page: no id may occur twice in it."""
    ids = [element.get("id") for element in parsed(chart).iter() if element.get("id")]
    assert ids
    assert all(str(identity).startswith(f"{chart.key}-") for identity in ids)
    assert len(set(ids)) == len(ids)


def test_names_are_text_and_nothing_else() -> None:
    root = parsed(BARS)
    titles = [title.text for text in root.iter("text") for title in text.iter("title")]
    assert titles == [f"</text><script>alert(1)</script> $x_1$ 😀{' and more' * 3}"]
    assert root.find(".//script") is None
    assert "$" in [text.text for text in root.iter("text")]


def test_headings_of_columns_stand_beside_each_other() -> None:
    """Of two columns the second heading has to begin behind the first: 14 letters of 7 px."""
    chart = replace(TABLE, columns=("HR", "boot"), grouped=1, rows=(HeatRow("HR", (1, 0), "1"),))
    places = {text.text: float(text.get("x", "nan")) for text in parsed(chart).iter("text")}
    first, second = (places[heading] for heading in chart.headings)
    assert second - first > 14 * 7


def test_nothing_is_told_by_colour_alone() -> None:
    """Every bar has its figure beside it, every cell of the week its number."""
    texts = [text.text for text in parsed(BARS).iter("text")]
    assert {"3.2 min", "1 min", "mean, with its interval", "P50", "P95"} <= set(texts)
    assert [text.text for text in parsed(WEEK).iter("text")].count(NOTHING) == 24
    stacked = [text.text for text in parsed(STACKED).iter("text")]
    assert [name for name in stacked if name in {"Usable", "Down", "Running a job"}] == [
        *("Usable", "Down", "Running a job"),
    ]
    table = {text.text for text in parsed(TABLE).iter("text")}
    assert {"25", "75", "100", "1.20", "behind jobs of its own", "maintenance"} <= table


def test_colours_follow_the_page() -> None:
    drawn = draw(BARS) + draw(WEEK) + draw(STACKED)
    assert "currentColor" in drawn
    assert "var(--chart-bar, #0072b2)" in drawn
    assert "var(--chart-still, #9aa3ab)" in drawn
    assert "#010101" not in drawn


def test_pyplot_stays_out() -> None:
    """Its figures are global: another program's, in a notebook, must stay as they are."""
    before = "matplotlib.pyplot" in sys.modules
    draw(BARS)
    assert ("matplotlib.pyplot" in sys.modules) is before
