"""Accounts that a folder treats alike, folder by folder.

An account's rights in a folder follow from the names it is assigned by there and above. So rights
are asked for once for all accounts with the same names; and what a folder does not assign anew, it
shares with its parent.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from simulator.access.demands import DEMANDS, Action, lacking
from simulator.access.grants import Access, Grant


@dataclass(frozen=True, slots=True)
class Party:
    """Accounts with the same grants in a folder, in the order of the file.

    `grants` are the roles in force there, none for an assignment without a role. `may` has only
    what the accounts may do, each with the grants that give a permission for it.
    """

    accounts: tuple[str, ...]
    grants: tuple[Grant, ...]
    may: Mapping[Action, tuple[Grant, ...]]


Parties: TypeAlias = Mapping[str, tuple[Party, ...]]
"""Each folder's path with the accounts that have access to it, in file order of their first."""


def parties_of(access: Access) -> Parties:
    """Return who has access to each folder, accounts with the same grants together."""
    ranks = {account: rank for rank, account in enumerate(access.accounts)}
    found: dict[str, tuple[Party, ...]] = {}
    for place in access.tree.places.values():
        inherited: tuple[Party, ...] = ()
        assigned = tuple(place.assign)
        if place.parent is None and place.owner is None:
            assigned = (*access.everywhere, *assigned)
        elif place.parent is not None and place.owner is None:
            inherited = found[place.parent]
        found[place.path] = _refined(inherited, assigned, place.path, access, ranks)
    return found


def _refined(
    inherited: tuple[Party, ...],
    assigned: Iterable[str],
    folder: str,
    access: Access,
    ranks: Mapping[str, int],
) -> tuple[Party, ...]:
    """Return the parties of a folder: whom it assigns itself anew, the others as in its parent."""
    names = _names(assigned, access)
    if not names:
        return inherited
    homes = dict.fromkeys(names, -1)
    for number, party in enumerate(inherited):
        homes.update((account, number) for account in party.accounts if account in names)
    alike: defaultdict[tuple[int, tuple[str, ...]], list[str]] = defaultdict(list)
    for account, number in homes.items():
        alike[number, names[account]].append(account)
    anew = (
        _party(sorted(accounts, key=ranks.__getitem__), folder, access)
        for accounts in alike.values()
        if access.has_access(accounts[0], folder)
    )
    parties = (*_left(inherited, names), *anew)
    return tuple(sorted(parties, key=lambda party: ranks[party.accounts[0]]))


def _names(assigned: Iterable[str], access: Access) -> dict[str, tuple[str, ...]]:
    """Return every account that is assigned, with the names by which it is."""
    names: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for name in assigned:
        for account in access.members(name):
            names[account] += (name,)
    return dict(names)


def _left(inherited: Iterable[Party], taken: Mapping[str, object]) -> Iterator[Party]:
    """Yield inherited parties without the accounts that are assigned anew."""
    for party in inherited:
        kept = tuple(account for account in party.accounts if account not in taken)
        if len(kept) == len(party.accounts):
            yield party
        elif kept:
            yield replace(party, accounts=kept)


def _party(accounts: Iterable[str], folder: str, access: Access) -> Party:
    """Return the party of accounts that are assigned alike: what holds of one, holds of all."""
    alike = tuple(accounts)
    grants, held = access.grants(alike[0], folder), access.permissions(alike[0], folder)
    may = {
        action: tuple(
            grant for grant in grants if not DEMANDS[action].isdisjoint(grant.permissions)
        )
        for action in Action
        if not lacking(action, held)
    }
    return Party(alike, grants, may)


def robots(access: Access) -> frozenset[str]:
    """Return the robot accounts: they run jobs, and nobody sits before them."""
    return frozenset(name for name, kind in access.people.types.items() if kind == "robot")
