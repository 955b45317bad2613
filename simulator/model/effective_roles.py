"""What each role grants, once copies are made and the scenario's assumptions are applied."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from simulator.model.roles import (
    CustomRole,
    DefaultRole,
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

    A copy takes what its original grants, the assumption included, then `add` and `remove`.
    Left out are copies of roles that do not exist, of mixed roles, and of themselves: those are
    errors, which `simulator.model.references` tells.
    """
    roles = {name: _default(role) for name, role in catalogue.roles.items()}
    if automation_user_starts_jobs:
        for name in EXECUTING_ROLES:
            roles[name] = _with(roles[name], STARTING_JOBS)
    for name in custom:
        for copy in reversed(copy_chain(name, custom)):
            made = _custom(custom[copy], roles)
            if copy not in roles and made is not None:
                roles[copy] = made
    return roles


def copy_chain(name: str, custom: Mapping[str, CustomRole]) -> tuple[str, ...]:
    """Return a custom role and the custom roles it copies, each once, the nearest first."""
    chain: dict[str, None] = {}
    following: str | None = name
    while following is not None and following in custom and following not in chain:
        chain[following] = None
        following = custom[following].copy_of
    return tuple(chain)


def _default(role: DefaultRole) -> EffectiveRole:
    return EffectiveRole(role.type, _ticked(role.tenant), _ticked(role.folder))


def _ticked(matrix: tuple[Ticks, ...]) -> frozenset[str]:
    return frozenset(permission(cell.row, cell.verb) for cell in cells(matrix))


def _custom(role: CustomRole, roles: Mapping[str, EffectiveRole]) -> EffectiveRole | None:
    if role.copy_of is None:
        granted = EffectiveRole(role.type or "folder", frozenset(), frozenset())
        return _with(granted, permissions(role.permissions or {}))
    original = roles.get(role.copy_of)
    if original is None or original.type == "mixed":
        return None
    return _with(original, permissions(role.add), permissions(role.remove))


def _with(
    role: EffectiveRole, added: frozenset[str], removed: frozenset[str] = frozenset()
) -> EffectiveRole:
    """Return the role changed in the one part it has, or in the folder part of a mixed role."""
    if role.type == "tenant":
        return EffectiveRole(role.type, (role.tenant | added) - removed, role.folder)
    return EffectiveRole(role.type, role.tenant, (role.folder | added) - removed)
