"""What the charts of a report look like; those with files of their own are drawn there."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from simulator.report.charts import (
    Bar,
    BarChart,
    Chart,
    Curves,
    Differences,
    HeatMap,
    HeatTable,
    StackedWeek,
)
from simulator.report.drawing.curves import curves
from simulator.report.drawing.differences import differences_chart
from simulator.report.drawing.heat_cells import numbered, shade_of, shaded
from simulator.report.drawing.heat_table import heat_table
from simulator.report.drawing.sheet import BAR, CHARACTER_PX, INK, MARKS, Sheet, settled
from simulator.report.drawing.stacked_week import stacked_week
from simulator.report.wording import DAYS, compact, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable

_BARS_WIDTH: Final = 520.0
_ROW_HEIGHT: Final = 30.0
_LABEL_WIDTH: Final = 174.0
_LABEL_CELLS: Final = 20
_FIGURE_WIDTH: Final = 78.0
_CELL: Final = (36.0, 28.0)


def draw(chart: Chart) -> str:
    """Return a chart as an `<svg>` element for a page; equal charts give equal text."""
    with settled():
        if isinstance(chart, StackedWeek):
            return stacked_week(chart)
        if isinstance(chart, HeatTable):
            return heat_table(chart)
        if isinstance(chart, Differences):
            return differences_chart(chart)
        if isinstance(chart, Curves):
            return curves(chart)
        return _bars(chart) if isinstance(chart, BarChart) else _heat_map(chart)


def _bars(chart: BarChart) -> str:
    legend = 26.0 if chart.marks else 6.0
    height = legend + _ROW_HEIGHT * len(chart.bars) + 44
    sheet = Sheet(_BARS_WIDTH, height, (_LABEL_WIDTH, legend, _FIGURE_WIDTH, 44))
    longest = chart.longest or _longest(chart.bars)
    sheet.axes.set_xlim(0, longest)
    sheet.axes.set_ylim(len(chart.bars) - 0.5, -0.5)
    _axis(sheet, chart.axis, longest, len(chart.bars))
    for row, bar in enumerate(chart.bars):
        _bar(sheet, row, bar, longest)
    if chart.marks:
        _legend(sheet, ("mean, with its interval", *chart.marks))
    return sheet.svg(chart.key, chart.title, chart.description)


def _longest(bars: Iterable[Bar]) -> float:
    ends = [end for bar in bars for end in (bar.value, bar.high, *bar.marks) if math.isfinite(end)]
    return max(ends, default=0) * 1.04 or 1.0


def _axis(sheet: Sheet, title: str, longest: float, rows: int) -> None:
    sheet.axes.set_yticks([])
    sheet.scale("x", 5)
    sheet.write((longest / 2, rows - 0.5), title, side="center", shift=(0, -32))


def _bar(sheet: Sheet, row: int, bar: Bar, longest: float) -> None:
    axes = sheet.axes
    sheet.write(
        (0, row), shortened(bar.label, _LABEL_CELLS), full=bar.label, side="right", shift=(-12, 0)
    )
    sheet.write((longest, row), bar.text, shift=(10, 0))
    if not math.isfinite(bar.value):
        return
    axes.barh(row, bar.value, height=0.56, color=BAR)
    if math.isfinite(bar.low):
        spread = [[bar.value - bar.low], [bar.high - bar.value]]
        axes.errorbar(bar.value, row, xerr=spread, fmt="none", ecolor=INK, capsize=5, linewidth=1.5)
    for mark, look in zip(bar.marks, MARKS, strict=False):
        sheet.mark((mark, row), look)


def _legend(sheet: Sheet, names: tuple[str, ...]) -> None:
    left = 8 - _LABEL_WIDTH
    for look, name in zip((("s", BAR), *MARKS), names, strict=False):
        sheet.mark((0, -0.5), look, shift=(left, 14))
        sheet.write((0, -0.5), name, shift=(left + 12, 14))
        left += 40 + CHARACTER_PX * len(name)


def _heat_map(chart: HeatMap) -> str:
    width, height = _CELL
    sheet = Sheet(44 + 24 * width + 4, 26 + 7 * height + 4, (44, 26, 4, 4))
    sheet.axes.set_xlim(0, 24)
    sheet.axes.set_ylim(7, 0)
    sheet.axes.set_xticks([])
    sheet.axes.set_yticks([])
    largest = max((v for row in chart.values for v in row if math.isfinite(v)), default=0.0)
    for hour in range(24):
        sheet.write((hour + 0.5, 0), f"{hour:02d}", side="center", shift=(0, 12))
    for day, values in enumerate(chart.values):
        sheet.write((0, day + 0.5), DAYS[day], side="right", shift=(-10, 0))
        for hour, value in enumerate(values):
            shade = shade_of(value, largest)
            shaded(sheet, (hour, day), shade)
            if value != 0 or chart.zeros:
                numbered(sheet, (hour, day), compact(value, largest), shade)
    for day, shares in enumerate(chart.underlined):
        for hour, share in enumerate(shares):
            if share > 0:
                _underlined(sheet, (hour, day), share)
    return sheet.svg(chart.key, chart.title, chart.description)


def _underlined(sheet: Sheet, place: tuple[int, int], share: float) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - as in svg

    hour, day = place
    line = Rectangle((hour, day + 0.84), share, 0.14, facecolor=MARKS[1][1], edgecolor="none")
    sheet.axes.add_patch(line)
