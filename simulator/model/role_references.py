"""Roles that cannot be, and roles that give nothing where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simulator.errors import Issue, Path, warning
from simulator.model.effective_roles import (
    EffectiveRole,
    copy_chain,
    effective_roles,
    unedited_roles,
)
from simulator.model.registers import Register, ring_of
from simulator.model.roles import CustomRole, Grants, RoleCatalogue, RoleType, permissions
from simulator.model.suggestions import did_you_mean


def assigned_roles(
    held: tuple[str, ...],
    path: Path,
    level: str,
    register: Register,
    roles: Mapping[str, EffectiveRole],
) -> Iterator[Issue]:
    """Yield an error for each role that does not exist, a warning for each of the other level."""
    for index, name in enumerate(held):
        if name not in register.names:
            yield register.unknown(name, (*path, index))
        elif name in roles and roles[name].type not in {level, "mixed"}:
            kind, where = roles[name].type, "at the tenant" if level == "tenant" else "in a folder"
            hint = "assign it in a folder" if kind == "folder" else "assign it under tenant"
            message = f"{name!r} is a {kind} role: it gives nothing {where}"
            yield warning((*path, index), message, "role-gives-nothing", hint)


def custom_roles(
    custom: Mapping[str, CustomRole],
    catalogue: RoleCatalogue,
    roles: Mapping[str, EffectiveRole],
    unedited: Mapping[str, EffectiveRole],
    register: Register,
) -> Iterator[Issue]:
    """Yield what is wrong with the tenant's own roles, and `add`s and `remove`s without effect.

    `roles` are all roles in force, `unedited` the default ones before the scenario edits them.
    """
    yield from _cycles(custom)
    for name, role in custom.items():
        path = ("roles", name)
        if name in catalogue.roles:
            yield from _default_role(name, role, path, catalogue, unedited)
        elif role.copy_of is not None:
            yield from _copy(role.copy_of, role, path, catalogue, roles, register)
        elif role.permissions is not None:
            kind = role.type or "folder"
            yield from _rows(role.permissions, (*path, "permissions"), kind, catalogue)
        else:
            yield _edits_nothing(name, path, catalogue)
    yield from _nothing_added(custom, catalogue)


def _default_role(
    name: str,
    role: CustomRole,
    path: Path,
    catalogue: RoleCatalogue,
    unedited: Mapping[str, EffectiveRole],
) -> Iterator[Issue]:
    if name not in catalogue.editable:
        yield _fixed_role(name, path, catalogue)
    elif role.edits:
        yield from _changes(name, role, path, catalogue, unedited[name])
    else:
        key = "permissions" if role.copy_of is None else "copy_of"
        message = f"{name!r} is a default role: it is edited, not made anew"
        hint = "say what changes with add and remove alone"
        yield Issue((*path, key), message, "default-role", hint)


def _fixed_role(name: str, path: Path, catalogue: RoleCatalogue) -> Issue:
    hint = (
        f"copy it under another name: copy_of: {name}"
        if catalogue.roles[name].duplicable
        else "it is mixed and cannot be copied either: make a tenant and a folder role of your own"
    )
    message = f"{name!r} is a fixed default role: it cannot be edited"
    return Issue(path, message, "default-role", hint)


def _edits_nothing(name: str, path: Path, catalogue: RoleCatalogue) -> Issue:
    guess = did_you_mean(name, catalogue.editable).strip()
    hint = guess or "give it permissions, or copy_of the role to be changed"
    message = f"add and remove need a role to change, and no default role is called {name!r}"
    return Issue(path, message, "nothing-to-edit", hint)


def _copy(
    original: str,
    role: CustomRole,
    path: Path,
    catalogue: RoleCatalogue,
    roles: Mapping[str, EffectiveRole],
    register: Register,
) -> Iterator[Issue]:
    if original not in register.names:
        yield register.unknown(original, (*path, "copy_of"))
    elif original in catalogue.roles and not catalogue.roles[original].duplicable:
        message = f"{original!r} is a mixed role: those cannot be copied"
        hint = "copy a tenant role and a folder role, such as 'Automation User'"
        yield Issue((*path, "copy_of"), message, "copy-of-mixed", hint)
    elif original in roles:
        yield from _changes(original, role, path, catalogue, roles[original])


def _changes(
    name: str, role: CustomRole, path: Path, catalogue: RoleCatalogue, original: EffectiveRole
) -> Iterator[Issue]:
    """Yield what is wrong with the `add` and `remove` of a copy or an edit of role `name`."""
    yield from _rows(role.add, (*path, "add"), original.type, catalogue)
    wrong = list(_rows(role.remove, (*path, "remove"), original.type, catalogue))
    yield from wrong or _nothing_removed(name, role.remove, path, original)


def _rows(grants: Grants, path: Path, kind: RoleType, catalogue: RoleCatalogue) -> Iterator[Issue]:
    """Yield an error for each row that a role of this kind has not; a mixed one has them all."""
    tenant, folder = catalogue.tenant_permissions, catalogue.folder_permissions
    own = {"tenant": tenant, "folder": folder, "mixed": (*tenant, *folder)}[kind]
    for row in grants:
        if row in own:
            continue
        if row in tenant or row in folder:
            other = "folder" if kind == "tenant" else "tenant"
            message = f"{row} is a {other} permission, and this is a {kind} role"
            hint = f"make a {other} role of its own for it"
            yield Issue((*path, row), message, "wrong-permission", hint)
        else:
            screen = catalogue.screen_names.get(row)
            hint = (
                f"on screen it is called {screen!r}" if screen else did_you_mean(row, own).strip()
            )
            yield Issue(
                (*path, row), f"no permission is called {row!r}", "unknown-permission", hint
            )


def _nothing_removed(
    original: str, remove: Grants, path: Path, role: EffectiveRole
) -> Iterator[Issue]:
    for row, verbs in remove.items():
        absent = sorted(permissions({row: verbs}) - role.tenant - role.folder)
        if absent:
            message = f"{original!r} has no {', '.join(absent)} to take away"
            place = (*path, "remove", row)
            hint = "leave it out"
            yield warning(place, message, "nothing-to-remove", hint)


def _nothing_added(custom: Mapping[str, CustomRole], catalogue: RoleCatalogue) -> Iterator[Issue]:
    """Yield a warning for each permission that is added to a role that has it anyway.

    What it has by an assumption alone is worth adding: the file then holds without it.
    """
    certain = effective_roles(custom, catalogue, automation_user_starts_jobs=False)
    unedited = unedited_roles(catalogue, automation_user_starts_jobs=False)
    for name, role in custom.items():
        if role.edits and name in catalogue.editable:
            original, changed = name, unedited[name]
        elif role.copy_of is not None and name in certain and name not in catalogue.roles:
            original, changed = role.copy_of, certain[role.copy_of]
        else:
            continue
        for row, verbs in role.add.items():
            there = sorted(permissions({row: verbs}) & (changed.tenant | changed.folder))
            if there:
                message = f"{original!r} has {', '.join(there)} already"
                place = ("roles", name, "add", row)
                yield warning(place, message, "nothing-to-add", "leave it out")


def _cycles(custom: Mapping[str, CustomRole]) -> Iterator[Issue]:
    """Yield one error for each ring of copies, at its first role."""
    told: set[str] = set()
    for name in custom:
        chain = copy_chain(name, custom)
        if custom[chain[-1]].copy_of != name or told.intersection(chain):
            continue
        told.update(chain)
        message = f"{name!r} copies itself: {ring_of(chain)}"
        hint = "let one of them copy a default role"
        yield Issue(("roles", name, "copy_of"), message, "copy-cycle", hint)
