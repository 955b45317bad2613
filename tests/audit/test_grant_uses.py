"""What grants were used for, in estates of a day in which every job can be counted by hand.

Starts come each hour, 24 in the window; a job lasts a minute and never waits.
"""

from __future__ import annotations

from typing import Any

import pytest
from builders import catalogue, scenario

from simulator.access.grants import access_of
from simulator.audit.grant_uses import GrantUse, concerning, grant_uses, never_used
from simulator.engine import simulate
from simulator.measurement import measure
from simulator.plan.making import make_plan

HOURLY = {"process": "P", "stream": {"every": "1h"}}
MINUTE = {"P": {"duration": "1m"}}
STARTER = {"Starter": {"type": "folder", "permissions": {"Jobs": ["Create"]}}}
ONLOOKER = {"Onlooker": {"type": "folder", "permissions": {"Jobs": ["View"]}}}
ACCOUNTS = {
    "bot": {"type": "robot", "count": 2},
    "anna": {"type": "user", "groups": ["clerks"]},
    "ben": {"type": "user", "groups": ["clerks"]},
    "omar": {"type": "user", "unattended": True},
    "app": {"type": "application"},
}


def run(folders: dict[str, Any], **more: Any) -> tuple[GrantUse, ...]:
    """Run two replications, and return what came of each grant of the folders."""
    parts = {"accounts": ACCOUNTS, "roles": STARTER | ONLOOKER, **more}
    estate = scenario(folders=folders, **parts)
    access = access_of(estate, catalogue())
    plan = make_plan(estate, access, {})
    figures = [measure(plan.legend, simulate(plan, 1, number), ()) for number in (1, 2)]
    return grant_uses(estate, access, plan.legend, figures)


def folder(assign: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"assign": assign, "machines": ["M1"], "processes": MINUTE, **more}


def counted(grants: tuple[GrantUse, ...]) -> dict[str, tuple[float, float, float, int]]:
    """Starts, runs, own runs and triggers of each grant."""
    return {f"{one.folder} {one.principal} {one.role}": one[4:8] for one in grants}


def test_starts_of_a_groups_members_use_the_group_and_what_else_permits_them() -> None:
    """The clerks take turns: 12 of their 24 starts are Anna's, who also has a role of her own."""
    found = run(
        {
            "F": folder(
                {
                    "bot": ["Automation User"],
                    "clerks": ["Starter", "Onlooker"],
                    "anna": ["Folder Administrator"],
                    "ben": ["Onlooker"],
                },
                starts={"S": {**HOURLY, "by": "clerks"}},
            )
        }
    )
    assert counted(found) == {
        "F bot Automation User": (0, 24, 0, 0),
        "F clerks Starter": (24, 0, 0, 0),
        "F clerks Onlooker": (0, 0, 0, 0),
        "F anna Folder Administrator": (12, 0, 0, 0),
        "F ben Onlooker": (0, 0, 0, 0),
    }


def test_only_the_window_counts() -> None:
    """A day of warm-up with 24 starts comes before the day that is observed."""
    found = run(
        {"F": folder({"bot": [], "anna": ["Starter"]}, starts={"S": {**HOURLY, "by": "anna"}})},
        time={"start": "2026-01-05T00:00", "warm_up": "1d", "duration": "1d"},
    )
    assert counted(found) == {"F bot ": (0, 24, 0, 0), "F anna Starter": (24, 0, 0, 0)}


def test_robots_run_by_their_own_and_by_their_entrys_assignment() -> None:
    """bot-1 runs 24 jobs, bot-2 runs 12; a group never lets an account run anything."""
    accounts = ACCOUNTS | {"bot": {"type": "robot", "count": 2, "groups": ["robots"]}}
    found = run(
        {
            "F": folder(
                {
                    "bot": ["Automation User"],
                    "bot-1": ["Onlooker"],
                    "robots": ["Folder Administrator"],
                    "anna": ["Starter"],
                },
                starts={
                    "one": {**HOURLY, "by": "anna", "run_as": {"account": "bot-1"}},
                    "two": {
                        "process": "P",
                        "by": "anna",
                        "stream": {"every": "2h"},
                        "run_as": {"account": "bot-2"},
                    },
                },
            )
        },
        accounts=accounts,
    )
    assert counted(found) == {
        "F bot Automation User": (0, 36, 0, 0),
        "F bot-1 Onlooker": (0, 24, 0, 0),
        "F robots Folder Administrator": (0, 0, 0, 0),
        "F anna Starter": (36, 0, 0, 0),
    }


