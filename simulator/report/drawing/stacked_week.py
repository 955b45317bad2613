"""What a week of bands looks like: steps of an hour that stand on each other, and a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from rich.cells import cell_len

from simulator.measurement.hours import HOURS_PER_WEEK
from simulator.report.drawing.sheet import BANDS, CHARACTER_PX, GRID, INK, Sheet
from simulator.report.wording import DAYS, shortened

if TYPE_CHECKING:
    from simulator.report.charts import StackedWeek

_WIDTH: Final = 912.0
_HEIGHT: Final = 236.0
_MARGINS: Final = (52.0, 34.0, 4.0, 44.0)
_LABELLED: Final = (6, 12, 18)
"""The hours of each day that the axis names."""

_ALL_CELLS: Final = 90
_FEWEST_CELLS: Final = 14
"""The columns that all names of the legend have together, and that each of them has at least."""


def stacked_week(chart: StackedWeek) -> Sheet:
    """Draw the chart; to be called while matplotlib is `settled`."""
    sheet = Sheet(_WIDTH, _HEIGHT, _MARGINS)
    values = np.nan_to_num(np.array([band.values for band in chart.bands]))
    line, tops = np.array(chart.line.values), values.cumsum(axis=0)
    highest = max(float(tops.max()), float(np.nanmax(line, initial=0.0))) * 1.06 or 1.0
    sheet.axes.set_xlim(0, HOURS_PER_WEEK)
    sheet.axes.set_ylim(0, highest)
    _axes(sheet)
    edges = np.arange(HOURS_PER_WEEK + 1)
    for top, height, band in zip(tops, values, chart.bands, strict=True):
        floor, colour = top - height, BANDS[band.tone]
        sheet.axes.stairs(top, edges, baseline=floor, fill=True, color=colour, linewidth=0)
    sheet.axes.stairs(line, edges, baseline=None, color=INK, linewidth=1.6, zorder=3)
    _legend(sheet, chart, highest)
    return sheet


def _axes(sheet: Sheet) -> None:
    """Draw days and hours below, numbers of slots to the left, and lines to read them by."""
    sheet.axes.set_xticks([])
    sheet.scale("y", 4)
    for day, name in enumerate(DAYS):
        sheet.axes.axvline(24 * day, color=GRID, linewidth=1)
        sheet.write((24 * day + 12, 0), name, side="center", shift=(0, -30))
        for hour in _LABELLED:
            place = (24 * day + hour, 0)
            sheet.write(place, f"{hour:02d}", side="center", size=10, shift=(0, -12))


def _legend(sheet: Sheet, chart: StackedWeek, highest: float) -> None:
    """Name the bands in the order in which they stand, and the line."""
    left, cells = 8.0, max(_FEWEST_CELLS, _ALL_CELLS // (len(chart.bands) + 1))
    looks = [("s", BANDS[band.tone]) for band in chart.bands] + [("_", INK)]
    for look, band in zip(looks, (*chart.bands, chart.line), strict=True):
        short = shortened(band.name, cells)
        sheet.mark((0, highest), look, shift=(left, 18))
        sheet.write((0, highest), short, full=band.name, shift=(left + 12, 18))
        left += 40 + CHARACTER_PX * cell_len(short)
