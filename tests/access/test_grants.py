"""Grants, executors and machines, folder by folder, and how they are told.

Each rule of who may do what stands once in `test_rules.py`; what no random estate may break, in
`test_properties.py`.
"""

from __future__ import annotations

from typing import Any

import pytest
from builders import catalogue, scenario

from simulator.access.grants import TENANT, Access, access_of

STARTER = {"type": "folder", "permissions": {"Jobs": ["View", "Create"]}}
VIEWER = {"type": "folder", "permissions": {"Jobs": ["View"]}}
ROLES = {"Starter": STARTER, "Viewer": VIEWER}
ACCOUNTS = {
    "anna": {"type": "user", "groups": ["clerks"]},
    "app": {"type": "application", "groups": ["clerks"]},
    "bot": {"type": "robot", "count": 2},
}


def access(folders: dict[str, Any], **more: Any) -> Access:
    parts = {"accounts": ACCOUNTS, "roles": ROLES, "machines": {}, **more}
    return access_of(scenario(folders=folders, **parts), catalogue())


def test_grants_tell_the_role_the_place_and_through_whom() -> None:
    rights = access(
        {
            "F": {
                "assign": {"clerks": ["Starter"], "anna": ["Viewer"]},
                "folders": {"G": {"assign": {"anna": ["Automation User"]}}},
            }
        }
    )
    told = [(grant.role, grant.place, grant.principal) for grant in rights.grants("anna", "F/G")]
    assert told == [
        ("Automation User", "F/G", "anna"),
        ("Viewer", "F", "anna"),
        ("Starter", "F", "clerks"),
    ]


def test_grants_inherited_from_the_tenant_say_so() -> None:
    rights = access(
        {"F": {}},
        tenant={"assign": {"clerks": ["Robot"]}},
        assumptions={"folder_model": "classic"},
    )
    (grant,) = rights.grants("anna", "F")
    assert (grant.role, grant.place, grant.principal) == ("Robot", TENANT, "clerks")


def test_members_and_accounts_come_in_file_order() -> None:
    rights = access({"F": {}}, accounts={**ACCOUNTS, "zoe": {"type": "user", "groups": ["clerks"]}})
    assert rights.accounts == ("anna", "app", "bot-1", "bot-2", "zoe")
    assert rights.members("bot") == ("bot-1", "bot-2")
    assert rights.members("bot-2") == ("bot-2",)
    assert rights.members("clerks") == ("anna", "zoe")
    assert rights.members("nobody") == ()


def test_folders_are_paths_and_a_slash_in_a_name_is_escaped() -> None:
    rights = access({"A": {"folders": {"B/C": {}}}, "D": {}})
    assert rights.folders == ("A", "A/B\\/C", "D")


def workspace(**more: Any) -> Access:
    """Access to F, where everybody has a role, and to anna's personal workspace F/W in it."""
    own = {"personal": "anna", "assign": {"bot": ["Starter"]}, "machines": ["m2"]}
    shared = {"m1": {"propagate": True}, "m3": {}}
    assign = {name: ["Administrator"] for name in ("anna", "app", "bot", "omar")}
    parts: dict[str, Any] = {
        "accounts": {**ACCOUNTS, "omar": {"type": "user", "unattended": True}},
        "machines": {"m1": {}, "m2": {}, "m3": {}},
        "tenant": {"assign": assign},
        **more,
    }
    return access({"F": {"assign": assign, "machines": shared, "folders": {"W": own}}}, **parts)


@pytest.mark.parametrize("model", ["modern", "classic"])
def test_a_personal_workspace_is_its_owners_alone(model: str) -> None:
    """Closed to what is assigned in it, in a parent, and to a mixed role of the tenant."""
    rights = workspace(assumptions={"folder_model": model})
    (grant,) = rights.grants("anna", "F/W")
    assert (grant.role, grant.place, grant.principal) == (
        "Personal Workspace Administrator",
        "F/W",
        "anna",
    )
    assert rights.permissions("anna", "F/W") == grant.permissions
    assert {"Jobs.Create", "Triggers.Create"} <= grant.permissions
    for other in ("omar", "app", "bot-1", "bot-2"):
        assert not rights.has_access(other, "F/W")
        assert rights.grants(other, "F/W") == ()
        assert rights.has_access(other, "F")


