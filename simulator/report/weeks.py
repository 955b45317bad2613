"""The week hour by hour, as tables and sentences have it: all its numbers, and its highest hour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.report.page import Column, Table, named
from simulator.report.tables import table
from simulator.report.wording import DAYS, hour_of_week, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.report.charts import Band, StackedWeek


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


def busiest_hour(hours: Sequence[float]) -> tuple[int, float] | None:
    """Return the hour of the week with the largest value, and that value; the first of equals.

    None where no hour was observed or nothing ever happened.
    """
    seen = [(value, -hour) for hour, value in enumerate(hours) if value > 0]
    if not seen:
        return None
    value, hour = max(seen)
    return -hour, float(value)


def most_told(band: Band) -> str:
    """Say when in the week a band is highest."""
    peak = busiest_hour(band.values)
    if peak is None:
        return f"{band.name}: never."
    return f"{band.name}: at most {number(peak[1])}, from {hour_of_week(peak[0])} on."
