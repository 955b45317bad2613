"""The fleet in integers: hosts, and the pools of slots they offer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from simulator.model.machines import Machine
from simulator.model.quantities import RuntimeType
from simulator.plan.places import Host, Pool

RUNTIMES: tuple[str, ...] = get_args(RuntimeType)


@dataclass(frozen=True, slots=True)
class Fleet:
    """Hosts and pools in the order of the file, and where to find a machine's pools.

    `by_machine` maps (machine name, runtime type) to its pools, in the order of its hosts.
    """

    machines: tuple[str, ...]
    host_names: tuple[str, ...]
    hosts: tuple[Host, ...]
    pools: tuple[Pool, ...]
    by_machine: Mapping[tuple[str, str], tuple[int, ...]]

    def pools_of(self, machine: str, runtime: str, host: str | None) -> tuple[int, ...]:
        """Return the pools of a machine for a runtime type, of all its hosts or of one."""
        pools = self.by_machine.get((machine, runtime), ())
        if host is None:
            return pools
        named = f"{machine}/{host}"
        return tuple(pool for pool in pools if self.host_names[self.pools[pool].host] == named)


def fleet_of(machines: Mapping[str, Machine]) -> Fleet:
    """Lay out every machine's hosts and their pools of slots."""
    names: list[str] = []
    hosts: list[Host] = []
    pools: list[Pool] = []
    by_machine: dict[tuple[str, str], tuple[int, ...]] = {}
    for index, (machine_name, machine) in enumerate(machines.items()):
        found: dict[str, list[int]] = {}
        for host_name in machine.host_names():
            first_slot = 0
            for runtime, slots in machine.slots.items():
                if slots:
                    found.setdefault(runtime, []).append(len(pools))
                    pools.append(Pool(len(hosts), RUNTIMES.index(runtime), slots, first_slot))
                    first_slot += slots
            names.append(f"{machine_name}/{host_name}")
            hosts.append(Host(index, machine.windows_sessions))
        by_machine.update(((machine_name, runtime), tuple(p)) for runtime, p in found.items())
    return Fleet(tuple(machines), tuple(names), tuple(hosts), tuple(pools), by_machine)
