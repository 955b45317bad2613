"""Roles that cannot be, and roles that give nothing where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simulator.errors import Issue, Path
from simulator.model.effective_roles import EffectiveRole, copy_chain
from simulator.model.registers import SHOWN, Register
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
            yield Issue((*path, index), message, "role-gives-nothing", hint, severity="warning")


def custom_roles(
    custom: Mapping[str, CustomRole],
    catalogue: RoleCatalogue,
    roles: Mapping[str, EffectiveRole],
    register: Register,
) -> Iterator[Issue]:
    """Yield what is wrong with the tenant's own roles, and `remove`s that take nothing away."""
    yield from _cycles(custom)
    for name, role in custom.items():
        path = ("roles", name)
        if name in catalogue.roles:
            yield _default_role(name, path, catalogue)
        elif role.copy_of is None:
            kind = role.type or "folder"
            yield from _rows(role.permissions or {}, (*path, "permissions"), kind, catalogue)
        else:
            yield from _copy(role.copy_of, role, path, catalogue, roles, register)


def _default_role(name: str, path: Path, catalogue: RoleCatalogue) -> Issue:
    duplicable = catalogue.roles[name].duplicable
    hint = "copy it under another name: copy_of" if duplicable else "give your role another name"
    return Issue(path, f"{name!r} is a default role and cannot be changed", "default-role", hint)


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
        kind = roles[original].type
        yield from _rows(role.add, (*path, "add"), kind, catalogue)
        wrong = list(_rows(role.remove, (*path, "remove"), kind, catalogue))
        yield from wrong or _nothing_removed(original, role.remove, path, roles[original])


def _rows(grants: Grants, path: Path, kind: RoleType, catalogue: RoleCatalogue) -> Iterator[Issue]:
    tenant, folder = catalogue.tenant_permissions, catalogue.folder_permissions
    own, other = (tenant, folder) if kind == "tenant" else (folder, tenant)
    for row in grants:
        if row in own:
            continue
        if row in other:
            other_kind = "folder" if kind == "tenant" else "tenant"
            message = f"{row} is a {other_kind} permission, and this is a {kind} role"
            hint = f"make a {other_kind} role of its own for it"
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
            yield Issue(place, message, "nothing-to-remove", hint, severity="warning")


def _cycles(custom: Mapping[str, CustomRole]) -> Iterator[Issue]:
    """Yield one error for each ring of copies, at its first role."""
    told: set[str] = set()
    for name in custom:
        chain = copy_chain(name, custom)
        if custom[chain[-1]].copy_of != name or told.intersection(chain):
            continue
        told.update(chain)
        shown = chain if len(chain) <= SHOWN else (*chain[:SHOWN], "…")
        ring = " → ".join((*shown, name))
        message = f"{name!r} copies itself: {ring}"
        hint = "let one of them copy a default role"
        yield Issue(("roles", name, "copy_of"), message, "copy-cycle", hint)
