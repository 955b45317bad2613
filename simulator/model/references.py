"""Names that name nothing: whatever one part of a scenario says about another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from simulator.errors import Issue, Path, warning
from simulator.model.calendar_references import unknown_calendars
from simulator.model.chains import chains
from simulator.model.clashes import clashes
from simulator.model.effective_roles import EffectiveRole, effective_roles, unedited_roles
from simulator.model.folders import DEEPEST, Folder, joined, walk
from simulator.model.personal_workspaces import personal_workspaces
from simulator.model.processes import Then
from simulator.model.queue_references import queue_names
from simulator.model.registers import (
    Register,
    Registers,
    full_name,
    machine_by_host,
    place_of,
    registers_of,
)
from simulator.model.role_references import assigned_roles, custom_roles
from simulator.model.roles import RoleCatalogue
from simulator.model.scenario import Scenario
from simulator.model.targets import Target
from simulator.model.triggers import ExecutionTarget, Submits


def dangling(scenario: Scenario, catalogue: RoleCatalogue) -> list[Issue]:
    """Return what no part of a scenario can see on its own.

    Errors are names that name nothing, names that two things share, roles that cannot be, and
    processes that start one another without any time passing;
    warnings are roles that give nothing where they stand, and folders deeper than the vendor
    allows. Each has the path of the key or value it is about.
    """
    registers = registers_of(scenario, catalogue)
    starts_jobs = scenario.assumptions.automation_user_starts_jobs
    roles = effective_roles(scenario.roles, catalogue, automation_user_starts_jobs=starts_jobs)
    unedited = unedited_roles(catalogue, automation_user_starts_jobs=starts_jobs)
    return [
        *clashes(scenario),
        *custom_roles(scenario.roles, catalogue, roles, unedited, registers.roles),
        *_machines(scenario, registers),
        *_applications(scenario),
        *_assignments(scenario.tenant.assign, ("tenant", "assign"), "tenant", registers, roles),
        *_folders(scenario, registers, roles),
        *chains(scenario),
        *unknown_calendars(scenario),
        *personal_workspaces(registers),
        *_targets(scenario.targets, registers),
    ]


def _machines(scenario: Scenario, registers: Registers) -> Iterator[Issue]:
    for name, machine in scenario.machines.items():
        yield from _mapping(machine.accounts, ("machines", name, "accounts"), registers)


def _mapping(names: tuple[str, ...] | None, path: Path, registers: Registers) -> Iterator[Issue]:
    for index, name in enumerate(names or ()):
        if not registers.is_accounts(name):
            yield _no_account(name, (*path, index), registers)


def _no_account(name: str, path: Path, registers: Registers) -> Issue:
    if name in registers.groups:
        hint = "it is a group: name the accounts themselves"
        return Issue(path, f"no account is called {name!r}", "unknown-account", hint)
    return registers.accounts.unknown(name, path)


def _applications(scenario: Scenario) -> Iterator[Issue]:
    for name, account in scenario.accounts.items():
        if account.type == "application" and account.groups:
            yield warning(
                ("accounts", name, "groups"),
                f"the application {name!r} gets nothing through groups",
                "application-in-group",
                "assign it to its folders and the tenant by its own name",
            )


def _assignments(
    assign: Mapping[str, tuple[str, ...]],
    path: Path,
    level: str,
    registers: Registers,
    roles: Mapping[str, EffectiveRole],
) -> Iterator[Issue]:
    for name, held in assign.items():
        if not registers.is_actor(name):
            yield registers.actors.unknown(
                name, (*path, name), "add it to accounts, or to an account's groups"
            )
        yield from assigned_roles(held, (*path, name), level, registers.roles, roles)


def _folders(
    scenario: Scenario, registers: Registers, roles: Mapping[str, EffectiveRole]
) -> Iterator[Issue]:
    for parts, folder in walk(scenario.folders):
        path = place_of(parts)
        if len(parts) == DEEPEST + 1:
            yield warning(
                path,
                f"{joined(parts)!r} is {len(parts)} levels deep; the vendor allows {DEEPEST}",
                "too-deep",
                "move it further up",
            )
        yield from _assignments(folder.assign, (*path, "assign"), "folder", registers, roles)
        yield from _folder_machines(folder, path, registers)
        yield from _submitters(folder, path, registers)
        yield from queue_names(folder, path, registers)


def _folder_machines(folder: Folder, path: Path, registers: Registers) -> Iterator[Issue]:
    for name, machine in folder.machines.items():
        place = (*path, "machines", name)
        if name not in registers.machines.names:
            yield registers.machines.unknown(name, place, "add it to machines")
        yield from _mapping(machine.accounts, (*place, "accounts"), registers)


def _submitters(folder: Folder, path: Path, registers: Registers) -> Iterator[Issue]:
    processes = Register("process of this folder", folder.processes)
    for name, trigger in folder.triggers.items():
        place = (*path, "triggers", name)
        yield from _submits(trigger, processes, place, registers)
        if not registers.is_account(trigger.created_by):
            yield _no_creator(trigger.created_by, (*place, "created_by"), registers)
        if trigger.api is not None and not registers.is_actor(trigger.api.by):
            yield registers.actors.unknown(trigger.api.by, (*place, "api", "by"))
    for name, start in folder.starts.items():
        place = (*path, "starts", name)
        yield from _submits(start, processes, place, registers)
        if not registers.is_actor(start.by):
            yield registers.actors.unknown(start.by, (*place, "by"))
    for name, process in folder.processes.items():
        if process.then is not None:
            place = (*path, "processes", name, "then")
            yield from _submits(process.then, processes, place, registers)


def _no_creator(name: str, path: Path, registers: Registers) -> Issue:
    if name in registers.scenario.accounts:
        message, hint = f"{name!r} stands for several accounts", f"name one of them: '{name}-1'"
        return Issue(path, message, "unknown-account", hint)
    return _no_account(name, path, registers)


def _submits(
    submits: Submits, processes: Register, path: Path, registers: Registers
) -> Iterator[Issue]:
    if submits.process not in processes.names:
        home = registers.homes.get(submits.process)
        hint = f"it is a process of {home}; a process is started in its own folder" if home else ""
        key = "start" if isinstance(submits, Then) else "process"
        yield processes.unknown(submits.process, (*path, key), hint)
    if isinstance(submits.run_as, ExecutionTarget):
        yield from _execution_target(submits.run_as, (*path, "run_as"), registers)


def _execution_target(target: ExecutionTarget, path: Path, registers: Registers) -> Iterator[Issue]:
    if target.account is not None and not registers.is_accounts(target.account):
        yield _no_account(target.account, (*path, "account"), registers)
    if target.machine is None:
        return
    machine = registers.scenario.machines.get(target.machine)
    if machine is None:
        yield registers.machines.unknown(target.machine, (*path, "machine"))
    elif target.host is not None and machine.own_host_name(target.machine, target.host) is None:
        hosts = Register(f"host of {target.machine!r}", machine.host_names())
        yield hosts.unknown(target.host, (*path, "host"))


def _targets(targets: tuple[Target, ...], registers: Registers) -> Iterator[Issue]:
    for index, target in enumerate(targets):
        scope, name = target.scope[0].removesuffix("+"), target.scope[1]
        path = ("targets", index, scope)
        if scope == "account" and not registers.is_account(name):
            yield _no_creator(name, path, registers)
        register = _register(scope, registers)
        if register is not None and name not in register.names:
            home = "machine" if scope == "host" else "folder"
            yield register.unknown(name, path, _full(name, register, home))


def _register(scope: str, registers: Registers) -> Register | None:
    """Return the names that a target's scope may have; None where they are looked up elsewhere."""
    if scope == "host":
        return Register("host", machine_by_host(registers.scenario))
    return {
        "folder": registers.folders,
        "process": registers.processes,
        "trigger": registers.triggers,
        "start": registers.starts,
        "machine": registers.machines,
        "queue": registers.queues,
    }.get(scope)


def _full(name: str, register: Register, home: str) -> str:
    """Return the hint for somebody who left out the folder, or the machine, of what he named."""
    return next(
        (
            f"write it with its {home}: {full!r}"
            for full in register.names
            if full.endswith((full_name("", name), f"/{name}"))
        ),
        "",
    )
