"""A study before its first replication: run, or measured again from what a run has kept."""

from __future__ import annotations

from dataclasses import dataclass, replace

from simulator.audit.openings import NO_OPENINGS, Openings, openings_of
from simulator.experiments.audience import Audience
from simulator.experiments.presences import watched
from simulator.experiments.replicate import Replicate
from simulator.model.measures import THRESHOLDS_S
from simulator.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class Prepared:
    """A study before its first replication: what it may tell, what is to be done, its name.

    `openings` are what is looked at of what stands free.
    """

    told: Audience
    work: Replicate
    openings: Openings
    run_id: str


def prepared(
    told: Audience, plan: Plan, name: str, *, with_records: bool = False, in_detail: bool = True
) -> Prepared:
    """Return a study before its first replication, by the plan of all there is.

    `with_records`, those of each replication are handed on with its figures; `in_detail`, what
    stood free is looked at too, but for one account's view, and what the worst hours were.
    """
    scenario, access = told.loaded.scenario, told.loaded.access
    is_looked = in_detail and told.viewer is None
    openings = openings_of(scenario, access, plan) if is_looked else NO_OPENINGS
    work = _work(told, plan, openings)
    return Prepared(
        told, replace(work, with_records=with_records, in_detail=in_detail), openings, name
    )


def _work(told: Audience, plan: Plan, openings: Openings) -> Replicate:
    targets = told.loaded.scenario.targets
    thresholds_s = {one.threshold for one in targets if one.threshold is not None}
    subtrees = {one.folder for one in targets if one.with_subfolders and one.folder is not None}
    return Replicate(
        plan=plan,
        seed=told.loaded.scenario.run.seed,
        thresholds_s=tuple(sorted(thresholds_s.union(THRESHOLDS_S))),
        subtrees=tuple(sorted(subtrees)),
        view=told.view,
        watched=watched(plan) if told.view is None else (),
        openings=tuple(one.opening for one in openings.found),
    )
