"""Tables of a page: how many rows they have at most, and those of charts with many cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.report.charts import StackedWeek
from simulator.report.page import Column, Table, Text, named
from simulator.report.wording import DAYS, number

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_ROWS: Final = 300
"""Rows of a table in the page; the rest is in `summary.csv`, so that the page stays light."""


def table(
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[tuple[Text, ...]],
    note: str = "",
    held_in: str = "summary.csv",
) -> Table:
    """Return a table of at most `MOST_ROWS` rows; its note says how many are left out.

    `held_in` names what has them all.
    """
    left_out = len(rows) - MOST_ROWS
    if left_out > 0:
        note = f"{note} … and {left_out:,} more, which {held_in} holds.".strip()
    return Table(caption, tuple(columns), tuple(rows[:MOST_ROWS]), note)


def week_table(chart: StackedWeek) -> Table:
    """Return all the data of a week of bands: a row each day, band, and the line."""
    columns = (
        Column("Day"),
        Column(chart.axis),
        *(Column(f"{hour:02d}:00", numeric=True) for hour in range(24)),
    )
    rows = [
        (DAYS[day], named(band.name), *(number(value, 2) for value in band.values[24 * day :][:24]))
        for day in range(7)
        for band in (*chart.bands, chart.line)
    ]
    return table(chart.title, columns, rows)
