"""Names that two things share, and estates larger than a run can hold."""

from __future__ import annotations

from collections.abc import Iterator

from simulator.errors import Issue, Path
from simulator.model.accounts import MOST_ACCOUNTS, entry_of
from simulator.model.folders import joined, walk
from simulator.model.machines import MOST_HOSTS
from simulator.model.registers import full_name, place_of
from simulator.model.scenario import Scenario


def clashes(scenario: Scenario) -> Iterator[Issue]:
    """Yield an error for each name two things share, and for an estate that is too large."""
    yield from _accounts(scenario)
    yield from _groups(scenario)
    yield from _hosts(scenario)
    yield from _places(scenario)


def _clash(path: Path, message: str) -> Issue:
    return Issue(path, message, "name-clash", "rename one of them")


def _accounts(scenario: Scenario) -> Iterator[Issue]:
    for name in scenario.accounts:
        counted = name.rpartition("-")[0]
        others = {
            key: entry for key, entry in ((counted, scenario.accounts.get(counted)),) if entry
        }
        if entry_of(name, others) is not None:
            message = f"{name!r} is also the name of a member of {counted!r}"
            yield _clash(("accounts", name), message)
    yield from _too_many(
        sum(entry.count or 1 for entry in scenario.accounts.values()), MOST_ACCOUNTS, "accounts"
    )


def _groups(scenario: Scenario) -> Iterator[Issue]:
    seen: set[str] = set()
    for name, account in scenario.accounts.items():
        for index, group in enumerate(account.groups):
            if group in seen:
                continue
            seen.add(group)
            if group in scenario.accounts or entry_of(group, scenario.accounts) is not None:
                path = ("accounts", name, "groups", index)
                yield _clash(path, f"{group!r} is the name of an account and of a group")


def _hosts(scenario: Scenario) -> Iterator[Issue]:
    total = sum(machine.host_count for machine in scenario.machines.values())
    if total > MOST_HOSTS:
        yield from _too_many(total, MOST_HOSTS, "hosts")
        return
    owners: dict[str, str] = {}
    for name, machine in scenario.machines.items():
        for host in machine.host_names():
            owner = owners.setdefault(f"{name}/{host}", name)
            if owner != name:
                message = f"{name!r} and {owner!r} both have a host called '{name}/{host}'"
                yield _clash(("machines", name), message)


def _too_many(total: int, most: int, what: str) -> Iterator[Issue]:
    if total > most:
        message = f"{total:,} {what} in all; at most {most:,} are allowed"
        key = "machines" if what == "hosts" else what
        yield Issue((key,), message, f"too-many-{what}", "leave some out, or split the estate")


def _places(scenario: Scenario) -> Iterator[Issue]:
    """Yield folders, and parts of folders, whose full names are the same text."""
    seen: set[tuple[str, str]] = set()
    for parts, folder in walk(scenario.folders):
        path, folder_path = place_of(parts), joined(parts)
        named = [("folder", folder_path, path)]
        for part in ("processes", "queues", "triggers", "arrivals", "starts"):
            named += [
                (part, full_name(folder_path, name), (*path, part, name))
                for name in getattr(folder, part)
            ]
        for kind, name, place in named:
            if (kind, name) in seen:
                yield _clash(
                    place, f"outside its folder this is called {name!r}, as another one is"
                )
            seen.add((kind, name))
