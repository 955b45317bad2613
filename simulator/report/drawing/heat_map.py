"""What a week of hours looks like: a cell an hour, the darker the more, its number upon it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from simulator.report.drawing.heat_cells import numbered, shade_of, shaded
from simulator.report.drawing.sheet import MARKS, Sheet
from simulator.report.wording import DAYS, compact

if TYPE_CHECKING:
    from simulator.report.charts import HeatMap

_CELL: Final = (36.0, 28.0)


def heat_map(chart: HeatMap) -> Sheet:
    """Draw the chart; to be called while matplotlib is `settled`."""
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
    return sheet


def _underlined(sheet: Sheet, place: tuple[int, int], share: float) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - as in sheet

    hour, day = place
    line = Rectangle((hour, day + 0.84), share, 0.14, facecolor=MARKS[1][1], edgecolor="none")
    sheet.axes.add_patch(line)
