"""Names that a question gives, found in a scenario: whom, which folder, which process is meant."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, get_args

from simulator.access.sight import no_account
from simulator.errors import ScenarioError
from simulator.loading import Loaded
from simulator.model.accounts import entry_of
from simulator.model.folders import joined, walk
from simulator.model.quantities import RuntimeType
from simulator.model.registers import Register, full_name


def members_of(loaded: Loaded, who: str) -> tuple[str, ...]:
    """Return the accounts that an account, a counted one or a group stands for.

    Raises:
        ScenarioError: nobody is called so.
    """
    members, groups = loaded.access.members(who), loaded.access.groups
    if not members and who not in groups:
        raise unknown("account or group", who, [*loaded.scenario.accounts, *groups])
    return members


def account_of(loaded: Loaded, who: str) -> str:
    """Return the one account that is called so.

    Raises:
        ScenarioError: nobody is called so, or several are.
    """
    if entry_of(who, loaded.scenario.accounts) is None:
        raise ScenarioError([no_account(loaded.access, who)])
    return who


def folder_of(loaded: Loaded, path: str) -> str:
    """Return the path of a folder.

    Raises:
        ScenarioError: no folder has it.
    """
    if path not in loaded.access.folders:
        raise unknown("folder", path, loaded.access.folders)
    return path


def process_of(loaded: Loaded, path: str) -> tuple[str, str]:
    """Return the folder's path and the own name of a process called `HR/Payroll:onboard`.

    Raises:
        ScenarioError: no process is called so.
    """
    known = {
        full_name(joined(parts), process): (joined(parts), process)
        for parts, folder in walk(loaded.scenario.folders)
        for process in folder.processes
    }
    if path not in known:
        raise unknown("process", path, known)
    return known[path]


def runtime_of(name: str) -> RuntimeType:
    """Return the runtime type that is called so.

    Raises:
        ScenarioError: none is.
    """
    for runtime in _RUNTIMES:
        if runtime == name:
            return runtime
    raise unknown("runtime type", name, _RUNTIMES)


_RUNTIMES: Final[tuple[RuntimeType, ...]] = get_args(RuntimeType)


def unknown(kind: str, name: str, known: Iterable[str]) -> ScenarioError:
    """Return the error that nothing of a kind is called so, with what was probably meant."""
    return ScenarioError([Register(kind, tuple(known)).unknown(name, ())])
