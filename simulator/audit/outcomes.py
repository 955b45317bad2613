"""What would come of a start: a refusal, or everywhere the job could run."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import Any, NamedTuple, TypeAlias

from simulator.access.grants import Access
from simulator.access.refusals import Refusal
from simulator.model.scenario import Scenario
from simulator.policies.admission import Places, Request, admit
from simulator.policies.hosting import Hosting, Lack, Wanted, hosting_of, wanted_by


class Where(NamedTuple):
    """A machine on which a job could run: its hosts, and the accounts in the order of the search.

    `hosts` are full names, `shared-vm/1`, those of an elastic pool that may be booted among them.
    None where no host can ever take the job, which waits for another machine or for ever; then
    `lacks` says what is missing.
    """

    machine: str
    hosts: tuple[str, ...]
    accounts: tuple[str, ...]
    lacks: tuple[Lack, ...] = ()


@dataclass(frozen=True, slots=True)
class Runs:
    """Everywhere an admitted job could run; `executors` and `hosts` are those of all `places`."""

    places: tuple[Where, ...]
    executors: tuple[str, ...]
    hosts: tuple[str, ...]


Outcome: TypeAlias = Refusal | Runs


@dataclass(frozen=True, slots=True, eq=False)
class Outcomes:
    """What admission says to requests in one scenario; names of hosts are made once."""

    scenario: Scenario
    access: Access
    hosting: Hosting
    _hosts: dict[tuple[str, Wanted], tuple[str, ...]] = field(default_factory=dict)
    _joined: dict[tuple[tuple[str, ...], Wanted], tuple[str, ...]] = field(default_factory=dict)

    def of(self, request: Request) -> Outcome:
        """Return what comes of a request."""
        found = admit(request, self.scenario, self.access)
        if isinstance(found, Refusal):
            return found
        return self._runs(found.places, wanted_by(request, self.scenario))

    def _runs(self, places: Places, wanted: Wanted) -> Runs:
        key = tuple(machine for machine, _ in places), wanted
        hosts = [self._taking(machine, wanted) for machine, _ in places]
        if key not in self._joined:
            self._joined[key] = tuple(chain.from_iterable(hosts))
        return Runs(
            tuple(
                Where(machine, of_machine, accounts, self._lacks(machine, wanted, of_machine))
                for (machine, accounts), of_machine in zip(places, hosts, strict=True)
            ),
            _once([accounts for _, accounts in places]),
            self._joined[key],
        )

    def _lacks(self, name: str, wanted: Wanted, hosts: tuple[str, ...]) -> tuple[Lack, ...]:
        return () if hosts else self.hosting.lacks(name, wanted)

    def _taking(self, name: str, wanted: Wanted) -> tuple[str, ...]:
        """Return the hosts of a machine that can take a job, by their full names."""
        key = name, wanted
        if key not in self._hosts:
            hosts = self.hosting.hosts(name, wanted)
            self._hosts[key] = tuple(f"{name}/{host}" for host in hosts)
        return self._hosts[key]


def outcomes_of(scenario: Scenario, access: Access) -> Outcomes:
    """Return what admission says to requests in a scenario."""
    return Outcomes(scenario, access, hosting_of(scenario))


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
