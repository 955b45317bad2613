"""The rules of the roles themselves: the default ones of the page, and a tenant's own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from access.rules import Rule, access_in
from builders import catalogue, folder, problems
from builders_files import scenario_file

from simulator.errors import Issue, ScenarioError
from simulator.loading import load

DEFAULT_ROLES = {  # type, editable, duplicable: the words of the vendor's page Default roles
    "Administrator": ("mixed", False, False),
    "Robot": ("mixed", True, False),
    "Personal Workspace Administrator": ("folder", False, True),
    "Orchestrator Administrator": ("tenant", False, True),
    "Allow to be Folder Administrator": ("tenant", False, True),
    "Folder Administrator": ("folder", False, True),
    "Allow to be Automation User": ("tenant", False, True),
    "Automation User": ("folder", False, True),
    "Allow to be Automation Publisher": ("tenant", False, True),
    "Automation Publisher": ("folder", False, True),
    "Allow to be Automation Developer": ("tenant", False, True),
    "Automation Developer": ("folder", False, True),
}


def test_the_default_roles_are_those_of_the_page() -> None:
    roles = catalogue().roles
    assert {name: (r.type, r.editable, r.duplicable) for name, r in roles.items()} == DEFAULT_ROLES
    assert all(role.description for role in roles.values())


@pytest.mark.parametrize("name", DEFAULT_ROLES)
def test_a_default_role_is_assigned_edited_and_copied_as_the_page_says(name: str) -> None:
    kind, editable, duplicable = DEFAULT_ROLES[name]
    at_tenant = problems(tenant={"assign": {"owner": [name]}})
    in_folder = problems(folders={"F": folder(assign={"owner": [name]})})
    edited = problems(roles={name: {"add": {"Alerts" if kind == "tenant" else "Jobs": ["View"]}}})
    copied = problems(roles={"Mine": {"copy_of": name}})
    assert codes(at_tenant) == ([] if kind != "folder" else ["role-gives-nothing"])
    assert codes(in_folder) == ([] if kind != "tenant" else ["role-gives-nothing"])
    assert codes(edited) == ([] if editable else ["default-role"])
    assert codes(copied) == ([] if duplicable else ["copy-of-mixed"])


def codes(told: list[tuple[str, str, str]]) -> list[str]:
    return [code for _, code, _ in told]


@dataclass(frozen=True)
class FileRule:
    """What a file says under `roles` or instead of its folders, and what it is told."""

    source: str
    severity: str
    said: str
    roles: str = "{}"
    folders: str = "{HR: {}}"


def nested(levels: int) -> str:
    """Folders 1, 1/2, 1/2/3, … as text."""
    inner = f"{{{levels}: {{}}}}"
    for level in range(levels - 1, 0, -1):
        inner = f"{{{level}: {{folders: {inner}}}}}"
    return inner


FILES = {
    "a role of one's own is never mixed": FileRule(
        "Managing custom roles: tenant or folder",
        "error",
        "expected tenant or folder, got 'mixed'",
        roles="{Mine: {type: mixed, permissions: {Jobs: [View]}}}",
    ),
    "nor by a row of the tenant in a folder role": FileRule(
        "Managing custom roles: tenant or folder",
        "error",
        "Machines is a tenant permission, and this is a folder role",
        roles="{Mine: {type: folder, permissions: {Jobs: [View], Machines: [View]}}}",
    ),
    "nor by a row of folders in a tenant role": FileRule(
        "Managing custom roles: tenant or folder",
        "error",
        "Jobs is a folder permission, and this is a tenant role",
        roles="{Mine: {type: tenant, permissions: {Jobs: [View], Machines: [View]}}}",
    ),
    "nor by what a copy adds": FileRule(
        "Managing custom roles: tenant or folder",
        "error",
        "Machines is a tenant permission, and this is a folder role",
        roles="{Mine: {copy_of: Automation User, add: {Machines: [View]}}}",
    ),
    "a mixed role cannot be copied": FileRule(
        "Default roles: duplicate, not available for mixed roles",
        "error",
        "'Administrator' is a mixed role: those cannot be copied",
        roles="{Mine: {copy_of: Administrator}}",
    ),
    "nor one that may be edited": FileRule(
        "Default roles: duplicate, not available for mixed roles",
        "error",
        "'Robot' is a mixed role: those cannot be copied",
        roles="{Mine: {copy_of: Robot}}",
    ),
    "a role cannot copy itself": FileRule(
        "A copy is made from a role that exists",
        "error",
        "'Mine' copies itself: Mine → Mine",
        roles="{Mine: {copy_of: Mine}}",
    ),
    "nor in a ring": FileRule(
        "A copy is made from a role that exists",
        "error",
        "'A' copies itself: A → B → C → A",
        roles="{A: {copy_of: B}, B: {copy_of: C}, C: {copy_of: A}}",
    ),
    "a fixed role cannot be edited": FileRule(
        "Default roles: these roles cannot be changed",
        "error",
        "'Automation User' is a fixed default role: it cannot be edited",
        roles="{Automation User: {add: {Jobs: [Edit]}}}",
    ),
    "nor be made anew": FileRule(
        "Default roles: these roles cannot be changed",
        "error",
        "'Automation User' is a fixed default role: it cannot be edited",
        roles="{Automation User: {type: folder, permissions: {Jobs: [View]}}}",
    ),
    "what is removed is there to be removed": FileRule(
        "A copy is changed in what it has",
        "warning",
        "'Automation User' has no Queues.Delete to take away",
        roles="{Mine: {copy_of: Automation User, remove: {Queues: [Delete]}}}",
    ),
    "seven levels of folders, and no more": FileRule(
        "Managing folders: one first-level folder and six nested ones",
        "warning",
        "'1/2/3/4/5/6/7/8' is 8 levels deep; the vendor allows 7",
        folders=nested(8),
    ),
}


@pytest.mark.parametrize("rule", FILES.values(), ids=FILES)
def test_a_file_is_told(rule: FileRule, tmp_path: Path) -> None:
    told = [one for one in issues(rule, tmp_path) if one.severity == rule.severity]
    assert rule.said in [one.message for one in told]


def issues(rule: FileRule, tmp_path: Path) -> tuple[Issue, ...]:
    text = f"""
