"""`simulator roles`: the default roles, one of them, and those of a scenario."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from builders import catalogue
from builders_commands import invoked

SCENARIO = """\
version: 1
time: {start: 2026-03-02, duration: 1d}
machines: {m: {hosts: 1, slots: 1}}
accounts: {bot: {type: robot}, anna: {type: user}}
roles:
  Robot: {add: {Jobs: [Edit]}, remove: {Queues: [View]}}
  Operator: {copy_of: Automation User, add: {Jobs: [Create]}}
folders:
  F: {assign: {bot: [Robot], anna: [Operator]}, machines: [m]}
assumptions: {automation_user_starts_jobs: false}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "estate.yaml"
    path.write_text(SCENARIO, encoding="utf-8")
    return path


def as_json(*arguments: object) -> list[dict[str, Any]]:
    found = json.loads(invoked("roles", *arguments, "--json").stdout)
    assert found["schema_version"] == 1
    roles: list[dict[str, Any]] = found["roles"]
    return roles


def jobs(role: dict[str, Any], part: str = "cells") -> dict[str, str]:
    return {cell["verb"]: cell["certainty"] for cell in role[part] if cell["permission"] == "Jobs"}


def test_all_default_roles_are_listed() -> None:
    found = invoked("roles")
    assert found.exit_code == 0
    assert found.stdout.startswith("One role with its permissions")
    assert [name for name in catalogue().roles if f"\n{name} " not in found.stdout] == []


@pytest.mark.parametrize("name", ["Automation User", "automation user", "AUTOMATION USER"])
def test_one_role_is_found_whatever_its_capitals(name: str) -> None:
    found = invoked("roles", name)
    assert found.exit_code == 0
    assert found.stdout.startswith("Automation User\n")
    assert "Add-UiPathDefaultRoles.ps1, role Execute" in found.stdout


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Automatoin User", "did you mean 'Automation User'?"),
        ("Zebra", "simulator roles lists them"),
        ("a\x1b[31m", r"'a\x1b[31m'"),
    ],
)
def test_a_role_that_is_not_there(name: str, told: str) -> None:
    found = invoked("roles", name)
    assert found.exit_code == 2
    assert told in found.stderr
    assert found.stdout == ""


def test_the_roles_as_json() -> None:
    roles = as_json()
    assert [role["name"] for role in roles] == list(catalogue().roles)
    assert [role["name"] for role in roles if role["editable"]] == ["Robot"]
    assert [role["name"] for role in roles if not role["duplicable"]] == ["Administrator", "Robot"]


def test_a_cell_as_json() -> None:
    (role,) = as_json("Allow to be Folder Administrator")
    assert role["cells"][0] == {
        "level": "tenant",
        "permission": "Machines",
        "verb": "View",
        "certainty": "recorded-2020",
        "source": "Add-UiPathDefaultRoles.ps1, role Enable Folder Management",
    }
    assert (role["type"], role["default"], role["copy_of"]) == ("tenant", True, None)


def test_a_scenarios_roles_are_there_with_its_assumption(file: Path) -> None:
    roles = {role["name"]: role for role in as_json("--file", file)}
    assert jobs(roles["Automation User"]) == {}
    assert jobs(roles["Robot"]) == {"Edit": "added"}
    assert jobs(roles["Operator"]) == {"Create": "added"}
    assert roles["Operator"]["copy_of"] == "Automation User"
    assert roles["Robot"]["edited"]
    assert [cell["permission"] for cell in roles["Robot"]["removed"]] == ["Queues"]


def test_a_scenarios_role_by_name(file: Path) -> None:
    found = invoked("roles", "operator", "--file", file)
    assert found.stdout.startswith(
        "Operator\nFolder role of the scenario: copy of Automation User."
    )


def test_without_the_scenario_its_role_is_unknown() -> None:
    assert invoked("roles", "Operator").exit_code == 2


def test_a_scenario_that_is_not_valid(file: Path) -> None:
    fixed = SCENARIO.replace("  Robot: {add", "  Folder Administrator: {add")
    file.write_text(fixed, encoding="utf-8")
    found = invoked("roles", "--file", file)
    assert found.exit_code == 2
    assert "'Folder Administrator' is a fixed default role: it cannot be edited" in found.stderr


DOUBTFUL = "'Automation User' has no Jobs.Delete to take away"


@pytest.fixture
def doubtful(tmp_path: Path) -> Path:
    """Return a scenario with a warning, and with a variant whose Operator starts no jobs."""
    path = tmp_path / "doubtful.yaml"
    text = SCENARIO.replace("{Jobs: [Create]}}", "{Jobs: [Create]}, remove: {Jobs: [Delete]}}")
    path.write_text(f"{text}variants: {{none: {{roles.Operator.add: {{}}}}}}\n", encoding="utf-8")
    return path


def test_what_is_doubtful_in_the_file_is_told_unless_quiet(doubtful: Path) -> None:
    assert DOUBTFUL in invoked("roles", "--file", doubtful).stderr
    quiet = invoked("roles", "--file", doubtful, "--quiet")
    assert (quiet.exit_code, quiet.stderr) == (0, "")
    assert "\nOperator" in quiet.stdout


def test_strict_takes_it_for_an_error(doubtful: Path) -> None:
    found = invoked("roles", "--file", doubtful, "--strict")
    assert (found.exit_code, found.stdout) == (2, "")
    assert DOUBTFUL in found.stderr


def test_a_variant_and_a_changed_value_are_read_in(doubtful: Path) -> None:
    (as_written,) = as_json("Operator", "--file", doubtful)
    (variant,) = as_json("Operator", "--file", doubtful, "--variant", "none")
    (changed,) = as_json("Operator", "--file", doubtful, "--set", "roles.Operator.add.Jobs=[Edit]")
    assert [jobs(role) for role in (as_written, variant, changed)] == [
        {"Create": "added"},
        {},
        {"Edit": "added"},
    ]


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (["--quiet"], "--quiet"),
        (["--strict"], "--strict"),
        (["--variant", "none"], "--variant"),
        (["--set", "roles.Operator.add={}"], "--set"),
        (["--strict", "-q"], "--strict and --quiet"),
    ],
)
def test_what_is_about_a_file_needs_one(options: list[str], named: str) -> None:
    found = invoked("roles", *options)
    assert (found.exit_code, found.stdout) == (2, "")
    assert f"{named}: give --file too, a scenario to read" in found.stderr


def test_a_scenario_that_is_not_there() -> None:
    assert invoked("roles", "--file", "nowhere.yaml").exit_code == 2
