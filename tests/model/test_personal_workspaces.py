"""Personal workspaces: who may own one, and what cannot be in one."""

from __future__ import annotations

from typing import Any

import pytest
from builders import ACCOUNTS, catalogue, problems, scenario

from simulator.model.references import dangling

PEOPLE = {
    **ACCOUNTS,
    "anna": {"type": "user", "groups": ["clerks"]},
    "dev": {"type": "user", "count": 3},
    "bot": {"type": "robot", "count": 2},
    "app": {"type": "application"},
}


def workspace(owner: str, **parts: Any) -> dict[str, Any]:
    """A scenario with the folder F and a personal workspace W."""
    whole = {"personal": owner, "machines": ["M1"], **parts}
    return {"accounts": PEOPLE, "folders": {"W": whole}}


OWNERS = {
    "unknown": ("anne", "unknown-account", "did you mean 'anna'?"),
    "a group": ("clerks", "personal-owner", "name one of its users"),
    "a counted account": ("dev", "personal-owner", "name one: 'dev-1'"),
    "a robot": (
        "robot",
        "personal-owner",
        "name a user; a folder that robots run in has no personal",
    ),
    "a member of counted robots": (
        "bot-1",
        "personal-owner",
        "name a user; a folder that robots run in has no personal",
    ),
    "an application": (
        "app",
        "personal-owner",
        "name a user; a folder that robots run in has no personal",
    ),
    "no such member": ("dev-4", "unknown-account", "did you mean 'dev'?"),
}


@pytest.mark.parametrize(("owner", "code", "hint"), OWNERS.values(), ids=OWNERS)
def test_the_owner_is_one_user(owner: str, code: str, hint: str) -> None:
    (issue,) = dangling(scenario(**workspace(owner)), catalogue())
    assert (issue.path, issue.severity) == (("folders", "W", "personal"), "error")
    assert (issue.code, issue.hint) == (code, hint)


@pytest.mark.parametrize("owner", ["anna", "dev-3"])
def test_a_user_may_own_one_and_so_may_a_member_of_counted_users(owner: str) -> None:
    assert problems(**workspace(owner)) == []


def test_it_has_no_subfolders() -> None:
    assert problems(**workspace("anna", folders={"G": {}})) == [
        ("folders.W.folders", "personal-subfolders", "error")
    ]


def test_what_is_assigned_in_it_gives_nothing() -> None:
    """A warning, as for a role of the wrong level."""
    parts = workspace("anna", assign={"owner": ["Folder Administrator"]})
    assert problems(**parts) == [("folders.W.assign", "personal-closed", "warning")]


def test_a_second_workspace_of_one_owner_is_a_warning_that_names_the_first() -> None:
    mine, yours = {"personal": "anna"}, {"personal": "dev-1"}
    folders = {"F": {"folders": {"W": mine, "V": yours}}, "X": mine}
    (issue,) = dangling(scenario(accounts=PEOPLE, folders=folders), catalogue())
    assert (issue.path, issue.code) == (("folders", "X", "personal"), "personal-twice")
    assert issue.severity == "warning"
    assert issue.message == "'anna' already has the personal workspace 'F/W'"
