"""Changes to a scenario's file that mend a refusal, and the folder they are written in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Final

from simulator.model.folders import Folder, joined, walk
from simulator.model.registers import place_of
from simulator.model.scenario import Scenario

AUTOMATION_USER: Final = "Automation User"
"""The folder role for accounts that run automations (vendor's page Default roles)."""


@dataclass(frozen=True, slots=True)
class Change:
    """A value for one place of the file, as an override sets it: it replaces, it never merges.

    `path` walks the file's own keys; `value` is plain data: text, numbers, truths, lists, mappings.
    """

    path: tuple[str | int, ...]
    value: object


@dataclass(frozen=True, slots=True)
class Mend:
    """What lets one check pass: in words, `assign anna to HR as Job Starter`, and as changes."""

    words: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Site:
    """One folder: its path as people write it, its place in the file, and what it says there."""

    path: str
    place: tuple[str | int, ...]
    folder: Folder

    def assigned(self, principal: str, roles: tuple[str, ...]) -> Change:
        """Return the change that assigns these roles, on top of those the entry has already."""
        kept = self.folder.assign.get(principal, ())
        return Change((*self.place, "assign", principal), [*dict.fromkeys((*kept, *roles))])

    def with_machine(self, machine: str, entry: Mapping[str, object]) -> Change:
        """Return the change that gives the folder its own entry of a machine."""
        if not machine.isdecimal():
            return Change((*self.place, "machines", machine), dict(entry))
        # Behind `machines: [a, b]` a number would be taken for a place in that list.
        written = {
            name: own.model_dump(mode="json", exclude_defaults=True)
            for name, own in self.folder.machines.items()
        }
        return Change((*self.place, "machines"), {**written, machine: dict(entry)})


def site_of(folder: str, scenario: Scenario) -> Site:
    """Return a folder's site, given its path.

    Raises:
        KeyError: there is no such folder.
    """
    for parts, found in walk(scenario.folders):
        if joined(parts) == folder:
            return Site(folder, place_of(parts), found)
    raise KeyError(folder)


def free_name(wanted: str, is_taken: Callable[[str], bool]) -> str:
    """Return the wanted name, or with a number behind it where that is taken."""
    if not is_taken(wanted):
        return wanted
    return next(name for number in count(2) if not is_taken(name := f"{wanted} {number}"))
