"""May this submission become a job, and where could it run? No clock, no randomness.

The order of the checks and the codes are the vendor's (endpoint StartJobs, and the pages Managing
jobs and Troubleshooting start-job errors): access to the folder, `Jobs.Create` there, an account,
a machine with the runtime type, an account-machine mapping that allows a pair. The first that fails
refuses; want of capacity never does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from simulator.access.demands import Action
from simulator.access.grants import Access, MachineAccounts
from simulator.access.refusals import FORBIDDEN, Refusal
from simulator.model.processes import Process
from simulator.model.quantities import RuntimeType
from simulator.model.scenario import Scenario
from simulator.model.triggers import ExecutionTarget, RunAs, Submits

Places = tuple[tuple[str, tuple[str, ...]], ...]
"""Machines in the order of the search, each with the accounts that may run there, in order."""


@dataclass(frozen=True, slots=True)
class Request:
    """One submission, as far as admission looks at it.

    `caller` is whose rights are asked; None for a time or event trigger, whose maker was asked.
    `runs_as` is whose identity `run_as: myself` means. `folder` is a path.
    """

    folder: str
    process: str
    caller: str | None
    runs_as: str | None
    run_as: RunAs
    runtime: RuntimeType
    foreground: bool

    @property
    def target(self) -> ExecutionTarget | None:
        """Return the account, the machine or both that are named; None as `dynamic`, `myself`."""
        return None if isinstance(self.run_as, str) else self.run_as


@dataclass(frozen=True, slots=True)
class Eligible:
    """Where an admitted job could run; `host` is the own name of the one host asked for, or None.

    A machine is here even if it has no host at present: the job then waits Pending.
    """

    places: Places
    host: str | None


def request_for(
    folder: str, submits: Submits, process: Process, caller: str | None, runs_as: str | None
) -> Request:
    """Return what a trigger or start submits, for one caller."""
    return Request(
        folder=folder,
        process=submits.process,
        caller=caller,
        runs_as=runs_as,
        run_as=submits.run_as,
        runtime=submits.runtime or process.runtime,
        foreground=process.type == "foreground",
    )


class Question(StrEnum):
    """What admission asks, in this order; the value is how a person would say it."""

    FOLDER = "access to the folder"
    PERMISSION = "permission to start"
    ACCOUNT = "an account to run it"
    MACHINE = "a machine with the runtime type"
    MAPPING = "an account-machine mapping"


@dataclass(frozen=True, slots=True)
class Checks:
    """What came of each question: a refusal, or else None or what was found.

    `places` is None where accounts or machines were refused, so that nothing could be mapped.
    """

    folder: Refusal | None
    permission: Refusal | None
    accounts: tuple[str, ...] | Refusal
    machines: MachineAccounts | Refusal
    places: Places | Refusal | None

    def outcomes(self) -> Iterator[tuple[Question, Refusal | None]]:
        """Yield every question that could be asked, in order, with its refusal if it has one."""
        answers = (self.folder, self.permission, self.accounts, self.machines, self.places)
        for question, answer in zip(Question, answers, strict=True):
            if question is not Question.MAPPING or answer is not None:
                yield question, answer if isinstance(answer, Refusal) else None


def admit(request: Request, scenario: Scenario, access: Access) -> Refusal | Eligible:
    """Return where the submission could run, or the first thing that refuses it.

    Raises:
        ValueError: the request runs as myself and does not say who that is.
    """
    refusal = _folder_access(request, access) or _permission(request, access)
    if refusal is not None:
        return refusal
    accounts = _accounts(request, access)
    if isinstance(accounts, Refusal):
        return accounts
    machines = _machines(request, scenario, access)
    if isinstance(machines, Refusal):
        return machines
    places = _mapped(request, accounts, machines)
    return places if isinstance(places, Refusal) else Eligible(places, _host(request, scenario))


def checks(request: Request, scenario: Scenario, access: Access) -> Checks:
    """Ask every question, though an earlier one may have refused already.

    Raises:
        ValueError: the request runs as myself and does not say who that is.
    """
    accounts = _accounts(request, access)
    machines = _machines(request, scenario, access)
    return Checks(
        folder=_folder_access(request, access),
        permission=_permission(request, access),
        accounts=accounts,
        machines=machines,
        places=None
        if isinstance(accounts, Refusal) or isinstance(machines, Refusal)
        else _mapped(request, accounts, machines),
    )


def may_add_items(caller: str, folder: str, access: Access) -> Refusal | None:
    """Return what refuses an item that somebody adds to a queue of a folder, None if nothing."""
    entry, right = checks_of_adding(caller, folder, access)
    return entry or right


def checks_of_adding(
    caller: str, folder: str, access: Access
) -> tuple[Refusal | None, Refusal | None]:
    """Ask for access to the folder and for the right to add, though the first may have refused."""
    return _entry(caller, folder, access), _right(caller, folder, Action.ADD_ITEMS, access)


def _folder_access(request: Request, access: Access) -> Refusal | None:
    """Ask the caller, or for a trigger that runs as its maker, that maker."""
    asked = request.caller
    if asked is None and request.run_as == "myself":
        asked = request.runs_as
    return None if asked is None else _entry(asked, request.folder, access)


def _entry(asked: str, folder: str, access: Access) -> Refusal | None:
    if access.has_access(asked, folder):
        return None
    return Refusal(400, "1100", f"access to {_named(folder, access)}")


def _permission(request: Request, access: Access) -> Refusal | None:
    caller, folder = request.caller, request.folder
    return None if caller is None else _right(caller, folder, Action.START, access)


def _right(caller: str, folder: str, action: Action, access: Access) -> Refusal | None:
    missing = access.lacks(caller, folder, action)
    return Refusal(FORBIDDEN, "0", f"{' and '.join(missing)} in {folder}") if missing else None


def _accounts(request: Request, access: Access) -> tuple[str, ...] | Refusal:
    """Return the accounts that could run the job, in the order of the search."""
    if request.run_as == "myself":
        return _own_identity(request, access)
    executors, target = access.executors(request.folder), request.target
    named = None if target is None else target.account
    if named is None:
        return executors or Refusal(409, "1671", _robot_of("an account", request.folder, access))
    wanted = frozenset(access.members(named))
    missing = _robot_of(named, request.folder, access)
    return tuple(account for account in executors if account in wanted) or Refusal(
        409, "InvalidStartJobRobotIds", missing
    )


def _own_identity(request: Request, access: Access) -> tuple[str, ...] | Refusal:
    """Background work needs no robot of one's own; foreground work does, and not by a group."""
    myself, folder = request.runs_as, request.folder
    if myself is None:
        raise ValueError("a submission with run_as: myself must say in runs_as who that is")
    if request.foreground and myself not in access.executors(folder):
        missing = f"an unattended robot of {myself} in {_named(folder, access)}"
        return Refusal(409, "1230", missing)
    if access.people.types.get(myself) == "application":
        missing = f"an account that can run jobs in {folder} (the application {myself} cannot)"
        return Refusal(409, "1230", missing)
    return (myself,)


