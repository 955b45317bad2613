"""A forest plot: each difference a mark around zero with its interval, variant by variant."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from simulator.report.drawing.sheet import BAR, CHARACTER_PX, INK, STILL, Sheet
from simulator.report.wording import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.report.charts import DifferenceRow, Differences

_WIDTH: Final = 440.0
_ROW_HEIGHT: Final = 26.0
_LABEL_WIDTH: Final = 146.0
_LABEL_CELLS: Final = 18
_HEADING_CELLS: Final = 48
_FIGURE_WIDTH: Final = 92.0
_LEGEND_HEIGHT: Final = 26.0
_FOOT: Final = 44.0
_BESIDE: Final = 0.04
"""How far the axis goes beyond what it shows, as a part of it."""

_CLEAR: Final = ("o", BAR)
_NOT_CLEAR: Final = ("D", STILL)
"""The shape and colour of a mark: never the colour alone."""


def differences(chart: Differences) -> Sheet:
    """Draw a forest plot; to be called while matplotlib is `settled`."""
    lines = sum(1 + len(group.rows) for group in chart.groups)
    height = _LEGEND_HEIGHT + _ROW_HEIGHT * lines + _FOOT
    sheet = Sheet(_WIDTH, height, (_LABEL_WIDTH, _LEGEND_HEIGHT, _FIGURE_WIDTH, _FOOT))
    left, right = _ends(chart)
    sheet.axes.set_xlim(left, right)
    sheet.axes.set_ylim(lines - 0.5, -0.5)
    sheet.axes.set_yticks([])
    sheet.scale("x", 5)
    sheet.axes.axvline(0, color=INK, linewidth=1.5)
    sheet.write(((left + right) / 2, lines - 0.5), chart.axis, side="center", shift=(0, -32))
    _legend(sheet, (left, -0.5))
    for place, line in enumerate(_lines(chart)):
        _line(sheet, place, line, (left, right))
    return sheet


def _lines(chart: Differences) -> Iterator[str | DifferenceRow]:
    """Yield each group's heading, then its rows."""
    for group in chart.groups:
        yield group.label
        yield from group.rows


def _ends(chart: Differences) -> tuple[float, float]:
    """Return where the axis begins and ends; zero lies in it."""
    rows = [row for group in chart.groups for row in group.rows]
    found = [end for row in rows for end in (row.value, row.low, row.high) if math.isfinite(end)]
    low, high = min(found, default=0.0), max(found, default=0.0)
    low, high = min(low, 0.0), max(high, 0.0)
    beside = _BESIDE * (high - low) or 1.0
    return low - beside, high + beside


def _line(sheet: Sheet, place: int, line: str | DifferenceRow, ends: tuple[float, float]) -> None:
    left, right = ends
    if isinstance(line, str):
        short = shortened(line, _HEADING_CELLS)
        sheet.write((left, place), short, full=line, shift=(8 - _LABEL_WIDTH, 0))
        return
    short = shortened(line.label, _LABEL_CELLS)
    sheet.write((left, place), short, full=line.label, side="right", shift=(-12, 0))
    sheet.write((right, place), line.text, shift=(10, 0))
    if math.isfinite(line.low):
        sheet.axes.plot([line.low, line.high], [place, place], color=INK, linewidth=1.5, zorder=2)
    if math.isfinite(line.value):
        sheet.mark((line.value, place), _CLEAR if line.is_clear else _NOT_CLEAR)


def _legend(sheet: Sheet, place: tuple[float, float]) -> None:
    """Say what the two marks stand for."""
    left = 16 - _LABEL_WIDTH
    for look, word in ((_CLEAR, "clear difference"), (_NOT_CLEAR, "not clear")):
        sheet.mark(place, look, shift=(left, 14))
        sheet.write(place, word, shift=(left + 12, 14))
        left += 40 + CHARACTER_PX * len(word)
