"""Roles that cannot be, and roles that give nothing where they stand."""

from __future__ import annotations

from typing import Any

import pytest
from builders import catalogue, folder, problems, scenario

from simulator.model.references import dangling

STARTER = {"type": "folder", "permissions": {"Jobs": ["View", "Create"]}}
TENANT = {"type": "tenant", "permissions": {"Machines": ["View"]}}
SEES_JOBS = {"add": {"Jobs": ["View"]}}

ROLES: dict[str, tuple[dict[str, Any], str, str, str]] = {
    "a default role": (
        {"Automation User": STARTER},
        "roles.Automation User",
        "default-role",
        "error",
    ),
    "an edit of a fixed role": (
        {"Automation User": SEES_JOBS},
        "roles.Automation User",
        "default-role",
        "error",
    ),
    "an editable role made anew": (
        {"Robot": STARTER},
        "roles.Robot.permissions",
        "default-role",
        "error",
    ),
    "an editable role as a copy": (
        {"Robot": {"copy_of": "Automation User"}},
        "roles.Robot.copy_of",
        "default-role",
        "error",
    ),
    "an edit of no role": ({"R": SEES_JOBS}, "roles.R", "nothing-to-edit", "error"),
    "an edit with no such row": (
        {"Robot": {"add": {"Job": ["View"]}}},
        "roles.Robot.add.Job",
        "unknown-permission",
        "error",
    ),
    "an edit with nothing to remove": (
        {"Robot": {"remove": {"Machines": ["View", "Edit"]}}},
        "roles.Robot.remove.Machines",
        "nothing-to-remove",
        "warning",
    ),
    "a copy of nothing": (
        {"R": {"copy_of": "Automation Usr"}},
        "roles.R.copy_of",
        "unknown-role",
        "error",
    ),
    "a copy of a mixed role": (
        {"R": {"copy_of": "Administrator"}},
        "roles.R.copy_of",
        "copy-of-mixed",
        "error",
    ),
    "a copy of itself": ({"R": {"copy_of": "R"}}, "roles.R.copy_of", "copy-cycle", "error"),
    "a ring of copies, told once": (
        {"R": {"copy_of": "S"}, "S": {"copy_of": "T"}, "T": {"copy_of": "R"}},
        "roles.R.copy_of",
        "copy-cycle",
        "error",
    ),
    "no such row": (
        {"R": {"type": "folder", "permissions": {"Job": ["View"]}}},
        "roles.R.permissions.Job",
        "unknown-permission",
        "error",
    ),
    "a tenant row in a folder role": (
        {"R": {"type": "folder", "permissions": {"Machines": ["View"]}}},
        "roles.R.permissions.Machines",
        "wrong-permission",
        "error",
    ),
    "a folder row in a tenant role": (
        {"R": {"type": "tenant", "permissions": {"Jobs": ["View"]}}},
        "roles.R.permissions.Jobs",
        "wrong-permission",
        "error",
    ),
    "a tenant row added to a copy": (
        {"R": {"copy_of": "Automation User", "add": {"Machines": ["View"]}}},
        "roles.R.add.Machines",
        "wrong-permission",
        "error",
    ),
    "no such row to remove": (
        {"R": {"copy_of": "Automation User", "remove": {"Job": ["View"]}}},
        "roles.R.remove.Job",
        "unknown-permission",
        "error",
    ),
    "nothing to add": (
        {"R": {"copy_of": "Automation User", "add": {"Queues": ["View", "Edit"]}}},
        "roles.R.add.Queues",
        "nothing-to-add",
        "warning",
    ),
    "an edit with nothing to add": (
        {"Robot": {"add": {"License": ["View"]}}},
        "roles.Robot.add.License",
        "nothing-to-add",
        "warning",
    ),
    "nothing to add to what another role added": (
        {
            "R": {"copy_of": "S", "add": {"Jobs": ["Edit", "Create"]}},
            "S": {"copy_of": "Automation User", "add": {"Jobs": ["Edit"]}},
        },
        "roles.R.add.Jobs",
        "nothing-to-add",
        "warning",
    ),
    "nothing to add to a tenant role": (
        {"R": {"copy_of": "Allow to be Automation User", "add": {"License": ["View"]}}},
        "roles.R.add.License",
        "nothing-to-add",
        "warning",
    ),
    "nothing to remove": (
        {"R": {"copy_of": "Automation User", "remove": {"Queues": ["View", "Edit"]}}},
        "roles.R.remove.Queues",
        "nothing-to-remove",
        "warning",
    ),
}


@pytest.mark.parametrize(("roles", "path", "code", "severity"), ROLES.values(), ids=ROLES)
def test_a_role_that_cannot_be(roles: dict[str, Any], path: str, code: str, severity: str) -> None:
    assert problems(roles=roles) == [(path, code, severity)]


FINE: dict[str, dict[str, Any]] = {
    "tenant and folder": {"R": STARTER, "S": TENANT},
    "a copy with changes": {
        "R": {
            "copy_of": "Automation User",
            "add": {"Jobs": ["Edit"]},
            "remove": {"Queues": ["View"], "Jobs": ["Create"]},
        }
    },
    "a copy of a copy": {"R": {"copy_of": "S"}, "S": {"copy_of": "Allow to be Automation User"}},
    "a copy of the workspace role": {"R": {"copy_of": "Personal Workspace Administrator"}},
    "an edit of both parts of a mixed role": {
        "Robot": {
            "add": {"Jobs": ["Edit"], "Machines": ["Edit"]},
            "remove": {"Jobs": ["Create"], "Queues": ["View"], "License": ["View"]},
        }
    },
}


