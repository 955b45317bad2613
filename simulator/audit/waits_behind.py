"""Behind whom the jobs of a folder may wait, and who can see what they wait for.

Slots and Windows sessions are counted on the machine, so a job of another folder takes them too,
while its details are shown only to who holds Jobs.View in that folder (vendor's pages Managing jobs
and About jobs). What an account cannot see is outside its folders. A folder takes what a job of it
could run on: there is a host that can take it, with a licence, or an elastic pool may boot one, and
a mapping lets one of its robots, or in the background somebody with access as himself. What folders
share over different machines is not told here: accounts, and the licences that pools boot with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final, NamedTuple

from simulator.access.demands import Action
from simulator.access.grants import Access
from simulator.audit.parties import Parties, Party, robots
from simulator.model.folders import Folder, joined, walk
from simulator.model.quantities import RuntimeType
from simulator.model.scenario import Scenario
from simulator.policies.hosting import Hosting, Wanted, hosting_of

SESSIONS: Final = "Windows sessions"
"""What foreground jobs of every runtime type share on a host that has a limit of them."""


class WaitsBehind(NamedTuple):
    """Accounts that may start jobs in a folder, and the folders with which these share machines.

    `shared` are the runtime types whose slots they share, and `SESSIONS`. Of the other folders, the
    accounts can see the jobs of those in `seen`; those in `outside` they cannot see.
    """

    folder: str
    machines: tuple[str, ...]
    shared: tuple[str, ...]
    who: tuple[str, ...]
    seen: tuple[str, ...]
    outside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sharing:
    """Folders by number, as bits of masks: which use what of each machine, and who sees which."""

    folders: tuple[str, ...]
    users: Mapping[tuple[str, str], int]
    uses: Mapping[str, tuple[tuple[str, str], ...]]
    views: Mapping[str, int]

    def neighbours(self, folder: str) -> Iterator[tuple[int, tuple[str, ...], tuple[str, ...]]]:
        """Yield other folders (a mask) with the machines and what of them is shared with them."""
        itself = 1 << self.folders.index(folder)
        others: defaultdict[str, int] = defaultdict(int)
        shared: defaultdict[str, list[str]] = defaultdict(list)
        for machine, what in self.uses[folder]:
            if self.users[machine, what] != itself:
                others[machine] |= self.users[machine, what] & ~itself
                shared[machine].append(what)
        alike: defaultdict[tuple[int, tuple[str, ...]], list[str]] = defaultdict(list)
        for machine, mask in others.items():
            alike[mask, tuple(shared[machine])].append(machine)
        for (mask, what_of_it), machines in alike.items():
            yield mask, tuple(machines), what_of_it

    def named(self, mask: int) -> tuple[str, ...]:
        """Return the folders of a mask, in file order."""
        found = []
        while mask:
            lowest = mask & -mask
            found.append(self.folders[lowest.bit_length() - 1])
            mask ^= lowest
        return tuple(found)


def waits_behind(
    scenario: Scenario,
    access: Access,
    parties: Parties,
    *,
    who: Collection[str] | None = None,
    folder: str | None = None,
) -> Iterator[WaitsBehind]:
    """Yield, for each folder, the accounts that may start jobs there and behind whom these wait.

    Accounts that see the same of it stand together. Robots watch no jobs and are left out, unless
    `who` names them. `parties` must be of all folders.
    """
    sharing = _sharing(scenario, access, parties)
    ranks = {account: rank for rank, account in enumerate(access.accounts)}
    watchers = frozenset(access.accounts) - robots(access) if who is None else set(who)
    for path in (folder,) if folder is not None else sharing.folders:
        starters = [
            account
            for party in parties[path]
            if Action.START in party.may
            for account in party.accounts
            if account in watchers
        ]
        yield from _in_folder(path, sorted(starters, key=ranks.__getitem__), sharing)


def _in_folder(folder: str, starters: list[str], sharing: _Sharing) -> Iterator[WaitsBehind]:
    if not starters:
        return
    for mask, machines, shared in sharing.neighbours(folder):
        alike: defaultdict[int, list[str]] = defaultdict(list)
        for account in starters:
            alike[sharing.views.get(account, 0) & mask].append(account)
        for seen, accounts in alike.items():
            yield WaitsBehind(
                folder,
                machines,
                shared,
                tuple(accounts),
                sharing.named(seen),
                sharing.named(mask & ~seen),
            )


def _sharing(scenario: Scenario, access: Access, parties: Parties) -> _Sharing:
    folders = {joined(parts): folder for parts, folder in walk(scenario.folders)}
    users: defaultdict[tuple[str, str], int] = defaultdict(int)
    views: defaultdict[str, int] = defaultdict(int)
    uses: dict[str, tuple[tuple[str, str], ...]] = {}
    hosting = hosting_of(scenario)
    for place, (path, folder) in enumerate(folders.items()):
        uses[path] = tuple(_uses(path, folder, parties[path], hosting, access))
        for used in uses[path]:
            users[used] |= 1 << place
        for party in parties[path]:
            if Action.SEE_JOBS in party.may:
                for account in party.accounts:
                    views[account] |= 1 << place
    return _Sharing(tuple(folders), users, uses, views)


def _uses(
    path: str, folder: Folder, parties: tuple[Party, ...], hosting: Hosting, access: Access
) -> Iterator[tuple[str, str]]:
    """Yield the machines of a folder, with each of their resources that its jobs can take."""
    kinds, executors = dict.fromkeys(_kinds(folder)), frozenset(access.executors(path))
    for name, allowed in access.machines(path):
        machine = hosting.scenario.machines[name]
        by_robot = bool(executors if allowed is None else executors.intersection(allowed))
        by_anybody = by_robot or _lets_himself(allowed, path, parties, access)
        found = [
            (runtime, foreground)
            for runtime, foreground in kinds
            if machine.slots.get(runtime, 0) > 0
            and not hosting.lacks(name, Wanted(runtime, foreground))
            and (by_robot if foreground else by_anybody)
        ]
        yield from ((name, runtime) for runtime in dict.fromkeys(runtime for runtime, _ in found))
        if machine.windows_sessions is not None and any(foreground for _, foreground in found):
            yield name, SESSIONS


def _lets_himself(
    allowed: tuple[str, ...] | None,
    path: str,
    parties: tuple[Party, ...],
    access: Access,
) -> bool:
    """Return whether a mapping lets anybody with access to a folder run there as himself."""
    everybody = chain.from_iterable(party.accounts for party in parties)
    inside = (one for one in allowed or () if access.has_access(one, path))
    people = everybody if allowed is None else inside
    return any(access.people.types[one] != "application" for one in people)


def _kinds(folder: Folder) -> Iterator[tuple[RuntimeType, bool]]:
    """Yield the runtime types its jobs ask for, each with whether they run in the foreground."""
    processes = folder.processes
    for process in processes.values():
        yield process.runtime, process.type == "foreground"
    for submits in (*folder.triggers.values(), *folder.starts.values()):
        if submits.runtime is not None:
            yield submits.runtime, processes[submits.process].type == "foreground"
