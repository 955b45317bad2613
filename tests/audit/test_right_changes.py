"""Who gained or lost which right between two scenarios, one estate for each rule."""

from __future__ import annotations

from typing import Any

import pytest
from builders import catalogue, scenario
from counting import counted
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.access.demands import Action
from simulator.access.grants import Access, access_of
from simulator.audit.by_role import ByRole
from simulator.audit.right_changes import RightChange, right_changes

ROLES = {
    "Starter": {"type": "folder", "permissions": {"Jobs": ["View", "Create"]}},
    "Viewer": {"type": "folder", "permissions": {"Jobs": ["View"]}},
    "Queue Viewer": {"type": "folder", "permissions": {"Queues": ["View"]}},
    "Item Adder": {"type": "folder", "permissions": {"Transactions": ["Create"]}},
}
ACCOUNTS = {
    "anna": {"type": "user", "groups": ["clerks"]},
    "ben": {"type": "user", "groups": ["clerks"]},
    "dev": {"type": "user", "count": 4},
    "bot": {"type": "robot", "count": 2},
}


def estate(folders: dict[str, Any], **more: Any) -> Access:
    made = scenario(
        folders=folders, **{"accounts": ACCOUNTS, "roles": ROLES, "machines": {}, **more}
    )
    return access_of(made, catalogue())


def assigned(**assign: list[str]) -> dict[str, Any]:
    return {"F": {"assign": assign}}


def changes(
    before: dict[str, Any], after: dict[str, Any], more: dict[str, Any] | None = None
) -> list[str]:
    """Every change in one line; `more` is of the later scenario alone."""
    return list(map(told, right_changes(estate(before), estate(after, **(more or {})))))


def told(one: RightChange) -> str:
    roles = " + ".join(
        f"{role.role}@{role.place}{f' ({role.group})' if role.group else ''}" for role in one.roles
    )
    sign = "+" if one.gained else "-"
    return f"{one.folder} {sign}{one.action}: {', '.join(one.who)}; {roles}; {one.missing[0]}"


START = "Starter@F; Jobs.Create"
SEE = "Starter@F; Jobs.View"
CHANGES = {
    "nothing": (assigned(anna=["Starter"]), assigned(anna=["Starter"]), []),
    "a role more": (
        assigned(anna=["Viewer"]),
        assigned(anna=["Viewer", "Starter"]),
        [f"F +start: anna; {START}"],
    ),
    "a role less": (
        assigned(anna=["Viewer", "Starter"]),
        assigned(anna=["Viewer"]),
        [f"F -start: anna; {START}"],
    ),
    "a second role for what one has": (
        assigned(anna=["Starter"]),
        assigned(anna=["Starter", "Viewer"]),
        [],
    ),
    "to a group": (
        assigned(),
        assigned(clerks=["Starter"]),
        [
            "F +see jobs: anna, ben; Starter@F (clerks); Jobs.View",
            "F +start: anna, ben; Starter@F (clerks); Jobs.Create",
        ],
    ),
    "to a counted account": (
        assigned(),
        assigned(dev=["Starter"]),
        [f"F +see jobs: dev-1 … dev-4; {SEE}", f"F +start: dev-1 … dev-4; {START}"],
    ),
    "to one who has it already and one who has not": (
        assigned(anna=["Starter"]),
        assigned(anna=["Starter"], clerks=["Starter"]),
        [
            "F +see jobs: ben; Starter@F (clerks); Jobs.View",
            "F +start: ben; Starter@F (clerks); Jobs.Create",
        ],
    ),
    "two roles together": (
        assigned(anna=["Queue Viewer"]),
        assigned(anna=["Queue Viewer", "Item Adder"]),
        ["F +add items: anna; Item Adder@F; Transactions.Create"],
    ),
    "flows down": (
        {"F": {"folders": {"G": {}}}},
        {"F": {"assign": {"anna": ["Viewer"]}, "folders": {"G": {}}}},
        [
            "F +see jobs: anna; Viewer@F; Jobs.View",
            "F/G +see jobs: anna; Viewer@F; Jobs.View",
        ],
    ),
    "a folder that goes": (
        {"F": {"assign": {"anna": ["Viewer"]}}, "G": {"assign": {"ben": ["Viewer"]}}},
        {"F": {"assign": {"anna": ["Viewer"]}}},
        ["G -see jobs: ben; Viewer@G; Jobs.View"],
    ),
}


@pytest.mark.parametrize(("before", "after", "expected"), CHANGES.values(), ids=CHANGES)
def test_what_changes_is_told_once(
    before: dict[str, Any], after: dict[str, Any], expected: list[str]
) -> None:
    assert changes(before, after) == expected


ELSEWHERE = {
    "the role itself": (
        {"roles": {**ROLES, "Viewer": ROLES["Starter"]}},
        ["F +start: anna, ben; Viewer@F (clerks); Jobs.Create"],
    ),
    "who is in the group": (
        {"accounts": {**ACCOUNTS, "carla": {"type": "user", "groups": ["clerks"]}}},
        ["F +see jobs: carla; Viewer@F (clerks); Jobs.View"],
    ),
    "who left it": (
        {"accounts": {**ACCOUNTS, "ben": {"type": "user"}}},
        ["F -see jobs: ben; Viewer@F (clerks); Jobs.View"],
    ),
    "one robot more": ({"accounts": {**ACCOUNTS, "bot": {"type": "robot", "count": 3}}}, []),
    "the assumption on Automation User": (
        {"assumptions": {"automation_user_starts_jobs": False}},
        [
            "F -see jobs: bot-1, bot-2; Automation User@F; Jobs.View",
            "F -start: bot-1, bot-2; Automation User@F; Jobs.Create",
        ],
    ),
}


