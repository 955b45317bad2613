"""The hours of the week: how many jobs were Pending, how many slots busy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.report.page import Column, Figure, Section
from simulator.report.running.pictures import week_chart
from simulator.report.tables import table
from simulator.report.wording import DAYS, NOTHING, number, visible

if TYPE_CHECKING:
    from simulator.experiments.study import Study
    from simulator.records.columns import Floats


def week(study: Study) -> Section:
    """Return the hours of the week: how many jobs were Pending, how many slots busy."""
    zone = visible(study.legend.window.zone)
    lead = (
        f"Mean numbers in each local hour of the week, in {zone}; an hour never observed has "
        f"{NOTHING}."
    )
    return Section(
        "week",
        "The week, hour by hour",
        ((lead,),),
        (
            _week("week-pending", "Pending jobs by hour of the week", study.hours.pending),
            _week("week-busy", "Busy slots by hour of the week", study.hours.busy),
        ),
    )


def _week(key: str, title: str, hours: Floats) -> Figure:
    days = [tuple(map(float, hours[24 * day : 24 * day + 24])) for day in range(7)]
    columns = (
        Column("Day"),
        *(Column(f"{hour:02d}:00", numeric=True) for hour in range(24)),
    )
    rows = [(DAYS[day], *(number(value, 2) for value in values)) for day, values in enumerate(days)]
    return Figure(week_chart(key, title, tuple(days)), table(title, columns, rows))
