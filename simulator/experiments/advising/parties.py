"""Who shares a machine: folders, each with the subfolders that inherit the machine from it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from simulator.experiments.advising.entries import (
    all_entries,
    own_entries,
    pinned,
    pins,
    provider,
    providers,
    replaced,
    written,
)
from simulator.experiments.advising.work import Estate, Work
from simulator.model.folders import FolderMachine
from simulator.policies.changes import Change


@dataclass(frozen=True, slots=True)
class Party:
    """One of those that share a machine: the work of its folders there, and how much it is."""

    folder: str
    works: tuple[Work, ...]
    load: float

    @property
    def folders(self) -> frozenset[str]:
        """Return the folders that have this work."""
        return frozenset(work.folder for work in self.works)

    @property
    def runtimes(self) -> frozenset[str]:
        """Return the runtime types it asks for."""
        return frozenset().union(*(work.runtimes for work in self.works))

    @property
    def has_foreground(self) -> bool:
        """Return whether some of its jobs need a Windows session."""
        return any(work.foreground for work in self.works)

    def could_leave(self, machine: str) -> bool:
        """Return whether each of its jobs may run on some other machine too."""
        reaches = (reach for work in self.works for reach in work.reaches)
        return all({spot.machine for spot in reach.spots} - {machine} for reach in reaches)


@dataclass(frozen=True, slots=True)
class Sharing:
    """A machine, and those that share it, the one with most work first.

    Each is a folder that has an entry of the machine, with the subfolders that inherit it; where
    only one folder has such an entry, each folder that has work there is a party of its own, and
    what they inherit `is_inherited`.
    """

    machine: str
    parties: tuple[Party, ...]
    is_inherited: bool

    def moved(self, estate: Estate, new: Mapping[str, Sequence[str]]) -> Iterator[Change]:
        """Yield the changes that give parties other machines, by the parties' folders.

        What is left out keeps its own. Jobs that name the machine go where their folder does.
        """
        yield from self._inherited(estate, new) if self.is_inherited else self._own(estate, new)
        for one, target in pins(estate, self.machine):
            party = next((each for each in self.parties if one.folder in each.folders), None)
            names = new.get(party.folder, ()) if party is not None else ()
            if names and self.machine not in names and target.host is None:
                yield pinned(one, names[0])

    def _own(self, estate: Estate, new: Mapping[str, Sequence[str]]) -> Iterator[Change]:
        for folder, names in new.items():
            entries = own_entries(estate, folder)
            yield written(estate, folder, replaced(entries, self.machine, names))

    def _inherited(self, estate: Estate, new: Mapping[str, Sequence[str]]) -> Iterator[Change]:
        """Yield what gives each folder machines of its own, and ends the inheritance."""
        given: dict[str, dict[str, FolderMachine]] = {
            folder: replaced(own_entries(estate, folder), self.machine, ())
            for folder in providers(estate, self.machine)
        }
        for party in self.parties:
            folder = party.folder
            names = new.get(folder, (self.machine,))
            entries = replaced(all_entries(estate, folder), self.machine, names)
            unshared = FolderMachine.model_copy
            given[folder] = {
                name: unshared(entry, update={"propagate": False}) if name in names else entry
                for name, entry in entries.items()
            }
        for folder, entries in given.items():
            yield written(estate, folder, entries)


def sharings(estate: Estate) -> Iterator[Sharing]:
    """Yield each machine that at least two parties share, in the order of the file."""
    for machine in estate.scenario.machines:
        works = estate.on_machine(machine)
        of_entry: dict[str, list[Work]] = defaultdict(list)
        for work in works:
            of_entry[provider(estate, work.folder, machine)].append(work)
        of_folder: dict[str, list[Work]] = defaultdict(list)
        for work in works:
            of_folder[work.folder].append(work)
        is_inherited = len(of_entry) == 1
        parties = _parties(estate, machine, of_folder if is_inherited else of_entry)
        if len(parties) > 1:
            yield Sharing(machine, parties, is_inherited)


def _parties(estate: Estate, machine: str, works: Mapping[str, list[Work]]) -> tuple[Party, ...]:
    found = (
        Party(folder, tuple(of), math.fsum(estate.load_on(work, machine) for work in of))
        for folder, of in works.items()
    )
    return tuple(sorted(found, key=lambda one: -one.load))
