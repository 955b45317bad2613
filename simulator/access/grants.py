"""Who holds which right where, by which role, and through whom.

Rules, from the vendor's pages Default roles, Managing folders and Managing access:
rights are the union over all roles and groups, there is no deny; what is assigned in a folder holds
in its subfolders and never in siblings; a tenant operation counts the tenant part of roles assigned
at the tenant; in a folder count the folder parts of roles assigned there or above, and the folder
part of a mixed role of the tenant only in the classic model and where no such role is. Into a
personal workspace nothing flows: its owner alone has access, by one role.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Final

from simulator.access.demands import Action, lacking
from simulator.access.people import People, people_of
from simulator.access.tree import Tree, tree_of
from simulator.model.effective_roles import EffectiveRole, effective_roles
from simulator.model.roles import RoleCatalogue
from simulator.model.scenario import Scenario

TENANT: Final = ""
"""The place of what is assigned at the tenant; folders have a path."""

Who = tuple[str, ...]
"""The names that hold anything of all those an account is assigned by: equal ones, equal rights."""

MachineAccounts = tuple[tuple[str, tuple[str, ...] | None], ...]
"""Machines of a folder, each with the accounts its mapping allows; None for every account."""


@dataclass(frozen=True, slots=True)
class Grant:
    """One role in force for an account: which, given where and to whom, and what it permits.

    `place` is a folder's path or `TENANT`; `principal` the account itself, its counted entry, or a
    group of it; `permissions` those that hold in the folder (or at the tenant) asked about.
    """

    role: str
    place: str
    principal: str
    permissions: frozenset[str]


@dataclass(frozen=True, slots=True)
class Standing:
    """What an account is in one folder: whether it may enter, by which grants, with what rights."""

    has_access: bool
    grants: tuple[Grant, ...]
    permissions: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Access:
    """The rights, executors and machines of every folder, worked out when asked for and kept.

    Built by `access_of`. Asking about an account or a folder that does not exist raises KeyError.
    `everywhere` is what the tenant assigns, if the folder model lets it count in folders too.
    """

    roles: Mapping[str, EffectiveRole]
    people: People
    tree: Tree
    everywhere: Mapping[str, tuple[str, ...]]
    _at_tenant: Mapping[str, tuple[str, ...]]
    _mapped: Mapping[str, tuple[str, ...] | None]
    _who: Mapping[str, Who]
    _standings: dict[tuple[Who, str], Standing] = field(default_factory=dict)
    _executors: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _machines: dict[str, MachineAccounts] = field(default_factory=dict)

    @property
    def accounts(self) -> tuple[str, ...]:
        """Return every account in file order, counted ones member by member."""
        return self.people.accounts

    @property
    def folders(self) -> tuple[str, ...]:
        """Return every folder's path in file order, a parent before its subfolders."""
        return tuple(self.tree.places)

    @property
    def groups(self) -> frozenset[str]:
        """Return every group."""
        return self.people.groups

    def owner(self, folder: str) -> str | None:
        """Return whose personal workspace the folder is, None if it is none."""
        return self.tree.places[folder].owner

    def members(self, name: str) -> tuple[str, ...]:
        """Return the accounts that an account, a counted one or a group stands for."""
        return self.people.by_name.get(name, ())

    def who(self, account: str) -> Who:
        """Return by which names the account holds anything; accounts alike have equal rights."""
        return self._who[account]

    def has_access(self, account: str, folder: str) -> bool:
        """Return whether the account, or a group of it, is assigned to the folder or a parent.

        To a personal workspace nobody but its owner has access.
        """
        return self._standing(account, folder).has_access

    def permissions(self, account: str, folder: str) -> frozenset[str]:
        """Return what the account may do in the folder: `Jobs.Create`, …."""
        return self._standing(account, folder).permissions

    def grants(self, account: str, folder: str) -> tuple[Grant, ...]:
        """Return the roles in force for the account in the folder, its own first, then upwards."""
        return self._standing(account, folder).grants

    def assignments(self, account: str, folder: str) -> tuple[tuple[str, str], ...]:
        """Return what lets the account into the folder: where it is assigned, and by which name."""
        return tuple(
            (place.path, name)
            for place in self.tree.granting(folder)
            for name in self._who[account]
            if name in place.assign
        )

    def lacks(self, account: str, folder: str, action: Action) -> tuple[str, ...]:
        """Return the permissions the account lacks in the folder to do something; none, it may."""
        return lacking(action, self.permissions(account, folder))

    def tenant_permissions(self, account: str) -> frozenset[str]:
        """Return what the account may do at the tenant: `Machines.View`, …."""
        return _union(self.tenant_grants(account))

    def tenant_grants(self, account: str) -> tuple[Grant, ...]:
        """Return the roles in force for the account at the tenant."""
        return tuple(
            Grant(name, TENANT, principal, role.tenant)
            for principal, name, role in self._held(self._at_tenant, self._who[account])
            if role.type != "folder"
        )

    def executors(self, folder: str) -> tuple[str, ...]:
        """Return the accounts that run unattended jobs here, in the order of the search.

        They have an unattended robot and are assigned to the folder or a parent by their own name:
        a group brings no robot (vendor's page on start-job errors). The folder's own come first,
        then those of the nearest parent, each in the order of the file. A personal workspace has
        none: it runs background work of its owner as himself alone.
        """
        if folder not in self._executors:
            self._executors[folder] = self._find_executors(folder)
        return self._executors[folder]

    def machines(self, folder: str) -> MachineAccounts:
        """Return the folder's machines and whom each lets run, in the order of the search.

        Its own come first, then those that parents propagate, the nearest first; a folder's own
        entry takes the place of an inherited one. A folder's mapping narrows the tenant's.
        """
        if folder not in self._machines:
            self._machines[folder] = tuple(self._find_machines(folder))
        return self._machines[folder]

    def _held(
        self, assign: Mapping[str, tuple[str, ...]], who: Who
    ) -> Iterator[tuple[str, str, EffectiveRole]]:
        for principal in who:
            for role in assign.get(principal, ()):
                yield principal, role, self.roles[role]

    def _standing(self, account: str, folder: str) -> Standing:
        key = self._who[account], folder
        if key not in self._standings:
            self._standings[key] = self._find_standing(*key)
        return self._standings[key]

    def _find_standing(self, who: Who, folder: str) -> Standing:
        assigned = any(name in place.assign for place in self.tree.granting(folder) for name in who)
        grants = tuple(
            Grant(name, place.path, principal, role.folder)
            for place in self.tree.granting(folder)
            for principal, name, role in self._held(place.assign, who)
            if role.type != "tenant"
        )
        if not grants and self.everywhere and self.owner(folder) is None:
            grants = self._inherited_from_tenant(who)
        return Standing(assigned or bool(grants), grants, _union(grants))

    def _inherited_from_tenant(self, who: Who) -> tuple[Grant, ...]:
        return tuple(
            Grant(name, TENANT, principal, role.folder)
            for principal, name, role in self._held(self.everywhere, who)
            if role.type == "mixed"
        )

    def _find_executors(self, folder: str) -> tuple[str, ...]:
        place = self.tree.places[folder]
        if place.owner is not None:
            return ()
        own = [
            account
            for name in place.assign
            if name not in self.people.groups
            for account in self.members(name)
            if account in self.people.unattended
        ]
        inherited = () if place.parent is None else self.executors(place.parent)
        return tuple(dict.fromkeys(chain(own, inherited))) if own else inherited

    def _find_machines(self, folder: str) -> Iterator[tuple[str, tuple[str, ...] | None]]:
        seen: set[str] = set()
        for place in self.tree.upwards(folder):
            for name, machine in place.machines.items():
                if name not in seen and (machine.propagate or place.path == folder):
                    seen.add(name)
                    own = _expanded(machine.accounts, self.people)
                    yield name, _both(own, self._mapped[name])


