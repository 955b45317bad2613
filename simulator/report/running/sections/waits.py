"""How the waits of each folder are spread: the share of its jobs still Pending after some time."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from simulator.model.definitions import QUANTILE_PERCENTS
from simulator.report.charts import Curve, CurvePoint, Curves, Goal, Level
from simulator.report.page import Column, Figure, Table, Text, named
from simulator.report.running.ranking import submitting_folders
from simulator.report.tables import table
from simulator.report.wording import number, plural, possible, visible, with_unit
from simulator.units import exact_duration

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from simulator.experiments.longer_waits import WaitShares
    from simulator.experiments.study import Study
    from simulator.model.targets import Target

MOST_CURVES: Final = 6
"""Folders that have a line of their own: those with the longest mean wait."""

_MOST_TIMES: Final = 12
"""Times along the chart, the first of them zero."""

_ALL: Final = "all folders"
_TITLE: Final = "Jobs still Pending after a time"


def waits(study: Study) -> tuple[Figure, ...]:
    """Return the picture of how long jobs stay Pending; none where no job ever waited.

    A job that waits for long counts at each time it waited longer than.
    """
    shares, folders = study.wait_shares, submitting_folders(study.summary)
    drawn = [one for one in folders if _ever_waits(shares, one)][:MOST_CURVES]
    if not drawn:
        return ()
    times = _times(shares, drawn)
    goals = tuple(_goals(study.loaded.scenario.targets, drawn, shares, times))
    chart = Curves(
        "waits-chart",
        _TITLE,
        _told(shares, drawn, times),
        ("time since submission", "of the jobs that started, still Pending, %"),
        tuple(_curve(shares, folder, times) for folder in drawn),
        ticks=tuple(
            Level(exact_duration(shares.times_s[one]), _place(shares, times, shares.times_s[one]))
            for one in times
        ),
        goals=goals,
    )
    return (Figure(chart, _table(shares, folders), _note(len(folders) - len(drawn), goals)),)


def _ever_waits(shares: WaitShares, folder: str) -> bool:
    """Return whether a folder has waits to draw: some job waited, and waits do not grow on."""
    return bool(shares.mean[shares.place(folder), 0] > 0)


def _times(shares: WaitShares, drawn: Sequence[str]) -> tuple[int, ...]:
    """Return which of the times are shown: zero, and those up to the first that nobody waits."""
    last = _last(shares, [shares.place(folder) for folder in drawn])
    return (0, *range(max(1, last - _MOST_TIMES + 2), last + 1))


def _last(shares: WaitShares, rows: Sequence[int]) -> int:
    """Return the place of the first time that nobody in these rows waits, or of the very last."""
    reached = int((shares.mean[rows] > 0).any(axis=0).sum())
    return min(reached, len(shares.times_s) - 1)


def _place(shares: WaitShares, times: Sequence[int], at_s: float) -> float:
    """Return where a time lies along x: twice it is a step further; zero is a step before all."""
    first_s = shares.times_s[times[1]]
    return at_s / first_s - 1.0 if at_s < first_s else math.log2(at_s / first_s)


def _curve(shares: WaitShares, folder: str, times: Sequence[int]) -> Curve:
    row = shares.place(folder)
    points = tuple(
        CurvePoint(
            _place(shares, times, shares.times_s[one]),
            *(100 * share for share in _estimate(shares, row, one)),
        )
        for one in times
    )
    return Curve(visible(folder), points)


def _estimate(shares: WaitShares, row: int, time: int) -> tuple[float, float, float]:
    """Return a share, and the ends of its interval that can be."""
    mean, low, high = (float(one[row, time]) for one in (shares.mean, shares.low, shares.high))
    return mean, *possible(low, high, "ratio")


def _goals(
    targets: Sequence[Target], drawn: Sequence[str], shares: WaitShares, times: Sequence[int]
) -> Iterator[Goal]:
    """Yield the targets of the folders drawn that say how many may wait how long at most."""
    longest_s = shares.times_s[times[-1]]
    for target in targets:
        scope, folder = target.scope
        found = _share_after(target)
        if scope == "folder" and folder in drawn and found is not None and found[0] <= longest_s:
            yield Goal(drawn.index(folder), _place(shares, times, found[0]), 100 * found[1])


def _share_after(target: Target) -> tuple[float, float] | None:
    """Return after which time at most which share may be Pending; None for any other target."""
    if target.at_most is None:
        return None
    if target.measure == "pending.share":
        return 0.0, target.limit
    if target.threshold is not None and target.measure == "pending.over":
        return target.threshold, target.limit
    for percents in QUANTILE_PERCENTS:
        if target.measure == f"pending.p{percents:g}":
            return target.limit, 1 - percents / 100
    return None


def _note(more: int, goals: Sequence[Goal]) -> str:
    hollow = "Hollow marks are targets: the line of that colour and shape should pass below."
    left = f"{plural(more, 'further folder')} in the table below." if more > 0 else ""
    return " ".join(part for part in (hollow if goals else "", left) if part)


def _told(shares: WaitShares, drawn: Sequence[str], times: Sequence[int]) -> str:
    """Say for each line how many of its jobs wait at all, and how many for a good while."""
    middle = times[len(times) // 2]
    after = exact_duration(shares.times_s[middle])
    lines = (
        f"{visible(folder)}: {_share(shares.mean[row, 0])} wait at all, "
        f"{_share(shares.mean[row, middle])} longer than {after}."
        for folder, row in ((one, shares.place(one)) for one in drawn)
    )
    return " ".join(("The share of each folder's jobs that waited longer than a time.", *lines))


def _table(shares: WaitShares, folders: Sequence[str]) -> Table:
    """Return the shares of all folders at all times up to the first that nobody waits."""
    rows = [0, *(shares.place(folder) for folder in folders)]
    shown = range(_last(shares, rows) + 1)
    columns = [Column("Folder")]
    for one in shown:
        title = f"> {exact_duration(shares.times_s[one])}" if one else "Waited at all"
        measure = "pending.over" if one else "pending.share"
        columns.append(Column(title, numeric=True, measure=measure))
    cells: list[tuple[Text, ...]] = [
        (named(shares.names[row]) if row else _ALL, *(_cell(shares, row, one) for one in shown))
        for row in rows
    ]
    caption = "Jobs still Pending after a time, by folder, with the interval of each share"
    return table(caption, columns, cells)


def _cell(shares: WaitShares, row: int, time: int) -> str:
    """Return a share with its interval: `4.2 (3.9 to 4.5) %`."""
    mean, low, high = _estimate(shares, row, time)
    if not math.isfinite(low) or low == high:
        return _share(mean)
    decimals = _decimals(mean)
    ends = (number(100 * end, decimals) for end in (low, high))
    return with_unit(f"{number(100 * mean, decimals)} ({' to '.join(ends)})", "%")


def _share(value: float) -> str:
    return with_unit(number(100 * value, _decimals(value)), "%")


def _decimals(share: float) -> int:
    """Return the decimals of a share in per cent: two where it is less than one, but not zero."""
    return 2 if 0 < share < 0.01 else 1  # noqa: PLR2004 - one per cent
