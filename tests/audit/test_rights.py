"""Rights of a scenario for notebooks and as JSON: the same rows, told by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

import simulator
from simulator.audit.rights import rights_json, rights_of
from simulator.errors import ScenarioError
from simulator.loading import load

TEXT = """\
version: 1
time: {start: 2026-01-05, duration: 1d}
machines: {vm: {hosts: 2}}
accounts:
  bot: {type: robot}
  anna: {type: user, groups: [clerks]}
roles:
  Starter: {type: folder, permissions: {Jobs: [View, Create], Processes: [View]}}
folders:
  HR:
    assign: {bot: [], clerks: [Starter]}
    machines: [vm]
    processes: {back: {duration: 1m}, fore: {duration: 1m, type: foreground}}
  Finance:
    machines: [vm]
    processes: {invoice: {duration: 1m}}
variants:
  empty: {folders.HR.assign: {clerks: [Starter]}}
"""
MAY = {"see_processes", "see_jobs", "start"}
ACTIONS = MAY | {"stop", "deploy", "upgrade", "make_triggers", "add_items"}
ACCEPTED = {"accepted": True, "status": None, "code": None, "missing": None}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "estate.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def content(file: Path, overrides: Sequence[str] = (), **asked: str) -> dict[str, Any]:
    loaded = load(file, overrides=overrides)
    found: dict[str, Any] = json.loads(rights_json(rights_of(loaded, **asked)))
    return found


def test_json_says_where_each_process_runs(file: Path) -> None:
    found = content(file)
    assert list(found) == [
        *("schema_version", "processes", "rights", "hosts", "waits_behind", "arrivals", "thens"),
    ]
    assert found["hosts"] == {"vm": ["vm/1", "vm/2"]}
    assert found["schema_version"] == 1
    assert [one["process"] for one in found["processes"]] == [
        "HR:back",
        "HR:fore",
        "Finance:invoice",
    ]
    assert found["processes"][1] == {
        "folder": "HR",
        "process": "HR:fore",
        "type": "foreground",
        "runtime": "unattended",
        "dynamic": {
            **ACCEPTED,
            "executors": ["bot"],
            "places": [
                {"machine": "vm", "hosts": ["vm/1", "vm/2"], "accounts": ["bot"], "lacks": []}
            ],
        },
    }
    assert found["processes"][2]["dynamic"] == {
        "accepted": False,
        "status": 409,
        "code": "1671",
        "missing": "an account with an unattended robot in Finance",
        "executors": [],
        "places": [],
    }


def test_json_has_a_row_for_each_account_and_process(file: Path) -> None:
    rows = {(one["account"], one["process"]): one for one in content(file)["rights"]}
    assert list(rows) == [
        ("bot", "HR:back"),
        ("bot", "HR:fore"),
        ("anna", "HR:back"),
        ("anna", "HR:fore"),
    ]
    assert not any(rows["bot", "HR:back"]["may"].values())
    assert rows["bot", "HR:back"]["by"] == {}
    grant = {"role": "Starter", "place": "HR", "principal": "clerks"}
    assert rows["anna", "HR:fore"] == {
        "account": "anna",
        "process": "HR:fore",
        "may": {action: action in MAY for action in ACTIONS},
        "by": {action: [grant] for action in MAY},
        "starts": {
            "dynamic": ACCEPTED,
            "myself": {
                "accepted": False,
                "status": 409,
                "code": "1230",
                "missing": "an unattended robot of anna in HR",
                "machines": [],
            },
        },
    }
    assert rows["anna", "HR:back"]["starts"]["myself"] == {**ACCEPTED, "machines": ["vm"]}


def test_json_says_who_waits_behind_whom(file: Path) -> None:
    """Behind Finance once a robot runs its jobs; before, all of them are refused."""
    assert content(file)["waits_behind"] == []
    assert content(file, ["folders.Finance.assign={bot: []}"])["waits_behind"] == [
        {
            "folder": "HR",
            "machines": ["vm"],
            "shared": ["unattended"],
            "who": ["anna"],
            "seen": [],
            "outside": ["Finance"],
        }
    ]


def test_of_somebody_in_one_folder(file: Path) -> None:
    found = content(file, who="clerks", folder="HR")
    assert [one["process"] for one in found["processes"]] == ["HR:back", "HR:fore"]
    assert {one["account"] for one in found["rights"]} == {"anna"}


def test_the_tenant_is_a_place_of_null(tmp_path: Path) -> None:
    file = tmp_path / "classic.yaml"
    more = "assumptions: {folder_model: classic}\ntenant: {assign: {anna: [Robot]}}\n"
    file.write_text(TEXT + more, encoding="utf-8")
    (row,) = content(file, who="anna", folder="Finance")["rights"]
    assert row["by"]["start"] == [{"role": "Robot", "place": None, "principal": "anna"}]


def test_a_frame_has_the_same_rows(file: Path) -> None:
    frame = simulator.rights(file).frame()
    assert list(frame.columns) == [
        *("folder", "process", "type", "runtime", "account"),
        *("see_processes", "see_jobs", "start", "stop"),
        *("deploy", "upgrade", "make_triggers", "add_items"),
        *("by", "executors", "hosts", "refusal", "refusal_as_myself"),
    ]
    assert all(frame[action].dtype == bool for action in ACTIONS)
    row = frame[(frame.account == "anna") & (frame.process == "HR:fore")].iloc[0]
    assert (row.by, row.executors, row.hosts) == (
        "Starter by group clerks",
        ("bot",),
        ("vm/1", "vm/2"),
    )
    assert row.refusal == ""
    assert row.refusal_as_myself == "409/1230: an unattended robot of anna in HR"
    robot = frame[frame.account == "bot"].iloc[0]
    assert (robot.refusal, robot.executors, robot.hosts) == ("403/0: Jobs.Create in HR", (), ())


def test_a_frame_of_nothing_has_its_columns(file: Path) -> None:
    frame = simulator.rights(file, folder="Finance").frame()
    assert len(frame) == 0
    assert "start" in frame.columns


def test_a_notebook_may_ask_for_a_variant_or_give_what_is_loaded(file: Path) -> None:
    frame = simulator.rights(file, variant="empty", folder="HR", who="anna").frame()
    assert set(frame.refusal) == {"409/1671: an account with an unattended robot in HR"}
    assert len(simulator.rights(load(file)).frame()) == 4


@pytest.mark.parametrize("asked", [{"who": "ana"}, {"folder": "HRR"}], ids=["who", "folder"])
def test_who_or_what_is_unknown_is_told(file: Path, asked: dict[str, str]) -> None:
    with pytest.raises(ScenarioError, match="is called"):
        simulator.rights(file, **asked)
