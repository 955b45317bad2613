"""Axes that show themselves in a notebook, and what all plots draw on them.

Figures are made without pyplot, which would keep them and show them a second time.
"""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from simulator.report.wording import shortened, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulator.records.columns import Floats
    from simulator.report.wording import Scale

COLOURS: Final = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#f0e442")
"""The colours of things told apart, those of Okabe and Ito, "Color Universal Design" (2008)."""

MARKS: Final = "oDsv^<>"
"""The shape of each: never the colour alone."""

REST_COLOUR: Final = "#9aa3ab"
INK: Final = "#333333"
GRID_COLOUR: Final = "#dde1e4"

MOST_NAMES: Final = 25
"""Names along an axis; the frames have them all."""

BAR: Final = 0.62
"""How much of its row a bar takes."""

_LONGEST_NAME: Final = 40
_WIDTH: Final = 7.0
_HEIGHT_OF_NAME: Final = 0.3
_HEIGHT_BESIDE: Final = 1.3


class ShownFigure(Figure):
    """A figure that a notebook shows without pyplot."""

    def _repr_png_(self) -> bytes:
        target = io.BytesIO()
        self.savefig(target, format="png", bbox_inches="tight", metadata={"Software": None})
        return target.getvalue()


class ShownAxes(Axes):
    """Axes that a notebook shows, with the figure they stand in."""

    def _repr_png_(self) -> bytes | None:
        whole = self.get_figure(root=True)
        return whole._repr_png_() if isinstance(whole, ShownFigure) else None


def axes_of(ax: Axes | None, height: float, *, grid: Literal["x", "y"] = "y") -> Axes:
    """Return the axes a caller gave, as they are, else those of a new figure.

    `height` is its inches; lines of its `grid` stand at the ticks of one axis.
    """
    if ax is not None:
        return ax
    figure = ShownFigure(figsize=(_WIDTH, height), layout="constrained")
    axes: Axes = figure.add_subplot(axes_class=ShownAxes)
    axes.spines[["top", "right"]].set_visible(False)
    axes.set_axisbelow(True)
    axes.grid(axis=grid, color=GRID_COLOUR, linewidth=0.8)
    return axes


def named_rows(ax: Axes | None, names: Sequence[str], marks: int = 1) -> Axes:
    """Return axes with a row for each name, the first on top, and room in it for some marks."""
    height = _HEIGHT_OF_NAME * max(len(names) * max(marks / 2, 1), 2)
    axes = axes_of(ax, _HEIGHT_BESIDE + height, grid="x")
    axes.tick_params(axis="y", length=0)
    axes.set_yticks(range(len(names)), [label(name) for name in names])
    axes.set_ylim(len(names) - 0.5, -0.5)
    return axes


def legend(axes: Axes) -> None:
    """Tell what marks mean: beside axes of our own, where it covers none, else upon them."""
    if isinstance(axes, ShownAxes):
        axes.legend(fontsize="small", loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False)
    else:
        axes.legend(fontsize="small")


def label(name: str) -> str:
    """Return a scenario's name as matplotlib has to be told it, to be shown as it stands.

    A dollar sign would begin a formula, and what begins with `_` would be left out of a legend.
    """
    text = shortened(visible(name), _LONGEST_NAME).replace("$", r"\$")
    return f" {text}" if text.startswith("_") else text


def spans(values: Sequence[tuple[float, float, float]], scale: Scale) -> tuple[Floats, Floats]:
    """Return means, low and high as points, (N,), and the two lengths of error bars, (2, N).

    Where there is no interval its bar has no length.
    """
    mean, low, high = np.array(values, dtype=np.float64).reshape(-1, 3).T / scale.divisor
    lengths = np.stack([mean - low, high - mean])
    return mean, np.where(np.isfinite(lengths), lengths, 0.0)


def ticks_at_whole_numbers(axes: Axes, places: Iterable[float]) -> None:
    """Have whole numbers alone along x, if all that stands there is whole."""
    if all(float(place).is_integer() for place in places):
        axes.locator_params(axis="x", integer=True)


def in_unit(title: str, scale: Scale) -> str:
    """Return the title of an axis with its unit, if it has one."""
    return f"{title}, {scale.unit}" if scale.unit else title


def largest_of(values: Sequence[float]) -> float:
    """Return the largest of some numbers by size, of those that are numbers; 0 without any."""
    return max((abs(value) for value in values if math.isfinite(value)), default=0.0)


def error_bars() -> dict[str, Any]:
    """Return how intervals look on all plots."""
    return {"ecolor": INK, "capsize": 3, "elinewidth": 1.2}
