"""Accounts and processes: who may do what with each, by which grant, and where it would run.

Rights belong to a folder, and where a dynamic start runs does not depend on who asks for it. So
both are worked out once for all they hold for, and rows are made only when they are asked for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from simulator.access.demands import Action
from simulator.access.grants import Access
from simulator.audit.outcomes import Outcome, Outcomes, outcomes_of
from simulator.audit.parties import Parties, Party
from simulator.model.folders import Folder, joined, walk
from simulator.model.machines import Machine
from simulator.model.quantities import RuntimeType
from simulator.model.registers import full_name
from simulator.model.scenario import Scenario
from simulator.policies.admission import Request


class Needs(NamedTuple):
    """What admission looks at in a process: those of a folder that need the same, run alike."""

    type: Literal["background", "foreground"]
    runtime: RuntimeType


class ProcessRow(NamedTuple):
    """A process, and what comes of a dynamic start of it by somebody who may start it."""

    folder: str
    name: str
    needs: Needs
    dynamic: Outcome

    @property
    def path(self) -> str:
        """Return its name in tables: `HR/Payroll:onboard`."""
        return full_name(self.folder, self.name)


class RightsRow(NamedTuple):
    """One account and one process of a folder to which it has access.

    `party` tells what it may do and by which grants; `dynamic` and `myself` what would come of a
    start by it with that run-as target.
    """

    account: str
    process: ProcessRow
    party: Party
    dynamic: Outcome
    myself: Outcome


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """Folders that have processes or queues, in file order: these, and who has access to them."""

    processes: Mapping[str, tuple[ProcessRow, ...]]
    queues: Mapping[str, tuple[str, ...]]
    parties: Parties
    _outcomes: Outcomes

    def rows(self) -> Iterator[RightsRow]:
        """Yield a row for each account and process: folder by folder, account by account."""
        for folder, processes in self.processes.items():
            kinds = {process.needs: process for process in processes}
            for party in self.parties[folder]:
                dynamic = {needs: self.dynamic(party, one) for needs, one in kinds.items()}
                for account in party.accounts:
                    own = {needs: self.myself(account, one) for needs, one in kinds.items()}
                    for one in processes:
                        yield RightsRow(account, one, party, dynamic[one.needs], own[one.needs])

    def hosts(self) -> dict[str, tuple[str, ...]]:
        """Return the hosts of every machine there is, `shared-vm/1`, whatever they can take."""
        return {
            name: tuple(f"{name}/{host}" for host in machine.host_names())
            for name, machine in self._outcomes.scenario.machines.items()
        }

    def machine(self, name: str) -> Machine:
        """Return a machine of the scenario."""
        return self._outcomes.scenario.machines[name]

    def dynamic(self, party: Party, process: ProcessRow) -> Outcome:
        """Return what comes of a dynamic start by an account of a party of the folder."""
        if Action.START in party.may:
            return process.dynamic
        refused = start_request(
            process.folder, process.name, process.needs, party.accounts[0], "dynamic"
        )
        return self._outcomes.of(refused)

    def myself(self, account: str, process: ProcessRow) -> Outcome:
        """Return what comes of a start by an account as itself."""
        own = start_request(process.folder, process.name, process.needs, account, "myself")
        return self._outcomes.of(own)


def start_request(
    folder: str,
    process: str,
    needs: Needs,
    caller: str | None,
    run_as: Literal["dynamic", "myself"],
) -> Request:
    """Return a start of a process at its own runtime type; with no caller, nobody's right to it."""
    foreground = needs.type == "foreground"
    return Request(folder, process, caller, caller, run_as, needs.runtime, foreground)


def matrix_of(
    scenario: Scenario,
    access: Access,
    parties: Parties,
    *,
    who: Collection[str] | None = None,
    folder: str | None = None,
) -> Matrix:
    """Return accounts and processes; of the accounts `who` and the folder of that path, if given.

    With `who`, folders to which none of them has access are left out.
    """
    outcomes = outcomes_of(scenario, access)
    asked = None if who is None else frozenset(who)
    processes: dict[str, tuple[ProcessRow, ...]] = {}
    queues: dict[str, tuple[str, ...]] = {}
    shown: dict[str, tuple[Party, ...]] = {}
    for parts, found in walk(scenario.folders):
        path = joined(parts)
        of_folder = parties[path] if asked is None else _among(parties[path], asked)
        has_work = found.processes or found.queues
        if has_work and folder in {None, path} and (asked is None or of_folder):
            processes[path] = tuple(_process_rows(path, found, outcomes))
            queues[path] = tuple(found.queues)
            shown[path] = of_folder
    return Matrix(processes, queues, shown, outcomes)


def _among(parties: tuple[Party, ...], who: Collection[str]) -> tuple[Party, ...]:
    kept = (
        replace(party, accounts=tuple(account for account in party.accounts if account in who))
        for party in parties
    )
    return tuple(party for party in kept if party.accounts)


def _process_rows(path: str, folder: Folder, outcomes: Outcomes) -> Iterator[ProcessRow]:
    known: dict[Needs, Outcome] = {}
    for name, process in folder.processes.items():
        needs = Needs(process.type, process.runtime)
        if needs not in known:
            known[needs] = outcomes.of(start_request(path, name, needs, None, "dynamic"))
        yield ProcessRow(path, name, needs, known[needs])
