"""Personal workspaces: who may own one, and what cannot be in one.

Rules from the vendor's pages Personal Workspaces and Managing personal workspaces.
"""

from __future__ import annotations

from collections.abc import Iterator

from simulator.errors import Issue, Path, warning
from simulator.model.accounts import entry_of
from simulator.model.folders import Folder, joined, walk
from simulator.model.registers import Registers, place_of


def personal_workspaces(registers: Registers) -> Iterator[Issue]:
    """Yield what is wrong with the personal workspaces of a scenario.

    Errors are owners that are no single user, and subfolders; warnings are assignments, which give
    nothing in one, and a second workspace of one owner.
    """
    first_of: dict[str, str] = {}
    for parts, folder in walk(registers.scenario.folders):
        owner, path = folder.personal, place_of(parts)
        if owner is None:
            continue
        yield from _owner(owner, (*path, "personal"), registers)
        yield from _contents(folder, owner, path)
        first = first_of.setdefault(owner, joined(parts))
        if first != joined(parts):
            message = f"{owner!r} already has the personal workspace {first!r}"
            hint = "the vendor gives each user one: let somebody else own this one"
            place = (*path, "personal")
            yield warning(place, message, "personal-twice", hint)


def _owner(owner: str, path: Path, registers: Registers) -> Iterator[Issue]:
    accounts = registers.scenario.accounts
    entry = entry_of(owner, accounts)
    if owner in registers.groups:
        yield _no_owner(path, f"{owner!r} is a group", "name one of its users")
    elif owner in accounts and accounts[owner].count is not None:
        yield _no_owner(path, f"{owner!r} stands for several accounts", f"name one: '{owner}-1'")
    elif entry is None:
        yield registers.accounts.unknown(owner, path, "add it to accounts, as a user")
    elif accounts[entry].type != "user":
        what = f"{owner!r} is of type {accounts[entry].type}"
        hint = "name a user; a folder that robots run in has no personal"
        yield _no_owner(path, what, hint)


def _no_owner(path: Path, what: str, hint: str) -> Issue:
    message = f"{what}: the owner of a personal workspace is one user"
    return Issue(path, message, "personal-owner", hint)


def _contents(folder: Folder, owner: str, path: Path) -> Iterator[Issue]:
    if folder.folders:
        message = "a personal workspace has no subfolders"
        hint = "move them out of it, beside it"
        yield Issue((*path, "folders"), message, "personal-subfolders", hint)
    if folder.assign:
        message = f"only {owner!r} has access to this personal workspace: assign gives nothing"
        hint = "leave assign out, or personal"
        place = (*path, "assign")
        yield warning(place, message, "personal-closed", hint)
