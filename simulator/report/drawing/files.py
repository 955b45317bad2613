"""Charts as files of their own, on white, with their title above and what they say below."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING, Final

from simulator.report.drawing.charts import draw, sheet_of
from simulator.report.drawing.frame import MARGIN, framed
from simulator.report.drawing.sheet import settled

if TYPE_CHECKING:
    from simulator.report.charts import Chart

_ON_WHITE: Final = "#1b1f24"
_VARIABLE: Final = re.compile(r"var\(--chart-[\w-]+, (#[0-9a-f]{6})\)")


def svg_file(chart: Chart) -> str:
    """Return a chart as the text of an SVG file; equal charts give equal text."""
    return as_file(draw(chart), chart.title, "", chart.description)


def png_file(chart: Chart) -> bytes:
    """Return a chart as a PNG file, two pixels for each of the SVG's; equal charts, equal bytes.

    A character that matplotlib's own font lacks is an empty square.
    """
    with settled():
        return sheet_of(chart).png(chart.title, "", chart.description)


def as_file(drawing: str, title: str, subtitle: str, note: str) -> str:
    """Return a page's `<svg>` element as a file of its own, on white, with lines above and below.

    Colours are written out, since most programs besides browsers know no CSS variables.
    """
    inner = ET.fromstring(in_plain_colours(drawing))  # noqa: S314 - drawn by `Sheet`
    width, height = (float(size) for size in inner.get("viewBox", "").split()[2:])
    frame = framed((width, height), title, subtitle, note)
    inner.attrib |= _numbers(x=MARGIN, y=frame.top, width=width, height=height)
    size = _numbers(width=frame.width, height=frame.height)
    file = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {size['width']} {size['height']}",
            **size,
            "font-family": "system-ui, sans-serif",
            "color": _ON_WHITE,
        },
    )
    ET.SubElement(file, "rect", {**size, "fill": "#ffffff"})
    for line in frame.lines:
        place = {**_numbers(x=MARGIN, y=line.y), "font-size": f"{line.size:g}"}
        ET.SubElement(file, "text", {**place, "fill": "currentColor"}).text = line.text
    file.append(inner)
    return ET.tostring(file, encoding="unicode") + "\n"


def in_plain_colours(drawings: str) -> str:
    """Return drawings, or a page that holds them, with their colours in place of variables."""
    return _VARIABLE.sub(r"\1", drawings)


def _numbers(**attributes: float) -> dict[str, str]:
    return {name: f"{value:g}" for name, value in attributes.items()}