def test_what_a_parent_folder_grants_is_used_in_its_subfolders() -> None:
    """Anna starts and the robot runs in A/Sub by what A grants; B grants the same in vain."""
    grants = {"bot": ["Automation User"], "anna": ["Starter"]}
    sub = folder({"anna": ["Starter"]}, starts={"S": {**HOURLY, "by": "anna"}})
    found = run({"A": folder(grants, folders={"Sub": sub}), "B": folder(grants)})
    assert counted(found) == {
        "A bot Automation User": (0, 24, 0, 0),
        "A anna Starter": (24, 0, 0, 0),
        "A/Sub anna Starter": (24, 0, 0, 0),
        "B bot Automation User": (0, 0, 0, 0),
        "B anna Starter": (0, 0, 0, 0),
    }


@pytest.mark.parametrize(
    ("assign", "start"),
    [
        ({"bot": ["Automation User"], "anna": ["Onlooker"]}, {}),
        ({"anna": ["Starter"]}, {}),
        (
            {"bot": ["Automation User"], "anna": ["Starter"]},
            {"run_as": {"account": "omar"}},
        ),
    ],
    ids=["no permission", "no account", "named account not there"],
)
def test_refused_starts_use_nothing(assign: dict[str, Any], start: dict[str, Any]) -> None:
    found = run({"F": folder(assign, starts={"S": {**HOURLY, "by": "anna", **start}})})
    assert sorted(never_used(found)) == sorted(found)


def test_background_work_as_myself_uses_access_by_whatever_name() -> None:
    """Anna's 24 jobs run as herself; the robot of the folder is not asked."""
    found = run(
        {
            "F": folder(
                {"bot": ["Automation User"], "clerks": ["Onlooker"], "anna": ["Starter"]},
                starts={"S": {**HOURLY, "by": "anna", "run_as": "myself"}},
            )
        }
    )
    assert counted(found) == {
        "F bot Automation User": (0, 0, 0, 0),
        "F clerks Onlooker": (0, 0, 24, 0),
        "F anna Starter": (24, 0, 24, 0),
    }
    assert [one.used_for for one in found] == [(), ("run as myself",), ("start", "run as myself")]


def test_foreground_work_as_myself_uses_the_robot_of_ones_own() -> None:
    """Omar has an unattended robot, and it runs where he is assigned by name."""
    accounts = ACCOUNTS | {"omar": {"type": "user", "unattended": True, "groups": ["clerks"]}}
    found = run(
        {
            "F": {
                **folder({"clerks": ["Starter"], "omar": ["Onlooker"]}),
                "processes": {"P": {"duration": "1m", "type": "foreground"}},
                "starts": {"S": {**HOURLY, "by": "omar", "run_as": "myself"}},
            }
        },
        accounts=accounts,
    )
    assert counted(found) == {"F clerks Starter": (24, 0, 0, 0), "F omar Onlooker": (0, 24, 0, 0)}


def test_triggers_use_what_let_somebody_make_them() -> None:
    """Of two triggers Anna made one, as herself; nobody asks for `Jobs.Create` when they fire."""
    event = {"process": "P", "event": {"every": "1h"}}
    found = run(
        {
            "F": folder(
                {
                    "bot": ["Automation User"],
                    "anna": ["Folder Administrator"],
                    "clerks": ["Starter"],
                    "omar": ["Folder Administrator"],
                },
                triggers={
                    "own": {**event, "created_by": "anna", "run_as": "myself"},
                    "any": {**event, "created_by": "omar", "run_as": {"account": "bot"}},
                },
            )
        }
    )
    assert counted(found) == {
        "F bot Automation User": (0, 24, 0, 0),
        "F anna Folder Administrator": (0, 0, 24, 1),
        "F clerks Starter": (0, 0, 24, 0),
        "F omar Folder Administrator": (0, 0, 0, 1),
    }


