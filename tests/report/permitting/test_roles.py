"""Roles in a terminal: 80 columns, a sign for each certainty, and its source below."""

from __future__ import annotations

import pytest
from builders import catalogue
from builders_tables import printed
from rich.cells import cell_len

from simulator.audit.roles import RoleMatrix, role_matrices
from simulator.model.roles import CustomRole
from simulator.report.permitting.roles import MARKS, role_table, roles_table
from simulator.report.wording import NOTHING

LONG = "Op\u202eerator of the night shift with a very long name indeed"
OWN = {
    "Robot": CustomRole(add={"Machines": ("Edit",)}, remove={"Queues": ("View",)}),
    LONG: CustomRole(copy_of="Automation User", remove={"Jobs": ("Create",)}),
    "Starter": CustomRole(type="folder", permissions={"Jobs": ("View", "Create")}),
    "Nothing": CustomRole(type="tenant", permissions={}),
}


def roles(own: dict[str, CustomRole] | None = None) -> dict[str, RoleMatrix]:
    found = role_matrices(own or {}, catalogue(), automation_user_starts_jobs=True)
    return {role.name: role for role in found}


def test_all_roles_stand_in_one_table() -> None:
    lines = printed(roles_table(list(roles().values())))
    no = NOTHING
    assert lines[:7] == [
        "One role with its permissions and their sources: simulator roles NAME",
        "",
        "Default roles, and how many permissions each has",
        "Role                             Type   Edit Copy Tenant Folder   ●  ◐  ○ ?",
        "─" * 75,
        f"Administrator                    mixed    no   no     62    124 144  {no} 42 {no}",
        f"Robot                            mixed   yes   no      6     12   {no}  {no} 16 2",
    ]
    assert "Roles of the scenario" not in lines


def test_a_role_reads_like_this() -> None:
    assert printed(role_table(roles()["Automation User"])) == [
        "Automation User",
        "Executing processes, from Assistant and unattended; goes with Allow to be",
        "Automation User.",
        "Folder role: fixed; can be copied.",
        "",
        "Folder permissions",
        "Permission       View  Edit  Create  Delete",
        "───────────────────────────────────────────",
        "Actions           ◐ 1           ◐ 1",
        "Assets            ◐ 1",
        "Execution Media                 ◐ 1",
        "Jobs              ? 2           ? 2",
        "Logs                            ◐ 1",
        "Processes         ◐ 1",
        "Queues            ◐ 1",
        "Transactions      ◐ 1   ◐ 1     ◐ 1",
        "",
        "◐ 1 recorded 2020: Add-UiPathDefaultRoles.ps1, role Execute",
        "? 2 assumption: assumptions.automation_user_starts_jobs, which no published",
        "    table settles",
    ]


def test_a_mixed_role_has_two_matrices_and_says_why_it_cannot_be_copied() -> None:
    lines = printed(role_table(roles()["Robot"]))
    assert lines[3:5] == [
        "Mixed role: can be edited under its own name, by add and remove; cannot be",
        "copied, since it is mixed.",
    ]
    assert {"Tenant permissions", "Folder permissions"} <= set(lines)


def test_the_scenarios_changes_are_marked() -> None:
    lines = printed(role_table(roles(OWN)["Robot"]), 120)
    assert "Machines     ○ 1   + 4" in lines
    assert "Queues            \N{MINUS SIGN} 5" in lines
    assert "+ 4 added by the scenario: add of 'Robot'" in lines
    assert "\N{MINUS SIGN} 5 removed by the scenario: remove of 'Robot'" in lines


def test_the_scenarios_roles_have_a_table_of_their_own() -> None:
    lines = printed(roles_table(list(roles(OWN).values())), 120)
    own = [line.split() for line in lines[lines.index("Roles of the scenario") + 3 :]]
    assert own[0] == ["Robot", "mixed", "edited", "default", "role", "7", "11", "1", "1"]
    starter = next(cells for cells in own if cells[:1] == ["Starter"])
    assert starter[1:] == ["folder", "permissions", "of", "its", "own", NOTHING, "2", "2", NOTHING]


def test_a_role_without_permissions_says_so() -> None:
    assert printed(role_table(roles(OWN)["Nothing"]))[:3] == [
        "Nothing",
        "Tenant role of the scenario: permissions of its own.",
        "It grants nothing.",
    ]


@pytest.mark.parametrize("width", [50, 80, 120])
def test_nothing_is_wider_than_the_terminal_and_names_are_inert(width: int) -> None:
    found = roles(OWN)
    tables = [roles_table(list(found.values())), *map(role_table, found.values())]
    lines = [line for table in tables for line in printed(table, width)]
    assert max(map(cell_len, lines)) <= width
    assert "\u202e" not in "".join(lines)
    assert "\\u202e" in "".join(lines)


def test_every_certainty_has_a_sign_of_its_own() -> None:
    assert len({mark.sign for mark in MARKS.values()}) == len(MARKS) == 6
