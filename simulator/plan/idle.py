"""Accounts, groups, machines, licences, roles, calendars that nothing in a scenario uses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.errors import Issue, Path, warning
from simulator.model.accounts import entry_of
from simulator.model.calendar_references import calendars_named
from simulator.model.effective_roles import copy_chain
from simulator.model.folders import Folder, walk
from simulator.model.scenario import Scenario
from simulator.model.triggers import ExecutionTarget


@dataclass(frozen=True, slots=True)
class Used:
    """The names that assignments and folders, with all that is in them, make use of."""

    principals: frozenset[str]
    machines: frozenset[str]
    roles: frozenset[str]


def unused(scenario: Scenario) -> Iterator[Issue]:
    """Yield a warning for each thing of the tenant that nothing in it uses."""
    used = _used(scenario)
    yield from _accounts(scenario, used)
    yield from _groups(scenario, used)
    for name in scenario.machines:
        if name not in used.machines:
            yield _idle(("machines", name), f"machine {name!r}", "machine", "add it to a folder")
    yield from _licences(scenario)
    for name in scenario.roles:
        if name not in used.roles:
            yield _idle(("roles", name), f"role {name!r}", "role", "assign it to somebody")
    yield from _calendars(scenario)


def _accounts(scenario: Scenario, used: Used) -> Iterator[Issue]:
    entries = used.principals | {entry_of(name, scenario.accounts) for name in used.principals}
    for name, account in scenario.accounts.items():
        by_group = account.type != "application" and used.principals.intersection(account.groups)
        if name not in entries and not by_group:
            path = ("accounts", name)
            yield _idle(path, f"account {name!r}", "account", "assign it, or a group of it")


def _groups(scenario: Scenario, used: Used) -> Iterator[Issue]:
    seen = set(used.principals)
    for name, account in scenario.accounts.items():
        for index, group in enumerate(account.groups):
            if group not in seen:
                seen.add(group)
                path = ("accounts", name, "groups", index)
                yield _idle(path, f"group {group!r}", "group", "assign it, or leave it out")


def _licences(scenario: Scenario) -> Iterator[Issue]:
    for runtime, count in scenario.licences.items():
        if count and not any(machine.slots.get(runtime) for machine in scenario.machines.values()):
            hint = f"give a machine {runtime} slots, or leave the licences out"
            message = f"no machine has {runtime!r} slots that would take the licences"
            yield warning(("licences", runtime), message, "unused-licences", hint)


def _calendars(scenario: Scenario) -> Iterator[Issue]:
    named = {name for name, _ in calendars_named(scenario)}
    for name in scenario.calendars:
        if name not in named:
            hint = "name it in a trigger's time or in a profile"
            yield _idle(("calendars", name), f"calendar {name!r}", "calendar", hint)


def _idle(path: Path, what: str, kind: str, hint: str) -> Issue:
    return warning(path, f"nothing uses the {what}", f"unused-{kind}", hint)


def _used(scenario: Scenario) -> Used:
    folders = [folder for _, folder in walk(scenario.folders)]
    assigned = [scenario.tenant.assign, *(folder.assign for folder in folders)]
    held = {role for assign in assigned for roles in assign.values() for role in roles}
    return Used(
        principals=frozenset(
            name
            for names in (*assigned, *(_acting(folder) for folder in folders))
            for name in names
        ),
        machines=frozenset(name for folder in folders for name in folder.machines),
        roles=frozenset(base for role in held for base in copy_chain(role, scenario.roles)),
    )


def _acting(folder: Folder) -> Iterator[str]:
    """Yield who owns it, makes triggers, calls them, presses Start, adds items, is to run jobs."""
    if folder.personal is not None:
        yield folder.personal
    yield from (trigger.created_by for trigger in folder.triggers.values())
    yield from (trigger.api.by for trigger in folder.triggers.values() if trigger.api is not None)
    yield from (start.by for start in folder.starts.values())
    yield from (arrival.by for arrival in folder.arrivals.values())
    thens = (one.then for one in folder.processes.values() if one.then is not None)
    for submits in (*folder.triggers.values(), *folder.starts.values(), *thens):
        if isinstance(submits.run_as, ExecutionTarget) and submits.run_as.account is not None:
            yield submits.run_as.account
