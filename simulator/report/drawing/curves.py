"""What lines over numbers look like: each with its marks and intervals, limits across, one mark."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
from rich.cells import cell_len

from simulator.report.charts import CurvePoint
from simulator.report.drawing.sheet import CHARACTER_PX, INK, Sheet
from simulator.report.drawing.strokes import SAMPLE_PX, STROKES, Stroke, sample
from simulator.report.wording import shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from simulator.report.charts import Curve, Curves

    _Numbers = NDArray[np.float64]

_WIDTHS: Final = {"bars": 520.0, "week": 912.0}
_PLOT_HEIGHT: Final = 250.0
_LEFT: Final = 62.0
_RIGHT: Final = 18.0
_BOTTOM: Final = 50.0
_AXIS_TITLE: Final = 24.0
"""The height of the line above the plot that tells what y is."""

_LEGEND_ROW: Final = 22.0
_MOST_CELLS: Final = 42
"""The columns of a name in the legend."""

_LIMIT_CELLS: Final = {"bars": 14, "week": 24}
"""The columns of a limit's name, to the right of the plot."""

_MOST_MARKED: Final = 40
"""Points of a line that each have a mark and a bar for the interval; more have a band."""

_MOST_WHOLE: Final = 12
"""Whole numbers there may be along x for each to be written."""

_APART: Final = 15.0
"""How far apart, in pixels, the names of two limits are at least."""


def curves(chart: Curves) -> Sheet:
    """Draw the chart; to be called while matplotlib is `settled`."""
    width = _WIDTHS[chart.shape]
    rows = _legend_rows(chart.curves, width)
    top, right = _LEGEND_ROW * len(rows) + _AXIS_TITLE, _right(chart)
    sheet = Sheet(width, top + _PLOT_HEIGHT + _BOTTOM, (_LEFT, top, right, _BOTTOM))
    across = width - _LEFT - right
    _axes(sheet, chart, across)
    for stroke, curve in zip(STROKES, chart.curves, strict=False):
        _curve(sheet, curve, stroke, joined=chart.joined)
    _limits(sheet, chart)
    _goals(sheet, chart)
    _mark(sheet, chart)
    _legend(sheet, rows, across)
    return sheet


def _right(chart: Curves) -> float:
    """Return the room to the right of the plot, where the limits have their names."""
    names = (shortened(limit.name, _LIMIT_CELLS[chart.shape]) for limit in chart.limits)
    return max([_RIGHT, *(14 + CHARACTER_PX * cell_len(name) for name in names)])


def _axes(sheet: Sheet, chart: Curves, across: float) -> None:
    """Draw both scales with their titles; the plot is `across` pixels wide."""
    x, y = _span_of_x(chart), _span_of_y(chart)
    sheet.axes.set_xlim(*x)
    sheet.axes.set_ylim(*y)
    sheet.scale("y", 5)
    _scale_of_x(sheet, chart, across)
    x_title, y_title = chart.axes
    sheet.write((x[0], y[1]), y_title, shift=(8 - _LEFT, _AXIS_TITLE / 2))
    sheet.write((x[0], y[0]), x_title, side="center", shift=(across / 2, 14 - _BOTTOM))
    sheet.axes.axhline(y[0], color=INK, linewidth=1)


def _scale_of_x(sheet: Sheet, chart: Curves, across: float) -> None:
    """Write the chart's own ticks, or round numbers."""
    if not chart.ticks:
        places = [point.x for curve in chart.curves for point in curve.points]
        whole = all(place.is_integer() for place in places)
        sheet.scale("x", _MOST_WHOLE if whole else 8, whole=whole)
        return
    sheet.axes.set_xticks([])
    bottom = sheet.axes.get_ylim()[0]
    cells = max(int(across / len(chart.ticks) / CHARACTER_PX) - 1, 4)
    for tick in chart.ticks:
        short = shortened(tick.name, cells)
        sheet.write((tick.value, bottom), short, full=tick.name, side="center", shift=(0, -12))


def _span_of_x(chart: Curves) -> tuple[float, float]:
    """Return where x begins and ends: beyond the data, so that no mark or tick is cut."""
    places = [point.x for curve in chart.curves for point in curve.points]
    places += [one.value for one in (chart.mark, *chart.ticks) if one is not None]
    low, high = min(places, default=0.0), max(places, default=1.0)
    beyond = (high - low) * (0.5 / len(chart.ticks) if chart.ticks else 0.03) or 0.5
    return low - beyond, high + beyond


def _span_of_y(chart: Curves) -> tuple[float, float]:
    """Return where y begins and ends; zero is part of it, and the least where no value is less."""
    points = [point for curve in chart.curves for point in curve.points]
    heights = [*(point.value for point in points), *(limit.value for limit in chart.limits)]
    heights += [goal.y for goal in chart.goals]
    ends = [end for point in points for end in (point.low, point.high)]
    low = min(filter(math.isfinite, heights), default=0.0)
    low = min(filter(math.isfinite, ends), default=low) if low < 0 else low
    high = max(filter(math.isfinite, (*heights, *ends)), default=0.0)
    low, high = min(low, 0.0) * 1.08, max(high, 0.0) * 1.08
    return low, high if high > low else low + 1.0


