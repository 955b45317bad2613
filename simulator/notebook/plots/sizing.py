"""Picture of a sizing: how each fleet tried fares by one target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.model.measures import BY_NAME
from simulator.notebook.plots.drawing import (
    COLOURS,
    INK,
    axes_of,
    error_bars,
    in_unit,
    label,
    legend,
    spans,
    ticks_at_whole_numbers,
)
from simulator.report.promises import promise
from simulator.report.wording import scale_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from simulator.experiments.sizing.sizing import Sizing, Tried
    from simulator.report.wording import Scale

_LOOKS: Final = {"met": ("o", COLOURS[2]), "missed": ("X", COLOURS[1]), "undecided": ("D", INK)}
"""The mark and the colour of each verdict."""

_HEIGHT: Final = 4.0
"""Inches."""

_MOST_LIMITS: Final = 4.0
"""How many times the limit the axis goes up to; values beyond would flatten all others."""


def plot_sizing(sizing: Sizing, target: int, ax: Axes | None) -> Axes:
    """Draw the fleets that were simulated by one target, with the intervals of its tests.

    Raises:
        ValueError: there is no target of that number, or no fleet was simulated.
    """
    if not 0 <= target < len(sizing.targets):
        count = len(sizing.targets)
        raise ValueError(f"there is no target {target}: they count from 0 to {count - 1}")
    if not any(one.targets for one in sizing.tried):
        raise ValueError("no fleet was simulated: load rules all of them out")
    about = sizing.targets[target]
    scale = scale_of(BY_NAME[about.measure].unit, about.limit)
    axes = axes_of(ax, _HEIGHT)
    axes.axhline(about.limit / scale.divisor, color=INK, linestyle="--", label="limit")
    for outcome in _LOOKS:
        found = [one for one in sizing.tried if one.targets and one.outcome == outcome]
        if found:
            _marks(axes, sizing, found, target, scale)
    _mark_answer(axes, sizing)
    ticks_at_whole_numbers(axes, (_place(sizing, one) for one in sizing.tried))
    if about.at_most is not None and about.limit > 0:
        axes.set_ylim(0, min(axes.get_ylim()[1], _MOST_LIMITS * about.limit / scale.divisor))
    axes.set_xlabel(label(sizing.quantities[0].path) if len(sizing.quantities) == 1 else "cost")
    axes.set_ylabel(in_unit(about.row, scale))
    axes.set_title(label(promise(about)))
    legend(axes)
    return axes


def _marks(axes: Axes, sizing: Sizing, found: Sequence[Tried], target: int, scale: Scale) -> None:
    """Draw fleets of one verdict."""
    mark, colour = _LOOKS[found[0].outcome]
    figures = [one.targets[target] for one in found]
    mean, lengths = spans([(one.mean, one.low, one.high) for one in figures], scale)
    axes.errorbar(
        [_place(sizing, one) for one in found],
        mean,
        yerr=lengths,
        fmt=mark,
        color=colour,
        label=found[0].outcome,
        **{**error_bars(), "ecolor": colour},
    )


def _place(sizing: Sizing, tried: Tried) -> float:
    """Return where a fleet stands: at the value of the one quantity, or at its cost."""
    return float(tried.values[0]) if len(sizing.quantities) == 1 else tried.cost


def _mark_answer(axes: Axes, sizing: Sizing) -> None:
    found = sizing.of(sizing.answer)
    if found is not None:
        axes.axvline(_place(sizing, found), color=INK, linestyle=":", label="answer")
