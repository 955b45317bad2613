"""What each check of admission found, in a short sentence: by which assignment, where, on what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from simulator.access.demands import DEMANDS, Action
from simulator.access.grants import Access, Grant
from simulator.access.refusals import Refusal
from simulator.audit.by_role import by_role
from simulator.audit.host_findings import hosts_in_words
from simulator.audit.members import first_of
from simulator.model.folders import Folder
from simulator.model.machines import Machine
from simulator.model.processes import Process
from simulator.model.quantities import RuntimeType
from simulator.model.scenario import Scenario
from simulator.policies.admission import Checks, Question, Request
from simulator.policies.changes import Site

SHOWN: Final = 3
"""How many accounts, machines or roles a sentence names."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request of an account, where it is made, and what came of each question."""

    account: str
    request: Request
    site: Site
    found: Checks
    scenario: Scenario
    access: Access


def finding(question: Question, asked: Asked) -> str:
    """Return what was found where a question could be asked, whether it passed or not."""
    return _FINDINGS[question](asked)


def process_finding(process: Process, runtime: RuntimeType) -> str:
    """Return what a process asks for."""
    return f"{process.type} work for {'an' if runtime[0] in 'aeiou' else 'a'} {runtime} slot"


def queue_finding(queue: str, folder: Folder) -> str:
    """Return which processes of the folder take the items of a queue of it."""
    taking = [name for name, process in folder.processes.items() if process.queue == queue]
    return f"its items are taken by {_listed(taking)}" if taking else "no process takes its items"


def folder_finding(account: str, folder: str, access: Access) -> str:
    """Return what lets an account into a folder, or that nothing does."""
    owner = access.owner(folder)
    if owner is not None:
        return f"the personal workspace of {owner}{'' if owner == account else ' alone'}"
    if not access.has_access(account, folder):
        return f"not assigned to {folder} or a folder above it, by name or by a group"
    for place, principal in access.assignments(account, folder):
        return f"assigned to {place} {_through(principal, account, access)}"
    return f"opened by {_roles(access.grants(account, folder))} at the tenant"


def permission_finding(action: Action, account: str, folder: str, access: Access) -> str:
    """Return which roles let an account do something in a folder, or what all of them lack."""
    grants = access.grants(account, folder)
    if not grants:
        return f"no role in {folder}"
    missing = access.lacks(account, folder, action)
    if missing:
        return f"no {' and '.join(missing)} in {_roles(grants)}"
    wanted = DEMANDS[action]
    giving = (grant for grant in grants if grant.permissions & wanted)
    return _listed([_given(grant, account, access) for grant in giving])


def _folder(asked: Asked) -> str:
    return folder_finding(asked.account, asked.site.path, asked.access)


def _permission(asked: Asked) -> str:
    return permission_finding(Action.START, asked.account, asked.site.path, asked.access)


def _roles(grants: Iterable[Grant]) -> str:
    """Return which roles grants are of; one that somebody holds in two ways, once."""
    return _listed([*dict.fromkeys(grant.role for grant in grants)])


def _given(grant: Grant, account: str, access: Access) -> str:
    role = by_role(grant, access.groups)
    if role.group:
        return role.in_words
    return f"{role.in_words} {_through(grant.principal, account, access)}"


def _through(principal: str, account: str, access: Access) -> str:
    if principal in access.groups:
        return f"by group {principal}"
    return "by name" if principal == account else f"as one of {principal}"


def _account(asked: Asked) -> str:
    accounts = asked.found.accounts
    return _missing(accounts) if isinstance(accounts, Refusal) else _listed(accounts)


def _machine(asked: Asked) -> str:
    machines = asked.found.machines
    if isinstance(machines, Refusal):
        return _missing(machines)
    return _listed([_slots(name, asked) for name, _ in machines])


def _slots(name: str, asked: Asked) -> str:
    machine, request = asked.scenario.machines[name], asked.request
    slots = machine.slots[request.runtime]
    each = f"{slots} {request.runtime} {'slot' if slots == 1 else 'slots'}"
    return f"{name} ({each} on {_hosts(machine, request)})"


def _hosts(machine: Machine, request: Request) -> str:
    if request.target is not None and request.target.host is not None:
        return f"host {request.target.host}"
    several = machine.host_count > 1
    return f"each of {hosts_in_words(machine)}" if several else hosts_in_words(machine)


def _mapping(asked: Asked) -> str:
    places = asked.found.places
    if places is None or isinstance(places, Refusal):
        return _missing(places)
    return _listed([f"{_listed(accounts)} on {machine}" for machine, accounts in places])


def _missing(refusal: Refusal | None) -> str:
    if refusal is None:
        return "cannot be asked without an account and a machine"
    return f"missing: {refusal.missing}"


def _listed(names: Sequence[str]) -> str:
    return first_of(names, SHOWN)


_FINDINGS: Final[Mapping[Question, Callable[[Asked], str]]] = {
    Question.FOLDER: _folder,
    Question.PERMISSION: _permission,
    Question.ACCOUNT: _account,
    Question.MACHINE: _machine,
    Question.MAPPING: _mapping,
}
