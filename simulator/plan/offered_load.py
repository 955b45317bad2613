"""What comes of an estate in the long run, and the network of what there is for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from simulator.access.grants import Access
from simulator.model.scenario import Scenario
from simulator.plan.adders import Adder, adders
from simulator.plan.arrivals import Wall, wall_of
from simulator.plan.demands import Demand, Part, demands_of, parts_of
from simulator.plan.fleet import RUNTIMES
from simulator.plan.held_slots import Holding
from simulator.plan.lasting_capacity import hosts_of, share_in_service
from simulator.plan.reaches import Admitted, admitted
from simulator.plan.slot_network import Fleet, SlotNetwork, alike, spots_of
from simulator.policies.admission import may_add_items
from simulator.policies.licences import licences_of
from simulator.sampling.inversion import Columns
from simulator.traces.rows import Traces


@dataclass(frozen=True, slots=True)
class OfferedLoad:
    """All that submits jobs or adds items, for how long they hold slots, and the clock they go by.

    `adding` has each arrival, and the share of its items that somebody may add.
    """

    admitted: tuple[Admitted, ...]
    adding: tuple[tuple[Adder, float], ...]
    holding: Holding
    wall: Wall

    def demands(self) -> list[Demand]:
        """Return the load that is sure to last, by where it may run."""
        return demands_of(self.admitted, self.adding, self.holding, self.wall)

    def parts(self) -> list[Part]:
        """Return the load of each source, of those too that stop where too many wait."""
        return list(parts_of(self.admitted, self.adding, self.holding, self.wall, of_all=True))

    def network(self, demands: Sequence[Demand]) -> tuple[SlotNetwork, list[int]]:
        """Return the network that demands flow through, and the number of each one's node."""
        network = SlotNetwork(self._fleet(demands), alike(_accounts(demands), self._single))
        return network, [network.add(one) for one in demands]

    @property
    def _single(self) -> frozenset[str]:
        """Return the accounts with one job at a time anywhere."""
        return frozenset(
            member
            for name, account in self.holding.scenario.accounts.items()
            if account.one_job_at_a_time
            for member in account.members(name)
        )

    def _fleet(self, demands: Sequence[Demand]) -> Fleet:
        scenario, columns = self.holding.scenario, self.holding.columns
        licences = licences_of(scenario)
        named: dict[str, set[str]] = defaultdict(set)
        for spot in spots_of(demands):
            named[spot.machine].add(spot.host)
        overrun_s = self._overrun_s()
        machines = {name: scenario.machines[name] for name in named}
        return Fleet(
            hosts={
                name: hosts_of(name, one, named[name], licences) for name, one in machines.items()
            },
            in_service={
                name: share_in_service(one, self.wall, overrun_s.get(name, 0.0), columns)
                for name, one in machines.items()
            },
            single=self._single,
            left={runtime: licences.left(runtime) for runtime in RUNTIMES},
        )

    def _overrun_s(self) -> dict[str, float]:
        """Return how long jobs run on past any instant on each machine that has maintenance."""
        machines = self.holding.scenario.machines
        maintained = {name for name, one in machines.items() if one.maintenance}
        found: dict[str, float] = {}
        for one in self.admitted:
            there = {spot.machine for reach in one.reaches.values() for spot in reach.spots}
            there &= maintained
            if there:
                longest_s = self.holding.overrun_s(one.source, there)
                found.update((name, max(found.get(name, 0.0), longest_s)) for name in there)
        return found


def offered_load(
    scenario: Scenario, access: Access, columns: Columns, traces: Traces
) -> OfferedLoad:
    """Return what a scenario without errors offers, with its data files."""
    return OfferedLoad(
        admitted=admitted(scenario, access),
        adding=tuple((one, _let_in(one, access)) for one in adders(scenario, access)),
        holding=Holding(scenario, columns, traces),
        wall=wall_of(scenario.time, scenario.assumptions, scenario.calendars, traces),
    )


def _let_in(adder: Adder, access: Access) -> float:
    """Return the share of the items that somebody may add."""
    allowed = [may_add_items(one, adder.folder, access) is None for one in adder.callers]
    return sum(allowed) / len(allowed) if allowed else 0.0


def _accounts(demands: Sequence[Demand]) -> list[tuple[str, ...]]:
    return [spot.accounts for spot in spots_of(demands)]
