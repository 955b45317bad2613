"""What binds a fleet: the causes of the waits its missed targets are about, worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from builders_files import scenario_file
from builders_interference import FIRST, SECOND, blame

from simulator.experiments.blame import Axis
from simulator.experiments.sizing.binding import binding_of
from simulator.experiments.study import Study, run_study
from simulator.loading import load
from simulator.model.targets import Target

if TYPE_CHECKING:
    from pathlib import Path

SHARED = """\
version: 1
time: {start: 2026-01-05, duration: 1d, warm_up: 1h}
run: {replications: 4}
machines: {vm: {slots: 1}, own: {slots: 1}, desk: {slots: 1}}
accounts: {robot: {type: robot}, olga: {type: user}}
folders:
  HR:
    assign: {robot: [Automation User], olga: [Folder Administrator]}
    machines: [vm]
    processes: {P: {duration: {exponential: 5m}}}
    triggers: {calls: {process: P, event: {poisson: 2 per hour}, created_by: olga}}
    folders:
      Payroll:
        machines: [desk]
        processes: {P: {duration: {exponential: 5m}}}
        triggers: {calls: {process: P, event: {poisson: 1 per hour}, created_by: olga}}
  Finance:
    assign: {robot: [Automation User], olga: [Folder Administrator]}
    machines: [vm]
    processes: {P: {duration: {exponential: 20m}}}
    triggers: {calls: {process: P, event: {poisson: 1 per hour}, created_by: olga}}
  Legal:
    assign: {robot: [Automation User], olga: [Folder Administrator]}
    machines: [own]
    processes: {P: {duration: {exponential: 20m}}}
    triggers: {calls: {process: P, event: {poisson: 2 per hour}, created_by: olga}}
"""
"""HR and Finance on one slot, Legal and Payroll each on another."""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    folder: Path = tmp_path_factory.mktemp("binding")
    return run_study(load(scenario_file(folder, SHARED)))


def target(limit: str = "1s", **scope: str | bool) -> Target:
    return Target.model_validate({"measure": "pending.mean", "at_most": limit, **scope})


def test_shares_are_of_the_time_of_the_folders_alone() -> None:
    """HR waits 6000 s in both replications, 3800 of them for slots of shared-vm that Finance held.

    Those of HR alone add up to 1, as Finance's 600 s are left out.
    """
    rows = blame(FIRST, SECOND).by(Axis.CAUSE, Axis.HELD_BY, folders={"HR"})
    assert [(row.names, row.share.mean) for row in rows] == [
        (("slot held", "Finance"), pytest.approx(3800 / 6000)),
        (("maintenance", ""), pytest.approx(1000 / 6000)),
        (("slot held", "HR"), pytest.approx(1000 / 6000)),
        (("session busy", "Finance"), pytest.approx(200 / 6000)),
    ]


def test_of_folders_that_never_wait_there_is_no_blame() -> None:
    assert blame(FIRST, SECOND).by(Axis.CAUSE, folders={"HR/Payroll"}) == ()


@pytest.mark.parametrize(
    ("scope", "held_by"),
    [
        ({"folder": "Legal"}, {"Legal"}),
        ({"folder": "HR"}, {"HR", "Finance"}),
        ({"folder": "HR", "with_subfolders": True}, {"HR", "HR/Payroll", "Finance"}),
        ({"process": "Legal:P"}, {"Legal"}),
        ({"trigger": "Legal:calls"}, {"Legal"}),
        ({"machine": "own"}, {"HR", "HR/Payroll", "Finance", "Legal"}),
        ({}, {"HR", "HR/Payroll", "Finance", "Legal"}),
    ],
    ids=["folder", "shared", "subfolders", "process", "trigger", "machine", "tenant"],
)
def test_causes_are_those_of_the_folders_a_target_is_about(
    study: Study, scope: dict[str, str | bool], held_by: set[str]
) -> None:
    found = binding_of(study, [target(**scope)])
    assert {one.held_by for one in found} == held_by
    assert {one.cause for one in found} == {"slot held"}
    assert sum(one.share for one in found) == pytest.approx(1)
    assert [one.share for one in found] == sorted((one.share for one in found), reverse=True)
    assert all(one.low <= one.share <= one.high for one in found)


def test_targets_that_are_met_bind_nothing_where_others_are_not(study: Study) -> None:
    """No wait of HR comes near a day, and Legal's mean wait is more than a second."""
    found = binding_of(study, [target("1d", folder="HR"), target(folder="Legal")])
    assert {(one.machine, one.held_by) for one in found} == {("own", "Legal")}


def test_where_all_are_met_all_count(study: Study) -> None:
    found = binding_of(study, [target("1d", folder="HR"), target("1d", folder="Legal")])
    assert {one.machine for one in found} == {"vm", "own"}


def test_nothing_binds_where_nobody_waits(study: Study) -> None:
    idle = replace(study, blame=replace(study.blame, figures=()))
    assert binding_of(idle, [target()]) == ()
