"""Picture of advice: what each alternative changes of the P95 Pending, the best on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from simulator.notebook.plots.drawing import (
    COLOURS,
    INK,
    MOST_NAMES,
    error_bars,
    in_unit,
    label,
    largest_of,
    named_rows,
    spans,
)
from simulator.report.wording import scale_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from simulator.experiments.advising.advice import Advice, Option
    from simulator.experiments.comparing.pairing import Difference


def plot_advice(advice: Advice, folder: str | None, ax: Axes | None) -> Axes:
    """Draw the change that each option makes, to a folder or on average over all of them.

    Raises:
        ValueError: there is no option, or no such folder.
    """
    shown = advice.options[:MOST_NAMES]
    if not shown:
        raise ValueError("no alternative was run: there is nothing to plot")
    changes = [_change(option, folder) for option in shown]
    scale = scale_of("s", largest_of([one.mean for one in changes]))
    mean, lengths = spans([(one.mean, one.low, one.high) for one in changes], scale)
    axes = named_rows(ax, [option.alternative.words for option in shown])
    axes.axvline(0, color=INK, linewidth=1)
    at = np.arange(len(shown))
    filled = [COLOURS[0] if option.is_better else "white" for option in shown]
    axes.errorbar(mean, at, xerr=lengths, fmt="none", **error_bars())
    axes.scatter(mean, at, facecolor=filled, edgecolor=COLOURS[0], zorder=3)
    axes.set_xlabel(f"{in_unit('Change of pending.p95', scale)} (hollow: not surely better)")
    whose = "folders by their jobs" if folder is None else label(folder)
    axes.set_title(f"What each alternative does, {whose}")
    return axes


def _change(option: Option, folder: str | None) -> Difference:
    if folder is None:
        return option.standing.change
    for one in option.folders:
        if one.folder == folder:
            return one.p95
    known = ", ".join(one.folder for one in option.folders)
    raise ValueError(f"no folder is called {folder!r}; there is {known}")
