"""Folders: who is in them, which machines serve them, what runs there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from simulator.errors import Path
from simulator.model.processes import Process
from simulator.model.quantities import Flag, Name, Part, text_of
from simulator.model.queues import Arrival, Queue
from simulator.model.streams import Stream
from simulator.model.triggers import Start, Trigger

DEEPEST: Final = 7
"""Folder levels the vendor allows (one and six nested); deeper ones get a warning."""


class FolderMachine(Part):
    """A machine template in a folder."""

    propagate: Flag = False
    """Whether it serves the subfolders too."""

    accounts: tuple[Name, ...] | None = None
    """Of the accounts that may run there, those that may do so from this folder; by default all."""


def _machines(value: object) -> object:
    if not isinstance(value, list | tuple):
        return value
    names = [text_of(name) for name in value]
    doubled = {str(name) for name in names if names.count(name) > 1}
    if doubled:
        raise PydanticCustomError(
            "folder", "machines lists {names} twice", {"names": ", ".join(sorted(doubled))}
        )
    if not all(isinstance(name, str) for name in names):
        raise PydanticCustomError("folder", "machines lists names of machines")
    return {name: {} for name in names}


_DifferentNames = Annotated[list[Name], Field(json_schema_extra={"uniqueItems": True})]

FolderMachines = Annotated[
    dict[Name, FolderMachine],
    BeforeValidator(_machines, json_schema_input_type=dict[Name, FolderMachine] | _DifferentNames),
]


def _given(value: object) -> object:
    return {} if value is None else value


class Folder(Part):
    """A folder: assignments flow down to its subfolders, machines only where they propagate."""

    assign: dict[Name, tuple[Name, ...]] = {}
    """Accounts or groups, and the roles each has here and in every subfolder."""

    personal: Name | None = None
    """The one owner of a personal workspace: a user, the only one with access, who runs background
    work as himself here; nothing assigned here or above reaches it.
    """

    machines: FolderMachines = {}
    """The machine templates that serve it, as a list of names or with keys of their own."""

    processes: dict[Name, Process] = {}
    """What can run here."""

    queues: dict[
        Name, Annotated[Queue, BeforeValidator(_given, json_schema_input_type=Queue | None)]
    ] = {}
    """Queues of work."""

    triggers: dict[Name, Trigger] = {}
    """What submits jobs by itself."""

    arrivals: dict[Name, Arrival] = {}
    """Work added to queues."""

    starts: dict[Name, Start] = {}
    """People, or an application, pressing Start."""

    folders: dict[
        Name,
        Annotated[Folder, BeforeValidator(_given, json_schema_input_type=Folder | None)],
    ] = Field(default_factory=dict)
    """Its subfolders."""


def joined(parts: tuple[str, ...]) -> str:
    r"""Return the path of a folder, `HR/Payroll`; a `/` inside a folder's own name is `\/`."""
    return "/".join(part.replace("/", "\\/") for part in parts)


def walk(folders: dict[str, Folder]) -> Iterator[tuple[tuple[str, ...], Folder]]:
    """Yield every folder with the names that lead to it, a parent before its subfolders."""
    stack: list[tuple[tuple[str, ...], Folder]]
    stack = [((name,), folder) for name, folder in reversed(folders.items())]
    while stack:
        parts, folder = stack.pop()
        yield parts, folder
        stack.extend(((*parts, name), sub) for name, sub in reversed(folder.folders.items()))


def streams_in(folder: Folder) -> Iterator[tuple[Path, Stream]]:
    """Yield every stream of a folder, behind the keys that lead from the folder to it."""
    for name, trigger in folder.triggers.items():
        if trigger.event is not None:
            yield ("triggers", name, "event"), trigger.event
        if trigger.api is not None:
            yield ("triggers", name, "api"), trigger.api
    for name, arrival in folder.arrivals.items():
        yield ("arrivals", name, "items"), arrival.items
    for name, start in folder.starts.items():
        yield ("starts", name, "stream"), start.stream


Folder.model_rebuild()
