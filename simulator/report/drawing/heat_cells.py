"""Cells of a heat map: a shade, and the number upon it in ink or white, whichever is read."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from simulator.report.drawing.sheet import GRID, HEAT, INK, ON_HEAT

if TYPE_CHECKING:
    from simulator.report.drawing.sheet import Sheet

_STRONG: Final = 0.92
"""The shade of a cell from which on its number is written in white."""

_SIZE: Final = 11.0
_GAP: Final = 0.03


def shade_of(value: float, largest: float) -> float:
    """Return the shade of a value, 1 being that of the largest; none where there is no value."""
    return value / largest if largest > 0 and math.isfinite(value) else 0.0


def shaded(sheet: Sheet, place: tuple[float, float], shade: float, *, edge: str = GRID) -> None:
    """Draw a cell of one unit of the data each way, its first corner at a place."""
    from matplotlib.colors import to_rgba  # noqa: PLC0415 - as in svg
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - as in svg

    x, y = place
    fill = to_rgba(HEAT, min(shade, 1.0)) if shade > 0 else "none"  # sums of shares may round up
    size, width = 1 - 2 * _GAP, 1.0 if edge == GRID else 2.0
    cell = Rectangle((x + _GAP, y + _GAP), size, size, facecolor=fill, edgecolor=edge)
    cell.set_linewidth(width)
    sheet.axes.add_patch(cell)


def numbered(sheet: Sheet, place: tuple[float, float], text: str, shade: float) -> None:
    """Write a text into the middle of such a cell of this shade."""
    x, y = place
    colour = ON_HEAT if shade > _STRONG else INK
    sheet.write((x + 0.5, y + 0.5), text, side="center", size=_SIZE, colour=colour)
