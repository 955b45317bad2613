"""Utilisation host by host, where machines have several hosts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from simulator.measurement import Summary, SummaryRow
from simulator.report.charts import BarChart
from simulator.report.page import Figure, Section
from simulator.report.rendering.page_html import html
from simulator.report.running.page import page
from simulator.report.running.pictures import MOST_BARS
from simulator.report.running.sections.utilisation import utilisation

if TYPE_CHECKING:
    from simulator.experiments.study import Study
    from simulator.model.scenario import Scenario

StudyOf = Callable[..., "Study"]
ScenarioOf = Callable[..., "Scenario"]
ONE_EACH = "Each machine has one host, and its utilisation is the host's."


def host(name: str, share: float, any_slot: float) -> list[SummaryRow]:
    found = {"slots.busy": 2 * share, "slots.utilisation": share, "host.utilisation": any_slot}
    return [
        SummaryRow("host", name, measure, "ratio", mean, mean, mean, 0.0, 0.95, 20)
        for measure, mean in found.items()
    ]


def seen(study_of: StudyOf, rows: list[SummaryRow]) -> Study:
    return study_of(summary=Summary((*study_of().summary.rows, *rows)))


def hosts_in(section: Section) -> list[Figure]:
    return [one for one in section.figures if one.chart.key == "hosts-chart"]


def test_each_host_has_a_bar_the_busiest_first(study_of: StudyOf) -> None:
    rows = [*host("shared-vm/1", 0.5, 0.7), *host("shared-vm/2", 0.8, 0.9)]
    (figure,) = hosts_in(utilisation(seen(study_of, rows)))
    assert isinstance(figure.chart, BarChart)
    assert [bar.label for bar in figure.chart.bars] == ["shared-vm/2", "shared-vm/1"]
    assert [bar.marks for bar in figure.chart.bars] == [(90.0,), (70.0,)]
    assert figure.chart.marks == ("at least one slot busy",)
    cells = [str(cell).replace("\N{NO-BREAK SPACE}", " ") for cell in figure.table.rows[0][1:]]
    assert cells == ["160 %", "80 %", "80.0 to 80.0 %", "90 %"]


def test_a_mark_that_says_the_same_is_left_out(study_of: StudyOf) -> None:
    """With one slot a host is busy whenever its slot is."""
    (figure,) = hosts_in(utilisation(seen(study_of, host("shared-vm/1", 0.5, 0.5))))
    assert isinstance(figure.chart, BarChart)
    assert figure.chart.marks == ()


def test_many_hosts_are_all_in_the_table(study_of: StudyOf) -> None:
    rows = [row for one in range(30) for row in host(f"shared-vm/{one}", 0.5, 0.5)]
    (figure,) = hosts_in(utilisation(seen(study_of, rows)))
    assert isinstance(figure.chart, BarChart)
    assert (len(figure.chart.bars), len(figure.table.rows)) == (MOST_BARS, 30)
    assert figure.note == "5 further hosts, with less, in the table below."


def test_where_each_machine_has_one_host_only_that_is_said(
    study_of: StudyOf, made_up_scenario: ScenarioOf
) -> None:
    asked = made_up_scenario(machines={"vm": {"hosts": 1, "slots": 2}}, targets=[])
    rows = (*study_of().summary.rows, *host("vm/1", 0.5, 0.7))
    section = utilisation(study_of(scenario=asked, summary=Summary(rows)))
    assert not hosts_in(section)
    assert section.figures[0].note == ONE_EACH


def test_where_machines_have_several_it_is_not(study: Study) -> None:
    assert ONE_EACH not in {figure.note for figure in utilisation(study).figures}


def test_a_name_is_only_text(study_of: StudyOf, hostile: str) -> None:
    assert "<script>alert" not in html(page(seen(study_of, host(hostile, 0.5, 0.7))))
