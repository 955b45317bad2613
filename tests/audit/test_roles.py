"""Every tick of every role, with what it rests on."""

from __future__ import annotations

from builders import catalogue
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.audit.roles import BASES, VERBS, RoleMatrix, role_matrices
from simulator.model.effective_roles import effective_roles
from simulator.model.roles import CustomRole, Grants, permission

ADDED = ("Jobs", "Edit")
REMOVED = ("Queues", "View")
CHANGES: dict[str, Grants] = {"add": {"Jobs": ("Edit",)}, "remove": {"Queues": ("View",)}}


def matrices(
    custom: dict[str, CustomRole] | None = None, *, starts_jobs: bool = True
) -> dict[str, RoleMatrix]:
    found = role_matrices(custom or {}, catalogue(), automation_user_starts_jobs=starts_jobs)
    return {role.name: role for role in found}


def basis(role: RoleMatrix) -> dict[tuple[str, str], tuple[str, str]]:
    return {(tick.permission, tick.verb): (tick.certainty, tick.source) for tick in role.ticks}


def test_default_roles_come_first_in_the_order_of_the_page() -> None:
    found = matrices({"R": CustomRole(copy_of="Automation User")})
    assert list(found) == [*catalogue().roles, "R"]
    assert [role.is_default for role in found.values()] == [True] * 12 + [False]


def test_a_default_role_has_its_certainties_and_sources() -> None:
    role = matrices()["Automation User"]
    assert basis(role)["Queues", "View"] == (
        "recorded-2020",
        "Add-UiPathDefaultRoles.ps1, role Execute",
    )
    assert basis(role)["Jobs", "Create"][0] == "assumption"
    assert (role.type, role.editable, role.duplicable, role.edited) == (
        "folder",
        False,
        True,
        False,
    )


def test_without_the_assumption_there_is_no_tick_of_it() -> None:
    found = matrices(starts_jobs=False)
    assert {tick.certainty for role in found.values() for tick in role.ticks} == {
        "documented",
        "recorded-2020",
        "inferred",
    }


def test_an_edit_is_the_scenarios_own_word() -> None:
    role = matrices({"Robot": CustomRole(**CHANGES)})["Robot"]
    assert role.edited
    assert basis(role)[ADDED] == ("added", "add of 'Robot'")
    assert basis(role)[REMOVED] == ("removed", "remove of 'Robot'")
    assert [(tick.permission, tick.verb) for tick in role.removed] == [REMOVED]
    assert REMOVED not in {(tick.permission, tick.verb) for tick in role.granted}


def test_what_is_added_rests_on_the_scenario_and_not_on_an_assumption() -> None:
    starts = CustomRole(copy_of="Automation User", add={"Jobs": ("Create",)})
    role = matrices({"R": starts})["R"]
    assert basis(role)["Jobs", "Create"] == ("added", "add of 'R'")
    assert basis(role)["Jobs", "View"][0] == "assumption"


def test_a_copy_of_a_copy_says_which_of_them_changed_what() -> None:
    custom = {
        "Near": CustomRole(copy_of="Far", remove={"Jobs": ("Edit", "View")}),
        "Far": CustomRole(copy_of="Automation User", **CHANGES),
    }
    found = matrices(custom)
    assert found["Near"].copy_of == "Far"
    assert basis(found["Far"])[ADDED] == ("added", "add of 'Far'")
    assert basis(found["Near"])[ADDED] == ("removed", "remove of 'Near'")
    assert basis(found["Near"])["Jobs", "View"] == ("removed", "remove of 'Near'")
    assert basis(found["Near"])[REMOVED] == ("removed", "remove of 'Far'")


def test_a_role_with_permissions_of_its_own() -> None:
    role = matrices({"R": CustomRole(type="tenant", permissions={"Machines": ("View",)})})["R"]
    assert basis(role) == {("Machines", "View"): ("added", "permissions of 'R'")}
    assert [tick.level for tick in role.ticks] == ["tenant"]


def test_removing_what_is_not_there_leaves_no_mark() -> None:
    role = CustomRole(copy_of="Automation User", remove={"Triggers": ("View",)})
    assert matrices({"R": role})["R"].removed == ()


def test_sources_come_once_the_surest_first() -> None:
    order = [certainty for certainty, _ in matrices()["Administrator"].sources]
    assert order == ["documented", "documented", "inferred"]
    assert order == sorted(order, key=BASES.index)


ROWS = st.sampled_from(catalogue().folder_permissions)
GRANTS = st.dictionaries(ROWS, st.lists(st.sampled_from(VERBS), unique=True).map(tuple), max_size=4)


@given(edit=st.tuples(GRANTS, GRANTS), copy=st.tuples(GRANTS, GRANTS), starts_jobs=st.booleans())
@settings(max_examples=30, deadline=None)
def test_what_is_shown_as_granted_is_what_is_in_force(
    edit: tuple[Grants, Grants], copy: tuple[Grants, Grants], *, starts_jobs: bool
) -> None:
    """The matrices explain `effective_roles`; admission asks those."""
    custom = {"C": CustomRole(copy_of="Automation User", add=copy[0], remove=copy[1])}
    if any(edit):
        custom["Robot"] = CustomRole(add=edit[0], remove=edit[1])
    shown = matrices(custom, starts_jobs=starts_jobs)
    in_force = effective_roles(custom, catalogue(), automation_user_starts_jobs=starts_jobs)
    for name, role in in_force.items():
        granted = {permission(tick.permission, tick.verb) for tick in shown[name].granted}
        assert granted == role.tenant | role.folder