@pytest.mark.parametrize(("more", "expected"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_what_changes_elsewhere_is_told_where_it_counts(
    more: dict[str, Any], expected: list[str]
) -> None:
    same = assigned(clerks=["Viewer"], bot=["Automation User"])
    assert changes(same, same, more) == expected


def test_a_mixed_role_of_the_tenant_is_replaced_by_a_role_in_the_folder() -> None:
    """In the classic model, Administrator at the tenant gives all there is, until a role is."""
    parts = {
        "tenant": {"assign": {"anna": ["Administrator"]}},
        "assumptions": {"folder_model": "classic"},
    }
    before, after = estate(assigned(), **parts), estate(assigned(anna=["Viewer"]), **parts)
    found = {one.action: one for one in right_changes(before, after)}
    assert set(found) == set(Action) - {Action.SEE_JOBS}
    assert found[Action.START] == RightChange(
        "F",
        ("anna",),
        Action.START,
        gained=False,
        roles=(ByRole("Administrator", "", ""),),
        missing=("Jobs.Create",),
    )


def test_a_personal_workspace_is_lost_to_all_but_its_owner() -> None:
    found = changes(assigned(clerks=["Viewer"]), {"F": {"personal": "anna"}})
    assert "F -see jobs: ben; Viewer@F (clerks); Jobs.View" in found
    owners = [line for line in found if "anna" in line]
    assert "F +start: anna; Personal Workspace Administrator@F; Jobs.Create" in owners
    assert all("+" in line for line in owners)


NAMES = ("anna", "ben", "clerks", "dev", "dev-2")
ASSIGN = st.dictionaries(
    st.sampled_from(NAMES), st.lists(st.sampled_from([*ROLES, "Robot"]), max_size=2), max_size=3
)
TREES = st.fixed_dictionaries(
    {
        "assign": ASSIGN,
        "folders": st.dictionaries(
            st.sampled_from("XY"), st.fixed_dictionaries({"assign": ASSIGN})
        ),
    }
)
PEOPLE = st.sampled_from([ACCOUNTS, {**ACCOUNTS, "ben": {"type": "user"}}])
SIDES = st.fixed_dictionaries(
    {
        "folders": st.dictionaries(st.sampled_from("AB"), TREES, min_size=1),
        "accounts": PEOPLE,
        "tenant": st.fixed_dictionaries({"assign": ASSIGN}),
        "roles": st.sampled_from([ROLES, {**ROLES, "Viewer": ROLES["Starter"]}]),
        "assumptions": st.sampled_from([{"folder_model": "modern"}, {"folder_model": "classic"}]),
    }
)


def every_right(access: Access) -> set[tuple[str, str, Action]]:
    return {
        (folder, account, action)
        for folder in access.folders
        for account in access.accounts
        for action in Action
        if not access.lacks(account, folder, action)
    }


@settings(max_examples=80, deadline=None)
@given(SIDES, SIDES)
def test_it_finds_what_asking_about_everybody_everywhere_finds(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    old, new = estate(**before), estate(**after)
    found: dict[bool, set[tuple[str, str, Action]]] = {True: set(), False: set()}
    for one in right_changes(old, new):
        names = [member for name in one.who for member in _members(name)]
        assert found[one.gained].isdisjoint((one.folder, name, one.action) for name in names)
        found[one.gained].update((one.folder, name, one.action) for name in names)
        assert one.roles
    assert found[True] == every_right(new) - every_right(old)
    assert found[False] == every_right(old) - every_right(new)


def _members(name: str) -> list[str]:
    first, dots, last = name.partition(" … ")
    if not dots:
        return [name]
    numbers = range(int(first.removeprefix("dev-")), int(last.removeprefix("dev-")) + 1)
    return [f"dev-{number}" for number in numbers]


def test_one_grant_in_a_large_estate_costs_next_to_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of 2 million pairs of account and folder one is asked about, as it was and as it is."""
    accounts = {
        f"u{number}": {"type": "user", "groups": ["all", f"g{number % 50}"]}
        for number in range(2000)
    }
    folders = {
        f"F{number}": {"assign": {"all": ["Viewer"], f"g{number % 50}": ["Starter"]}}
        for number in range(1000)
    }
    richer = {**folders, "F7": {"assign": {**folders["F7"]["assign"], "u3": ["Starter"]}}}
    sides = [estate(each, accounts=accounts) for each in (folders, richer)]
    asked = counted(monkeypatch, Access, "_find_standing")
    assert list(map(told, right_changes(*sides))) == [f"F7 +start: u3; {START.replace('F', 'F7')}"]
    assert asked == {(("all", "g3"), "F7"): 1, (("u3", "all", "g3"), "F7"): 1}