def test_a_personal_workspace_has_no_executors_but_machines_its_own_and_those_handed_down() -> None:
    rights = workspace()
    assert rights.executors("F") == ("bot-1", "bot-2", "omar")
    assert rights.executors("F/W") == ()
    assert [name for name, _ in rights.machines("F/W")] == ["m2", "m1"]


def test_the_owner_of_a_folder_is_told() -> None:
    rights = workspace()
    assert (rights.owner("F"), rights.owner("F/W")) == (None, "anna")
    with pytest.raises(KeyError):
        rights.owner("nowhere")


def test_a_workspace_is_one_members_of_a_counted_account_and_not_its_twins() -> None:
    rights = access({"W": {"personal": "dev-2"}}, accounts={"dev": {"type": "user", "count": 3}})
    enters = [rights.has_access(f"dev-{number}", "W") for number in (1, 2, 3)]
    assert enters == [False, True, False]


def test_executors_have_a_robot_and_are_assigned_by_their_own_name() -> None:
    # Own first, then the nearest parent's; a group brings no robot; a user has one if he says so.
    accounts = {
        "top": {"type": "robot"},
        "bot": {"type": "robot", "count": 2},
        "late": {"type": "robot", "groups": ["robots"]},
        "omar": {"type": "user", "unattended": True},
        "anna": {"type": "user"},
    }
    mine = {"omar": [], "anna": [], "bot": [], "robots": []}
    below = {"assign": mine, "folders": {"H": {}}}
    rights = access(
        {"F": {"assign": {"top": [], "bot-2": []}, "folders": {"G": below}}, "S": {}},
        accounts=accounts,
    )
    assert rights.executors("F") == ("top", "bot-2")
    assert rights.executors("F/G") == ("omar", "bot-1", "bot-2", "top")
    assert rights.executors("F/G/H") == rights.executors("F/G")
    assert rights.executors("S") == ()


def test_machines_are_inherited_only_where_they_propagate() -> None:
    machines = {"m1": {}, "m2": {}, "m3": {"accounts": ["bot"]}}
    top = {"m1": {}, "m2": {"propagate": True}, "m3": {"propagate": True, "accounts": ["bot-2"]}}
    folders = {
        "F": {
            "machines": top,
            "folders": {"G": {"machines": {"m3": {}, "m2": {"accounts": ["anna"]}}}, "H": {}},
        }
    }
    rights = access(folders, machines=machines)
    assert rights.machines("F") == (("m1", None), ("m2", None), ("m3", ("bot-2",)))
    assert rights.machines("F/G") == (("m3", ("bot-1", "bot-2")), ("m2", ("anna",)))
    assert rights.machines("F/H") == (("m2", None), ("m3", ("bot-2",)))


def test_the_nearest_parent_that_propagates_comes_first() -> None:
    machines = {"m1": {}, "m2": {}}
    inner = {"machines": {"m2": {"propagate": True}}, "folders": {"H": {}}}
    folders = {"F": {"machines": {"m1": {"propagate": True}}, "folders": {"G": inner}}}
    rights = access(folders, machines=machines)
    assert [name for name, _ in rights.machines("F/G/H")] == ["m2", "m1"]


def test_what_does_not_exist_is_a_key_error() -> None:
    rights = access({"F": {}})
    with pytest.raises(KeyError):
        rights.permissions("nobody", "F")
    with pytest.raises(KeyError):
        rights.permissions("anna", "nowhere")


def test_equal_accounts_share_one_answer_in_a_large_estate() -> None:
    # 1,000 folders and 5,000 accounts in 50 groups: 5 million pairs, but few different answers.
    accounts = {
        f"u{number}": {"type": "user", "groups": [f"g{number % 50}"]} for number in range(5000)
    }
    folders = {f"F{number}": {"assign": {f"g{number % 50}": ["Starter"]}} for number in range(1000)}
    rights = access(folders, accounts=accounts)
    for number in range(20_000):
        rights.permissions(f"u{number % 5000}", f"F{number % 1000}")
    assert len(rights._standings) == 1000
