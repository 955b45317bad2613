"""Who has a licence: which slots of which hosts, and what one more would bring."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from simulator.model.machines import Machine
from simulator.model.quantities import RuntimeType
from simulator.model.scenario import Scenario
from simulator.policies.licences import Licences, licences_of


@dataclass(frozen=True, slots=True)
class HostLicences:
    """A host that is there for the whole run, `shared-vm/3`: its slots of one runtime type.

    `licensed` of them have a licence from start to end; the others do not exist.
    """

    host: str
    slots: int
    licensed: int

    @property
    def missing(self) -> int:
        """Return how many of the slots have no licence."""
        return self.slots - self.licensed


@dataclass(frozen=True, slots=True)
class ElasticDemand:
    """An elastic pool: how many hosts it may boot beyond those always there, of so many slots."""

    machine: str
    hosts: int
    slots: int


@dataclass(frozen=True, slots=True)
class LicenceUse:
    """What becomes of a tenant's licences of one runtime type.

    `hosts` are those there for the whole run, in the order in which they take licences; `elastic`
    the pools that may boot more.
    """

    runtime: RuntimeType
    owned: int
    hosts: tuple[HostLicences, ...]
    elastic: tuple[ElasticDemand, ...]

    @property
    def without(self) -> tuple[HostLicences, ...]:
        """Return the hosts that have not got all their licences."""
        return tuple(host for host in self.hosts if host.missing)

    @property
    def left(self) -> int:
        """Return how many licences those hosts leave."""
        return self.owned - sum(host.licensed for host in self.hosts)

    @property
    def short(self) -> tuple[ElasticDemand, ...]:
        """Return the pools to boot from, where not all of them can have all their slots at once."""
        wanted = sum(pool.hosts * pool.slots for pool in self.elastic)
        return self.elastic if wanted > self.left else ()

    @property
    def brings_a_host(self) -> bool:
        """Return whether one more lets one more host of the only pool that is short boot.

        A host boots with a licence for one of its slots; one that has some already gets one more.
        """
        return len(self.short) == 1 and self.left % self.short[0].slots == 0


def licence_uses(scenario: Scenario) -> tuple[LicenceUse, ...]:
    """Return what becomes of the licences of each runtime type that the scenario counts."""
    licences = licences_of(scenario)
    return tuple(
        LicenceUse(
            runtime,
            owned,
            tuple(_hosts(runtime, licences)),
            tuple(_elastic(scenario, runtime)),
        )
        for runtime, owned in scenario.licences.items()
    )


def _hosts(runtime: RuntimeType, licences: Licences) -> Iterator[HostLicences]:
    for name, machine in licences.machines.items():
        slots = machine.slots.get(runtime, 0)
        for place, host in enumerate(_always_there(machine) if slots else ()):
            licensed = licences.of_host(name, runtime, place)
            yield HostLicences(f"{name}/{host}", slots, licensed)


def _always_there(machine: Machine) -> tuple[str, ...]:
    return machine.host_names()[: machine.connected_at_start]


def _elastic(scenario: Scenario, runtime: RuntimeType) -> Iterator[ElasticDemand]:
    for name, machine in scenario.machines.items():
        slots = machine.slots.get(runtime, 0)
        more = machine.host_count - machine.connected_at_start
        if slots and more:
            yield ElasticDemand(name, more, slots)
