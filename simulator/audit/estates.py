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
from simulator.access.people import People, people_of
from simulator.access.tree import Place, tree_of
from simulator.model.accounts import entry_of
from simulator.model.scenario import Scenario

Assignment = Mapping[str, tuple[str, ...]]
"""Account or group, and the roles it has."""


@dataclass(frozen=True, slots=True)
class Estate:
    """A scenario, and its rights laid out to be compared.

    `places` are the folders by path, a parent before its subfolders; `everywhere` is what is
    assigned at the tenant if the folder model lets it count in folders.
    """

    scenario: Scenario
    access: Access
    people: People
    places: Mapping[str, Place]
    everywhere: Assignment

    def permissions(self, account: str, folder: str) -> frozenset[str]:
        """Return what the account may do in the folder: nothing where either is not there."""
        is_there = account in self.people.principals and folder in self.places
        return self.access.permissions(account, folder) if is_there else frozenset()

    def names(self, folder: str) -> Iterator[str]:
        """Yield every account and group that is assigned where it counts in a folder."""
        yield from self.everywhere
        place = self.places.get(folder)
        while place is not None:
            yield from place.assign
            place = None if place.parent is None else self.places[place.parent]

    def is_robot(self, account: str) -> bool:
        """Return whether the account is a robot here."""
        entry = entry_of(account, self.scenario.accounts)
        return entry is not None and self.scenario.accounts[entry].type == "robot"


def estate_of(scenario: Scenario, access: Access) -> Estate:
    """Lay a scenario and its rights out to be compared."""
    classic = scenario.assumptions.folder_model == "classic"
    return Estate(
        scenario=scenario,
        access=access,
        people=people_of(scenario.accounts),
        places=tree_of(scenario.folders).places,
        everywhere=scenario.tenant.assign if classic else {},
    )


def concerned(old: Estate, new: Estate) -> dict[str, tuple[str, ...]]:
    """Return the folders in which rights may differ, those of `old` first, and whose may.

    Whose: names of accounts, and of counted accounts and groups, which stand for their members.
    """
    changes = _Changes(
        roles=_differing(old.access.roles, new.access.roles), moved=_moved(old.people, new.people)
    )
    anywhere = tuple(changes.between(old.everywhere, new.everywhere))
    found: dict[str, tuple[str, ...]] = {}
    for path in dict.fromkeys((*old.places, *new.places)):
        was, now = old.places.get(path), new.places.get(path)
        if was is None or now is None or was.owner != now.owner:
            names = [*old.names(path), *new.names(path)]
        else:
            above = found.get(now.parent or "", ())
            names = [*anywhere, *above, *changes.between(was.assign, now.assign)]
        if names:
            found[path] = tuple(dict.fromkeys(names))
    return found


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


def crowds_of(old: Estate, new: Estate) -> Crowds:
    """Return the accounts of both scenarios, equal ones together.

    Left out are robots that only one of the two has: they come and go with the fleet.
    """
    accounts = dict.fromkeys((*old.people.accounts, *new.people.accounts))
    old_names, new_names = _names(old), _names(new)
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


def _names(estate: Estate) -> dict[str, tuple[str, ...]]:
    """Return the names by which each account is assigned anything."""
    return {account: estate.access.who(account) for account in estate.access.accounts}


def _comes_with_the_fleet(account: str, old: Estate, new: Estate) -> bool:
    in_old, in_new = (account in estate.people.principals for estate in (old, new))
    return in_old != in_new and (old if in_old else new).is_robot(account)
