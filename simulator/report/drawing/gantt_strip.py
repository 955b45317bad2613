"""What a stretch of time looks like: numbers that stand on each other, then bars row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from rich.cells import cell_len

from simulator.report.drawing.sheet import (
    BAR,
    CHARACTER_PX,
    GRID,
    INK,
    LINE_TONES,
    MARKS,
    PAPER,
    READY,
    STILL,
    Sheet,
)
from simulator.report.wording import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.path import Path

    from simulator.report.charts import GanttStrip, StripBar

_WIDTH: Final = 912.0
_LEFT: Final = 150.0
_RIGHT: Final = 24.0
_ACROSS: Final = _WIDTH - _LEFT - _RIGHT
_LABEL_CELLS: Final = 20
_LEGEND_ROW: Final = 22.0
_LEGEND_CELLS: Final = 30
_SAMPLE: Final = (22.0, 12.0)
_AXIS_TITLE: Final = 22.0
_NUMBERS_HEIGHT: Final = 104.0
_APART: Final = 14.0
_ROW_HEIGHT: Final = 20.0
_BAR_HEIGHT: Final = 15.0
_FOOT: Final = 26.0
_SEEN: Final = 3.0
"""Pixels from which on a bar leaves one of its own free, to stand apart from the next."""

_STEPS: Final = 4
"""Into about how many steps the scale of the numbers is cut."""


class Look(NamedTuple):
    """How bars are told apart: by their colour, and by what is hatched upon it."""

    colour: str
    hatch: str = ""


LOOKS: Final = (
    Look(BAR),
    Look(MARKS[1][1], "///"),
    Look(MARKS[0][1], "\\\\\\"),
    Look(LINE_TONES[0], "xx"),
    Look(LINE_TONES[1], "--"),
    Look(READY, "||"),
    Look(LINE_TONES[2], "+"),
    Look(STILL),
)
"""The looks of groups, the last two those of `TOGETHER` and `ELSEWHERE`.

Hatches of dots would take many times as long to write.
"""

_GAPS: Final = ("////", "xxxx", "----", "||||", "++++")
"""How the gaps are hatched, in the order of their reasons."""


def gantt_strip(chart: GanttStrip) -> Sheet:
    """Draw the chart; to be called while matplotlib is `settled`."""
    legend = _legend_rows(chart)
    top = _LEGEND_ROW * len(legend) + _AXIS_TITLE
    rows_from = _NUMBERS_HEIGHT + _APART
    height = rows_from + _ROW_HEIGHT * len(chart.rows)
    sheet = Sheet(_WIDTH, top + height + _FOOT, (_LEFT, top, _RIGHT, _FOOT))
    sheet.axes.set_xlim(0, _ACROSS)
    sheet.axes.set_ylim(height, 0)
    sheet.axes.set_xticks([])
    sheet.axes.set_yticks([])
    _ticks(sheet, chart, height)
    _numbers(sheet, chart)
    for row, label in enumerate(chart.rows):
        middle = rows_from + _ROW_HEIGHT * (row + 0.5)
        sheet.axes.axhline(rows_from + _ROW_HEIGHT * row, color=GRID, linewidth=0.6, zorder=0)
        short = shortened(label, _LABEL_CELLS)
        sheet.write((0, middle), short, full=label, side="right", shift=(-10, 0))
    for reason, hatch in zip(range(len(chart.reasons)), _GAPS, strict=False):
        path = _path(chart, (one for one in chart.gaps if one.look == reason), rows_from)
        _fill(sheet, path, Look("none", hatch), lines=STILL)
    for look in range(len(LOOKS)):
        path = _path(chart, (one for one in chart.bars if one.look == look), rows_from)
        _fill(sheet, path, LOOKS[look])
    _legend(sheet, legend, top)
    return sheet


def _ticks(sheet: Sheet, chart: GanttStrip, height: float) -> None:
    for tick in chart.ticks:
        x = _ACROSS * tick.value / chart.length
        sheet.axes.axvline(x, color=GRID, linewidth=1, zorder=0)
        sheet.write((x, height), tick.name, side="center", shift=(0, -14))


def _numbers(sheet: Sheet, chart: GanttStrip) -> None:
    """Draw the groups' numbers on each other, with their scale."""
    values = np.array([one.numbers for one in chart.groups if one.numbers])
    highest = float(values.sum(axis=0).max(initial=0.0)) if values.size else 0.0
    scale = _NUMBERS_HEIGHT / (1.06 * highest or 1.0)
    for step in _round_numbers(highest):
        y = _NUMBERS_HEIGHT - scale * step
        sheet.axes.axhline(y, color=GRID, linewidth=1, zorder=0)
        sheet.write((0, y), f"{step:,g}", side="right", shift=(-10, 0))
    floor = np.full(values.shape[1] if values.size else 0, _NUMBERS_HEIGHT)
    edges = np.linspace(0, _ACROSS, len(floor) + 1)
    for group, numbers in zip((one for one in chart.groups if one.numbers), values, strict=True):
        top, look = floor - scale * numbers, LOOKS[group.look]
        sheet.axes.stairs(
            top,
            edges,
            baseline=floor,
            fill=True,
            facecolor=look.colour,
            edgecolor=PAPER,
            hatch=look.hatch,
            linewidth=0,
        )
        floor = top
    sheet.axes.axhline(_NUMBERS_HEIGHT, color=INK, linewidth=1)
    sheet.write((0, 0), chart.axis, shift=(8 - _LEFT, _AXIS_TITLE / 2))


