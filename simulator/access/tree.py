"""The folder tree: what is assigned in each folder, and the way up from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from simulator.model.folders import Folder, FolderMachine, joined, walk


@dataclass(frozen=True, slots=True)
class Place:
    """What one folder says itself: account or group to roles, and its machines."""

    path: str
    parent: str | None
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


def tree_of(folders: dict[str, Folder]) -> Tree:
    """Lay the nested folders of a scenario out by their paths."""
    places = (
        Place(joined(parts), joined(parts[:-1]) or None, folder.assign, folder.machines)
        for parts, folder in walk(folders)
    )
    return Tree({place.path: place for place in places})
