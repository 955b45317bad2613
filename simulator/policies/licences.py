"""The tenant's licences: which slots have one from the start of a run on, and how many are left.

By the vendor's page Monitoring unattended sessions a connected host takes as many as it has slots,
whether jobs run on them or not. Hosts take theirs in the order of the file, one after the other;
one of an elastic pool that is booted later takes of what is left.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from simulator.model.machines import Machine
from simulator.model.quantities import RuntimeType
from simulator.model.scenario import Scenario


@dataclass(frozen=True, slots=True, eq=False)
class Licences:
    """Who has how many licences at the start of a run; a runtime type not in `held` has no end.

    `before` counts the slots of a runtime type on the hosts connected then of all machines before
    one in the file, `altogether` those of every machine.
    """

    held: Mapping[RuntimeType, int]
    machines: Mapping[str, Machine]
    before: Mapping[tuple[str, str], int]
    altogether: Mapping[str, int]

    def of_host(self, name: str, runtime: RuntimeType, place: int) -> int:
        """Return how many a host of a machine has, by its place: none that is booted later."""
        machine = self.machines[name]
        slots = machine.slots[runtime] if place < machine.connected_at_start else 0
        return self._had(runtime, self.before[name, runtime] + place * slots, slots)

    def of_machine(self, name: str, runtime: RuntimeType) -> int:
        """Return how many the hosts of a machine have together."""
        machine = self.machines[name]
        slots = machine.connected_at_start * machine.slots[runtime]
        return self._had(runtime, self.before[name, runtime], slots)

    def taken(self, runtime: RuntimeType) -> int:
        """Return how many all hosts have."""
        return self._had(runtime, 0, self.altogether[runtime])

    def left(self, runtime: RuntimeType) -> float:
        """Return how many they leave, infinite where there is any number."""
        return max(self.held.get(runtime, math.inf) - self.altogether[runtime], 0)

    def _had(self, runtime: RuntimeType, before: int, slots: int) -> int:
        """Return how many licences so many slots have that follow so many others."""
        return int(min(max(self.held.get(runtime, math.inf) - before, 0), slots))


def licences_of(scenario: Scenario) -> Licences:
    """Return who has the licences of a scenario at the start of a run."""
    before: dict[tuple[str, str], int] = {}
    altogether: defaultdict[str, int] = defaultdict(int)
    for name, machine in scenario.machines.items():
        for runtime, slots in machine.slots.items():
            before[name, runtime] = altogether[runtime]
            altogether[runtime] += machine.connected_at_start * slots
    return Licences(scenario.licences, scenario.machines, before, altogether)
