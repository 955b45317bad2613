"""Who has access to each folder, together with those who have the same grants there."""

from __future__ import annotations

from typing import Any

import pytest
from access.random_rights import ACCOUNTS as RANDOM_ACCOUNTS
from access.random_rights import FILES, File
from access.random_rights import ROLES as RANDOM_ROLES
from builders import catalogue, scenario
from hypothesis import given, settings

from simulator.access.demands import Action
from simulator.access.grants import access_of
from simulator.audit.parties import Parties, parties_of, robots

ROLES = {
    "Starter": {"type": "folder", "permissions": {"Jobs": ["Create"]}},
    "Viewer": {"type": "folder", "permissions": {"Jobs": ["View"]}},
    "Half": {"type": "folder", "permissions": {"Queues": ["View"]}},
    "Other half": {"type": "folder", "permissions": {"Transactions": ["Create"]}},
    "Licences": {"type": "tenant", "permissions": {"License": ["View"]}},
}
ACCOUNTS = {
    "anna": {"type": "user", "groups": ["clerks"]},
    "ben": {"type": "user", "groups": ["clerks"]},
    "dev": {"type": "user", "count": 3},
    "app": {"type": "application", "groups": ["clerks"]},
}


def found(folders: dict[str, Any], **more: Any) -> Parties:
    parts = {"accounts": ACCOUNTS, "roles": ROLES, "machines": {}, **more}
    made = scenario(folders=folders, **parts)
    return parties_of(access_of(made, catalogue()))


def told(parties: Parties, folder: str) -> list[tuple[str, str, str]]:
    """Each party's accounts, what they may do, and role@place by principal."""
    return [
        (
            " ".join(party.accounts),
            ", ".join(party.may),
            ", ".join(f"{one.role}@{one.place} {one.principal}" for one in party.grants),
        )
        for party in parties[folder]
    ]


CASES: dict[str, tuple[dict[str, Any], dict[str, Any], str, list[tuple[str, str, str]]]] = {
    "a group, never its application": (
        {"F": {"assign": {"clerks": ["Starter"]}}},
        {},
        "F",
        [("anna ben", "start", "Starter@F clerks")],
    ),
    "counted members together": (
        {"F": {"assign": {"dev": ["Viewer"]}}},
        {},
        "F",
        [("dev-1 dev-2 dev-3", "see jobs", "Viewer@F dev")],
    ),
    "one member with more": (
        {"F": {"assign": {"dev": ["Viewer"], "dev-2": ["Starter"]}}},
        {},
        "F",
        [
            ("dev-1 dev-3", "see jobs", "Viewer@F dev"),
            ("dev-2", "see jobs, start", "Starter@F dev-2, Viewer@F dev"),
        ],
    ),
    "inherited, and one with more below": (
        {
            "F": {
                "assign": {"clerks": ["Viewer"]},
                "folders": {"G": {"assign": {"ben": ["Starter"]}}},
            }
        },
        {},
        "F/G",
        [
            ("anna", "see jobs", "Viewer@F clerks"),
            ("ben", "see jobs, start", "Starter@F/G ben, Viewer@F clerks"),
        ],
    ),
    "the same name again below": (
        {
            "F": {
                "assign": {"clerks": ["Viewer"]},
                "folders": {"G": {"assign": {"clerks": ["Starter"]}}},
            }
        },
        {},
        "F/G",
        [("anna ben", "see jobs, start", "Starter@F/G clerks, Viewer@F clerks")],
    ),
    "nothing flows up": (
        {"F": {"folders": {"G": {"assign": {"anna": ["Viewer"]}}}}},
        {},
        "F",
        [],
    ),
    "an action that demands two permissions": (
        {"F": {"assign": {"anna": ["Half", "Other half"], "ben": ["Half"]}}},
        {},
        "F",
        [
            ("anna", "add items", "Half@F anna, Other half@F anna"),
            ("ben", "", "Half@F ben"),
        ],
    ),
    "a tenant role gives nothing in a folder": (
        {"F": {"assign": {"anna": ["Licences"]}}},
        {},
        "F",
        [("anna", "", "")],
    ),
    "a mixed role of the tenant opens no folder": (
        {"F": {}},
        {"tenant": {"assign": {"clerks": ["Robot"]}}},
        "F",
        [],
    ),
    "but does in the classic model, unless a folder's role replaces it": (
        {"F": {"assign": {"ben": ["Half"]}}},
        {
            "tenant": {"assign": {"clerks": ["Robot"]}},
            "assumptions": {"folder_model": "classic"},
        },
        "F",
        [
            ("anna", "see processes, see jobs, start, add items", "Robot@ clerks"),
            ("ben", "", "Half@F ben"),
        ],
    ),
    "a personal workspace is its owner's alone": (
        {"P": {"personal": "anna"}},
        {},
        "P",
        [("anna", ", ".join(Action), "Personal Workspace Administrator@P anna")],
    ),
}


@pytest.mark.parametrize(("folders", "more", "folder", "expected"), CASES.values(), ids=CASES)
def test_parties(
    folders: dict[str, Any],
    more: dict[str, Any],
    folder: str,
    expected: list[tuple[str, str, str]],
) -> None:
    assert told(found(folders, **more), folder) == expected


def test_an_action_rests_on_the_grants_that_give_a_permission_for_it() -> None:
    assign = {"anna": ["Viewer", "Starter"], "clerks": ["Starter", "Half"]}
    party = found({"F": {"assign": assign}})["F"][0]
    assert party.accounts == ("anna",)
    assert [(one.role, one.principal) for one in party.may[Action.START]] == [
        ("Starter", "anna"),
        ("Starter", "clerks"),
    ]
    assert [one.role for one in party.may[Action.SEE_JOBS]] == ["Viewer"]


def test_a_folder_that_assigns_nothing_shares_the_parties_of_its_parent() -> None:
    parties = found({"F": {"assign": {"clerks": ["Viewer"]}, "folders": {"G": {}}}})
    assert parties["F/G"] is parties["F"]


@given(FILES)
@settings(max_examples=100)
def test_parties_are_what_access_says_of_each_account(file: File) -> None:
    parts = {"accounts": RANDOM_ACCOUNTS, "roles": RANDOM_ROLES, "machines": {"vm": {}, "lab": {}}}
    made = scenario(**{**parts, **file})
    access = access_of(made, catalogue())
    for folder, parties in parties_of(access).items():
        accounts = [account for party in parties for account in party.accounts]
        assert len(accounts) == len(set(accounts))
        assert set(accounts) == {one for one in access.accounts if access.has_access(one, folder)}
        for party in parties:
            for account in party.accounts:
                may = {action for action in Action if not access.lacks(account, folder, action)}
                assert may == set(party.may)
                assert [(one.role, one.place) for one in access.grants(account, folder)] == [
                    (one.role, one.place) for one in party.grants
                ]


def test_robots_are_accounts_of_that_type_member_by_member() -> None:
    made = scenario(
        accounts={
            "bot": {"type": "robot", "count": 2},
            "anna": {"type": "user", "unattended": True},
        },
        folders={},
    )
    assert robots(access_of(made, catalogue())) == {"bot-1", "bot-2"}
