"""Accounts one by one, and every name under which each of them is assigned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from simulator.model.accounts import Account, AccountType


@dataclass(frozen=True, slots=True)
class People:
    """The accounts of a tenant, counted ones member by member.

    `accounts` is in file order. `principals` gives the names an account is assigned by: its own,
    that of its counted entry, and its groups. `by_name` goes the other way, from any such name to
    the accounts in file order. `types` has the type of each account; `unattended` are those with an
    unattended robot.
    """

    accounts: tuple[str, ...]
    principals: Mapping[str, tuple[str, ...]]
    by_name: Mapping[str, tuple[str, ...]]
    groups: frozenset[str]
    types: Mapping[str, AccountType]
    unattended: frozenset[str]


def people_of(entries: Mapping[str, Account]) -> People:
    """Expand counted accounts and turn the accounts' groups round.

    An application is assigned by its own name only, never through a group (vendor's page on
    access for confidential applications).
    """
    principals: dict[str, tuple[str, ...]] = {}
    by_name: defaultdict[str, list[str]] = defaultdict(list)
    groups: set[str] = set()
    types: dict[str, AccountType] = {}
    for entry, account in entries.items():
        of_entry = () if account.type == "application" else account.groups
        groups.update(account.groups)
        for member in account.members(entry):
            names = tuple(dict.fromkeys((member, entry, *of_entry)))
            principals[member] = names
            types[member] = account.type
            for name in names:
                by_name[name].append(member)
    return People(
        accounts=tuple(principals),
        principals=principals,
        by_name={name: tuple(members) for name, members in by_name.items()},
        groups=frozenset(groups),
        types=types,
        unattended=frozenset(
            member
            for entry, account in entries.items()
            if account.has_unattended_robot
            for member in account.members(entry)
        ),
    )
