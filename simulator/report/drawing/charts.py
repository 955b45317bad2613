"""Which function draws which kind of chart, and a chart as a page has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from simulator.report.charts import (
    BarChart,
    Chart,
    Curves,
    Differences,
    GanttStrip,
    HeatMap,
    HeatTable,
    StackedWeek,
)
from simulator.report.drawing.bars import bars
from simulator.report.drawing.curves import curves
from simulator.report.drawing.differences import differences
from simulator.report.drawing.gantt_strip import gantt_strip
from simulator.report.drawing.heat_map import heat_map
from simulator.report.drawing.heat_table import heat_table
from simulator.report.drawing.sheet import Sheet, settled
from simulator.report.drawing.stacked_week import stacked_week

_DRAWN_BY: Final[dict[type, Callable[[Any], Sheet]]] = {
    BarChart: bars,
    Curves: curves,
    Differences: differences,
    GanttStrip: gantt_strip,
    HeatMap: heat_map,
    HeatTable: heat_table,
    StackedWeek: stacked_week,
}


def draw(chart: Chart) -> str:
    """Return a chart as an `<svg>` element for a page; equal charts give equal text."""
    with settled():
        return sheet_of(chart).svg(chart.key, chart.title, chart.description)


def sheet_of(chart: Chart) -> Sheet:
    """Draw a chart of any kind; to be called while matplotlib is `settled`."""
    return _DRAWN_BY[type(chart)](chart)
