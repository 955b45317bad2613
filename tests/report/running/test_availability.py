"""What the tables of machines tell of slots that cannot be used: only where that can be."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from builders_tables import printed

from simulator.measurement import Summary, SummaryRow
from simulator.model.measures import BY_NAME
from simulator.report.running import console
from simulator.report.running.availability import EXPLANATION, slot_columns
from simulator.report.running.console import run_table
from simulator.report.running.page import page
from simulator.report.running.sections import utilisation
from simulator.report.wording import NOTHING

if TYPE_CHECKING:
    from types import ModuleType

    from simulator.experiments.study import Study
    from simulator.model.scenario import Scenario

StudyOf = Callable[..., "Study"]
ScenarioOf = Callable[..., "Scenario"]

ALWAYS = {"constant": "1h"}
NIGHTLY = {"cron": "0 0 2 * * ?", "duration": "1h"}
SERVICED = {"slots": 4, "maintenance": [NIGHTLY]}
FRAIL = {"slots": 4, "failures": {"up": ALWAYS, "down": ALWAYS}}
ELASTIC = {"slots": 4, "pool": {"max": 3}}
FIGURES = {
    "slots.utilisation": 0.6,
    "slots.connected": 3.5,
    "slots.usable": 0.9,
    "slots.maintenance": 0.08,
    "slots.down": 0.02,
    "slots.booting": 0.25,
}


def row(measure: str, mean: float) -> SummaryRow:
    unit = BY_NAME[measure].unit
    return SummaryRow("machine", "vm", measure, unit, mean, mean, mean, 0.0, 0.95, 20)


@pytest.fixture
def study_with(study_of: StudyOf, made_up_scenario: ScenarioOf) -> Callable[..., Study]:
    """A study of one machine, vm, with these figures and others."""

    def study(machine: dict[str, Any], **figures: float) -> Study:
        rows = [row(f"slots.{of}", mean) for of, mean in figures.items()]
        summary = Summary((*(row(*one) for one in FIGURES.items()), *rows))
        scenario = made_up_scenario(machines={"vm": machine}, targets=[])
        return study_of(summary=summary, scenario=scenario, verdicts=())

    return study


@pytest.mark.parametrize(
    ("machine", "titles"),
    [
        ({"slots": 4}, []),
        (SERVICED, ["Usable", "Maintenance"]),
        (FRAIL, ["Usable", "Down"]),
        ({**SERVICED, **FRAIL}, ["Usable", "Maintenance", "Down"]),
        (ELASTIC, ["Connected", "Booting"]),
        ({**ELASTIC, **SERVICED}, ["Connected", "Booting", "Usable", "Maintenance"]),
        ({"pool": {"min": 2, "max": 2}}, []),
    ],
    ids=["plain", "serviced", "frail", "both", "elastic", "elastic, serviced", "never boots"],
)
def test_columns_are_there_where_the_scenario_has_such_a_thing(
    study_with: Callable[..., Study], machine: dict[str, Any], titles: list[str]
) -> None:
    assert [column.title for column in slot_columns(study_with(machine))] == titles


def test_slots_without_a_licence_have_a_column_where_there_are_some(
    study_with: Callable[..., Study],
) -> None:
    found = slot_columns(study_with({"slots": 4}, unlicensed=1.5))
    assert [column.title for column in found] == ["Connected", "Unlicensed"]
    assert slot_columns(study_with({"slots": 4}, unlicensed=0.0)) == ()


def test_a_terminal_tells_them_beside_utilisation(study_with: Callable[..., Study]) -> None:
    """Shares in per cent; those of `FIGURES`."""
    lines = [line.split() for line in printed(run_table(study_with({**SERVICED, **FRAIL})))]
    place = next(number for number, line in enumerate(lines) if line == ["Machines"])
    titles = " ".join(lines[place + 1])
    assert titles == "Machine Slots Utilisation, % Usable, % Maintenance, % Down, %"
    assert lines[place + 3] == ["vm", "4", "60.0", "±0.0", "90.0", "8.0", "2.0"]


def test_a_report_tells_them_and_what_they_mean(study_with: Callable[..., Study]) -> None:
    report = page(study_with(ELASTIC))
    (found,) = (one for one in report.sections if one.key == "utilisation")
    table = found.figures[0].table
    assert [column.title for column in table.columns[-2:]] == ["Connected", "Booting"]
    assert [str(cell).replace("\N{NO-BREAK SPACE}", " ") for cell in table.rows[0][-2:]] == [
        "3.50 slots",
        "0.250 slots",
    ]
    assert (EXPLANATION,) in found.lead


@pytest.mark.parametrize(("room", "shown"), [(utilisation, page), (console, run_table)])
def test_the_columns_are_chosen_once_for_all_machines(
    study_with: Callable[..., Study],
    monkeypatch: pytest.MonkeyPatch,
    room: ModuleType,
    shown: Callable[[Study], object],
) -> None:
    """Chosen anew for each row they took as long as rows times machines: minutes for thousands."""
    chosen: list[Study] = []
    monkeypatch.setattr(room, "slot_columns", lambda of: chosen.append(of) or slot_columns(of))
    shown(study_with({**ELASTIC, **SERVICED}))
    assert len(chosen) == 1


def test_plain_scenarios_say_nothing_of_it(study: Study) -> None:
    (found,) = (one for one in page(study).sections if one.key == "utilisation")
    assert len(found.lead) == 1
    titles = [column.title for column in found.figures[0].table.columns]
    assert titles == ["Machine", "Slots", "Busy slots", "Utilisation", "Interval"]


def test_a_machine_without_any_licence_is_in_the_tables_too(
    study_of: StudyOf, made_up_scenario: ScenarioOf
) -> None:
    """It has no utilisation, and comes last; all its slots are unlicensed."""
    bare = row("slots.unlicensed", 2.0)._replace(name="bare")
    summary = Summary((bare, *(row(*one) for one in FIGURES.items())))
    scenario = made_up_scenario(machines={"bare": {"slots": 2}, "vm": SERVICED}, targets=[])
    study = study_of(summary=summary, scenario=scenario, verdicts=())
    told = [line.split() for line in printed(run_table(study), 100)]
    assert ["bare", "2", NOTHING, NOTHING, "2", NOTHING, NOTHING] in told
    figures = utilisation.utilisation(study).figures
    assert [cells[0].text for cells in figures[0].table.rows] == ["vm", "bare"]
    assert [bar.label for bar in figures[0].chart.bars] == ["vm"]
