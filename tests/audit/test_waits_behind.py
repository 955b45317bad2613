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
    "rob": {"type": "robot"},
    "anna": {"type": "user"},
    "ben": {"type": "user"},
    "omar": {"type": "user"},
    "app": {"type": "application"},
}
MACHINES = {
    "vm": {"slots": {"unattended": 1, "non_production": 1}},
    "own": {},
    "desk": {"slots": {"unattended": 1, "non_production": 1}, "windows_sessions": 1},
    "none": {"hosts": 0},
    "closed": {"windows_sessions": 0},
    "screens": {"process_types": "foreground"},
    "burst": {"pool": {"max": 5}, "slots": {"unattended": 1, "headless": 1}},
}
BACK = {"P": {"duration": "1m"}}
LAB = {"P": {"duration": "1m", "runtime": "non_production"}}
FORE = {"P": {"duration": "1m", "type": "foreground"}}
LAB_FORE = {"P": {"duration": "1m", "type": "foreground", "runtime": "non_production"}}


def folder(
    machine: str, *, processes: dict[str, Any] = BACK, **assign: list[str]
) -> dict[str, Any]:
    """A folder in which `rob` runs jobs on one machine."""
    who = {"rob": ["Automation User"], **assign}
    return {"assign": who, "machines": [machine], "processes": processes}


def found(
    folders: dict[str, Any], licences: dict[str, int] | None = None, **asked: Any
) -> list[str]:
    parts = {"licences": licences or {}, "accounts": ACCOUNTS, "roles": ROLES}
    made = scenario(folders=folders, machines=MACHINES, **parts)
    access = access_of(made, catalogue())
    return [
        f"{row.folder} on {'+'.join(row.machines)} ({'+'.join(row.shared)}): "
        f"{' '.join(row.who)} sees {row.seen} not {row.outside}"
        for row in waits_behind(made, access, parties_of(access), **asked)
    ]


HR = folder("vm", anna=["Starter"], bot=["Automation User"])

ON_VM = "HR on vm (unattended): anna sees () not ('Finance',)"


def without_robot(machine: str = "vm", **parts: Any) -> dict[str, Any]:
    """A folder in which `omar` alone is assigned: he runs background work as himself."""
    assigned = {"assign": {"omar": ["Viewer"]}, "machines": [machine]}
    return {**assigned, "processes": BACK, **parts}


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
    "nobody to run it, so that all is refused": (
        {"HR": HR, "Finance": without_robot(assign={})},
        [],
    ),
    "background work of people as themselves": ({"HR": HR, "Finance": without_robot()}, [ON_VM]),
    "foreground work takes a robot": ({"HR": HR, "Finance": without_robot(processes=FORE)}, []),
    "an application runs nothing as itself": (
        {"HR": HR, "Finance": without_robot(assign={"app": ["Starter"]})},
        [],
    ),
    "a mapping that leaves out everybody there": (
        {"HR": HR, "Finance": {**folder("vm"), "machines": {"vm": {"accounts": ["bot"]}}}},
        [],
    ),
    "a mapping that lets somebody run as himself": (
        {"HR": HR, "Finance": without_robot(machines={"vm": {"accounts": ["omar"]}})},
        [ON_VM],
    ),
    "a personal workspace runs its owner's background work": (
        {"HR": HR, "Finance": {"personal": "omar", "machines": ["vm"], "processes": BACK}},
        [ON_VM, "Finance on vm (unattended): omar sees () not ('HR',)"],
    ),
    "a personal workspace runs nothing in the foreground": (
        {"HR": HR, "Finance": {"personal": "omar", "machines": ["vm"], "processes": FORE}},
        [],
    ),
    "a machine without a host": (
        {"HR": folder("none", anna=["Starter"]), "Finance": folder("none")},
        [],
    ),
    "foreground work on a machine without a session": (
        {"HR": folder("closed", anna=["Starter"]), "Finance": folder("closed", processes=FORE)},
        [],
    ),
    "an elastic pool": (
        {"HR": folder("burst", anna=["Starter"]), "Finance": folder("burst")},
        ["HR on burst (unattended): anna sees () not ('Finance',)"],
    ),
    "background work takes nothing of a foreground machine": (
        {
            "HR": folder("screens", processes=FORE, anna=["Starter"]),
            "Finance": folder("screens"),
        },
        [],
    ),
    "foreground work does": (
        {
            "HR": folder("screens", processes=FORE, anna=["Starter"]),
            "Finance": folder("screens", processes=FORE),
        },
        ["HR on screens (unattended): anna sees () not ('Finance',)"],
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
    both = {"machines": ["vm", "own"]}
    hr = {**folder("vm", anna=["Starter"]), **both}
    assert found({"HR": hr, "Finance": {**folder("vm"), **both}}) == [
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


@pytest.mark.parametrize(("held", "expected"), [(0, []), (1, [ON_VM])])
def test_without_a_licence_nobody_takes_anything(held: int, expected: list[str]) -> None:
    """`vm` is the first machine of the file, so one licence is for its slot."""
    assert found({"HR": HR, "Finance": folder("vm")}, {"unattended": held}) == expected


@pytest.mark.parametrize(("held", "shared"), [(3, False), (4, True)])
def test_a_pool_boots_with_what_the_other_hosts_leave(held: int, *, shared: bool) -> None:
    """vm, own, desk, closed and screens, of which each has one unattended slot, come before it."""
    folders = {"HR": folder("burst", anna=["Starter"]), "Finance": folder("burst")}
    assert bool(found(folders, {"unattended": held + 2})) is shared