def _robot_of(account: str, folder: str, access: Access) -> str:
    return f"{account} with an unattended robot in {_named(folder, access)}"


def _named(folder: str, access: Access) -> str:
    """Return a folder's path; of a personal workspace also whose it is."""
    owner = access.owner(folder)
    return folder if owner is None else f"{folder} ({owner}'s personal workspace)"


def _machines(request: Request, scenario: Scenario, access: Access) -> MachineAccounts | Refusal:
    """Return the folder's machines that have the runtime type, or the one of them asked for."""
    folder, runtime, target = request.folder, request.runtime, request.target
    named = None if target is None else target.machine
    found = tuple(
        (name, allowed)
        for name, allowed in access.machines(folder)
        if named in {None, name} and scenario.machines[name].slots.get(runtime, 0) > 0
    )
    return found or Refusal(409, "2818", f"{named or 'a machine'} with {runtime} slots in {folder}")


def _mapped(
    request: Request, accounts: tuple[str, ...], machines: MachineAccounts
) -> Places | Refusal:
    """Return the machines on which at least one of the accounts may run, with those accounts."""
    places = []
    for name, allowed in machines:
        kept = accounts if allowed is None else _kept(accounts, frozenset(allowed))
        if kept:
            places.append((name, kept))
    if not places:
        missing = f"an account-machine mapping that lets {_runner(request)} run in {request.folder}"
        return Refusal(409, "AccountMachineMapping", missing)
    return tuple(places)


def _kept(accounts: tuple[str, ...], allowed: frozenset[str]) -> tuple[str, ...]:
    return tuple(account for account in accounts if account in allowed)


def _runner(request: Request) -> str:
    if request.run_as == "myself" and request.runs_as is not None:
        return request.runs_as
    target = request.target
    return (target and target.account) or "an account"


def _host(request: Request, scenario: Scenario) -> str | None:
    target = request.target
    if target is None or target.machine is None or target.host is None:
        return None
    return scenario.machines[target.machine].own_host_name(target.machine, target.host)
