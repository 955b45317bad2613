"""Machines whose hosts come and go, or go out of use, over all replications."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import numpy as np

from simulator.experiments.hours import weighted
from simulator.measurement import Figures
from simulator.measurement.figures import Presence
from simulator.measurement.watching import Watched
from simulator.plan.places import Machine
from simulator.plan.plan import Plan
from simulator.records.columns import Floats

MOST_WATCHED: Final = 100
"""Machines told of hour by hour, the first of the file; their figures are kept a replication."""


@dataclass(frozen=True, slots=True)
class MachinePresence:
    """How the hosts of one machine came and went, over all replications.

    limit: the most hosts there may be, for want of licences perhaps. fewest, most: hosts connected
    at once in any of them. boots: a replication. full_share: the share of the window in which there
    were as many hosts as there may be while a job was Pending that they could run. slots: (4, 168),
    mean numbers by state and hour of the week, and busy: (168,), as in `Presence`.
    """

    machine: str
    limit: int
    fewest: float
    most: float
    boots: float
    full_share: float
    slots: Floats
    busy: Floats


def watched(plan: Plan) -> tuple[Watched, ...]:
    """Return the machines of a plan that have maintenance, failures or an elastic pool."""
    found = (
        number
        for number, one in enumerate(plan.machines)
        if one.windows or one.failures is not None or one.elastic is not None
    )
    return tuple(_watched(plan, number) for number in islice(found, MOST_WATCHED))


def _watched(plan: Plan, machine: int) -> Watched:
    one = plan.machines[machine]
    least = len(one.hosts) if one.elastic is None else one.elastic.least
    most = least + _most_booted(plan, one, len(one.hosts) - least)
    return Watched(machine, least, most, routes=tuple(_routes(plan, machine)))


def _most_booted(plan: Plan, machine: Machine, wanted: int) -> int:
    """Return how many of the hosts wanted there are licences for, if no other pool takes them.

    A host boots with a licence for one of its slots.
    """
    on_a_host = [pool for pool in plan.pools if pool.host == machine.hosts.start]
    enough = (min(plan.licences_left[pool.runtime] / pool.slots, wanted) for pool in on_a_host)
    return max(map(math.ceil, enough), default=0)


def _routes(plan: Plan, machine: int) -> Iterator[int]:
    """Yield the routes whose jobs a machine could run."""
    hosts = plan.machines[machine].hosts
    serves = [any(plan.pools[pool].host in hosts for pool in line.pools()) for line in plan.lines]
    for route, line in enumerate(plan.legend.routes.line.tolist()):
        if line >= 0 and serves[line]:
            yield route


def mean_presences(
    names: Sequence[str], machines: Sequence[Watched], figures: Sequence[Figures]
) -> tuple[MachinePresence, ...]:
    """Return the machines watched, in their order; names: of the machines, by number."""
    if not figures:
        return ()
    weights = np.array([one.hours_s for one in figures])
    return tuple(
        _together(
            names[one.machine], one.most, [each.presences[place] for each in figures], weights
        )
        for place, one in enumerate(machines)
    )


def _together(machine: str, limit: int, of: Sequence[Presence], weights: Floats) -> MachinePresence:
    slots = np.array([one.hours_slots for one in of])
    return MachinePresence(
        machine=machine,
        limit=limit,
        fewest=min(one.fewest for one in of),
        most=max(one.most for one in of),
        boots=float(np.mean([one.boots for one in of])),
        full_share=sum(one.full_s for one in of) / float(weights.sum()),
        slots=np.stack([weighted(slots[:, state], weights) for state in range(slots.shape[1])]),
        busy=weighted(np.array([one.hours_busy for one in of]), weights),
    )
