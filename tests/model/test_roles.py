"""The packaged default roles, against the vendor's Default roles page, and custom roles."""

from __future__ import annotations

from typing import Any

import pytest
from builders import catalogue
from pydantic import ValidationError

from simulator.model.roles import CustomRole, DefaultRole, RoleCatalogue, cells, permissions

TYPES = {  # type, editable, duplicable: the page's words on each role
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


def test_every_role_of_the_page_is_there() -> None:
    roles = catalogue().roles
    assert {name: (r.type, r.editable, r.duplicable) for name, r in roles.items()} == TYPES
    assert all(role.description for role in roles.values())


def ticked(name: str, part: str) -> set[str]:
    matrix = getattr(catalogue().roles[name], part)
    return {f"{cell.row}.{cell.verb}" for cell in cells(matrix)}


def test_administrator_has_every_folder_permission() -> None:
    assert len(ticked("Administrator", "folder")) == 4 * len(catalogue().folder_permissions)


def test_administrator_at_the_tenant_is_the_table_of_the_page() -> None:
    # 14 rows in full, Alerts without Delete, three rows View only, ML Packages and Skills none.
    assert len(ticked("Administrator", "tenant")) == 14 * 4 + 3 + 3
    assert ticked("Orchestrator Administrator", "tenant") == ticked("Administrator", "tenant")


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
    "neither": ({}, "either permissions or copy_of"),
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


def test_a_catalogue_knows_every_row_it_ticks() -> None:
    role = {**HEAD, "folder": [ticks("Job")]}
    rows = {"tenant_permissions": [], "folder_permissions": ["Jobs"]}
    with pytest.raises(ValidationError, match="R ticks rows that do not exist: Job"):
        RoleCatalogue.model_validate({**rows, "roles": {"R": role}})
