"""What each chart shows, as data: its bars or its hours, and its text for those who do not see."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from simulator.report.charts import Band, Bar, BarChart, HeatMap, StackedWeek
from simulator.report.running.view import LABEL
from simulator.report.weeks import busiest_hour, most_told
from simulator.report.wording import (
    Scale,
    estimate,
    hour_of_week,
    number,
    plural,
    scale_of,
    visible,
    with_interval,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.measurement import Summary, SummaryRow

MOST_BARS: Final = 25
"""Bars of a chart; the table beside it has them all."""

_QUANTILES: Final = ("pending.p50", "pending.p95")


def pending_chart(summary: Summary, folders: Sequence[str]) -> BarChart:
    """Return the mean wait of each folder with its interval, P50 and P95 marked on it."""
    rows = [summary.find("folder", folder, "pending.mean") for folder in folders]
    marks = [
        tuple(_value(summary.find("folder", folder, measure)) for measure in _QUANTILES)
        for folder in folders
    ]
    scale = scale_of("s", _largest([*map(_value, rows), *(end for pair in marks for end in pair)]))
    bars = tuple(
        _bar(folder, row, scale, pair)
        for folder, row, pair in zip(folders, rows, marks, strict=True)
    )
    return BarChart(
        "pending-chart",
        "Pending by folder",
        _told("Mean time Pending by folder, longest first.", bars, rows),
        f"Pending, {scale.unit}",
        bars,
        ("P50", "P95"),
    )


def utilisation_chart(
    key: str,
    title: str,
    rows: Sequence[SummaryRow],
    marked: Sequence[SummaryRow | None] = (),
    mark: str = LABEL,
) -> BarChart:
    """Return shares of time in use as bars up to 100 %, each with its interval.

    marked: a share marked on each bar, and what it is; by default, in one account's view, the part
    of it that jobs outside held.
    """
    scale = scale_of("ratio", 1.0)
    marks: list[tuple[float, ...]] = [(_value(row),) for row in marked] or [()] * len(rows)
    bars = tuple(_bar(row.name, row, scale, at) for row, at in zip(rows, marks, strict=True))
    told = _told(f"{title}, busiest first.", bars, rows)
    names = (mark,) if marked else ()
    return BarChart(f"{key}-chart", title, told, "Utilisation, %", bars, names, longest=100.0)


def week_chart(key: str, title: str, days: tuple[tuple[float, ...], ...]) -> HeatMap:
    """Return 7 days of 24 values as a heat map."""
    return HeatMap(f"{key}-chart", title, _week_told(days), days)


def slots_chart(key: str, machine: str, states: tuple[Band, ...], busy: Band) -> StackedWeek:
    """Return a machine's slots by state, the first of them usable, and how many ran a job."""
    return StackedWeek(
        f"{key}-chart",
        f"Slots of {visible(machine)}",
        " ".join(most_told(band) for band in (*states, busy)),
        "Slots",
        states,
        busy,
    )


def _value(row: SummaryRow | None) -> float:
    return math.nan if row is None else row.mean


def _largest(values: Sequence[float]) -> float:
    return max((value for value in values if math.isfinite(value)), default=0.0)


def _bar(name: str, row: SummaryRow | None, scale: Scale, marks: tuple[float, ...] = ()) -> Bar:
    low, high = (math.nan, math.nan) if row is None else (row.low, row.high)
    return Bar(
        visible(name),
        _value(row) / scale.divisor,
        low / scale.divisor,
        high / scale.divisor,
        estimate(row),
        tuple(mark / scale.divisor for mark in marks if math.isfinite(mark)),
    )


def _told(what: str, bars: Sequence[Bar], rows: Sequence[SummaryRow | None]) -> str:
    """Return a chart's description: what it shows, and its first and last bar."""
    if not bars:
        return what
    ends = [(bars[0], rows[0])] if len(bars) == 1 else [(bars[0], rows[0]), (bars[-1], rows[-1])]
    return " ".join([what, *(f"{bar.label}: {with_interval(row)}." for bar, row in ends)])


def _week_told(days: tuple[tuple[float, ...], ...]) -> str:
    peak = busiest_hour([value for day in days for value in day])
    if peak is None:
        return "Nothing at any hour."
    return f"The highest is {number(peak[1])}, in the hour from {hour_of_week(peak[0])} on."


def left_out(names: Sequence[str], noun: str) -> str:
    """Return how many names a chart leaves to the table below it."""
    more = len(names) - MOST_BARS
    return f"{plural(more, f'further {noun}')}, with less, in the table below." if more > 0 else ""
