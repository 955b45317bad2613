"""What a heat map of rows by columns looks like: who waited, and what for, in per cent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from simulator.report.drawing.heat_cells import numbered, shaded
from simulator.report.drawing.sheet import CHARACTER_PX, FONT_PX, INK, Sheet
from simulator.report.wording import shortened

if TYPE_CHECKING:
    from simulator.report.charts import HeatRow, HeatTable

_WIDTHS: Final = {"bars": 440.0, "week": 912.0}
_ROW_HEIGHT: Final = 30.0
_LEFT: Final = 136.0
_RIGHT: Final = 96.0
_HEADINGS: Final = 24.0
"""The height of the line above the names of the columns."""

_LEGEND: Final = 26.0
_LABEL_CELLS: Final = 17
_TURNED_CELLS: Final = 18
_TURN: Final = 42.0
_TURNED_HEIGHT: Final = 110.0
_LEVEL_HEIGHT: Final = 24.0
_FEWEST: Final = 3
"""Columns there is room for at least: a single cell is no wider than a third of it."""

_APART: Final = 0.3
"""The gap before the columns of the second group, in columns."""


def heat_table(chart: HeatTable) -> Sheet:
    """Draw the chart; to be called while matplotlib is `settled`."""
    width, columns = _WIDTHS[chart.shape], _lefts(chart)
    across = max(columns[-1] + 1, _FEWEST)
    level = _names_fit(chart, (width - _LEFT - _RIGHT) / across)
    top = _HEADINGS + (_LEVEL_HEIGHT if level else _TURNED_HEIGHT)
    bottom = _LEGEND if any(row.outlined is not None for row in chart.rows) else 4.0
    height = top + _ROW_HEIGHT * len(chart.rows) + bottom
    sheet = Sheet(width, height, (_LEFT, top, _RIGHT, bottom))
    sheet.axes.set_xlim(0, across)
    sheet.axes.set_ylim(len(chart.rows), 0)
    sheet.axes.set_xticks([])
    sheet.axes.set_yticks([])
    _headings(sheet, chart, columns, (across, top - FONT_PX))
    _names(sheet, chart, columns, level=level)
    for place, row in enumerate(chart.rows):
        _row(sheet, place, row, columns)
        sheet.write((across, place + 0.5), row.text, side="right", shift=(_RIGHT - 2, 0))
    if bottom == _LEGEND:
        _legend(sheet, chart)
    return sheet


def _lefts(chart: HeatTable) -> list[float]:
    """Return where each column begins."""
    apart = _APART if chart.grouped else 0.0
    return [
        place + (apart if place >= chart.grouped else 0.0) for place in range(len(chart.columns))
    ]


def _names_fit(chart: HeatTable, width: float) -> bool:
    """Return whether every column's name has room above it, written level."""
    return max(map(cell_len, chart.columns)) * CHARACTER_PX <= width - 4


def _headings(
    sheet: Sheet, chart: HeatTable, columns: list[float], corner: tuple[float, float]
) -> None:
    """Write what the groups of columns, and the figures at the end of the rows, are.

    corner: where the rows end, in columns, and how far above the first of them this is written.
    """
    across, up = corner
    cell, free_from = (_WIDTHS[chart.shape] - _LEFT - _RIGHT) / across, 0.0
    for heading, place in zip(chart.headings, (0, chart.grouped), strict=True):
        if heading and place < len(columns):
            left = columns[place] * cell
            right = max(left, free_from) - left
            sheet.write((columns[place], 0), heading, shift=(2 + right, up))
            free_from = left + right + CHARACTER_PX * (cell_len(heading) + 2)
    sheet.write((across, 0), chart.figures, side="right", shift=(_RIGHT - 2, up))


def _names(sheet: Sheet, chart: HeatTable, columns: list[float], *, level: bool) -> None:
    for left, name in zip(columns, chart.columns, strict=True):
        if level:
            sheet.write((left + 0.5, 0), name, side="center", shift=(0, 13))
        else:
            short = shortened(name, _TURNED_CELLS)
            sheet.write((left + 0.5, 0), short, full=name, shift=(0, 8), turn=_TURN)


def _row(sheet: Sheet, place: int, row: HeatRow, columns: list[float]) -> None:
    short, middle = shortened(row.label, _LABEL_CELLS), place + 0.5
    sheet.write((0, middle), short, full=row.label, side="right", shift=(-10, 0))
    for column, (left, share) in enumerate(zip(columns, row.shares, strict=True)):
        if column == row.outlined:
            shaded(sheet, (left, place), share, edge=INK)
        else:
            shaded(sheet, (left, place), share)
        if share > 0:
            numbered(sheet, (left, place), _in_percent(share), share)


def _in_percent(share: float) -> str:
    """Return a share as a whole number of per cent; one too small for that is under 1."""
    return f"{round(100 * share) or '<1'}"


def _legend(sheet: Sheet, chart: HeatTable) -> None:
    """Say below the rows what an outline stands for."""
    place = (0, len(chart.rows))
    sheet.mark(place, ("s", "none"), shift=(8 - _LEFT, -15))
    sheet.write(place, chart.outline, shift=(22 - _LEFT, -15))
