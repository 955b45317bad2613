"""Names that a question gives, found in a scenario: whom, which folder, which process is meant."""

from __future__ import annotations

from collections.abc import Iterable

from simulator.access.sight import no_account
from simulator.errors import ScenarioError
from simulator.loading import Loaded
from simulator.model.accounts import entry_of
from simulator.model.folders import joined, walk
from simulator.model.registers import Register, full_name
from simulator.model.triggers import ExecutionTarget, RunAs


def members_of(loaded: Loaded, who: str) -> tuple[str, ...]:
    """Return the accounts that an account, a counted one or a group stands for.

    Raises:
        ScenarioError: nobody is called so.
    """
    members, groups = loaded.access.members(who), loaded.access.groups
    if not members and who not in groups:
        raise _unknown("account or group", who, [*loaded.scenario.accounts, *groups])
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
        raise _unknown("folder", path, loaded.access.folders)
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
        raise _unknown("process", path, known)
    return known[path]


def run_as_of(loaded: Loaded, target: str) -> RunAs:
    """Return the run-as target: `dynamic`, `myself`, or an account of that name.

    Raises:
        ScenarioError: it is none of these.
    """
    if target == "dynamic":
        return "dynamic"
    if target == "myself":
        return "myself"
    accounts = loaded.scenario.accounts
    if target not in accounts and entry_of(target, accounts) is None:
        raise _unknown("account to run as", target, ["dynamic", "myself", *accounts])
    return ExecutionTarget(account=target)


def _unknown(kind: str, name: str, known: Iterable[str]) -> ScenarioError:
    return ScenarioError([Register(kind, tuple(known)).unknown(name, ())])
