"""What each check of admission found, in a short sentence: by which assignment, where, on what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from simulator.access.demands import DEMANDS, Action
from simulator.access.grants import Access, Grant
from simulator.access.refusals import Refusal
from simulator.audit.by_role import by_role
from simulator.audit.members import first_of
from simulator.audit.outcomes import NO_HOST
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


def _folder(asked: Asked) -> str:
    account, access, path = asked.account, asked.access, asked.site.path
    owner = asked.site.folder.personal
    if owner is not None:
        return f"the personal workspace of {owner}{'' if owner == account else ' alone'}"
    if not access.has_access(account, path):
        return f"not assigned to {path} or a folder above it, by name or by a group"
    for place, principal in access.assignments(account, path):
        return f"assigned to {place} {_through(principal, asked)}"
    return f"opened by {_roles(access.grants(account, path))} at the tenant"


def _permission(asked: Asked) -> str:
    grants = asked.access.grants(asked.account, asked.site.path)
    if not grants:
        return f"no role in {asked.site.path}"
    wanted = DEMANDS[Action.START]
    giving = [_given(grant, asked) for grant in grants if grant.permissions & wanted]
    missing = " and ".join(sorted(wanted))
    return _listed(giving) or f"no {missing} in {_roles(grants)}"


def _roles(grants: Iterable[Grant]) -> str:
    """Return which roles grants are of; one that somebody holds in two ways, once."""
    return _listed([*dict.fromkeys(grant.role for grant in grants)])


def _given(grant: Grant, asked: Asked) -> str:
    role = by_role(grant, asked.access.groups)
    return role.in_words if role.group else f"{role.in_words} {_through(grant.principal, asked)}"


def _through(principal: str, asked: Asked) -> str:
    if principal in asked.access.groups:
        return f"by group {principal}"
    return "by name" if principal == asked.account else f"as one of {principal}"


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
    if not machine.can_run(foreground=request.foreground):
        return f"{name} ({NO_HOST})"
    slots = machine.slots[request.runtime]
    each = f"{slots} {request.runtime} {'slot' if slots == 1 else 'slots'}"
    return f"{name} ({each} on {_hosts(machine.host_count, request)})"


def _hosts(count: int, request: Request) -> str:
    if request.target is not None and request.target.host is not None:
        return f"host {request.target.host}"
    return "1 host" if count == 1 else f"each of {count} hosts"


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
