"""Who holds which right where: one row for each rule, and properties over random estates."""

from __future__ import annotations

from typing import Any

import pytest
from builders import catalogue, scenario
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.access.grants import TENANT, Access, access_of

STARTER = {"type": "folder", "permissions": {"Jobs": ["View", "Create"]}}
VIEWER = {"type": "folder", "permissions": {"Jobs": ["View"]}}
LICENCES = {"type": "tenant", "permissions": {"License": ["View"]}}
ROLES = {"Starter": STARTER, "Viewer": VIEWER, "Licences": LICENCES}
ACCOUNTS = {
    "anna": {"type": "user", "groups": ["clerks"]},
    "app": {"type": "application", "groups": ["clerks"]},
    "bot": {"type": "robot", "count": 2},
}


def access(folders: dict[str, Any], **more: Any) -> Access:
    parts = {"accounts": ACCOUNTS, "roles": ROLES, "machines": {}, **more}
    return access_of(scenario(folders=folders, **parts), catalogue())


RIGHTS = {
    "by own name": ({"F": {"assign": {"anna": ["Starter"]}}}, "anna", "F", True),
    "by group": ({"F": {"assign": {"clerks": ["Starter"]}}}, "anna", "F", True),
    "by counted entry": ({"F": {"assign": {"bot": ["Starter"]}}}, "bot-2", "F", True),
    "one member only": ({"F": {"assign": {"bot-1": ["Starter"]}}}, "bot-2", "F", False),
    "never an application by group": (
        {"F": {"assign": {"clerks": ["Starter"]}}},
        "app",
        "F",
        False,
    ),
    "an application by own name": ({"F": {"assign": {"app": ["Starter"]}}}, "app", "F", True),
    "union of roles": ({"F": {"assign": {"anna": ["Viewer", "Starter"]}}}, "anna", "F", True),
    "union with group": (
        {"F": {"assign": {"anna": ["Viewer"], "clerks": ["Starter"]}}},
        "anna",
        "F",
        True,
    ),
    "down the tree": (
        {"F": {"assign": {"anna": ["Starter"]}, "folders": {"G": {"folders": {"H": {}}}}}},
        "anna",
        "F/G/H",
        True,
    ),
    "never up": ({"F": {"folders": {"G": {"assign": {"anna": ["Starter"]}}}}}, "anna", "F", False),
    "never to a sibling": (
        {"F": {"folders": {"G": {"assign": {"anna": ["Starter"]}}, "H": {}}}},
        "anna",
        "F/H",
        False,
    ),
    "a lower role adds": (
        {
            "F": {
                "assign": {"anna": ["Starter"]},
                "folders": {"G": {"assign": {"anna": ["Viewer"]}}},
            }
        },
        "anna",
        "F/G",
        True,
    ),
    "a tenant role gives nothing": ({"F": {"assign": {"anna": ["Licences"]}}}, "anna", "F", False),
    "a mixed role in a folder": ({"F": {"assign": {"anna": ["Administrator"]}}}, "anna", "F", True),
    "the default user": ({"F": {"assign": {"anna": ["Automation User"]}}}, "anna", "F", True),
}


@pytest.mark.parametrize(("folders", "who", "where", "starts"), RIGHTS.values(), ids=RIGHTS)
def test_who_may_start(folders: dict[str, Any], who: str, where: str, *, starts: bool) -> None:
    assert ("Jobs.Create" in access(folders).permissions(who, where)) is starts


@pytest.mark.parametrize("held", [[], ["Licences"]], ids=["no role", "a tenant role"])
def test_an_assignment_opens_the_folder_even_if_its_roles_give_nothing(held: list[str]) -> None:
    rights = access({"F": {"assign": {"anna": held}}, "G": {}})
    assert rights.has_access("anna", "F")
    assert not rights.has_access("anna", "G")
    assert rights.permissions("anna", "F") == frozenset()


MIXED = {
    # Default roles: a tenant operation counts the tenant part; in a folder, the folder's own role
    # wins over the tenant's. Whether a tenant-level mixed role opens folders is the folder model.
    "modern, no assignment": ("modern", {}, False, False),
    "classic, no assignment": ("classic", {}, True, True),
    "modern, a folder role": ("modern", {"anna": ["Viewer"]}, True, False),
    "classic, a folder role replaces": ("classic", {"anna": ["Viewer"]}, True, False),
    "classic, a group's folder role replaces": ("classic", {"clerks": ["Viewer"]}, True, False),
    "classic, a tenant role replaces nothing": ("classic", {"anna": ["Licences"]}, True, True),
    "modern, assigned without a role": ("modern", {"anna": []}, True, False),
}


@pytest.mark.parametrize(("model", "assign", "enters", "starts"), MIXED.values(), ids=MIXED)
def test_a_mixed_role_of_the_tenant(
    model: str, assign: dict[str, list[str]], *, enters: bool, starts: bool
) -> None:
    rights = access(
        {"F": {"assign": assign}},
        tenant={"assign": {"anna": ["Administrator"]}},
        assumptions={"folder_model": model},
    )
    assert rights.has_access("anna", "F") is enters
    assert ("Jobs.Create" in rights.permissions("anna", "F")) is starts
    assert "Machines.Edit" in rights.tenant_permissions("anna")
    assert "Jobs.Create" not in rights.tenant_permissions("anna")


