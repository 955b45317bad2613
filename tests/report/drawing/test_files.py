"""Charts as files: whole on white, their texts as they are, the same bytes every time."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import get_args

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.image import imread
from numpy.typing import NDArray

from simulator.report.charts import Bar, BarChart, Chart
from simulator.report.drawing.charts import _DRAWN_BY, draw
from simulator.report.drawing.files import in_plain_colours, png_file, svg_file
from simulator.report.drawing.frame import MARGIN, framed, wrapped
from simulator.report.drawing.glyphs import drawable

BARS = BarChart(
    "waits",
    "Waits",
    "HR waited longest.",
    "Pending, min",
    (Bar("HR", 3.2, 2.9, 3.5, "3.2 min", (1.0, 9.0)), Bar("Finance", 1.0, 0.9, 1.1, "1 min")),
    ("P50", "P95"),
)
HOSTILE = "$x_1$ \\frac{ </text><script> 😀\ufe0f \u8d22\u52a1 \u05e9\u05dc \u0627\u0644"
SVG = "{http://www.w3.org/2000/svg}"


def named(name: str) -> BarChart:
    bars = (replace(BARS.bars[0], label=name, text=name),)
    return replace(BARS, title=name, description=name, axis=name, bars=bars, marks=(name,))


def pixels(png: bytes) -> NDArray[np.float64]:
    """Return the colours of a picture: rows, columns, then red, green, blue and opacity."""
    return np.asarray(imread(io.BytesIO(png)), dtype=np.float64)


def size_of(svg: str) -> tuple[float, ...]:
    root = ET.fromstring(svg)  # noqa: S314 - drawn by this test
    return tuple(float(one) for one in root.attrib["viewBox"].split()[2:])


def test_every_kind_of_chart_is_drawn_by_a_function_of_its_own() -> None:
    assert set(_DRAWN_BY) == set(get_args(Chart))
    assert len(set(_DRAWN_BY.values())) == len(_DRAWN_BY)


def test_an_svg_file_has_title_and_description_and_plain_colours() -> None:
    text = svg_file(BARS)
    root = ET.fromstring(text)  # noqa: S314 - drawn by this test
    assert [one.text for one in root.findall(f"{SVG}text")] == ["Waits", "HR waited longest."]
    assert "var(" not in text
    assert root.find(f"{SVG}rect") is not None
    assert svg_file(BARS) == text


def test_a_png_is_twice_the_svg_on_white_and_the_same_bytes() -> None:
    png = png_file(BARS)
    height, width, channels = pixels(png).shape
    assert (width, height) == tuple(2 * round(side) for side in size_of(svg_file(BARS)))
    assert channels == 4
    assert (pixels(png)[[0, -1], :, :] == 1.0).all()
    assert png_file(BARS) == png
    assert b"Software" not in png
    assert b"tEXt" not in png


def test_the_frame_moves_the_drawing_and_changes_nothing_in_it() -> None:
    """With another title above, the part below it is the same, pixel by pixel."""
    one, other = (pixels(png_file(replace(BARS, title=title))) for title in ("Waits", "x"))
    top = int(2 * framed((520.0, 100.0), "Waits", "", "").top)
    assert (one[top:] == other[top:]).all()
    assert (one[:top] != other[:top]).any()


@pytest.mark.parametrize("name", [HOSTILE, "", "$", "a_b^c", "\N{BLACK HEART SUIT}" * 300])
def test_any_name_is_drawn_without_a_warning(name: str) -> None:
    """Warnings are errors here: of a glyph that lacks, of a formula that cannot be read."""
    assert png_file(named(name)).startswith(b"\x89PNG")
    assert ET.fromstring(svg_file(named(name))).tag == f"{SVG}svg"  # noqa: S314 - as above


def test_a_character_the_font_lacks_is_a_square() -> None:
    """DejaVu Sans has Hebrew and Arabic, but neither Chinese nor colour emoji."""
    assert drawable("HR $x_1$ \u00fc \u8d22\u52a1 \U0001f9ff\U000e0100!") == "HR $x_1$ ü □□ □!"
    assert png_file(named("\u8d22")) == png_file(named("□"))


def test_a_formula_is_no_formula() -> None:
    """Of `$x$` all three characters are drawn: it is wider than `x` by its two signs."""
    widths = []
    for title in ("x", "$x$", "axa"):
        drawn = pixels(png_file(replace(BARS, title=title)))[:80]
        widths.append(np.flatnonzero((drawn[:, :, 0] < 0.5).any(axis=0)).max())
    assert widths[1] > widths[2] > widths[0]


def test_a_users_own_settings_change_no_picture() -> None:
    usual = png_file(BARS)
    with mpl.rc_context({"font.size": 30, "text.parse_math": True, "savefig.dpi": 10}):
        assert png_file(BARS) == usual


def test_only_a_charts_own_variables_become_colours() -> None:
    text = "var(--chart-bar, #0072b2) var(--x, #ffffff) var(--chart-bar)"
    assert in_plain_colours(text) == "#0072b2 var(--x, #ffffff) var(--chart-bar)"
    assert "var(--chart-bar, #0072b2)" in draw(BARS)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("one two three", ["one two", "three"]),
        ("one\N{NO-BREAK SPACE}two three", ["one\N{NO-BREAK SPACE}two", "three"]),
        ("abcdefghijkl", ["abcdefgh", "ijkl"]),
        ("\u8d22\u52a1\u8d22\u52a1\u8d22", ["\u8d22\u52a1\u8d22\u52a1", "\u8d22"]),
        ("a  b", ["a b"]),
    ],
)
def test_lines_break_between_words_at_eight_columns(text: str, lines: list[str]) -> None:
    assert wrapped(text, 8) == lines


def test_a_frame_takes_room_only_for_what_it_says() -> None:
    """Title of 18 px with its baseline at 28, lines of 13 px every 19, a margin of 24."""
    bare = framed((200.0, 100.0), "A", "", "")
    assert (bare.width, bare.height, bare.top) == (248.0, 163.0, 43.0)
    full = framed((200.0, 100.0), "A", "B", "C " * 20)
    assert [line.y for line in full.lines] == [28.0, 49.0, 186.0, 205.0]
    assert full.lines[0].size == 18.0
    assert full.top == 64.0
    assert full.height == 225.0
    assert MARGIN == 24.0
