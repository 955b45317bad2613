"""What a folder's file says of its machines, and of the machines its jobs are pinned to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from simulator.experiments.advising.work import Estate
from simulator.model.folders import FolderMachine
from simulator.model.triggers import ExecutionTarget
from simulator.plan.submitters import Submitter, submitters
from simulator.policies.changes import Change


def provider(estate: Estate, folder: str, machine: str) -> str:
    """Return the folder whose entry lets another one use a machine: itself, or a parent.

    Raises:
        StopIteration: it may not use that machine.
    """
    return next(
        place.path
        for place in estate.access.tree.upwards(folder)
        if machine in place.machines and (place.path == folder or place.machines[machine].propagate)
    )


def providers(estate: Estate, machine: str) -> list[str]:
    """Return the folders that have an entry of a machine, in the order of the file."""
    return [path for path, place in estate.access.tree.places.items() if machine in place.machines]


def own_entries(estate: Estate, folder: str) -> dict[str, FolderMachine]:
    """Return the machines of a folder's own, in the order of the file."""
    return dict(estate.access.tree.places[folder].machines)


def all_entries(estate: Estate, folder: str) -> dict[str, FolderMachine]:
    """Return all machines of a folder in the order of the search, inherited ones as its own."""
    places = estate.access.tree.places
    found: dict[str, FolderMachine] = {}
    for machine, _ in estate.access.machines(folder):
        entry = places[provider(estate, folder, machine)].machines[machine]
        is_own = machine in places[folder].machines
        found[machine] = entry if is_own else entry.model_copy(update={"propagate": False})
    return found


def written(estate: Estate, folder: str, entries: Mapping[str, FolderMachine]) -> Change:
    """Return the change that gives a folder these machines, as a list of names where that does."""
    dumped = {
        name: entry.model_dump(mode="json", exclude_defaults=True)
        for name, entry in entries.items()
    }
    value = dumped if any(dumped.values()) else list(dumped)
    return Change((*estate.sites[folder].place, "machines"), value)


def replaced(
    entries: Mapping[str, FolderMachine], machine: str, names: Collection[str]
) -> dict[str, FolderMachine]:
    """Return entries with others of the same settings in the place of one; of none it is gone."""
    found: dict[str, FolderMachine] = {}
    for name, entry in entries.items():
        found.update(dict.fromkeys(names, entry) if name == machine else {name: entry})
    return found


def pins(estate: Estate, machine: str) -> Iterator[tuple[Submitter, ExecutionTarget]]:
    """Yield what submits jobs that name a machine, and the target that does."""
    for one in submitters(estate.scenario, estate.access):
        target = one.item.run_as
        if isinstance(target, ExecutionTarget) and target.machine == machine:
            yield one, target


def pinned(one: Submitter, machine: str) -> Change:
    """Return the change that has jobs run on one machine, under the account they name already."""
    target = one.item.run_as
    account = target.account if isinstance(target, ExecutionTarget) else None
    named = {} if account is None else {"account": account}
    return Change((*one.place, "run_as"), {**named, "machine": machine})
