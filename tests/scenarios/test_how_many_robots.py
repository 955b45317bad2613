"""What the sizing question of `how-many-robots` shows, on the fleets around its answer."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from simulator.experiments.sizing.binding import binding_of
from simulator.experiments.sizing.bounds import certain_misses
from simulator.experiments.study import run_study
from simulator.loading import load

if TYPE_CHECKING:
    from simulator.experiments.study import Study

FILE = Path(__file__).parents[2] / "scenarios" / "how-many-robots.yaml"


@cache
def studied(robots: int, licences: int) -> Study:
    """Six replications of a fleet of two hosts."""
    overrides = [f"accounts.fin-bot.count={robots}", f"licences.unattended={licences}"]
    return run_study(load(FILE, overrides=overrides), replications=6, in_detail=False)


@pytest.mark.parametrize(
    ("robots", "licences", "expected"),
    [(3, 6, ["met", "met"]), (2, 6, ["met", "missed"]), (3, 5, ["missed", "undecided"])],
)
def test_three_robots_and_six_licences_are_the_least(
    robots: int, licences: int, expected: list[str]
) -> None:
    """HR's target comes first; with five licences Finance is close to its own."""
    assert [one.outcome for one in studied(robots, licences).verdicts] == expected


def test_finance_waits_for_robots_at_free_slots() -> None:
    """A third of its time Pending with two robots, which miss its target alone."""
    study = studied(2, 6)
    found = binding_of(study, study.loaded.scenario.targets)
    shares = {(one.cause, one.held_by): one.share for one in found}
    assert shares["account busy", "Finance"] == pytest.approx(1 / 3, abs=0.05)


@pytest.mark.parametrize(
    ("override", "need"),
    [
        ("machines.shared-vm.hosts=1", "need 3.2 slots of the 3"),
        ("licences.unattended=3", "need 3.2 slots of the 3"),
        ("accounts.fin-bot.count=1", "Finance needs 1.2 jobs at a time of the 1"),
    ],
    ids=["hosts", "licences", "robots"],
)
def test_some_fleets_need_no_simulation(override: str, need: str) -> None:
    """12 jobs an hour of 10 minutes and 6 of 12 are a load of 2 and 1.2."""
    assert need in certain_misses(load(FILE, overrides=[override]))


def test_a_third_host_has_no_licence() -> None:
    """Six licences are two hosts' slots."""
    codes = [issue.code for issue in load(FILE, overrides=["machines.shared-vm.hosts=3"]).warnings]
    assert codes == ["unlicensed"]
