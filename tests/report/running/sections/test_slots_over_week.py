"""The picture of a machine's week: its slots by state, and all its data in a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from simulator.experiments.presences import MachinePresence
from simulator.report.charts import StackedWeek
from simulator.report.drawing.charts import draw
from simulator.report.page import Section, named
from simulator.report.rendering.page_html import html
from simulator.report.running.page import page
from simulator.report.running.sections.slots_over_week import MOST_PICTURES, slots_over_week

if TYPE_CHECKING:
    from simulator.experiments.study import Study

StudyOf = Callable[..., "Study"]


def presence(machine: str = "shared-vm") -> MachinePresence:
    """Four slots: on Sundays from 02 to 06 in maintenance, each Monday at noon one is down."""
    slots = np.zeros((4, 168))
    slots[0], slots[1, 146:150], slots[2, 12] = 4.0, 4.0, 1.0
    slots[0] -= slots[1] + slots[2]
    return MachinePresence(machine, 2, 2.0, 2.0, 0.0, 0.0, slots, np.minimum(slots[0], 1.5))


def section(study: Study) -> Section:
    (found,) = slots_over_week(study)
    return found


def test_the_bands_are_the_states_that_occur(study_of: StudyOf) -> None:
    chart = section(study_of(presences=(presence(),))).figures[0].chart
    assert isinstance(chart, StackedWeek)
    assert [band.name for band in chart.bands] == ["Usable", "In maintenance", "Down"]
    assert (chart.bands[1].values[146], chart.line.values[0]) == (4.0, 1.5)


def test_whoever_does_not_see_it_is_told_the_peaks(study_of: StudyOf) -> None:
    chart = section(study_of(presences=(presence(),))).figures[0].chart
    assert chart.description == (
        "Usable: at most 4, from Mon 00:00 on. In maintenance: at most 4, from Sun 02:00 on. "
        "Down: at most 1, from Mon 12:00 on. Running a job: at most 1.50, from Mon 00:00 on."
    )


def test_the_table_has_all_of_it(study_of: StudyOf) -> None:
    """Seven days of three states and the busy slots."""
    table = section(study_of(presences=(presence(),))).figures[0].table
    assert len(table.rows) == 28
    assert table.rows[2][:2] == ("Mon", named("Down"))
    assert table.rows[2][2 + 12] == "1.00"


def test_many_machines_have_a_picture_each_up_to_a_dozen(study_of: StudyOf) -> None:
    many = tuple(presence(f"vm-{number}") for number in range(MOST_PICTURES + 3))
    found = section(study_of(presences=many))
    assert len(found.figures) == MOST_PICTURES
    assert "3 further machines: see Utilisation." in str(found.lead[0][0])
    keys = [figure.chart.key for figure in found.figures]
    assert len(set(keys)) == len(keys)


def test_an_hour_never_observed_and_a_machine_never_there_can_be_drawn(study_of: StudyOf) -> None:
    nothing = np.full((4, 168), np.nan)
    nothing[:, :24] = 0.0
    one = MachinePresence("vm", 1, 0.0, 0.0, 0.0, 0.0, nothing, nothing[0])
    chart = section(study_of(presences=(one,))).figures[0].chart
    assert chart.description == "Usable: never. Running a job: never."
    assert draw(chart).startswith("<svg")


def test_the_page_has_the_picture_only_where_there_is_one(study_of: StudyOf) -> None:
    assert "Slots of shared-vm" in html(page(study_of(presences=(presence(),))))
    assert slots_over_week(study_of()) == ()


def test_a_name_is_only_text(study_of: StudyOf, hostile: str) -> None:
    text = html(page(study_of(presences=(presence(hostile),))))
    assert text.count("<script>") == 1  # the page's own
