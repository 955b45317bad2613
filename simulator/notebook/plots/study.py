"""Pictures of a study: a measure name by name, the week, and who made whom wait."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from simulator.experiments.blame_of_folders import blame_of_folders
from simulator.notebook.measured import known_measure
from simulator.notebook.plots.drawing import (
    BAR,
    COLOURS,
    INK,
    MOST_NAMES,
    REST_COLOUR,
    axes_of,
    error_bars,
    in_unit,
    label,
    largest_of,
    legend,
    named_rows,
    spans,
)
from simulator.report.running.ranking import ranked
from simulator.report.wording import DAYS, scale_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from matplotlib.axes import Axes

    from simulator.experiments.blame_of_folders import FolderBlame
    from simulator.experiments.study import Study
    from simulator.records.columns import Floats

StudyKind = Literal["folders", "processes", "queues", "machines", "accounts", "week", "blame"]

_OF_NAMES: Final = {
    "folders": ("folder", "pending.mean"),
    "processes": ("process", "pending.mean"),
    "queues": ("queue", "items.wait.mean"),
    "machines": ("machine", "slots.utilisation"),
    "accounts": ("account", "account.utilisation"),
}
"""Kinds with a bar a name: the scope they are of, and the measure if none is asked for."""

_OF_WEEK: Final = {"pending.jobs": "Jobs Pending", "slots.busy": "Busy slots"}
"""The measures that are known by hour of the week."""

_MOST_HOLDING: Final = len(COLOURS)


def plot_study(study: Study, kind: StudyKind, measure: str | None, ax: Axes | None) -> Axes:
    """Draw a study.

    Raises:
        ValueError: no such kind or measure, or the study has nothing to draw of it.
    """
    if kind == "week":
        return _week(study, measure or "pending.jobs", ax)
    if kind == "blame":
        return _blame(study, measure, ax)
    if kind not in _OF_NAMES:
        known = ", ".join((*_OF_NAMES, "week", "blame"))
        raise ValueError(f"no kind of plot is called {kind!r}; there is {known}")
    scope, usual = _OF_NAMES[kind]
    return _bars(study, scope, measure or usual, ax)


def _bars(study: Study, scope: str, measure: str, ax: Axes | None) -> Axes:
    known_measure(measure)
    rows = ranked(study.summary, scope, measure)
    if not rows:
        raise ValueError(f"no {scope} has a value of {measure}: there is nothing to plot")
    shown = rows[:MOST_NAMES]
    scale = scale_of(shown[0].unit, largest_of([row.mean for row in shown]))
    mean, lengths = spans([(row.mean, row.low, row.high) for row in shown], scale)
    axes = named_rows(ax, [row.name or "all" for row in shown])
    at = np.arange(len(shown))
    axes.barh(at, mean, BAR, xerr=lengths, color=COLOURS[0], error_kw=error_bars())
    axes.set_xlabel(in_unit(measure, scale))
    more = len(rows) - len(shown)
    axes.set_title(f"{measure} by {scope}" + (f", without {more:,} lower ones" if more else ""))
    return axes


def _week(study: Study, measure: str, ax: Axes | None) -> Axes:
    values = {"pending.jobs": study.hours.pending, "slots.busy": study.hours.busy}
    if measure not in _OF_WEEK:
        known = " and ".join(_OF_WEEK)
        raise ValueError(f"by hour of the week there is {known}, not {measure!r}")
    axes = axes_of(ax, 2.8)
    days = values[measure].reshape(len(DAYS), -1)
    axes.grid(visible=False)
    drawn = axes.pcolormesh(np.ma.masked_invalid(days), cmap="Blues", vmin=0.0)
    axes.set_yticks(np.arange(len(DAYS)) + 0.5, DAYS)
    axes.set_ylim(len(DAYS), 0)
    axes.set_xticks(range(0, 25, 3))
    axes.set_xlabel(f"Local hour, {label(study.legend.window.zone)}")
    axes.set_title(f"{_OF_WEEK[measure]} by hour of the week")
    axes.figure.colorbar(drawn, ax=axes, label=measure)
    return axes


def _blame(study: Study, measure: str | None, ax: Axes | None) -> Axes:
    """Draw a bar each folder, as long as its jobs Pending, in parts by what kept them so."""
    if measure not in (None, "pending.jobs"):
        raise ValueError(f"blame is told in pending.jobs, not in {measure!r}")
    waits = blame_of_folders(study.blame)[:MOST_NAMES]
    if not waits:
        raise ValueError("no job was Pending: there is nobody to blame")
    axes = named_rows(ax, [one.folder for one in waits])
    places, left = np.arange(len(waits)), np.zeros(len(waits))
    for (title, values), colour in zip(_parts(waits), (*COLOURS, REST_COLOUR), strict=False):
        axes.barh(places, values, BAR, left=left, color=colour, label=title, edgecolor=INK, lw=0.4)
        left = left + values
    axes.set_xlabel("pending.jobs, the time average")
    axes.set_title("Who made whom wait")
    legend(axes)
    return axes


def _parts(waits: Sequence[FolderBlame]) -> Iterator[tuple[str, Floats]]:
    """Yield what kept jobs Pending, most first, and how many of each folder; then all the rest."""
    of_folders = [_reasons(one) for one in waits]
    totals: dict[str, float] = {}
    for reasons in of_folders:
        for title, jobs in reasons.items():
            totals[title] = totals.get(title, 0.0) + jobs
    titles = sorted(totals, key=lambda title: -totals[title])
    shown, rest = titles[:_MOST_HOLDING], titles[_MOST_HOLDING:]
    for title in shown:
        yield title, np.array([reasons.get(title, 0.0) for reasons in of_folders])
    if rest:
        sums = [sum(reasons.get(title, 0.0) for title in rest) for reasons in of_folders]
        yield f"{len(rest):,} others", np.array(sums)


def _reasons(one: FolderBlame) -> Mapping[str, float]:
    """Return how many jobs of a folder were Pending, by who held the slots, or else the cause."""
    return {
        f"jobs of {label(row.names[1])}" if row.names[1] else row.names[0]: row.jobs.mean
        for row in one.reasons
    }
