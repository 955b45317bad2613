"""Picture of a sweep: a measure along one of the paths that were varied."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import pandas as pd

from simulator.model.figure_names import figure_name
from simulator.notebook.measured import rows_of_sweep
from simulator.notebook.plots.drawing import (
    COLOURS,
    INK,
    MARKS,
    axes_of,
    error_bars,
    in_unit,
    label,
    largest_of,
    legend,
    spans,
    ticks_at_whole_numbers,
)
from simulator.report.wording import scale_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from matplotlib.axes import Axes

    from simulator.experiments.sweeping.points import Key
    from simulator.experiments.sweeping.sweep import Sweep
    from simulator.report.wording import Scale

_HEIGHT: Final = 4.0
"""Inches."""

MOST_LINES: Final = len(COLOURS)
"""Combinations of the other paths' values that have a line of their own."""


class _Line(NamedTuple):
    """Points that one line goes through, in their order; a sample's points have none."""

    title: str
    rows: pd.DataFrame


def plot_sweep(sweep: Sweep, key: Key, over: str | None, ax: Axes | None) -> Axes:
    """Draw a measure at each point, by its scope, name and measure, along the path `over`.

    Raises:
        ValueError: no such measure, no such path, or no point has a value.
    """
    along = _path(sweep, over)
    rows = rows_of_sweep(sweep, key)
    scale = scale_of(rows["unit"].iloc[0], largest_of(rows["mean"].tolist()))
    axes = axes_of(ax, _HEIGHT)
    lines = list(_lines(sweep, rows, along))
    for place, line in enumerate(lines[:MOST_LINES]):
        _draw(axes, line, place, (along, _categories(rows, along)), scale)
    _draw_limits(axes, sweep, key, scale)
    axes.set_xlabel(label(along))
    axes.set_ylabel(in_unit(key[2], scale))
    more = len(lines) - MOST_LINES
    title = label(figure_name(*key))
    axes.set_title(title + (f", without {more:,} further lines" if more > 0 else ""))
    if axes.get_legend_handles_labels()[1]:
        legend(axes)
    return axes


def _path(sweep: Sweep, over: str | None) -> str:
    paths = sweep.design.paths
    if over is None:
        return paths[0]
    if over not in paths:
        raise ValueError(f"{over!r} was not varied; there is {', '.join(paths)}")
    return over


def _categories(rows: pd.DataFrame, along: str) -> list[str] | None:
    """Return the values along x in their order, None where they are numbers."""
    is_number = pd.api.types.is_numeric_dtype(rows[along].dtype)
    return None if is_number else list(dict.fromkeys(rows[along].astype(str)))


def _lines(sweep: Sweep, rows: pd.DataFrame, along: str) -> Iterator[_Line]:
    others = [path for path in sweep.design.paths if path != along]
    if not others or sweep.design.kind != "grid":
        yield _Line("", rows)
        return
    for values, found in rows.groupby(others, sort=False):
        pairs = zip(others, values, strict=True)
        yield _Line(", ".join(label(f"{path} = {value}") for path, value in pairs), found)


def _draw(
    axes: Axes, line: _Line, place: int, along: tuple[str, Sequence[str] | None], scale: Scale
) -> None:
    path, categories = along
    at = line.rows[path]
    if categories is not None:
        at = at.astype(str).map(categories.index)
        axes.set_xticks(range(len(categories)), [label(one) for one in categories])
    else:
        ticks_at_whole_numbers(axes, at)
    ends = line.rows[["mean", "low", "high"]].itertuples(index=False, name=None)
    mean, lengths = spans(list(ends), scale)
    is_joined = bool(line.title) or at.is_monotonic_increasing
    axes.errorbar(
        at.to_numpy(),
        mean,
        yerr=lengths,
        marker=MARKS[place],
        linestyle="-" if is_joined else "none",
        color=COLOURS[place],
        label=line.title,
        **error_bars(),
    )


def _draw_limits(axes: Axes, sweep: Sweep, key: Key, scale: Scale) -> None:
    """Draw the limits of targets about the same figure."""
    targets = (one for point in sweep.points for one in point.targets if one.key == key)
    for limit in dict.fromkeys(one.limit for one in targets):
        axes.axhline(limit / scale.divisor, color=INK, linestyle="--", label="limit")
