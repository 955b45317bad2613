"""Who could run where: the part of a plan by which records tell why a job waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from simulator.plan.lines import Line
from simulator.plan.places import Host, Pool
from simulator.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The places of every line; all but these two are as in `Plan`.

    `licences` has for each runtime type all that the tenant has, infinite where there is any
    number. `blocks`: a job that cannot start holds up the younger ones of its folder.
    """

    lines: tuple[Line, ...]
    hosts: tuple[Host, ...]
    pools: tuple[Pool, ...]
    again: Mapping[tuple[int, int, int], int]
    single: frozenset[int]
    licences: tuple[float, ...]
    blocks: bool


def eligibility_of(plan: Plan) -> Eligibility:
    """Return who could run where by a plan."""
    licences = list(plan.licences_left)
    for pool in plan.pools:
        licences[pool.runtime] += pool.licensed
    return Eligibility(
        plan.lines,
        plan.hosts,
        plan.pools,
        plan.again,
        plan.single,
        tuple(licences),
        blocks=plan.dispatch.blocked == "block",
    )
