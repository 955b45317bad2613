"""Behind whom jobs may wait, and who can see it: small estates, each row told by hand."""

from __future__ import annotations

from typing import Any

import pytest
from builders import catalogue, scenario

from simulator.access.grants import access_of
from simulator.audit.parties import parties_of
from simulator.audit.waits_behind import waits_behind

ROLES = {
    "Starter": {"type": "folder", "permissions": {"Jobs": ["View", "Create"]}},
    "Viewer": {"type": "folder", "permissions": {"Jobs": ["View"]}},
}
ACCOUNTS = {
    "bot": {"type": "robot"},
    "anna": {"type": "user"},
    "ben": {"type": "user"},
    "omar": {"type": "user"},
}
MACHINES = {
    "vm": {"slots": {"unattended": 1, "non_production": 1}},
    "own": {},
    "desk": {"slots": {"unattended": 1, "non_production": 1}, "windows_sessions": 1},
}
BACK = {"P": {"duration": "1m"}}
LAB = {"P": {"duration": "1m", "runtime": "non_production"}}
FORE = {"P": {"duration": "1m", "type": "foreground"}}
LAB_FORE = {"P": {"duration": "1m", "type": "foreground", "runtime": "non_production"}}


def folder(
    machine: str, *, processes: dict[str, Any] = BACK, **assign: list[str]
) -> dict[str, Any]:
    return {"assign": assign, "machines": [machine], "processes": processes}


def found(folders: dict[str, Any], **asked: Any) -> list[str]:
    made = scenario(folders=folders, accounts=ACCOUNTS, roles=ROLES, machines=MACHINES)
    access = access_of(made, catalogue())
    return [
        f"{row.folder} on {'+'.join(row.machines)} ({'+'.join(row.shared)}): "
        f"{' '.join(row.who)} sees {row.seen} not {row.outside}"
        for row in waits_behind(made, access, parties_of(made, access), **asked)
    ]


HR = folder("vm", anna=["Starter"], bot=["Automation User"])

CASES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "outside": (
        {"HR": HR, "Finance": folder("vm")},
        ["HR on vm (unattended): anna sees () not ('Finance',)"],
    ),
    "seen": (
        {"HR": HR, "Finance": folder("vm", anna=["Viewer"])},
        ["HR on vm (unattended): anna sees ('Finance',) not ()"],
    ),
    "some of each, and who sees the same together": (
        {
            "HR": folder("vm", anna=["Starter"], ben=["Starter"], omar=["Starter"]),
            "Finance": folder("vm", ben=["Viewer"]),
            "IT": folder("vm"),
        },
        [
            "HR on vm (unattended): anna omar sees () not ('Finance', 'IT')",
            "HR on vm (unattended): ben sees ('Finance',) not ('IT',)",
        ],
    ),
    "who may not start waits for nothing": (
        {"HR": folder("vm", anna=["Viewer"]), "Finance": folder("vm")},
        [],
    ),
    "a machine of its own": ({"HR": HR, "Finance": folder("own")}, []),
    "slots of another runtime type": ({"HR": HR, "Finance": folder("vm", processes=LAB)}, []),
    "sessions are shared over runtime types": (
        {
            "HR": folder("desk", processes=FORE, anna=["Starter"]),
            "Finance": folder("desk", processes=LAB_FORE),
        },
        ["HR on desk (Windows sessions): anna sees () not ('Finance',)"],
    ),
    "a folder without processes takes no slot": (
        {"HR": HR, "Finance": folder("vm", processes={})},
        [],
    ),
    "a start at another runtime type": (
        {
            "HR": folder("vm", anna=["Starter"], processes=LAB),
            "Finance": {
                **folder("vm"),
                "starts": {
                    "S": {
                        "process": "P",
                        "by": "omar",
                        "stream": {"every": "1h"},
                        "runtime": "non_production",
                    }
                },
            },
        },
        ["HR on vm (non_production): anna sees () not ('Finance',)"],
    ),
}


@pytest.mark.parametrize(("folders", "expected"), CASES.values(), ids=CASES)
def test_waits(folders: dict[str, Any], expected: list[str]) -> None:
    assert found(folders) == expected


def test_machines_shared_with_the_same_folders_stand_together() -> None:
    both = {"machines": ["vm", "own"], "processes": BACK}
    assert found({"HR": {**both, "assign": {"anna": ["Starter"]}}, "Finance": both}) == [
        "HR on vm+own (unattended): anna sees () not ('Finance',)"
    ]


def test_a_robot_watches_no_jobs_unless_asked_about() -> None:
    folders = {"HR": folder("vm", bot=["Starter"]), "Finance": folder("vm")}
    assert found(folders) == []
    assert found(folders, who=["bot"]) == ["HR on vm (unattended): bot sees () not ('Finance',)"]


def test_of_one_folder() -> None:
    folders = {"HR": HR, "Finance": folder("vm", omar=["Starter"])}
    assert len(found(folders)) == 2
    assert [row.partition(" ")[0] for row in found(folders, folder="Finance")] == ["Finance"]
