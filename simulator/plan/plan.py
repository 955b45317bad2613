"""A scenario made ready to run: names are integers, admissions are decided, lines are drawn.

Everything here is frozen data that can be sent to another process. The engine reads it, and so
does whoever must know afterwards where a job could have run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.model.dispatch import Assumptions, Dispatch
from simulator.plan.items import ItemSource, ProcessRules
from simulator.plan.lines import Line
from simulator.plan.masks import Masks
from simulator.plan.places import Host, Machine, Pool
from simulator.plan.sources import Source
from simulator.records.columns import Legend
from simulator.sampling.inversion import Columns


@dataclass(frozen=True, slots=True)
class Plan:
    """All that the engine needs.

    `arrivals` add items to queues before any of the `sources` submits within one instant, each in
    its order. `licences_left` has for each runtime type what the hosts connected at the start leave
    of the licences, infinite where there is any number. `again` is the line of a Resumed job that
    goes on only where it ran before: by the line, pool and account it had. `processes` are the
    rules of each process by its number. `single` marks the accounts under one_job_at_a_time.
    `counters` gives for each route the pending counters its jobs are counted in; there are
    `counter_count` of them. `latency_s` is the dispatch latency on the grid, `until_s` where
    arrivals end.
    """

    legend: Legend
    machines: tuple[Machine, ...]
    hosts: tuple[Host, ...]
    pools: tuple[Pool, ...]
    licences_left: tuple[float, ...]
    lines: tuple[Line, ...]
    again: Mapping[tuple[int, int, int], int]
    masks: Masks
    sources: tuple[Source, ...]
    arrivals: tuple[ItemSource, ...]
    processes: tuple[ProcessRules, ...]
    single: frozenset[int]
    counters: tuple[tuple[int, ...], ...]
    counter_count: int
    dispatch: Dispatch
    latency_s: float
    assumptions: Assumptions
    columns: Columns
    until_s: float
    drain: bool

    @property
    def has_duration_factors(self) -> bool:
        """Return whether jobs run longer, or shorter, on some hosts."""
        return any(machine.duration_factor != 1 for machine in self.machines)
