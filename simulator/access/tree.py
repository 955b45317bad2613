"""The folder tree: what is assigned in each folder, and the way up from it.

A personal workspace has one owner, and is closed to everybody else (vendor's page Personal
Workspaces).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from simulator.model.folders import Folder, FolderMachine, joined, walk

OWNERS_ROLE: Final = "Personal Workspace Administrator"
"""The default role that the owner of a personal workspace has in it."""


@dataclass(frozen=True, slots=True)
class Place:
    """What one folder says itself: account or group to roles, and its machines.

    `owner` is whose personal workspace it is, None for any other folder; `assign` of a personal
    workspace is its owner's role.
    """

    path: str
    parent: str | None
    owner: str | None
    assign: Mapping[str, tuple[str, ...]]
    machines: Mapping[str, FolderMachine]


@dataclass(frozen=True, slots=True)
class Tree:
    """Every folder by its path, a parent before its subfolders."""

    places: Mapping[str, Place]

    def upwards(self, folder: str) -> Iterator[Place]:
        """Yield a folder, then its parents, the nearest first.

        Raises:
            KeyError: there is no such folder.
        """
        path: str | None = folder
        while path is not None:
            place = self.places[path]
            yield place
            path = place.parent

    def granting(self, folder: str) -> Iterator[Place]:
        """Yield the folders whose assignments hold in a folder: in a personal workspace its own.

        Raises:
            KeyError: there is no such folder.
        """
        place = self.places[folder]
        return self.upwards(folder) if place.owner is None else iter((place,))


def tree_of(folders: dict[str, Folder]) -> Tree:
    """Lay the nested folders of a scenario out by their paths."""
    places = (_place(parts, folder) for parts, folder in walk(folders))
    return Tree({place.path: place for place in places})


def _place(parts: tuple[str, ...], folder: Folder) -> Place:
    owner = folder.personal
    assign = folder.assign if owner is None else {owner: (OWNERS_ROLE,)}
    return Place(joined(parts), joined(parts[:-1]) or None, owner, assign, folder.machines)
