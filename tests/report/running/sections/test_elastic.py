"""The section of the elastic pools: what they cost, and how to tell whether they are worth it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from builders_tables import printed

from simulator.experiments.presences import MachinePresence
from simulator.loading import load
from simulator.measurement import Summary, SummaryRow
from simulator.model.measures import BY_NAME
from simulator.report.page import Phrase, Span
from simulator.report.running.console import run_table
from simulator.report.running.page import page
from simulator.report.running.sections.elastic import elastic
from simulator.report.wording import NOTHING

if TYPE_CHECKING:
    from simulator.experiments.study import Study
    from simulator.model.scenario import Scenario

StudyOf = Callable[..., "Study"]
ScenarioOf = Callable[..., "Scenario"]

FIGURES = {
    "slots.utilisation": 0.5,
    "hosts.connected": 2.6,
    "hosts.hours": 450.0,
    "host.utilisation": 0.7,
}


def joined(phrase: Phrase) -> str:
    return "".join(part.text if isinstance(part, Span) else part for part in phrase)


@pytest.fixture
def pooled(study_of: StudyOf, made_up_scenario: ScenarioOf) -> Callable[..., Study]:
    """A pool of 1 to 8 hosts, vm unless another name is given."""

    def study(machine: str = "vm", *, watched: bool = True) -> Study:
        rows = tuple(
            SummaryRow(
                *("machine", machine, measure, BY_NAME[measure].unit),
                *(mean, mean * 0.9, mean * 1.1, mean / 10, 0.95, 20),
            )
            for measure, mean in FIGURES.items()
        )
        asked = made_up_scenario(machines={machine: {"pool": {"min": 1, "max": 8}}}, targets=[])
        seen = MachinePresence(machine, 8, 1.0, 8.0, 12.5, 0.0, np.ones((4, 168)), np.ones(168))
        presences = (seen,) if watched else ()
        return study_of(summary=Summary(rows), scenario=asked, verdicts=(), presences=presences)

    return study


def test_a_terminal_has_a_line_a_pool(pooled: Callable[..., Study]) -> None:
    """Busy 70 % of the connected hosts' time, so idle for 30 %."""
    lines = printed(run_table(pooled()), 100)
    place = lines.index("Elastic pools")
    titles = " ".join(lines[place + 1].split())
    assert titles == "Pool Min to max Hosts Fewest Most Boots Host-hours Idle"
    assert lines[place + 3].replace("\N{NO-BREAK SPACE}", " ").split() == [
        *("vm", "1", "to", "8", "2.60", "±0.26", "1", "8", "12.5"),
        *("450", "±45", "30", "%"),
    ]


def test_where_nobody_looked_boots_are_not_made_up(pooled: Callable[..., Study]) -> None:
    (section,) = elastic(pooled(watched=False))
    assert section.tables[0].rows[0][4:7] == (NOTHING,) * 3


def test_a_report_says_how_to_tell_whether_it_is_worth_it(pooled: Callable[..., Study]) -> None:
    """2.6 hosts on average: 3 fixed ones come next to it."""
    (section,) = (one for one in page(pooled()).sections if one.key == "elastic")
    assert joined(section.lead[1]) == (
        "To tell whether vm is worth it, compare it with about as many hosts as it had on average, "
        "one at least, and with 8, the most it may have, that are always there: write fixed: "
        "{machines.vm.pool: null, machines.vm.hosts: 3} and all-there: {machines.vm.pool.min: 8} "
        "under variants: in the file. simulator compare FILE fixed all-there then tells, in pairs "
        "of replications, how waits and host-hours change."
    )


@pytest.mark.parametrize("machine", ["vm", "my vm", "a.b", "it's: #1, {x}", 'say "hi"'])
def test_what_it_says_to_write_is_read_as_it_is_meant(
    pooled: Callable[..., Study], tmp_path: Path, machine: str
) -> None:
    (section,) = elastic(pooled(machine))
    spans = [part.text for part in section.lead[1] if isinstance(part, Span)]
    fixed, all_there = (
        next(text for text in spans if text.startswith(f"{one}: {{"))
        for one in ("fixed", "all-there")
    )
    quoted = "'" + machine.replace("'", "''") + "'"
    file = tmp_path / "estate.yaml"
    file.write_text(
        "version: 1\ntime: {start: 2026-01-05T00:00, duration: 1d}\n"
        f"machines:\n  {quoted}: {{pool: {{min: 1, max: 8}}}}\n"
        f"variants:\n  {fixed}\n  {all_there}\n",
        encoding="utf-8",
    )
    machines = [
        load(file, variant=one).scenario.machines[machine] for one in ("fixed", "all-there")
    ]
    assert [(one.connected_at_start, one.host_count) for one in machines] == [(3, 3), (8, 8)]


def test_without_a_pool_nothing_is_said_of_one(study: Study) -> None:
    assert elastic(study) == ()
    assert "Elastic pools" not in printed(run_table(study))
