"""Which names a scenario knows, by the kind of thing they name."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from simulator.errors import Issue, Path
from simulator.model.accounts import entry_behind, entry_of
from simulator.model.folders import Folder, joined, walk
from simulator.model.roles import RoleCatalogue
from simulator.model.scenario import Scenario
from simulator.model.suggestions import did_you_mean

MOST_GUESSES: Final = 10
"""Finding the nearest name takes long in a large estate: this many are sought of each kind."""

SHOWN: Final = 5
"""A message lists this many names before it says `…`."""


@dataclass(frozen=True)
class Register:
    """The names of one kind of thing, and the nearest of them to one that names nothing."""

    kind: str
    names: Collection[str]
    _guesses: dict[str, str] = field(default_factory=dict)

    def unknown(self, name: str, path: Path, hint: str = "") -> Issue:
        """Return the error that `name`, at `path`, names nothing of this kind."""
        message = f"no {self.kind} is called {name!r}"
        code = f"unknown-{self.kind.partition(' ')[0]}"
        return Issue(path, message, code, self._guess(name) or hint or self._listed())

    def _guess(self, name: str) -> str:
        if name not in self._guesses and len(self._guesses) < MOST_GUESSES:
            self._guesses[name] = did_you_mean(name, self.names).strip()
        return self._guesses.get(name, "")

    def _listed(self) -> str:
        some = ", ".join(islice(self.names, SHOWN))
        if not some:
            return "there is none"
        return f"there is {some}, …" if len(self.names) > SHOWN else f"there is {some}"


@dataclass(frozen=True)
class Registers:
    """The registers of a whole scenario.

    `processes`, `triggers`, `starts` and `queues` hold full names, `HR/Payroll:onboard`; `homes`
    the folder in which a process of a given name is found first, `queue_homes` that of a queue.
    """

    scenario: Scenario
    roles: Register
    machines: Register
    accounts: Register
    actors: Register
    folders: Register
    processes: Register
    triggers: Register
    starts: Register
    queues: Register
    groups: frozenset[str]
    homes: dict[str, str]
    queue_homes: dict[str, str]

    def is_account(self, name: str) -> bool:
        """Return whether one account is called so: an entry of its own, or a counted member."""
        return entry_of(name, self.scenario.accounts) is not None

    def is_accounts(self, name: str) -> bool:
        """Return whether one or several accounts are called so."""
        return entry_behind(name, self.scenario.accounts) is not None

    def is_actor(self, name: str) -> bool:
        """Return whether an account, several, or a group are called so."""
        return name in self.groups or self.is_accounts(name)


def registers_of(scenario: Scenario, catalogue: RoleCatalogue) -> Registers:
    """Collect every name a scenario knows."""
    folders = [(joined(parts), folder) for parts, folder in walk(scenario.folders)]
    groups = frozenset(group for account in scenario.accounts.values() for group in account.groups)
    return Registers(
        scenario=scenario,
        roles=Register("role", {**catalogue.roles, **scenario.roles}),
        machines=Register("machine", scenario.machines),
        accounts=Register("account", scenario.accounts),
        actors=Register("account or group", [*scenario.accounts, *groups]),
        folders=Register("folder", dict(folders)),
        processes=Register("process", full_names(folders, "processes")),
        triggers=Register("trigger", full_names(folders, "triggers")),
        starts=Register("start", full_names(folders, "starts")),
        queues=Register("queue", full_names(folders, "queues")),
        groups=groups,
        homes={name: path for path, folder in reversed(folders) for name in folder.processes},
        queue_homes={name: path for path, folder in reversed(folders) for name in folder.queues},
    )


def machine_by_host(scenario: Scenario) -> dict[str, str]:
    """Return the machine of each host by the host's full name, `shared-vm/1`, in file order."""
    return {
        f"{machine}/{host}": machine
        for machine, template in scenario.machines.items()
        for host in template.host_names()
    }


def full_names(folders: list[tuple[str, Folder]], part: str) -> dict[str, None]:
    """Return the full names, `HR/Payroll:onboard`, of a part of each folder, in file order."""
    return dict.fromkeys(
        full_name(path, name) for path, folder in folders for name in getattr(folder, part)
    )


def full_name(folder: str, name: str) -> str:
    """Return what a process, trigger, start, queue or arrival is called outside its folder."""
    return f"{folder}:{name}"


def first_of(names: Sequence[str]) -> tuple[str, ...]:
    """Return the names that a message lists: all, or the first few and `…`."""
    return (*names[:SHOWN], "…") if len(names) > SHOWN else tuple(names)


def ring_of(names: Sequence[str]) -> str:
    """Return how a message tells of names that lead round to the first: `a → b → a`."""
    return " → ".join((*first_of(names), names[0]))


def place_of(parts: tuple[str, ...]) -> Path:
    """Return where a folder stands in the file, from the names that lead to it."""
    return tuple(key for name in parts for key in ("folders", name))
