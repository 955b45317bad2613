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
    known = _named(loaded, "processes")
    if path not in known:
        raise unknown("process", path, known)
    return known[path]


def queue_of(loaded: Loaded, path: str) -> tuple[str, str] | None:
    """Return the folder's path and the own name of a queue called so; None where a process is.

    What is called `HR/Payroll:invoices` may be both; then the process is meant.

    Raises:
        ScenarioError: neither a process nor a queue is called so.
    """
    processes, queues = _named(loaded, "processes"), _named(loaded, "queues")
    if path in processes:
        return None
    if path not in queues:
        raise unknown("process or queue", path, [*processes, *queues])
    return queues[path]


def _named(loaded: Loaded, part: str) -> dict[str, tuple[str, str]]:
    """Return the folder's path and the own name of every process, or queue, by its full name."""
    return {
        full_name(joined(parts), name): (joined(parts), name)
        for parts, folder in walk(loaded.scenario.folders)
        for name in getattr(folder, part)
    }


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
