"""Where a job may run, from the plain tables of an estate."""

from __future__ import annotations

from collections.abc import Iterator

from theory.shared_estate import Assignment, Estate, Folder, Process


def places_of(
    estate: Estate, folder: Folder, process: Process
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each host that a job may use, with the accounts it may run under, in turn."""
    accounts = _accounts(estate, folder, process)
    machines = {machine.name: machine for machine in estate.machines}
    for entry in _assignments(estate, folder):
        machine = machines[entry.machine]
        allowed = tuple(
            account
            for account in accounts
            if account in (machine.accounts or accounts) and account in (entry.accounts or accounts)
        )
        asked_for = process.machine in {None, machine.name}
        fits = process.runtime in machine.slots and machine.takes(foreground=process.foreground)
        if asked_for and fits and allowed:
            yield from ((host, allowed) for host in machine.host_names())


def _upwards(estate: Estate, folder: Folder) -> Iterator[Folder]:
    """Yield a folder and those it lies in, the nearest first."""
    yield folder
    for parent in estate.folders:
        if parent.name == folder.parent:
            yield from _upwards(estate, parent)


def _accounts(estate: Estate, folder: Folder, process: Process) -> list[str]:
    """The folder's own robots, then those of its parents; or the one that was named."""
    found = dict.fromkeys(name for one in _upwards(estate, folder) for name in one.accounts)
    return [name for name in found if process.account in {None, name}]


def _assignments(estate: Estate, folder: Folder) -> list[Assignment]:
    """The folder's own machines, then those that its parents hand down."""
    found = {one.machine: one for one in folder.machines}
    for parent in list(_upwards(estate, folder))[1:]:
        for one in parent.machines:
            if one.propagate:
                found.setdefault(one.machine, one)
    return list(found.values())