@pytest.mark.parametrize("roles", FINE.values(), ids=FINE)
def test_a_role_that_can(roles: dict[str, Any]) -> None:
    assert problems(roles=roles) == []


STARTS_NOTHING = {"remove": {"Jobs": ["Create"]}}


@pytest.mark.parametrize(
    ("name", "role"),
    [("R", {"copy_of": "Automation User", **STARTS_NOTHING}), ("Robot", STARTS_NOTHING)],
    ids=["copy", "edit"],
)
def test_what_the_assumption_does_not_grant_cannot_be_taken_away(
    name: str, role: dict[str, Any]
) -> None:
    assert problems(roles={name: role}) == []
    assert problems(roles={name: role}, assumptions={"automation_user_starts_jobs": False}) == [
        (f"roles.{name}.remove.Jobs", "nothing-to-remove", "warning")
    ]


STARTS_JOBS = {"add": {"Jobs": ["View", "Create"]}}


@pytest.mark.parametrize("assumed", [True, False], ids=["assumed", "not assumed"])
@pytest.mark.parametrize(
    "roles",
    [
        {"R": {"copy_of": "Automation User", **STARTS_JOBS}},
        {"R": {"copy_of": "S", **STARTS_JOBS}, "S": {"copy_of": "Automation User"}},
        {"Robot": STARTS_JOBS},
    ],
    ids=["copy", "copy of a copy", "edit"],
)
def test_what_only_the_assumption_grants_is_worth_adding(
    roles: dict[str, Any], *, assumed: bool
) -> None:
    """The file then says itself what no page settles."""
    assumptions = {"automation_user_starts_jobs": assumed}
    assert problems(roles=roles, assumptions=assumptions) == []


def test_it_is_said_what_a_role_has_already() -> None:
    roles = {"R": {"copy_of": "Automation User", "add": {"Transactions": ["View", "Delete"]}}}
    (issue,) = dangling(scenario(roles=roles), catalogue())
    said = "'Automation User' has Transactions.View already"
    assert (issue.message, issue.hint) == (said, "leave it out")


HINTS: dict[str, tuple[dict[str, Any], str, str]] = {
    "a fixed role": (
        {"Folder Administrator": SEES_JOBS},
        "'Folder Administrator' is a fixed default role: it cannot be edited",
        "copy it under another name: copy_of: Folder Administrator",
    ),
    "a fixed and mixed role": (
        {"Administrator": SEES_JOBS},
        "'Administrator' is a fixed default role: it cannot be edited",
        "it is mixed and cannot be copied either: make a tenant and a folder role of your own",
    ),
    "an editable role made anew": (
        {"Robot": STARTER},
        "'Robot' is a default role: it is edited, not made anew",
        "say what changes with add and remove alone",
    ),
    "nearly an editable role": (
        {"robot": SEES_JOBS},
        "add and remove need a role to change, and no default role is called 'robot'",
        "did you mean 'Robot'?",
    ),
    "no default role": (
        {"Clerk": SEES_JOBS},
        "add and remove need a role to change, and no default role is called 'Clerk'",
        "give it permissions, or copy_of the role to be changed",
    ),
}


@pytest.mark.parametrize(("roles", "message", "hint"), HINTS.values(), ids=HINTS)
def test_an_error_says_what_to_do_instead(roles: dict[str, Any], message: str, hint: str) -> None:
    (issue,) = dangling(scenario(roles=roles), catalogue())
    assert (issue.message, issue.hint) == (message, hint)


LEVELS: dict[str, tuple[dict[str, Any], str]] = {
    "a tenant role in a folder": (
        {"folders": {"F": folder(assign={"owner": ["Allow to be Automation User"]})}},
        "folders.F.assign.owner.0",
    ),
    "a copy of one": (
        {
            "folders": {"F": folder(assign={"owner": ["R"]})},
            "roles": {"R": {"copy_of": "Orchestrator Administrator"}},
        },
        "folders.F.assign.owner.0",
    ),
    "a folder role at the tenant": (
        {"tenant": {"assign": {"owner": ["Administrator", "Folder Administrator"]}}},
        "tenant.assign.owner.1",
    ),
}


@pytest.mark.parametrize(("parts", "path"), LEVELS.values(), ids=LEVELS)
def test_a_role_of_the_other_level_gives_nothing(parts: dict[str, Any], path: str) -> None:
    assert problems(**parts) == [(path, "role-gives-nothing", "warning")]


def test_an_api_name_is_answered_with_the_screen_name() -> None:
    roles = {"R": {"type": "folder", "permissions": {"Schedules": ["Create"]}}}
    (issue,) = dangling(scenario(roles=roles), catalogue())
    assert issue.hint == "on screen it is called 'Triggers'"


def test_a_ring_is_written_out() -> None:
    roles = {"R": {"copy_of": "S"}, "S": {"copy_of": "R"}}
    (issue,) = dangling(scenario(roles=roles), catalogue())
    assert issue.message == "'R' copies itself: R → S → R"