def test_at_the_tenant_count_only_roles_of_the_tenant() -> None:
    rights = access(
        {"F": {"assign": {"anna": ["Administrator"]}}},
        tenant={"assign": {"anna": ["Starter"], "clerks": ["Licences"]}},
    )
    assert rights.tenant_permissions("anna") == {"License.View"}
    assert [grant.principal for grant in rights.tenant_grants("anna")] == ["clerks"]


COPIES = {
    "a copy keeps the assumption": ({"copy_of": "Automation User"}, True, True),
    "and may take it away": (
        {"copy_of": "Automation User", "remove": {"Jobs": ["Create"]}},
        True,
        False,
    ),
    "without the assumption": ({"copy_of": "Automation User"}, False, False),
    "add": ({"copy_of": "Automation User", "add": {"Jobs": ["Create"]}}, False, True),
    "a copy of a copy": ({"copy_of": "Middle"}, True, True),
}


@pytest.mark.parametrize(("role", "assumed", "starts"), COPIES.values(), ids=COPIES)
def test_copies(role: dict[str, Any], *, assumed: bool, starts: bool) -> None:
    roles = {"Copy": role, "Middle": {"copy_of": "Automation User"}}
    rights = access(
        {"F": {"assign": {"anna": ["Copy"]}}},
        roles=roles,
        assumptions={"automation_user_starts_jobs": assumed},
    )
    assert ("Jobs.Create" in rights.permissions("anna", "F")) is starts
    assert "Transactions.Edit" in rights.permissions("anna", "F")


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


NAMES = ("anna", "app", "bot", "bot-1", "clerks")
HELD = st.lists(st.sampled_from([*ROLES, "Administrator", "Automation User"]), max_size=2)
ASSIGN = st.dictionaries(st.sampled_from(NAMES), HELD, max_size=3)
TREES = st.recursive(
    st.fixed_dictionaries({"assign": ASSIGN}),
    lambda below: st.fixed_dictionaries(
        {"assign": ASSIGN, "folders": st.dictionaries(st.sampled_from("XY"), below, max_size=2)}
    ),
    max_leaves=4,
)
ESTATES = st.fixed_dictionaries({"A": TREES, "B": TREES})
TENANTS = st.fixed_dictionaries({"assign": ASSIGN})


def everything(rights: Access) -> dict[tuple[str, str], frozenset[str]]:
    return {
        (who, at): rights.permissions(who, at) for who in rights.accounts for at in rights.folders
    }


@settings(max_examples=60, deadline=None)
@given(ESTATES, TENANTS, st.sampled_from(NAMES), st.sampled_from([*ROLES, "Robot"]))
def test_one_more_role_takes_nothing_away_and_gives_a_sibling_nothing(
    folders: dict[str, Any], tenant: dict[str, Any], who: str, role: str
) -> None:
    before = access(folders, tenant=tenant)
    assign = folders["A"]["assign"]
    richer = {"A": {**folders["A"], "assign": {**assign, who: [*assign.get(who, []), role]}}}
    after = access({**folders, **richer}, tenant=tenant)
    for (account, at), rights in everything(before).items():
        now = after.permissions(account, at)
        assert now >= rights
        if at.startswith("B") or account not in after.members(who):
            assert now == rights


@settings(max_examples=60, deadline=None)
@given(ESTATES, TENANTS, st.sampled_from(NAMES))
def test_only_the_mixed_rule_takes_a_right_away(
    folders: dict[str, Any], tenant: dict[str, Any], who: str
) -> None:
    # In the classic model a folder role replaces what a mixed role of the tenant brought, no more.
    assumptions = {"folder_model": "classic"}
    before = access(folders, tenant=tenant, assumptions=assumptions)
    assign = folders["A"]["assign"]
    richer = {"A": {**folders["A"], "assign": {**assign, who: [*assign.get(who, []), "Viewer"]}}}
    after = access({**folders, **richer}, tenant=tenant, assumptions=assumptions)
    for (account, at), rights in everything(before).items():
        lost = rights - after.permissions(account, at)
        from_tenant = [grant for grant in before.grants(account, at) if grant.place == TENANT]
        assert not lost or (from_tenant and at.startswith("A"))


@settings(max_examples=60, deadline=None)
@given(ESTATES, TENANTS)
def test_rights_are_the_union_of_the_grants_and_flow_down(
    folders: dict[str, Any], tenant: dict[str, Any]
) -> None:
    rights = access(folders, tenant=tenant)
    for (account, at), held in everything(rights).items():
        grants = rights.grants(account, at)
        assert held == frozenset().union(*(grant.permissions for grant in grants))
        assert all(at == grant.place or at.startswith(f"{grant.place}/") for grant in grants)
        parent = at.rpartition("/")[0]
        assert not parent or held >= rights.permissions(account, parent)
        assert rights.has_access(account, at) or not held
