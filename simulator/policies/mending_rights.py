"""What somebody should hold: the smallest role that lets him start jobs, or add queue items."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from simulator.access.demands import DEMANDS, Action
from simulator.access.grants import TENANT, Access
from simulator.model.effective_roles import EffectiveRole
from simulator.model.scenario import Scenario
from simulator.policies.admission import Request, may_add_items
from simulator.policies.changes import AUTOMATION_USER, Change, Mend, Site, free_name, site_of

JOB_STARTER: Final = "Job Starter"
"""What a new role is called that lets its holder start jobs."""

ITEM_ADDER: Final = "Item Adder"
"""What a new role is called that lets its holder add items to queues."""


def mend_rights(request: Request, site: Site, access: Access, principal: str | None) -> Mend | None:
    """Return the smallest grant to the caller, assigned to `principal`, by default himself.

    The maker of a trigger that runs as himself executes and no more: he becomes an Automation User.
    """
    who = request.runs_as if request.caller is None else request.caller
    if who is None:
        return None
    role, made = AUTOMATION_USER, tuple[Change, ...]()
    if request.caller is not None:
        role, made = granting(DEMANDS[Action.START], who, site.path, access)
    return _assigning(role, made, principal or who, site)


def mend_adding(
    who: str, folder: str, scenario: Scenario, access: Access, principal: str | None = None
) -> Mend | None:
    """Return the smallest grant that lets somebody add items to the queues of a folder.

    It is given to `principal`, a group of his or a counted account, if named, then with all that
    adding demands: another member may hold less of it than he does.

    None where he may already, and where nothing can mend it: a personal workspace is open to its
    owner alone.

    Raises:
        KeyError: there is no such account or folder.
    """
    if may_add_items(who, folder, access) is None or access.owner(folder) is not None:
        return None
    whom = principal or who
    lacked = frozenset(access.lacks(who, folder, Action.ADD_ITEMS))
    wanted = lacked if whom == who else DEMANDS[Action.ADD_ITEMS]
    role, made = granting(wanted, who, folder, access, ITEM_ADDER)
    return _assigning(role, made, whom, site_of(folder, scenario))


def _assigning(role: str, made: tuple[Change, ...], whom: str, site: Site) -> Mend:
    changes = (*made, site.assigned(whom, (role,)))
    return Mend(f"assign {whom} to {site.path} as {role}", changes)


def granting(
    wanted: frozenset[str], who: str, folder: str, access: Access, new_role: str = JOB_STARTER
) -> tuple[str, tuple[Change, ...]]:
    """Return the least role with what is wanted, and the change that makes it where it is new.

    It also has what a mixed role of the tenant lets him do in the folder: a folder role takes the
    place of that. A role that is new is called `new_role`, or with a number behind it.
    """
    grants, held = access.grants(who, folder), access.permissions(who, folder)
    if any(grant.place == TENANT for grant in grants):
        wanted |= held
    role = least_role(wanted, held, access.roles)
    if role is not None:
        return role, ()
    role = free_name(new_role, access.roles.__contains__)
    return role, (Change(("roles", role), {"type": "folder", "permissions": _rows(wanted)}),)


def _rows(permissions: frozenset[str]) -> dict[str, list[str]]:
    """Return permissions as a file writes them: rows, and verbs on each."""
    rows: dict[str, list[str]] = {}
    for row, _, verb in (permission.rpartition(".") for permission in sorted(permissions)):
        rows.setdefault(row, []).append(verb)
    return rows


def least_role(
    wanted: frozenset[str], held: frozenset[str], roles: Mapping[str, EffectiveRole]
) -> str | None:
    """Return the folder role that has what is wanted and adds the fewest permissions to `held`.

    None if every such role lets its holder do more than look, which `held` does not.
    """
    fitting = (
        name
        for name, role in roles.items()
        if role.type == "folder"
        and wanted <= role.folder
        and all(map(_only_looks, role.folder - wanted - held))
    )
    return min(fitting, key=lambda name: len(roles[name].folder - held), default=None)


def _only_looks(permission: str) -> bool:
    return permission.endswith(".View")
