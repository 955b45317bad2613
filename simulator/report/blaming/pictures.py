"""Pictures of blame: which folders made which wait, and when in the week they did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from simulator.experiments.blame import Axis
from simulator.report.charts import Band, HeatRow, HeatTable, StackedWeek
from simulator.report.weeks import most_told
from simulator.report.wording import estimate, number, percent, plural, visible

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from simulator.experiments.blame_of_folders import FolderBlame
    from simulator.experiments.study import Study
    from simulator.records.columns import Floats

MOST_ROWS: Final = 12
"""Folders with a row of their own; all further ones share one."""

MOST_COLUMNS: Final = 10
"""Folders with a column of their own; all further ones share one."""

MOST_BANDS: Final = 4
"""Folders with a band of their own in the week; all further ones share one."""

_FOLDER_TONES: Final = (4, 2, 3, 5)
_OTHERS_TONE: Final = 0
_NOBODY_TONE: Final = 1

_OTHERS: Final = ("folder", "")
"""Stands for all folders without a column of their own."""

_Column = tuple[str, str]
"""Either `folder` and the name of one that held, or `cause` and the label of what nobody held."""


def interference(waits: Sequence[FolderBlame]) -> HeatTable:
    """Return who made whom wait as a picture: a row each folder that waited, most first.

    What was held is told by the folder whose jobs held it, all else by its cause.
    """
    shown, others = waits[:MOST_ROWS], waits[MOST_ROWS:]
    parts = [_parts(one) for one in waits]
    columns, left_out = _columns(waits, parts)
    own = {column: place for place, column in enumerate(columns)}
    rows = [
        HeatRow(
            visible(one.folder),
            _shares(columns, [part], [1.0]),
            estimate(one.jobs),
            own.get(("folder", one.folder)),
        )
        for one, part in zip(shown, parts, strict=False)
    ]
    if others:
        weights = [one.jobs.mean for one in others]
        shares = _shares(columns, parts[MOST_ROWS:], weights)
        rows.append(HeatRow(_others(len(others)), shares, number(sum(weights))))
    return HeatTable(
        "blame-chart",
        "Whom each folder waited for, in\N{NO-BREAK SPACE}%",
        _told(waits[0], parts[0]),
        ("behind jobs of", "otherwise"),
        tuple(_title(column, left_out) for column in columns),
        sum(kind == "folder" for kind, _ in columns),
        tuple(rows),
        "jobs Pending",
        "behind jobs of its own",
    )


def _parts(one: FolderBlame) -> dict[_Column, float]:
    """Return the shares of a folder's time Pending by column."""
    return {
        ("folder", row.names[1]) if row.names[1] else ("cause", row.names[0]): row.share.mean
        for row in one.reasons
    }


def _columns(
    waits: Sequence[FolderBlame], parts: Sequence[Mapping[_Column, float]]
) -> tuple[list[_Column], int]:
    """Return the columns, and how many folders have none of their own.

    Folders stand in the order of the rows, those that never waited behind them; then the causes.
    """
    totals: dict[_Column, float] = {}
    for one, part in zip(waits, parts, strict=True):
        for column, share in part.items():
            totals[column] = totals.get(column, 0.0) + share * one.jobs.mean
    most_first = sorted(totals, key=lambda column: -totals[column])
    holding = [column for column in most_first if column[0] == "folder"]
    places = {("folder", one.folder): place for place, one in enumerate(waits)}
    shown = sorted(holding[:MOST_COLUMNS], key=lambda column: places.get(column, len(places)))
    left_out = len(holding) - len(shown)
    causes = [column for column in most_first if column[0] == "cause"]
    return [*shown, *([_OTHERS] if left_out else []), *causes], left_out


def _shares(
    columns: Sequence[_Column], parts: Sequence[Mapping[_Column, float]], weights: Sequence[float]
) -> tuple[float, ...]:
    """Return the mean share of each column over some folders, weighted."""
    known, whole = set(columns), sum(weights)
    sums = dict.fromkeys(columns, 0.0)
    for part, weight in zip(parts, weights, strict=True):
        for column, share in part.items():
            sums[column if column in known else _OTHERS] += share * weight / whole
    return tuple(sums.values())


def _others(count: int) -> str:
    return f"{plural(count, 'further folder')}"


def _title(column: _Column, left_out: int) -> str:
    return f"{left_out:,} others" if column == _OTHERS else visible(column[1])


def _told(first: FolderBlame, parts: Mapping[_Column, float]) -> str:
    """Return the picture in a sentence: what the folder with most jobs Pending waited for."""
    column = max(parts, key=lambda one: parts[one])
    behind = "behind jobs of" if column[0] == "folder" else "for"
    share = percent(round(parts[column], 3))
    return (
        "A row each folder whose jobs waited, a column each folder whose jobs they waited for, or "
        f"other cause. {visible(first.folder)}: most of all, {share}, {behind} "
        f"{visible(column[1])}."
    )


def blame_week(study: Study) -> StackedWeek:
    """Return the week of jobs Pending by the folder whose jobs kept them so."""
    found = sorted(study.blame.over_week(Axis.HELD_BY), key=lambda one: -np.nansum(one.jobs))
    holding = [one for one in found if one.names[0]]
    shown, others = holding[:MOST_BANDS], holding[MOST_BANDS:]
    bands = [
        Band(visible(one.names[0]), _values(one.jobs), tone)
        for one, tone in zip(shown, _FOLDER_TONES, strict=False)
    ]
    if others:
        together = np.sum([one.jobs for one in others], axis=0)
        bands.append(Band(f"{len(others):,} others", _values(together), _OTHERS_TONE))
    bands += [Band("no job", _values(one.jobs), _NOBODY_TONE) for one in found if not one.names[0]]
    line = Band("jobs Pending", _values(study.hours.pending))
    return StackedWeek(
        "blame-week-chart",
        "Whose jobs made jobs wait, by hour of the week",
        " ".join(most_told(band) for band in (*bands, line)),
        "Held by",
        tuple(bands),
        line,
    )


def _values(hours: Floats) -> tuple[float, ...]:
    return tuple(map(float, hours))
