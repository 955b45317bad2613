"""Picture of a comparison: what each variant changes, around zero, with its interval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.notebook.measured import known_measure
from simulator.notebook.plots.drawing import (
    COLOURS,
    INK,
    MARKS,
    MOST_NAMES,
    error_bars,
    in_unit,
    label,
    largest_of,
    legend,
    named_rows,
    spans,
)
from simulator.report.wording import scale_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from simulator.experiments.comparing.compare import Comparison
    from simulator.experiments.comparing.rows import ComparisonRow
    from simulator.report.wording import Scale

_BESIDE: Final = 0.6
"""How much of a row the marks of its variants take."""


def plot_comparison(comparison: Comparison, measure: str, scope: str, ax: Axes | None) -> Axes:
    """Draw the difference of each variant to the first, name by name, the largest on top.

    Raises:
        ValueError: no such measure, or no name of that scope has a value of it.
    """
    known_measure(measure)
    rows = sorted(comparison.of(scope, measure), key=lambda row: -_largest(row))
    if not rows:
        raise ValueError(f"no {scope} has a value of {measure}: there is nothing to plot")
    shown = rows[:MOST_NAMES]
    axes = named_rows(ax, [row.name or "all" for row in shown], len(comparison.variants) - 1)
    axes.axvline(0, color=INK, linewidth=1)
    scale = scale_of(shown[0].unit, _largest(shown[0]))
    _marks(axes, comparison.variants[1:], shown, scale)
    title = in_unit(f"Difference of {measure}", scale)
    axes.set_xlabel(f"{title} (hollow: not clear among all of them)")
    more = len(rows) - len(shown)
    title = f"{measure} by {scope}, compared with {label(comparison.variants[0])}"
    axes.set_title(title + (f", without {more:,} lower ones" if more else ""))
    return axes


def _largest(row: ComparisonRow) -> float:
    return largest_of([one.mean for one in row.differences])


def _marks(
    axes: Axes, variants: Sequence[str], rows: Sequence[ComparisonRow], scale: Scale
) -> None:
    """Draw a mark with its interval for each variant and name, those of one name side by side."""
    step = _BESIDE / len(variants)
    for place, variant in enumerate(variants):
        of_names = [row.differences[place] for row in rows]
        mean, lengths = spans([(one.mean, one.low, one.high) for one in of_names], scale)
        at = np.arange(len(rows)) + (place - (len(variants) - 1) / 2) * step
        colour, mark = COLOURS[place % len(COLOURS)], MARKS[place % len(MARKS)]
        filled = [colour if one.clear else "white" for one in of_names]
        axes.errorbar(mean, at, xerr=lengths, fmt="none", **{**error_bars(), "ecolor": colour})
        axes.scatter(mean, at, marker=mark, facecolor=filled, edgecolor=colour, zorder=3)
        axes.plot([], [], marker=mark, linestyle="none", color=colour, label=label(variant))
    legend(axes)
