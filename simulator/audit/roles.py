"""What each role grants, tick by tick: the evidence for it, and what the scenario changed in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, NamedTuple, get_args

from simulator.json_text import SCHEMA_VERSION, json_text
from simulator.model.effective_roles import (
    EXECUTING_ROLES,
    STARTING_JOBS,
    EffectiveRole,
    copy_chain,
    effective_roles,
)
from simulator.model.roles import (
    CustomRole,
    RoleCatalogue,
    RoleType,
    Verb,
    cells,
    permission,
    permissions,
)

Level = Literal["tenant", "folder"]
Basis = Literal["documented", "recorded-2020", "inferred", "assumption", "added", "removed"]
"""What a tick rests on: evidence, the surest first, an assumption, or the scenario's own word."""

LEVELS: Final[tuple[Level, ...]] = get_args(Level)
VERBS: Final[tuple[Verb, ...]] = get_args(Verb)
"""The columns of a role's matrix, in the order of the roles page."""

BASES: Final[tuple[Basis, ...]] = get_args(Basis)

_ASSUMED: Final = "assumptions.automation_user_starts_jobs, which no published table settles"


class Tick(NamedTuple):
    """One permission of a role: the `verb` on the row `permission`, with what it rests on.

    `certainty` is that of the evidence; `assumption`; or, where the scenario says so itself,
    `added` or `removed`. `source` names the public page or script, the assumption, or the key and
    the role of the scenario.
    """

    level: Level
    permission: str
    verb: Verb
    certainty: Basis
    source: str


@dataclass(frozen=True, slots=True)
class RoleMatrix:
    """A role in force: what it is, and every tick of its matrix, those taken away included.

    `copy_of` names the original of a copy. `edited` is true of a default role the scenario edits.
    `ticks` are in the order of the roles page, the tenant's first.
    """

    name: str
    type: RoleType
    description: str
    is_default: bool
    editable: bool
    duplicable: bool
    copy_of: str | None
    edited: bool
    ticks: tuple[Tick, ...]

    @property
    def granted(self) -> tuple[Tick, ...]:
        """Return the permissions the role grants."""
        return tuple(tick for tick in self.ticks if tick.certainty != "removed")

    @property
    def removed(self) -> tuple[Tick, ...]:
        """Return the permissions the scenario takes away from it."""
        return tuple(tick for tick in self.ticks if tick.certainty == "removed")

    @property
    def sources(self) -> tuple[tuple[Basis, str], ...]:
        """Return each source once, with the certainty it gives, the surest first."""
        found = dict.fromkeys((tick.certainty, tick.source) for tick in self.ticks)
        return tuple(sorted(found, key=lambda source: BASES.index(source[0])))


def role_matrices(
    custom: Mapping[str, CustomRole], catalogue: RoleCatalogue, *, automation_user_starts_jobs: bool
) -> tuple[RoleMatrix, ...]:
    """Return the default roles, then a scenario's own in file order; `custom` holds no error."""
    roles = effective_roles(
        custom, catalogue, automation_user_starts_jobs=automation_user_starts_jobs
    )
    assumed = EXECUTING_ROLES if automation_user_starts_jobs else ()
    return tuple(_matrix(name, role, custom, catalogue, assumed) for name, role in roles.items())


def roles_json(roles: Iterable[RoleMatrix]) -> str:
    """Return roles as JSON: `schema_version`, and `roles` with a row for each.

    A role's `cells` are the permissions it grants and `removed` those the scenario takes away,
    each with `level`, `permission`, `verb`, `certainty` and `source`. `default` is false of the
    scenario's own roles, `edited` true of a default role it edits; `copy_of` is null where the
    role copies none.
    """
    return json_text({"schema_version": SCHEMA_VERSION, "roles": list(map(_in_json, roles))})


def _in_json(role: RoleMatrix) -> dict[str, Any]:
    return {
        "name": role.name,
        "type": role.type,
        "description": role.description,
        "default": role.is_default,
        "editable": role.editable,
        "duplicable": role.duplicable,
        "copy_of": role.copy_of,
        "edited": role.edited,
        "cells": [tick._asdict() for tick in role.granted],
        "removed": [tick._asdict() for tick in role.removed],
    }


def _matrix(
    name: str,
    role: EffectiveRole,
    custom: Mapping[str, CustomRole],
    catalogue: RoleCatalogue,
    assumed: tuple[str, ...],
) -> RoleMatrix:
    default, own = catalogue.roles.get(name), custom.get(name)
    chain = copy_chain(name, custom)
    evidence = _evidence(_root(name, chain, custom), catalogue, assumed)
    changes = {base: custom[base] for base in chain}
    return RoleMatrix(
        name=name,
        type=role.type,
        description="" if default is None else default.description,
        is_default=default is not None,
        editable=default is None or default.editable,
        duplicable=default is None or default.duplicable,
        copy_of=None if own is None else own.copy_of,
        edited=default is not None and own is not None,
        ticks=tuple(_ticks(role, changes, evidence, catalogue)),
    )


def _root(name: str, chain: tuple[str, ...], custom: Mapping[str, CustomRole]) -> str | None:
    """Return the default role that everything starts from; None where there is none."""
    if not chain:
        return name
    last = custom[chain[-1]]
    return chain[-1] if last.edits else last.copy_of


def _evidence(
    root: str | None, catalogue: RoleCatalogue, assumed: tuple[str, ...]
) -> dict[str, tuple[Basis, str]]:
    """Return certainty and source of each permission of a default role."""
    if root is None:
        return {}
    role = catalogue.roles[root]
    found: dict[str, tuple[Basis, str]] = {
        permission(cell.row, cell.verb): (cell.certainty, cell.source)
        for cell in (*cells(role.tenant), *cells(role.folder))
    }
    if root in assumed:
        found |= dict.fromkeys(STARTING_JOBS.difference(found), ("assumption", _ASSUMED))
    return found


def _ticks(
    role: EffectiveRole,
    changes: Mapping[str, CustomRole],
    evidence: Mapping[str, tuple[Basis, str]],
    catalogue: RoleCatalogue,
) -> Iterator[Tick]:
    """Yield every permission the role grants or no longer grants.

    `changes` are the scenario's roles it is made of, the nearest first: the nearest that speaks of
    a permission is its source, unless the default role has it by more than an assumption.
    """
    levels: tuple[tuple[Level, tuple[str, ...], frozenset[str]], ...] = (
        ("tenant", catalogue.tenant_permissions, role.tenant),
        ("folder", catalogue.folder_permissions, role.folder),
    )
    for level, rows, held in levels:
        for row in rows:
            for verb in VERBS:
                asked = permission(row, verb)
                basis = evidence.get(asked)
                if basis is None or basis[0] == "assumption":
                    basis = _said("added", asked, changes) or basis
                if basis is not None and asked not in held:
                    basis = _said("removed", asked, changes)
                if basis is not None:
                    yield Tick(level, row, verb, *basis)


def _said(
    change: Literal["added", "removed"], asked: str, changes: Mapping[str, CustomRole]
) -> tuple[Basis, str] | None:
    """Return which of the scenario's roles, the nearest first, adds or removes a permission."""
    keys = ("permissions", "add") if change == "added" else ("remove",)
    for name, role in changes.items():
        for key in keys:
            if asked in permissions(getattr(role, key) or {}):
                return change, f"{key} of {name!r}"
    return None
