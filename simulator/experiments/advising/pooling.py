"""Pooling: each folder of a group may use the machines of all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from simulator.experiments.advising.alternatives import Alternative, listed
from simulator.experiments.advising.entries import all_entries, written
from simulator.experiments.advising.work import Estate, Work
from simulator.model.folders import FolderMachine
from simulator.policies.changes import Change

_PAIR = 2


def pooling(estate: Estate) -> Iterator[Alternative]:
    """Yield the pools of all folders that could share machines, and of each two of them.

    Folders could that ask for a common runtime type. Where they share everything already, there is
    nothing to pool.
    """
    for group in _groups(estate):
        pairs = combinations(group, _PAIR) if len(group) > _PAIR else ()
        linked = (pair for pair in pairs if _have_a_common_type(estate, *pair))
        for folders in (tuple(group), *linked):
            changes = tuple(_changes(estate, folders))
            load = sum(map(estate.load_of, folders))
            words = f"Pooling the machines of {listed(folders)}"
            yield Alternative("pool", words, changes, load)


def _groups(estate: Estate) -> Iterator[list[str]]:
    """Yield the folders, two or more, that are linked by the runtime types they ask for."""
    left = list(estate.folders)
    while left:
        group = [left.pop(0)]
        for one in group:  # it grows meanwhile
            asked = _runtimes(estate, one)
            found = [other for other in left if asked & _runtimes(estate, other)]
            group += found
            left = [other for other in left if other not in found]
        if len(group) > 1:
            yield sorted(group, key=estate.folders.index)


def _have_a_common_type(estate: Estate, one: str, other: str) -> bool:
    return not _runtimes(estate, one).isdisjoint(_runtimes(estate, other))


def _runtimes(estate: Estate, folder: str) -> frozenset[str]:
    return frozenset().union(*(work.runtimes for work in estate.of_folder(folder)))


def _changes(estate: Estate, folders: Sequence[str]) -> Iterator[Change]:
    """Yield a change for each folder that may use more machines then."""
    theirs = {machine for one in folders for machine, _ in estate.access.machines(one)}
    in_order = [name for name in estate.scenario.machines if name in theirs]
    for folder in folders:
        entries = all_entries(estate, folder)
        more = [
            machine
            for machine in in_order
            if machine not in entries
            and any(_fits(estate, work, machine) for work in estate.of_folder(folder))
        ]
        if more:
            added = dict.fromkeys(more, FolderMachine())
            yield written(estate, folder, {**entries, **added})


def _fits(estate: Estate, work: Work, machine: str) -> bool:
    """Return whether some job could run on a machine: its slots, its kind, and its mapping."""
    template, people = estate.scenario.machines[machine], estate.access.people
    if not estate.slots(machine, work.runtimes):
        return False
    if not template.takes(foreground=work.foreground):
        return False
    if template.accounts is None:
        return True
    allowed = {member for name in template.accounts for member in people.by_name[name]}
    running = {*estate.access.executors(work.folder), *_as_themselves(work)}
    return not allowed.isdisjoint(running)


def _as_themselves(work: Work) -> Iterator[str]:
    for one in work.sources:
        if one.source.item.run_as == "myself":
            yield from one.reaches
