"""Roles in force: copies and the assumption; who may hold them is tested under access."""

from __future__ import annotations

import pytest
from builders import catalogue

from simulator.model.effective_roles import copy_chain, effective_roles
from simulator.model.roles import CustomRole

BROKEN = {
    "nothing": CustomRole(copy_of="No such role"),
    "mixed": CustomRole(copy_of="Robot"),
    "ring": CustomRole(copy_of="ring too"),
    "ring too": CustomRole(copy_of="ring"),
    "into the ring": CustomRole(copy_of="ring"),
    "an edit of nothing": CustomRole(add={"Jobs": ("View",)}),
    "a copy of that": CustomRole(copy_of="an edit of nothing"),
}


def test_a_copy_that_cannot_be_made_is_left_out() -> None:
    roles = effective_roles(BROKEN, catalogue(), automation_user_starts_jobs=True)
    assert roles.keys() == catalogue().roles.keys()


def test_the_assumption_adds_to_two_roles_only() -> None:
    with_it = effective_roles({}, catalogue(), automation_user_starts_jobs=True)
    without = effective_roles({}, catalogue(), automation_user_starts_jobs=False)
    changed = {name: with_it[name].folder - without[name].folder for name in with_it}
    assert {name for name, added in changed.items() if added} == {"Automation User", "Robot"}
    assert changed["Robot"] == {"Jobs.View", "Jobs.Create"}


def test_a_copy_changes_the_part_its_original_has() -> None:
    custom = {
        "T": CustomRole(copy_of="Allow to be Automation User", add={"Packages": ("Create",)}),
        "U": CustomRole(copy_of="T", remove={"License": ("View",)}),
    }
    roles = effective_roles(custom, catalogue(), automation_user_starts_jobs=True)
    original = roles["Allow to be Automation User"].tenant
    assert roles["U"].tenant == (original | {"Packages.Create"}) - {"License.View"}
    assert (roles["U"].type, roles["U"].folder) == ("tenant", frozenset())


def test_an_edit_changes_the_part_a_row_belongs_to() -> None:
    edit = CustomRole(
        add={"Jobs": ("Edit",), "Machines": ("Edit",)},
        remove={"Queues": ("View",), "License": ("View",)},
    )
    before = effective_roles({}, catalogue(), automation_user_starts_jobs=True)["Robot"]
    after = effective_roles({"Robot": edit}, catalogue(), automation_user_starts_jobs=True)["Robot"]
    assert after.type == "mixed"
    assert after.folder == (before.folder | {"Jobs.Edit"}) - {"Queues.View"}
    assert after.tenant == (before.tenant | {"Machines.Edit"}) - {"License.View"}


def test_a_fixed_role_stays_as_it_is() -> None:
    edit = CustomRole(add={"Jobs": ("Edit",)})
    roles = effective_roles(
        {"Automation User": edit}, catalogue(), automation_user_starts_jobs=True
    )
    assert roles == effective_roles({}, catalogue(), automation_user_starts_jobs=True)


NO_STARTS = {"Jobs": ("View", "Create")}


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Robot", CustomRole(remove=NO_STARTS)),
        ("C", CustomRole(copy_of="Automation User", remove=NO_STARTS)),
        ("D", CustomRole(copy_of="Automation User", add=NO_STARTS, remove=NO_STARTS)),
    ],
    ids=["edit", "copy", "added too"],
)
def test_what_is_removed_wins_over_the_assumption(name: str, role: CustomRole) -> None:
    roles = effective_roles({name: role}, catalogue(), automation_user_starts_jobs=True)
    assert not {held for held in roles[name].folder if held.startswith("Jobs.")}


def test_a_chain_ends_at_a_default_role_or_where_it_began() -> None:
    custom = {"A": CustomRole(copy_of="B"), "B": CustomRole(copy_of="Robot")}
    assert copy_chain("A", custom) == ("A", "B")
    assert copy_chain("ring", BROKEN) == ("ring", "ring too")
    assert copy_chain("Robot", custom) == ()
