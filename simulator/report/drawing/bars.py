"""What bars look like: each below its label, with its interval, its marks and its figure.

A label above its bar has the whole width, so that long names are read on a phone too.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from simulator.report.drawing.sheet import BAR, CHARACTER_PX, INK, MARKS, Sheet
from simulator.report.wording import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulator.report.charts import Bar, BarChart

_WIDTH: Final = 400.0
_ROW_HEIGHT: Final = 40.0
_LEFT: Final = 8.0
_LABEL_CELLS: Final = 48
_FIGURE_WIDTH: Final = 88.0
_BELOW: Final = 0.17
"""How far the middle of a bar is below that of its row, in rows; its label is above it."""

_ABOVE: Final = 0.27
_THICKNESS: Final = 0.36


def bars(chart: BarChart) -> Sheet:
    """Draw the chart; to be called while matplotlib is `settled`."""
    legend = 26.0 if chart.marks else 6.0
    height = legend + _ROW_HEIGHT * len(chart.bars) + 44
    sheet = Sheet(_WIDTH, height, (_LEFT, legend, _FIGURE_WIDTH, 44))
    longest = chart.longest or _longest(chart.bars)
    sheet.axes.set_xlim(0, longest)
    sheet.axes.set_ylim(len(chart.bars) - 0.5, -0.5)
    _axis(sheet, chart.axis, longest, len(chart.bars))
    for row, bar in enumerate(chart.bars):
        _bar(sheet, row, bar, longest)
    if chart.marks:
        _legend(sheet, ("mean, with its interval", *chart.marks))
    return sheet


def _longest(bars: Iterable[Bar]) -> float:
    ends = [end for bar in bars for end in (bar.value, bar.high, *bar.marks) if math.isfinite(end)]
    return max(ends, default=0) * 1.04 or 1.0


def _axis(sheet: Sheet, title: str, longest: float, rows: int) -> None:
    sheet.axes.set_yticks([])
    sheet.scale("x", 5)
    sheet.write((longest / 2, rows - 0.5), title, side="center", shift=(0, -32))


def _bar(sheet: Sheet, row: int, bar: Bar, longest: float) -> None:
    axes = sheet.axes
    sheet.write((0, row - _ABOVE), shortened(bar.label, _LABEL_CELLS), full=bar.label)
    middle = row + _BELOW
    sheet.write((longest, middle), bar.text, shift=(10, 0))
    if not math.isfinite(bar.value):
        return
    axes.barh(middle, bar.value, height=_THICKNESS, color=BAR)
    if math.isfinite(bar.low):
        spread = [[bar.value - bar.low], [bar.high - bar.value]]
        axes.errorbar(
            bar.value, middle, xerr=spread, fmt="none", ecolor=INK, capsize=5, linewidth=1.5
        )
    for mark, look in zip(bar.marks, MARKS, strict=False):
        sheet.mark((mark, middle), look)


def _legend(sheet: Sheet, names: tuple[str, ...]) -> None:
    left = 0.0
    for look, name in zip((("s", BAR), *MARKS), names, strict=False):
        sheet.mark((0, -0.5), look, shift=(left, 14))
        sheet.write((0, -0.5), name, shift=(left + 12, 14))
        left += 40 + CHARACTER_PX * len(name)
