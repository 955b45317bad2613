"""The ticks of the packaged default roles, and custom roles.

Which default roles there are, and what may be done with each, is tested under access.
"""

from __future__ import annotations

from typing import Any

import pytest
from builders import catalogue
from pydantic import ValidationError

from simulator.model.roles import CustomRole, DefaultRole, RoleCatalogue, cells, permissions


def ticked(name: str, part: str) -> set[str]:
    matrix = getattr(catalogue().roles[name], part)
    return {f"{cell.row}.{cell.verb}" for cell in cells(matrix)}


def test_administrator_has_every_folder_permission() -> None:
    assert len(ticked("Administrator", "folder")) == 4 * len(catalogue().folder_permissions)


def test_administrator_at_the_tenant_is_the_table_of_the_page() -> None:
    # 14 rows in full, Alerts without Delete, three rows View only, ML Packages and Skills none.
    assert len(ticked("Administrator", "tenant")) == 14 * 4 + 3 + 3
    assert ticked("Orchestrator Administrator", "tenant") == ticked("Administrator", "tenant")


def test_what_of_administrator_in_folders_rests_on_the_page_and_on_an_operation() -> None:
    """By hand, from the operations of the API and the pages that demand a folder permission."""
    marks = {
        f"{cell.row}.{cell.verb}": cell.certainty
        for cell in cells(catalogue().roles["Administrator"].folder)
    }
    # 16 rows in full, 2 without Delete, 2 without Edit, Logs View and Create, 4 rows with one verb.
    assert list(marks.values()).count("documented") == 16 * 4 + 2 * 3 + 2 * 3 + 2 + 4
    assert marks["Jobs.Edit"] == "documented"
    assert marks["Jobs.Delete"] == "inferred"


SCRIPT = {  # Add-UiPathDefaultRoles.ps1 by the names of today, without Robots, a tenant row since
    ("Automation User", "folder"): {
        *("Processes.View", "Assets.View", "Queues.View", "Logs.Create", "Execution Media.Create"),
        *("Transactions.View", "Transactions.Create", "Transactions.Edit"),
        *("Actions.View", "Actions.Create"),
    },
    ("Allow to be Automation User", "tenant"): {  # publishing, Create, was taken away in 2023
        *("License.View", "Settings.View", "Machines.View", "Packages.View", "Libraries.View"),
        "Webhooks.View",
    },
    ("Allow to be Folder Administrator", "tenant"): {
        *("Users.View", "Machines.View", "Roles.View", "Packages.View"),
    },
}


@pytest.mark.parametrize(("name", "part"), SCRIPT, ids=[name for name, _ in SCRIPT])
def test_a_role_is_what_the_script_of_2020_sets(name: str, part: str) -> None:
    assert ticked(name, part) == SCRIPT[name, part]
    matrix = getattr(catalogue().roles[name], part)
    assert {cell.certainty for cell in cells(matrix)} == {"recorded-2020"}


def test_robot_alone_may_be_edited() -> None:
    assert catalogue().editable == {"Robot"}


def test_robot_is_the_pair_that_replicates_it() -> None:
    assert ticked("Robot", "folder") == ticked("Automation User", "folder")
    assert ticked("Robot", "tenant") == ticked("Allow to be Automation User", "tenant")


def test_whether_an_automation_user_starts_jobs_is_no_tick_but_an_assumption() -> None:
    for name in ("Automation User", "Robot"):
        assert not {tick for tick in ticked(name, "folder") if tick.startswith("Jobs.")}


MAKERS = ("Folder Administrator", "Personal Workspace Administrator", "Administrator")


@pytest.mark.parametrize("name", MAKERS)
def test_who_may_make_triggers_and_start_jobs(name: str) -> None:
    assert {"Triggers.Create", "Jobs.Create"} <= ticked(name, "folder")


def test_every_tick_has_a_source() -> None:
    for role in catalogue().roles.values():
        for cell in (*cells(role.tenant), *cells(role.folder)):
            assert cell.source
            assert cell.certainty in {"documented", "recorded-2020", "inferred"}


def test_permissions_are_row_and_verb() -> None:
    assert permissions({"Jobs": ("View", "Create")}) == {"Jobs.View", "Jobs.Create"}


JOBS = {"Jobs": ["View"]}
BAD_CUSTOM: dict[str, tuple[dict[str, Any], str]] = {
    "nothing": ({}, "permissions, or copy_of; an edited default role add or remove"),
    "an edit with a type": ({"type": "folder", "add": JOBS}, "leave type out"),
    "both": ({"copy_of": "X", "permissions": JOBS}, "either permissions or copy_of"),
    "no type": ({"permissions": JOBS}, "needs a type"),
    "mixed": ({"type": "mixed", "permissions": JOBS}, "'tenant' or 'folder'"),
    "a copy with a type": ({"copy_of": "X", "type": "folder"}, "leave type out"),
    "add without copy_of": (
        {"type": "folder", "permissions": JOBS, "add": JOBS},
        "they need copy_of",
    ),
    "no such verb": ({"type": "folder", "permissions": {"Jobs": ["Start"]}}, "'View'"),
    "an unknown key": ({"copy_of": "X", "adds": JOBS}, "Extra inputs"),
}


@pytest.mark.parametrize(("role", "why"), BAD_CUSTOM.values(), ids=BAD_CUSTOM)
def test_a_custom_role_that_is_refused(role: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        CustomRole.model_validate(role)


def ticks(row: str) -> dict[str, Any]:
    return {"rows": [row], "verbs": ["View"], "certainty": "inferred", "source": "a page"}


HEAD = {"type": "folder", "description": "x", "editable": False, "duplicable": True}
BAD_DEFAULT: dict[str, tuple[dict[str, Any], str]] = {
    "no matrix": (HEAD, "do not fit"),
    "the other matrix": ({**HEAD, "tenant": [ticks("Machines")]}, "do not fit"),
    "half a mixed role": ({**HEAD, "type": "mixed", "folder": [ticks("Jobs")]}, "do not fit"),
    "a tick twice": ({**HEAD, "folder": [ticks("Jobs"), ticks("Jobs")]}, "ticked twice"),
}


@pytest.mark.parametrize(("role", "why"), BAD_DEFAULT.values(), ids=BAD_DEFAULT)
def test_a_default_role_that_is_refused(role: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        DefaultRole.model_validate(role)


def test_a_row_is_of_the_tenant_or_of_folders() -> None:
    rows = {"tenant_permissions": ["Jobs", "Machines"], "folder_permissions": ["Jobs"]}
    with pytest.raises(ValidationError, match="at once: Jobs"):
        RoleCatalogue.model_validate({**rows, "roles": {}})


def test_a_catalogue_knows_every_row_it_ticks() -> None:
    role = {**HEAD, "folder": [ticks("Job")]}
    rows = {"tenant_permissions": [], "folder_permissions": ["Jobs"]}
    with pytest.raises(ValidationError, match="R ticks rows that do not exist: Job"):
        RoleCatalogue.model_validate({**rows, "roles": {"R": role}})