def _curve(sheet: Sheet, curve: Curve, stroke: Stroke, *, joined: bool) -> None:
    points = np.array(curve.points, dtype=np.float64).reshape(-1, len(CurvePoint._fields))
    few = len(points) <= _MOST_MARKED
    x, value = points[:, 0], points[:, 1]
    sheet.axes.plot(
        x,
        value,
        color=stroke.colour,
        linestyle=stroke.style if joined else "none",
        linewidth=2 if few else 1.4,
        marker=stroke.mark,
        markersize=7,
        markevery=range(len(x)) if few or not joined else _alone(value),
        clip_on=False,
        zorder=3,
    )
    if few or not joined:
        _bars(sheet, points[np.isfinite(points[:, 1:]).all(axis=1)], stroke, thin=not few)
    else:
        low, high = points[:, 2], points[:, 3]
        sheet.axes.fill_between(x, low, high, color=stroke.colour, alpha=0.18, linewidth=0)


def _bars(sheet: Sheet, points: _Numbers, stroke: Stroke, *, thin: bool) -> None:
    """Draw the intervals of points as bars; `thin` ones have no ends, where there are many."""
    x, value, low, high = points.T
    sheet.axes.errorbar(
        x,
        value,
        [np.maximum(value - low, 0), np.maximum(high - value, 0)],
        fmt="none",
        ecolor=stroke.colour,
        capsize=0 if thin else 4,
        alpha=0.4 if thin else 1.0,
        zorder=2,
    )


def _alone(values: _Numbers) -> list[int]:
    """Return which values have none beside them: no line would show them."""
    there = np.concatenate([[False], np.isfinite(values), [False]])
    return np.flatnonzero(there[1:-1] & ~there[:-2] & ~there[2:]).tolist()


def _limits(sheet: Sheet, chart: Curves) -> None:
    """Draw each limit, its name to the right; of names that would collide the upper moves up."""
    right, (bottom, top) = sheet.axes.get_xlim()[1], sheet.axes.get_ylim()
    taken = -math.inf
    for limit in sorted(chart.limits, key=lambda one: one.value):
        sheet.axes.axhline(limit.value, color=INK, linewidth=1.2, linestyle=(0, (5, 4)))
        there = (limit.value - bottom) / (top - bottom) * _PLOT_HEIGHT
        taken = max(there, taken + _APART)
        short = shortened(limit.name, _LIMIT_CELLS[chart.shape])
        sheet.write((right, limit.value), short, full=limit.name, shift=(8, taken - there))


def _goals(sheet: Sheet, chart: Curves) -> None:
    """Draw each goal as the mark of its line, larger and hollow."""
    for goal in chart.goals:
        stroke = STROKES[goal.curve]
        sheet.axes.plot(
            [goal.x],
            [goal.y],
            marker=stroke.mark,
            markersize=13,
            markerfacecolor="none",
            markeredgecolor=stroke.colour,
            markeredgewidth=2.5,
            linestyle="none",
            clip_on=False,
            zorder=4,
        )


def _mark(sheet: Sheet, chart: Curves) -> None:
    """Draw the mark from top to bottom, its name beside its top, on the side with more room."""
    if chart.mark is None:
        return
    (left, right), top = sheet.axes.get_xlim(), sheet.axes.get_ylim()[1]
    sheet.axes.axvline(chart.mark.value, color=INK, linewidth=1.2, linestyle=(0, (1.5, 2.5)))
    in_left_half = chart.mark.value < (left + right) / 2
    sheet.write(
        (chart.mark.value, top),
        chart.mark.name,
        side="left" if in_left_half else "right",
        shift=(6 if in_left_half else -6, -8),
    )


_Entry = tuple[float, Stroke, str, str]
"""A line in the legend: how far right it begins, its look, its name as written, its name."""


def _legend_rows(named: Sequence[Curve], width: float) -> list[list[_Entry]]:
    """Return the lines' names as they follow each other, none of them beyond the width."""
    rows: list[list[_Entry]] = [[]]
    left = 8.0
    for stroke, curve in zip(STROKES, named, strict=False):
        short = shortened(curve.name, _MOST_CELLS)
        needed = SAMPLE_PX + 8 + CHARACTER_PX * cell_len(short)
        if rows[-1] and left + needed > width:
            rows.append([])
            left = 8.0
        rows[-1].append((left, stroke, short, curve.name))
        left += needed + 22
    return rows


def _legend(sheet: Sheet, rows: Sequence[Sequence[_Entry]], across: float) -> None:
    corner = (sheet.axes.get_xlim()[0], sheet.axes.get_ylim()[1])
    for row, entries in enumerate(reversed(rows)):
        up = _AXIS_TITLE + _LEGEND_ROW * (row + 0.5)
        for begins, stroke, short, full in entries:
            left = begins - _LEFT
            ends = (left / across, (left + SAMPLE_PX) / across)
            sample(sheet, stroke, ends, 1 + up / _PLOT_HEIGHT)
            sheet.write(corner, short, full=full, shift=(left + SAMPLE_PX + 8, up))