def access_of(scenario: Scenario, catalogue: RoleCatalogue) -> Access:
    """Work out the rights in a scenario in which `dangling` found no error."""
    tree, people = tree_of(scenario.folders), people_of(scenario.accounts)
    classic = scenario.assumptions.folder_model == "classic"
    assigned = (scenario.tenant.assign, *(place.assign for place in tree.places.values()))
    holders = frozenset(chain.from_iterable(assigned))
    return Access(
        roles=effective_roles(
            scenario.roles,
            catalogue,
            automation_user_starts_jobs=scenario.assumptions.automation_user_starts_jobs,
        ),
        people=people,
        tree=tree,
        everywhere=scenario.tenant.assign if classic else {},
        _at_tenant=scenario.tenant.assign,
        _mapped={
            name: _expanded(machine.accounts, people) for name, machine in scenario.machines.items()
        },
        _who={
            account: tuple(name for name in names if name in holders)
            for account, names in people.principals.items()
        },
    )


def _union(grants: Iterable[Grant]) -> frozenset[str]:
    return frozenset().union(*(grant.permissions for grant in grants))


def _expanded(names: tuple[str, ...] | None, people: People) -> tuple[str, ...] | None:
    if names is None:
        return None
    return tuple(dict.fromkeys(member for name in names for member in people.by_name[name]))


def _both(first: tuple[str, ...] | None, second: tuple[str, ...] | None) -> tuple[str, ...] | None:
    if first is None or second is None:
        return second if first is None else first
    kept = frozenset(second)
    return tuple(name for name in first if name in kept)
