"""The fleet in integers: machines, hosts, and the pools of slots they offer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import get_args

from simulator.model.machines import Machine as MachineTemplate
from simulator.model.quantities import RuntimeType
from simulator.model.scenario import Scenario
from simulator.plan.arrivals import Wall
from simulator.plan.maintenance import windows_of
from simulator.plan.places import Elastic, Host, Machine, Pool
from simulator.policies.licences import Licences, licences_of
from simulator.units import to_grid

RUNTIMES: tuple[RuntimeType, ...] = get_args(RuntimeType)


@dataclass(frozen=True, slots=True)
class Fleet:
    """Hosts and pools in the order of the file, and where to find a machine's pools.

    `by_machine` maps (machine name, runtime type) to its pools, in the order of its hosts.
    `licences_left` has for each runtime type what the hosts connected at the start leave.
    """

    machine_names: tuple[str, ...]
    machines: tuple[Machine, ...]
    host_names: tuple[str, ...]
    hosts: tuple[Host, ...]
    pools: tuple[Pool, ...]
    by_machine: Mapping[tuple[str, str], tuple[int, ...]]
    licences_left: tuple[float, ...]

    def pools_of(self, machine: str, runtime: str, host: str | None) -> tuple[int, ...]:
        """Return the pools of a machine for a runtime type, of all its hosts or of one."""
        pools = self.by_machine.get((machine, runtime), ())
        if host is None:
            return pools
        named = f"{machine}/{host}"
        return tuple(pool for pool in pools if self.host_names[self.pools[pool].host] == named)


def fleet_of(scenario: Scenario, wall: Wall) -> Fleet:
    """Lay out every machine's hosts and their pools of slots."""
    names: list[str] = []
    machines: list[Machine] = []
    hosts: list[Host] = []
    pools: list[Pool] = []
    by_machine: dict[tuple[str, str], tuple[int, ...]] = {}
    licences = licences_of(scenario)
    for name, template in scenario.machines.items():
        machines.append(_machine(template, len(hosts), wall))
        first_pool = len(pools)
        for place, host_name in enumerate(template.host_names()):
            connected = place < template.connected_at_start
            pools += _pools(name, place, len(hosts), licences)
            names.append(f"{name}/{host_name}")
            hosts.append(Host(len(machines) - 1, template.windows_sessions, connected))
        by_machine.update(_by_runtime(name, pools, first_pool))
    return Fleet(
        machine_names=tuple(scenario.machines),
        machines=tuple(machines),
        host_names=tuple(names),
        hosts=tuple(hosts),
        pools=tuple(pools),
        by_machine=by_machine,
        licences_left=tuple(map(licences.left, RUNTIMES)),
    )


def _machine(template: MachineTemplate, first_host: int, wall: Wall) -> Machine:
    pool = template.pool
    return Machine(
        hosts=range(first_host, first_host + template.host_count),
        duration_factor=template.duration_factor,
        windows=tuple(windows_of(one, wall) for one in template.maintenance),
        failures=template.failures,
        elastic=None if pool is None else Elastic(pool.min, pool.boot, to_grid(pool.idle_stop)),
    )


def _pools(machine: str, place: int, host: int, licences: Licences) -> Iterator[Pool]:
    """Yield the pools of a host, the one at that place of a machine, with their licences."""
    first_slot = 0
    for runtime, slots in licences.machines[machine].slots.items():
        if slots:
            licensed = licences.of_host(machine, runtime, place)
            yield Pool(host, RUNTIMES.index(runtime), slots, first_slot, licensed)
            first_slot += slots


def _by_runtime(
    machine: str, pools: list[Pool], first_pool: int
) -> Iterator[tuple[tuple[str, str], tuple[int, ...]]]:
    """Yield the pools of a machine, which are those from `first_pool` on, by runtime type."""
    found: dict[str, list[int]] = {}
    for number in range(first_pool, len(pools)):
        found.setdefault(RUNTIMES[pools[number].runtime], []).append(number)
    for runtime, numbers in found.items():
        yield (machine, runtime), tuple(numbers)