def test_a_call_uses_the_callers_grant_and_an_api_trigger_its_makers() -> None:
    found = run(
        {
            "F": folder(
                {"bot": [], "app": ["Starter"], "omar": ["Folder Administrator"]},
                triggers={
                    "api": {
                        "process": "P",
                        "api": {"every": "1h", "by": "app"},
                        "created_by": "omar",
                        "run_as": {"account": "bot"},
                    }
                },
            )
        }
    )
    assert counted(found) == {
        "F bot ": (0, 24, 0, 0),
        "F app Starter": (24, 0, 0, 0),
        "F omar Folder Administrator": (0, 0, 0, 1),
    }


def test_what_is_assigned_at_the_tenant_is_not_judged() -> None:
    """In the classic model Anna starts by her mixed role of the tenant, which no folder assigns."""
    found = run(
        {"F": folder({"bot": ["Automation User"]}, starts={"S": {**HOURLY, "by": "anna"}})},
        tenant={"assign": {"anna": ["Administrator"]}},
        assumptions={"folder_model": "classic"},
    )
    assert counted(found) == {"F bot Automation User": (0, 24, 0, 0)}


def test_assignments_in_a_personal_workspace_are_left_out() -> None:
    workspace = {**folder({"ben": ["Starter"]}), "personal": "anna"}
    own = {"starts": {"S": {**HOURLY, "by": "anna", "run_as": "myself"}}}
    found = run({"Anna": workspace | own, "F": folder({"anna": ["Starter"]})})
    assert counted(found) == {"F anna Starter": (0, 0, 0, 0)}


@pytest.mark.parametrize(
    ("principal", "role", "permits"),
    [
        ("anna", "Starter", ("start",)),
        ("clerks", "Onlooker", ("see jobs",)),
        ("anna", "Allow to be Automation User", ()),
        ("bot-2", "Starter", ("start", "run jobs")),
        ("bot", "Onlooker", ("see jobs", "run jobs")),
        ("omar", "Starter", ("start", "run jobs")),
        (
            "anna",
            "Folder Administrator",
            (
                "see processes",
                "see jobs",
                "start",
                "stop",
                "deploy",
                "upgrade",
                "make triggers",
                "add items",
            ),
        ),
    ],
    ids=["start", "look", "tenant role", "member", "counted", "unattended user", "all"],
)
def test_what_a_grant_permits(principal: str, role: str, permits: tuple[str, ...]) -> None:
    (found,) = run({"F": folder({principal: [role]})})
    assert found.permits == permits


def test_what_was_never_used_comes_with_most_rights_first() -> None:
    found = run({"F": folder({"anna": ["Onlooker", "Folder Administrator"], "ben": ["Starter"]})})
    assert [one.role for one in never_used(found)] == [
        "Folder Administrator",
        "Onlooker",
        "Starter",
    ]


@pytest.mark.parametrize(
    ("who", "folder", "expected"),
    [
        (None, None, ["clerks", "anna", "omar", "bot"]),
        ("anna", None, ["clerks", "anna"]),
        ("clerks", None, ["clerks", "anna"]),
        ("bot-2", None, ["bot"]),
        (None, "F/Sub", ["omar", "bot"]),
        ("anna", "F/Sub", []),
    ],
    ids=["all", "account", "group", "member", "folder", "both"],
)
def test_grants_of_somebody_come_by_his_groups_too(
    who: str | None, folder: str | None, expected: list[str]
) -> None:
    sub = {"assign": {"omar": ["Starter"], "bot": ["Starter"]}}
    assign = {"clerks": ["Starter"], "anna": ["Starter"]}
    folders = {"F": {"assign": assign, "folders": {"Sub": sub}}}
    access = access_of(scenario(folders=folders, accounts=ACCOUNTS, roles=STARTER), catalogue())
    found = concerning(run(folders), access, who=who, folder=folder)
    assert [one.principal for one in found] == expected