version: 1
time: {{start: 2026-01-05, duration: 1d}}
accounts: {{anna: {{type: user}}}}
machines: {{}}
roles: {rule.roles}
folders: {rule.folders}
"""
    try:
        return load(scenario_file(tmp_path, text)).warnings
    except ScenarioError as refused:
        return refused.issues


def test_seven_levels_are_fine(tmp_path: Path) -> None:
    seven = FileRule("Managing folders", "warning", "nothing of depth", folders=nested(7))
    assert not [one for one in issues(seven, tmp_path) if one.code == "too-deep"]


@pytest.mark.parametrize("model", ["modern", "classic"])
@pytest.mark.parametrize(
    ("tenant", "folders", "holds"),
    [
        ("anna: [Administrator]", "HR: {}", True),
        ("anna: [Administrator]", "HR: {assign: {anna: [Viewer]}}", True),
        ("clerks: [Orchestrator Administrator]", "HR: {}", True),
        ("{}", "HR: {assign: {anna: [Administrator]}}", False),
        ("anna: [Folder Administrator]", "HR: {assign: {anna: [Folder Administrator]}}", False),
        ("omar: [Administrator]", "HR: {}", False),
    ],
    ids=[
        "a mixed role of the tenant",
        "and one in a folder takes nothing from it",
        "a tenant role, by a group",
        "never a role held in a folder",
        "never a folder role",
        "never another's",
    ],
)
def test_a_tenant_operation_counts_tenant_permissions_only(
    tenant: str, folders: str, model: str, *, holds: bool
) -> None:
    """Default roles: for a global operation only tenant permissions count; never folder rows."""
    access = access_in(Rule("Default roles: mixed roles", folders, {}, tenant=tenant, model=model))
    held = access.tenant_permissions("anna")
    assert ("Machines.Edit" in held) is holds
    assert "Jobs.Create" not in held
