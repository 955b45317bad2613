"""What would come of a start: a refusal, or everywhere the job could run."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import Any, Final, NamedTuple, TypeAlias

from simulator.access.grants import Access
from simulator.access.refusals import Refusal
from simulator.model.scenario import Scenario
from simulator.policies.admission import Places, Request, admit


class Where(NamedTuple):
    """A machine on which a job could run: its hosts, and the accounts in the order of the search.

    `hosts` are full names, `shared-vm/1`; none where no host can take the job, which then stays
    Pending.
    """

    machine: str
    hosts: tuple[str, ...]
    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Runs:
    """Everywhere an admitted job could run; `executors` and `hosts` are those of all `places`."""

    places: tuple[Where, ...]
    executors: tuple[str, ...]
    hosts: tuple[str, ...]


Outcome: TypeAlias = Refusal | Runs

NO_HOST: Final = "no host for it"
"""What is said of a machine on which no host can take the job."""


@dataclass(frozen=True, slots=True, eq=False)
class Outcomes:
    """What admission says to requests in one scenario; names of hosts are made once."""

    scenario: Scenario
    access: Access
    _hosts: dict[tuple[str, bool], tuple[str, ...]] = field(default_factory=dict)
    _joined: dict[tuple[tuple[str, ...], bool], tuple[str, ...]] = field(default_factory=dict)

    def of(self, request: Request) -> Outcome:
        """Return what comes of a request that names no host."""
        found = admit(request, self.scenario, self.access)
        return found if isinstance(found, Refusal) else self._runs(found.places, request.foreground)

    def _runs(self, places: Places, foreground: bool) -> Runs:  # noqa: FBT001 - as in a request
        machines = tuple(machine for machine, _ in places)
        key = machines, foreground
        hosts = [self._taking(machine, foreground) for machine in machines]
        if key not in self._joined:
            self._joined[key] = tuple(chain.from_iterable(hosts))
        return Runs(
            tuple(
                Where(machine, of_machine, accounts)
                for (machine, accounts), of_machine in zip(places, hosts, strict=True)
            ),
            _once([accounts for _, accounts in places]),
            self._joined[key],
        )

    def _taking(self, name: str, foreground: bool) -> tuple[str, ...]:  # noqa: FBT001 - the same
        """Return the hosts of a machine that can take a job, by their full names."""
        key = name, foreground
        if key not in self._hosts:
            machine = self.scenario.machines[name]
            hosts = machine.host_names() if machine.can_run(foreground=foreground) else ()
            self._hosts[key] = tuple(f"{name}/{host}" for host in hosts)
        return self._hosts[key]


def refusal_row(refusal: Refusal | None) -> dict[str, Any]:
    """Return a refusal as it stands in JSON; all of it is null where nothing refuses."""
    if refusal is None:
        return {"status": None, "code": None, "missing": None}
    return {"status": refusal.status, "code": refusal.code, "missing": refusal.missing}


def _once(found: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Return every name once; where all are the same accounts, as on most machines, just these."""
    if all(names == found[0] for names in found[1:]):
        return found[0]
    return tuple(dict.fromkeys(chain.from_iterable(found)))
