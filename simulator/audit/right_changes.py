"""Who gained or lost which right where, between two scenarios, and by which role."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from simulator.access.demands import DEMANDS, Action
from simulator.access.grants import Access
from simulator.audit.by_role import ByRole, by_role
from simulator.audit.concerned import concerned, crowds_of
from simulator.audit.members import in_runs

_ORDER: Final = tuple(Action)


class RightChange(NamedTuple):
    """A right that accounts have in a folder in one of two scenarios only.

    `who` are accounts, those that count up as `dev-1 … dev-4`. `gained` says that the later
    scenario gives it; otherwise it is lost. `roles` give it, or gave it. `missing` are the
    permissions that lacked before, or lack now.
    """

    folder: str
    who: tuple[str, ...]
    action: Action
    gained: bool
    roles: tuple[ByRole, ...]
    missing: tuple[str, ...]


def right_changes(old: Access, new: Access) -> tuple[RightChange, ...]:
    """Return what rights differ: folder by folder in file order, then action by action.

    Robots that only one of the two has are left out: they come and go with the fleet.
    """
    crowds = crowds_of(old, new)
    return tuple(
        change._replace(who=in_runs(sorted(accounts, key=crowds.place.__getitem__)))
        for folder, names in concerned(old, new).items()
        for change, accounts in _in_folder(folder, old, new, crowds.of(names))
    )


def _in_folder(
    folder: str, old: Access, new: Access, crowds: Iterable[tuple[str, ...]]
) -> list[tuple[RightChange, list[str]]]:
    """Return what differs in one folder, each change with the accounts it is the same for."""
    found: defaultdict[RightChange, list[str]] = defaultdict(list)
    for crowd in crowds:
        for change in _of_account(crowd[0], folder, old, new):
            found[change].extend(crowd)
    return sorted(found.items(), key=lambda one: (_ORDER.index(one[0].action), not one[0].gained))


def _of_account(account: str, folder: str, old: Access, new: Access) -> Iterator[RightChange]:
    """Yield the rights that one account has in one of the scenarios only, `who` left empty."""
    was, now = _held(old, account, folder), _held(new, account, folder)
    if was == now:
        return
    for action, demands in DEMANDS.items():
        lacked, lacks = demands - was, demands - now
        if bool(lacked) != bool(lacks):
            gained, missing = not lacks, lacked or lacks
            roles = _giving(missing, account, folder, new if gained else old)
            yield RightChange(folder, (), action, gained, roles, tuple(sorted(missing)))


def _held(access: Access, account: str, folder: str) -> frozenset[str]:
    """Return what the account may do in the folder: nothing where either is not there."""
    is_there = account in access.people.types and folder in access.tree.places
    return access.permissions(account, folder) if is_there else frozenset()


def _giving(
    missing: frozenset[str], account: str, folder: str, access: Access
) -> tuple[ByRole, ...]:
    """Return the roles that give an account something of what is missing without them."""
    return tuple(
        by_role(grant, access.groups)
        for grant in access.grants(account, folder)
        if not missing.isdisjoint(grant.permissions)
    )
