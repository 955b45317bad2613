"""A tenant in which one kind of rule keeps nobody from anything: what is admitted there beside it.

Rules of admission are asked there as everywhere, so that they stand in one place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from simulator.access.grants import Access, access_of
from simulator.access.refusals import Refusal
from simulator.loading import default_roles
from simulator.model.folders import Folder, FolderMachine, joined
from simulator.model.scenario import Scenario
from simulator.policies.admission import Places, Request, admit

_Edit: TypeAlias = Callable[[str, Folder], dict[str, object]]
"""(a folder's path, the folder) -> the fields of it that are to be different."""


@dataclass(frozen=True, slots=True, eq=False)
class WhatIf:
    """A scenario and the rights in it."""

    scenario: Scenario
    access: Access

    def places(self, request: Request) -> Places:
        """Return where a request could run; nobody is asked whether he may start it."""
        verdict = admit(replace(request, caller=None), self.scenario, self.access)
        return () if isinstance(verdict, Refusal) else verdict.places


def numbered(keys: Mapping[str, Hashable]) -> dict[str, int]:
    """Return a number for each name, the same for those with equal keys."""
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys.values()))}
    return {name: numbers[key] for name, key in keys.items()}


def kinds_of(scenario: Scenario) -> dict[str, int]:
    """Return a number for each machine, the same for templates that only their names tell apart."""
    return numbered({name: one.model_dump_json() for name, one in scenario.machines.items()})


def a_machine_of_each_kind(scenario: Scenario, access: Access, kinds: Mapping[str, int]) -> WhatIf:
    """Return a tenant in which every folder has one more machine of each kind, if there is one.

    Admission says of it what it says of all others of that kind that are not in the folder, and
    there may be 1,000 folders and 2,000 machines. Entries that a folder has stay as they are.
    """
    new, of_kind = FolderMachine(), defaultdict[int, list[str]](list)
    for name, kind in kinds.items():
        of_kind[kind].append(name)

    def with_one_more(path: str, folder: Folder) -> dict[str, object]:
        served = dict(access.machines(path))
        others = (
            next((one for one in alike if one not in served), None) for alike in of_kind.values()
        )
        more = {name: new for name in others if name is not None}
        return {"machines": {**folder.machines, **more}}

    return _changed(scenario, {"folders": _edited(scenario.folders, with_one_more)})


def every_robot(scenario: Scenario, access: Access) -> WhatIf:
    """Return a tenant in which all accounts with an unattended robot are assigned everywhere."""
    robots = [one for one in access.accounts if one in access.people.unattended]

    def with_all(path: str, folder: Folder) -> dict[str, object]:
        there = frozenset(access.executors(path))
        more = {name: () for name in robots if name not in there and name not in folder.assign}
        return {"assign": {**folder.assign, **more}}

    return _changed(scenario, {"folders": _edited(scenario.folders, with_all)})


def no_mappings(scenario: Scenario) -> WhatIf:
    """Return a tenant in which every account may run on every machine."""

    def unmapped(_path: str, folder: Folder) -> dict[str, object]:
        entries = folder.machines.items()
        return {
            "machines": {name: one.model_copy(update={"accounts": None}) for name, one in entries}
        }

    machines = {
        name: machine.model_copy(update={"accounts": None})
        for name, machine in scenario.machines.items()
    }
    folders = _edited(scenario.folders, unmapped)
    return _changed(scenario, {"machines": machines, "folders": folders})


def _changed(scenario: Scenario, fields: dict[str, object]) -> WhatIf:
    changed = scenario.model_copy(update=fields)
    return WhatIf(changed, access_of(changed, default_roles()))


def _edited(
    folders: dict[str, Folder], edit: _Edit, parents: tuple[str, ...] = ()
) -> dict[str, Folder]:
    """Return folders, and all below them, with some fields changed in each."""
    return {
        name: folder.model_copy(
            update={
                **edit(joined((*parents, name)), folder),
                "folders": _edited(folder.folders, edit, (*parents, name)),
            }
        )
        for name, folder in folders.items()
    }
