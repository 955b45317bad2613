"""Roles: what they are made of. The default ones are data, in `roles.yaml` beside this file."""

from __future__ import annotations

from typing import Annotated, Literal, NamedTuple

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from simulator.model.quantities import Name, Part

Verb = Literal["View", "Edit", "Create", "Delete"]
RoleType = Literal["tenant", "folder", "mixed"]
Grants = dict[Name, tuple[Verb, ...]]
"""Permission name (a row of the roles page) to the verbs granted on it."""


class CustomRole(Part):
    """A role of the tenant's own: its permissions, or a copy of another with changes.

    Under the name of a default role that can be edited, Robot, stands what is changed in it: `add`
    and `remove` alone.
    """

    type: Literal["tenant", "folder"] | None = None
    """Where it may be assigned; goes with `permissions`, a copy has the type of its original."""

    permissions: Grants | None = None
    """What it grants: rows of the vendor's roles page, and verbs on each."""

    copy_of: Name | None = None
    """The role it is a copy of: a default one, or another of these."""

    add: Grants = {}
    """What the copy, or the edited default role, grants on top."""

    remove: Grants = {}
    """What the copy, or the edited default role, does not grant."""

    @property
    def edits(self) -> bool:
        """Return whether this changes a default role, and makes no role of its own."""
        return self.permissions is None and self.copy_of is None

    @model_validator(mode="after")
    def _one_way(self) -> CustomRole:
        changes = bool(self.add or self.remove)
        if self.permissions is not None and self.copy_of is not None:
            raise PydanticCustomError("role", "a role has either permissions or copy_of")
        if self.edits and not changes:
            message = "a role has permissions, or copy_of; an edited default role add or remove"
            raise PydanticCustomError("role", message)
        if self.permissions is not None and self.type is None:
            raise PydanticCustomError(
                "role", "a role with permissions needs a type: tenant or folder"
            )
        if self.permissions is None and self.type is not None:
            raise PydanticCustomError(
                "role", "only a role with permissions has a type of its own: leave type out"
            )
        if self.permissions is not None and changes:
            raise PydanticCustomError("role", "add and remove change a copy: they need copy_of")
        return self


Certainty = Literal["documented", "recorded-2020", "inferred"]


class Ticks(Part):
    """Ticks of a default role's matrix that rest on the same evidence.

    Each of `verbs` is granted on each of `rows`; `source` names the public page or script that
    says so, or from which it is inferred.
    """

    rows: Annotated[tuple[Name, ...], Field(min_length=1)]
    verbs: Annotated[tuple[Verb, ...], Field(min_length=1)]
    certainty: Certainty
    source: Name


class Cell(NamedTuple):
    """One tick of a matrix: what is granted, how sure that is, and where it is from."""

    row: str
    verb: Verb
    certainty: Certainty
    source: str


def permission(row: str, verb: str) -> str:
    """Return the name of one permission: `Jobs.Create`."""
    return f"{row}.{verb}"


def permissions(grants: Grants) -> frozenset[str]:
    """Return the names of all permissions that `grants` gives."""
    return frozenset(permission(row, verb) for row, verbs in grants.items() for verb in verbs)


class DefaultRole(Part):
    """A role every tenant has, as the vendor's Default roles page describes it.

    `tenant` and `folder` are its matrices by evidence; a mixed role has both. A role that is not
    `editable` may be copied under another name if it is `duplicable`.
    """

    type: RoleType
    description: str
    editable: bool
    duplicable: bool
    tenant: tuple[Ticks, ...] = ()
    folder: tuple[Ticks, ...] = ()

    @model_validator(mode="after")
    def _keeps_to_its_type(self) -> DefaultRole:
        parts = {part for part in ("tenant", "folder") if getattr(self, part)}
        if parts != ({"tenant", "folder"} if self.type == "mixed" else {self.type}):
            raise PydanticCustomError("role", "the matrices do not fit the role's type")
        for matrix in (self.tenant, self.folder):
            ticked = [(cell.row, cell.verb) for cell in cells(matrix)]
            if len(set(ticked)) != len(ticked):
                raise PydanticCustomError("role", "a permission is ticked twice")
        return self


def cells(matrix: tuple[Ticks, ...]) -> tuple[Cell, ...]:
    """Return a default role's matrix tick by tick, in the order of the data."""
    return tuple(
        Cell(row, verb, ticks.certainty, ticks.source)
        for ticks in matrix
        for row in ticks.rows
        for verb in ticks.verbs
    )


class RoleCatalogue(Part):
    """The packaged default roles, and the permissions (rows of the roles page) that exist.

    `screen_names` maps the vendor's API names to those of its screens: `Schedules` to `Triggers`.
    """

    tenant_permissions: tuple[Name, ...]
    folder_permissions: tuple[Name, ...]
    screen_names: dict[Name, Name] = {}
    roles: dict[Name, DefaultRole]

    @property
    def editable(self) -> frozenset[str]:
        """Return the names of the default roles that a tenant may change."""
        return frozenset(name for name, role in self.roles.items() if role.editable)

    @model_validator(mode="after")
    def _has_two_kinds_of_rows(self) -> RoleCatalogue:
        both = set(self.tenant_permissions).intersection(self.folder_permissions)
        if both:
            raise PydanticCustomError(
                "role",
                "rows of tenant and of folder permissions at once: {rows}",
                {"rows": ", ".join(sorted(both))},
            )
        return self

    @model_validator(mode="after")
    def _knows_its_rows(self) -> RoleCatalogue:
        for name, role in self.roles.items():
            strange = {cell.row for cell in cells(role.tenant)}.difference(self.tenant_permissions)
            strange |= {cell.row for cell in cells(role.folder)}.difference(self.folder_permissions)
            if strange:
                raise PydanticCustomError(
                    "role",
                    "{role} ticks rows that do not exist: {rows}",
                    {"role": name, "rows": ", ".join(sorted(strange))},
                )
        return self
