"""What each role grants, once edits and copies are made and the assumptions are applied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from simulator.model.roles import (
    CustomRole,
    Grants,
    RoleCatalogue,
    RoleType,
    Ticks,
    cells,
    permission,
    permissions,
)

EXECUTING_ROLES: Final = ("Automation User", "Robot")
"""The roles of which no page says whether they let their holder see and start jobs."""

STARTING_JOBS: Final = permissions({"Jobs": ("View", "Create")})
"""What `assumptions.automation_user_starts_jobs` adds to them."""


@dataclass(frozen=True, slots=True)
class EffectiveRole:
    """A role's type, and its permissions (`Jobs.Create`) at the tenant and in folders."""

    type: RoleType
    tenant: frozenset[str]
    folder: frozenset[str]


def effective_roles(
    custom: Mapping[str, CustomRole], catalogue: RoleCatalogue, *, automation_user_starts_jobs: bool
) -> dict[str, EffectiveRole]:
    """Return every role by name, the default ones first.

    A copy takes what its original grants, the assumption included, then `add` and `remove`; so
    does a default role that is edited. Left out are copies of roles that do not exist, of mixed
    roles, and of themselves, and changes to what is no editable default role: those are errors,
    which `simulator.model.references` tells.
    """
    roles = unedited_roles(catalogue, automation_user_starts_jobs=automation_user_starts_jobs)
    for name, edit in custom.items():
        if edit.edits and name in catalogue.editable:
            roles[name] = _changed(roles[name], edit.add, edit.remove, catalogue)
    for name in custom:
        for copy in reversed(copy_chain(name, custom)):
            made = _made(custom[copy], roles, catalogue)
            if copy not in roles and made is not None:
                roles[copy] = made
    return roles


def unedited_roles(
    catalogue: RoleCatalogue, *, automation_user_starts_jobs: bool
) -> dict[str, EffectiveRole]:
    """Return the default roles as they are before any edit, with what the assumption adds."""
    roles = {
        name: EffectiveRole(role.type, _ticked(role.tenant), _ticked(role.folder))
        for name, role in catalogue.roles.items()
    }
    if automation_user_starts_jobs:
        for name in EXECUTING_ROLES:
            roles[name] = replace(roles[name], folder=roles[name].folder | STARTING_JOBS)
    return roles


def copy_chain(name: str, custom: Mapping[str, CustomRole]) -> tuple[str, ...]:
    """Return a custom role and the custom roles it copies, each once, the nearest first."""
    chain: dict[str, None] = {}
    following: str | None = name
    while following is not None and following in custom and following not in chain:
        chain[following] = None
        following = custom[following].copy_of
    return tuple(chain)


def _ticked(matrix: tuple[Ticks, ...]) -> frozenset[str]:
    return frozenset(permission(cell.row, cell.verb) for cell in cells(matrix))


def _made(
    role: CustomRole, roles: Mapping[str, EffectiveRole], catalogue: RoleCatalogue
) -> EffectiveRole | None:
    if role.permissions is not None:
        nothing = EffectiveRole(role.type or "folder", frozenset(), frozenset())
        return _changed(nothing, role.permissions, {}, catalogue)
    original = None if role.copy_of is None else roles.get(role.copy_of)
    if original is None or original.type == "mixed":
        return None
    return _changed(original, role.add, role.remove, catalogue)


def _changed(
    role: EffectiveRole, add: Grants, remove: Grants, catalogue: RoleCatalogue
) -> EffectiveRole:
    """Return the role changed, rows of tenant permissions at the tenant, the others in folders.

    What is both added and removed is removed.
    """

    def part(held: frozenset[str], rows: tuple[str, ...]) -> frozenset[str]:
        return (held | _of_rows(add, rows)) - _of_rows(remove, rows)

    return replace(
        role,
        tenant=part(role.tenant, catalogue.tenant_permissions),
        folder=part(role.folder, catalogue.folder_permissions),
    )


def _of_rows(grants: Grants, rows: tuple[str, ...]) -> frozenset[str]:
    return permissions({row: verbs for row, verbs in grants.items() if row in rows})
