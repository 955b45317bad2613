"""The section of the licences: who has them, and what one more would bring."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from builders import scenario
from builders_tables import printed

from simulator.audit.licences import licence_uses
from simulator.loading import load
from simulator.measurement import Summary, SummaryRow
from simulator.model.measures import BY_NAME
from simulator.report.page import Phrase, Span
from simulator.report.running.console import run_table
from simulator.report.running.page import page
from simulator.report.running.sections.licences import licences, one_more

if TYPE_CHECKING:
    from simulator.experiments.study import Study
    from simulator.model.scenario import Scenario

StudyOf = Callable[..., "Study"]
ScenarioOf = Callable[..., "Scenario"]

THREE = {"vm": {"hosts": 3, "slots": 2}}
FIGURES = {"licences.taken": 4.0, "licences.peak": 3.0, "slots.unlicensed": 2.0}


def joined(phrase: Phrase) -> str:
    return "".join(part.text if isinstance(part, Span) else part for part in phrase)


@pytest.fixture
def licensed(study_of: StudyOf, made_up_scenario: ScenarioOf) -> Callable[[int], Study]:
    """Three hosts of two slots, and so many licences, with the figures of the vendor's example."""

    def study(count: int) -> Study:
        rows = tuple(
            SummaryRow(
                *("runtime", "unattended", measure, BY_NAME[measure].unit),
                *(mean, mean, mean, 0.0, 0.95, 20),
            )
            for measure, mean in FIGURES.items()
        )
        asked = made_up_scenario(machines=THREE, licences={"unattended": count}, targets=[])
        return study_of(summary=Summary(rows), scenario=asked, verdicts=())

    return study


@pytest.mark.parametrize(
    ("count", "machines", "sentence"),
    [
        (4, THREE, "One more unattended licence would go to a slot of vm/3."),
        (1, THREE, "One more unattended licence would go to a slot of vm/1."),
        (6, THREE, "Every unattended slot has a licence: one more would bring nothing."),
        (
            6,
            {"vm": {"slots": {"headless": 1}}},
            "No machine has unattended slots: one more licence would bring nothing.",
        ),
        (
            9,
            THREE,
            (
                "Every unattended slot has a licence; 3 are never taken: one more would bring "
                "nothing."
            ),
        ),
        (
            2,
            {"vm": {"pool": {"max": 3}, "slots": 2}},
            "One more unattended licence would let one more host of vm boot.",
        ),
        (
            3,
            {"vm": {"pool": {"max": 3}, "slots": 2}},
            "One more unattended licence would be for one more slot of a host of vm.",
        ),
        (
            1,
            {"a": {"pool": {"max": 2}}, "b": {"pool": {"max": 2}}},
            "One more unattended licence would be for one more slot of a host of a or b.",
        ),
    ],
    ids=[
        *("third host", "first host", "enough", "no such slots"),
        *("too many", "pool", "pool, odd", "two pools"),
    ],
)
def test_one_more_in_words(count: int, machines: dict[str, Any], sentence: str) -> None:
    asked = scenario(machines=machines, folders={}, licences={"unattended": count})
    assert [one_more(use) for use in licence_uses(asked)] == [sentence]


def test_a_terminal_tells_the_figures_and_the_next_host(licensed: Callable[[int], Study]) -> None:
    lines = printed(run_table(licensed(4)))
    place = lines.index("Licences")
    titles = " ".join(lines[place + 1].split())
    assert titles == "Runtime type The tenant has Taken Most in use Slots without"
    assert lines[place + 3].split() == ["unattended", "4", "4", "3", "2"]
    assert lines[place + 4] == "One more unattended licence would go to a slot of vm/3."


def test_a_report_tells_how_to_measure_one_more(licensed: Callable[[int], Study]) -> None:
    (section,) = (one for one in page(licensed(4)).sections if one.key == "licences")
    assert joined(section.lead[2]) == (
        "To measure it, write one-more-unattended: {licences.unattended: 5} under variants: in the "
        "file; simulator compare FILE one-more-unattended then tells, in pairs of replications, "
        "what it changes."
    )
    assert [str(cell) for cell in section.tables[1].rows[0][1:]] == ["unattended", "2", "0"]


def test_where_every_slot_has_one_nothing_is_to_be_measured(
    licensed: Callable[[int], Study],
) -> None:
    (section,) = licences(licensed(6))
    assert len(section.lead) == 2
    assert len(section.tables) == 1


def test_what_it_says_to_write_can_be_compared(
    licensed: Callable[[int], Study], tmp_path: Path
) -> None:
    (section,) = licences(licensed(4))
    variant = next(part.text for part in section.lead[2] if isinstance(part, Span))
    file = tmp_path / "estate.yaml"
    file.write_text(
        "version: 1\ntime: {start: 2026-01-05T00:00, duration: 1d}\n"
        "licences: {unattended: 4}\nmachines: {vm: {hosts: 3, slots: 2}}\n"
        f"variants:\n  {variant}\n",
        encoding="utf-8",
    )
    loaded = load(file, variant="one-more-unattended")
    assert loaded.scenario.licences == {"unattended": 5}


def test_without_licences_nothing_is_said_of_them(study: Study) -> None:
    assert licences(study) == ()
    assert "Licences" not in printed(run_table(study))