def test_a_used_grant_tells_what_it_was_never_used_for() -> None:
    """Looking is left out, which nobody in a run does."""
    roles = {"Operator": {"copy_of": "Starter", "add": {"Jobs": ["View", "Edit"]}}}
    found = run(
        {"F": folder({"bot": [], "anna": ["Operator"]}, starts={"S": {**HOURLY, "by": "anna"}})},
        roles=STARTER | roles,
    )
    assert found[1].permits == ("see jobs", "start", "stop")
    assert found[1].unused == ("stop",)


def test_a_run_without_replications_judges_nothing() -> None:
    estate = scenario()
    access = access_of(estate, catalogue())
    assert grant_uses(estate, access, make_plan(estate, access, {}).legend, []) == ()


FEEDER = {
    "Feeder": {"type": "folder", "permissions": {"Queues": ["View"], "Transactions": ["Create"]}},
    "Looker": {"type": "folder", "permissions": {"Queues": ["View"]}},
}
TAKING = {"P": {"duration": "0s", "queue": "Q"}}
POST = {"process": "P", "queue": {"name": "Q"}, "created_by": "omar"}
ARRIVAL = {"queue": "Q", "items": {"every": "1h"}, "item_duration": "1m"}


def test_items_use_what_let_them_in_and_their_jobs_ask_nobody() -> None:
    """The clerks add 24 in turn, anna by both grants; a retry is added by nobody."""
    found = run(
        {
            "F": {
                "assign": {"bot": [], "clerks": ["Feeder"], "anna": ["Looker"]},
                "machines": ["M1"],
                "processes": TAKING,
                "queues": {"Q": {"retries": 1}},
                "triggers": {"post": POST},
                "arrivals": {"mail": {**ARRIVAL, "by": "clerks", "faults": "50%"}},
            }
        },
        roles=FEEDER,
    )
    assert [(one.principal, one.starts, one.items) for one in found] == [
        ("bot", 0, 0),
        ("clerks", 0, 24),
        ("anna", 0, 12),
    ]
    assert [one.used_for for one in found[1:]] == [("add items",), ("add items",)]
    assert found[0].runs == 24


def test_refused_items_use_nothing() -> None:
    """Ben may look at queues alone: his 12 of the day are refused, and none runs for them."""
    found = run(
        {
            "F": {
                "assign": {"bot": [], "anna": ["Feeder"], "ben": ["Looker"]},
                "machines": ["M1"],
                "processes": TAKING,
                "queues": {"Q": {}},
                "triggers": {"post": POST},
                "arrivals": {"mail": {**ARRIVAL, "by": "clerks"}},
            }
        },
        roles=FEEDER,
    )
    assert [(one.principal, one.items, one.runs) for one in found] == [
        ("bot", 0, 12),
        ("anna", 12, 0),
        ("ben", 0, 0),
    ]


@pytest.mark.parametrize(("role", "starts"), [("Starter", 24), ("Onlooker", 0)])
def test_a_job_that_starts_another_uses_its_executors_grant(role: str, starts: int) -> None:
    """Anna starts 24 jobs, each of which starts another as bot-1, if bot-1 may."""
    found = run(
        {
            "F": {
                "assign": {"bot-1": [role], "anna": ["Starter"]},
                "machines": ["M1"],
                "processes": {**MINUTE, "first": {"duration": "1m", "then": {"start": "P"}}},
                "starts": {"S": {**HOURLY, "process": "first", "by": "anna"}},
            }
        }
    )
    assert counted(found) == {
        f"F bot-1 {role}": (starts, 24 + starts, 0, 0),
        "F anna Starter": (24, 0, 0, 0),
    }
