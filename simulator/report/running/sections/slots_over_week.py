"""The weeks of machines whose slots are not there, or not usable, all the time: a picture each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulator.measurement.hours import STATES
from simulator.records.codes import SlotState
from simulator.report.charts import Band
from simulator.report.page import Figure, Section
from simulator.report.running.pictures import slots_chart
from simulator.report.weeks import week_table
from simulator.report.wording import plural, visible

if TYPE_CHECKING:
    from simulator.experiments.presences import MachinePresence
    from simulator.experiments.study import Study

MOST_PICTURES: Final = 12
"""Machines that have a picture of their week: the first ones of the file."""


def slots_over_week(study: Study) -> tuple[Section, ...]:
    """Return the weeks of the machines whose slots come and go; none where none do."""
    if not study.presences:
        return ()
    shown = study.presences[:MOST_PICTURES]
    left_out = len(study.presences) - len(shown)
    more = f" {plural(left_out, 'further machine')}: see Utilisation." if left_out else ""
    zone = visible(study.legend.window.zone)
    lead = (
        "The mean numbers of slots in each local hour of the week, over all replications, in "
        f"{zone}: usable ones at the bottom, upon them those out of use, and the line shows how "
        f"many had a job Running.{more}"
    )
    figures = tuple(_figure(place, one) for place, one in enumerate(shown))
    return (Section("slots", "Slots over the week", ((lead,),), figures),)


_TITLES: Final = {
    SlotState.USABLE: "Usable",
    SlotState.MAINTENANCE: "In maintenance",
    SlotState.DOWN: "Down",
    SlotState.BOOTING: "Booting",
}


def _figure(place: int, one: MachinePresence) -> Figure:
    states = tuple(
        Band(_TITLES[state], tuple(map(float, values)), tone)
        for tone, (state, values) in enumerate(zip(STATES, one.slots, strict=True))
        if tone == 0 or (values > 0).any()
    )
    busy = Band("Running a job", tuple(map(float, one.busy)))
    chart = slots_chart(f"slots-{place}", one.machine, states, busy)
    return Figure(chart, week_table(chart))
