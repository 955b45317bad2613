"""Who could run where: the part of a plan by which records tell why a job waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.plan.lines import Line
from simulator.plan.places import Pool
from simulator.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The places of every line; `lines`, `pools`, `again` and `single` are as in `Plan`.

    `licences` has for each runtime type all that the tenant has, infinite where there is any
    number.
    """

    lines: tuple[Line, ...]
    pools: tuple[Pool, ...]
    again: Mapping[tuple[int, int, int], int]
    single: frozenset[int]
    licences: tuple[float, ...]


def eligibility_of(plan: Plan) -> Eligibility:
    """Return who could run where by a plan."""
    licences = list(plan.licences_left)
    for pool in plan.pools:
        licences[pool.runtime] += pool.licensed
    return Eligibility(plan.lines, plan.pools, plan.again, plan.single, tuple(licences))