def _round_numbers(highest: float) -> list[float]:
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415 - as in svg

    steps = MaxNLocator(_STEPS, steps=[1, 2, 2.5, 5, 10]).tick_values(0, highest or 1.0)
    return [float(step) for step in steps if 0 <= step <= highest]


def _path(chart: GanttStrip, bars: Iterable[StripBar], rows_from: float) -> Path | None:
    """Return all the bars of one look as one path; None where there are none."""
    from matplotlib.path import Path  # noqa: PLC0415 - as in svg

    table = np.array([(one.row, one.begin, one.end) for one in bars], dtype=np.float64)
    if not table.size:
        return None
    left, right = np.round(_ACROSS / chart.length * table[:, 1:].T, 1)
    right = np.where(right - left > _SEEN, right - 1.0, np.maximum(right, left + 0.5))
    top = rows_from + _ROW_HEIGHT * table[:, 0] + (_ROW_HEIGHT - _BAR_HEIGHT) / 2
    bottom = top + _BAR_HEIGHT
    corners = np.stack([left, top, right, top, right, bottom, left, bottom, left, top], axis=1)
    codes = [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
    return Path(corners.reshape(-1, 2), codes * len(table))


def _fill(sheet: Sheet, path: Path | None, look: Look, lines: str = PAPER) -> None:
    from matplotlib.patches import PathPatch  # noqa: PLC0415 - as in svg

    if path is not None:
        sheet.axes.add_patch(
            PathPatch(path, facecolor=look.colour, edgecolor=lines, hatch=look.hatch, linewidth=0)
        )


_Entry = tuple[float, Look, str, str, str]
"""An entry of the legend: how far right it begins, its look, the colour hatched, its name twice."""


def _legend_rows(chart: GanttStrip) -> list[list[_Entry]]:
    """Return what each look stands for, as written and in full; none beyond the width."""
    shown = [(LOOKS[one.look], PAPER, one.name) for one in chart.groups]
    gaps = zip(_GAPS, chart.reasons, strict=False)
    shown += [(Look("none", hatch), STILL, reason) for hatch, reason in gaps]
    rows: list[list[_Entry]] = [[]]
    left = 8.0
    for look, lines, name in shown:
        short = shortened(name, _LEGEND_CELLS)
        needed = _SAMPLE[0] + 8 + CHARACTER_PX * cell_len(short)
        if rows[-1] and left + needed > _WIDTH:
            rows.append([])
            left = 8.0
        rows[-1].append((left, look, lines, short, name))
        left += needed + 22
    return rows


def _legend(sheet: Sheet, rows: Sequence[Sequence[_Entry]], top: float) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415 - as in svg

    width, height = _SAMPLE
    for place, entries in enumerate(rows):
        middle = _LEGEND_ROW * (place + 0.5) - top
        for begins, look, lines, short, full in entries:
            left = begins - _LEFT
            sample = Rectangle(
                (left, middle - height / 2),
                width,
                height,
                facecolor=look.colour,
                edgecolor=lines,
                hatch=look.hatch,
                linewidth=0,
                clip_on=False,
            )
            sheet.axes.add_patch(sample)
            sheet.write((left + width + 8, middle), short, full=full)
