"""Two scenarios side by side: in which folders rights may differ, and for whom.

Only these are worth asking about: accounts and groups whose roles in a folder changed, there or
above, or hold a role that did; who joined or left a group that is assigned there; and of accounts
that are assigned alike everywhere, one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from simulator.access.grants import Access
from simulator.access.people import People

Assignment = Mapping[str, tuple[str, ...]]
"""Account or group, and the roles it has."""


def concerned(old: Access, new: Access) -> dict[str, tuple[str, ...]]:
    """Return the folders in which rights may differ, those of `old` first, and whose may.

    Whose: names of accounts, and of counted accounts and groups, which stand for their members.
    """
    changes = _Changes(roles=_differing(old.roles, new.roles), moved=_moved(old.people, new.people))
    anywhere = tuple(changes.between(old.everywhere, new.everywhere))
    found: dict[str, tuple[str, ...]] = {}
    for path in dict.fromkeys((*old.folders, *new.folders)):
        was, now = old.tree.places.get(path), new.tree.places.get(path)
        if was is None or now is None or was.owner != now.owner:
            names = [*_names(old, path), *_names(new, path)]
        else:
            above = found.get(now.parent or "", ())
            names = [*anywhere, *above, *changes.between(was.assign, now.assign)]
        if names:
            found[path] = tuple(dict.fromkeys(names))
    return found


def _names(access: Access, folder: str) -> Iterator[str]:
    """Yield who is assigned where it counts in a folder; where there is none, at the tenant."""
    yield from access.everywhere
    if folder in access.tree.places:
        yield from (name for place in access.tree.upwards(folder) for name in place.assign)


@dataclass(frozen=True, slots=True)
class _Changes:
    """Roles that grant something else now, and who joined or left each account or group."""

    roles: frozenset[str]
    moved: Mapping[str, tuple[str, ...]]

    def between(self, was: Assignment, now: Assignment) -> Iterator[str]:
        """Yield whom a change of one place's assignment concerns."""
        for name in dict.fromkeys((*was, *now)):
            if was.get(name) != now.get(name) or not self.roles.isdisjoint(now[name]):
                yield name
            yield from self.moved.get(name, ())


def _moved(old: People, new: People) -> dict[str, tuple[str, ...]]:
    """Return the accounts that one side alone counts to a name, for each such name."""
    return {
        name: tuple(sorted({*old.by_name.get(name, ())} ^ {*new.by_name.get(name, ())}))
        for name in _differing(old.by_name, new.by_name)
    }


def _differing(old: Mapping[str, object], new: Mapping[str, object]) -> frozenset[str]:
    return frozenset(name for name in {*old, *new} if old.get(name) != new.get(name))


@dataclass(frozen=True, slots=True)
class Crowds:
    """Accounts by what they are assigned as in both scenarios: equal ones have equal rights.

    Each crowd lists its accounts in file order; `by_name` leads from an account or group to the
    numbers of its crowds. `place` is an account's number in the files.
    """

    crowds: tuple[tuple[str, ...], ...]
    by_name: Mapping[str, tuple[int, ...]]
    place: Mapping[str, int]

    def of(self, names: Iterable[str]) -> Iterator[tuple[str, ...]]:
        """Yield the crowds that the names of accounts and groups stand for, each once."""
        numbers = {number for name in names for number in self.by_name.get(name, ())}
        yield from (self.crowds[number] for number in sorted(numbers))


def crowds_of(old: Access, new: Access) -> Crowds:
    """Return the accounts of both scenarios, equal ones together.

    Left out are robots that only one of the two has: they come and go with the fleet.
    """
    accounts = dict.fromkeys((*old.accounts, *new.accounts))
    old_names, new_names = _who(old), _who(new)
    alike: defaultdict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = defaultdict(list)
    for account in accounts:
        if not _comes_with_the_fleet(account, old, new):
            alike[old_names.get(account, ()), new_names.get(account, ())].append(account)
    by_name: defaultdict[str, set[int]] = defaultdict(set)
    for number, (assigned_as, crowd) in enumerate(alike.items()):
        for name in (*crowd, *assigned_as[0], *assigned_as[1]):
            by_name[name].add(number)
    return Crowds(
        crowds=tuple(map(tuple, alike.values())),
        by_name={name: tuple(numbers) for name, numbers in by_name.items()},
        place={account: place for place, account in enumerate(accounts)},
    )


def _who(access: Access) -> dict[str, tuple[str, ...]]:
    """Return the names by which each account is assigned anything."""
    return {account: access.who(account) for account in access.accounts}


def _comes_with_the_fleet(account: str, old: Access, new: Access) -> bool:
    types = [access.people.types.get(account) for access in (old, new)]
    return None in types and "robot" in types
