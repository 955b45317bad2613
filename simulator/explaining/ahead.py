"""The jobs that go before one that waits, under `blocked: block`: older ones of its folder."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.plan.plan import Plan
from simulator.records.codes import Interruption
from simulator.records.columns import Floats, Interruptions, Ints, Records


class Ahead(NamedTuple):
    """Their waits in line, (W,) each, first and later ones: whose, from when to when.

    A job that has its slot, and waits out the dispatch latency, is in no line; `has_slot` knows.
    """

    job: Ints
    from_s: Floats
    to_s: Floats

    def at(self, at_s: float, has_slot: Ints) -> int | None:
        """Return the row of the oldest of them that waits at an instant, None if nobody does.

        `has_slot` are the jobs that have a slot then.
        """
        waits = (self.from_s <= at_s) & (at_s < self.to_s) & ~np.isin(self.job, has_slot)
        rows = np.flatnonzero(waits)
        return int(rows[np.argmin(self.job[rows])]) if len(rows) else None


def ahead_of(job: int, plan: Plan, near: Records) -> Ahead:
    """Return the waits of all who go before a job: submitted before it, with a key no worse.

    `near` has the interruptions of whoever was there while it waited. Where a Resumed job stands by
    the time of its return (`resumed_place`), only those that were back in time count.
    """
    jobs, left, from_s = near.jobs, near.interruptions, near.jobs.submitted_s[job]
    is_older = _goes_first(job, plan, near)
    first = np.flatnonzero(is_older & (jobs.submitted_s + jobs.pending_s > from_s)[:job])
    later = np.flatnonzero((left.job < job) & ~np.isnan(left.back_s))
    later = later[is_older[left.job[later]]]
    if plan.assumptions.resumed_place == "resume_time":
        later = later[_places_s(left, jobs.submitted_s)[later] <= from_s]
    again_s = np.where(np.isnan(left.again_s), near.end_s, left.again_s)
    return Ahead(
        np.concatenate((first, left.job[later])).astype(np.int32),
        np.concatenate((jobs.submitted_s[first], left.back_s[later])),
        np.concatenate(((jobs.submitted_s + jobs.pending_s)[first], again_s[later])),
    )


def _goes_first(job: int, plan: Plan, near: Records) -> npt.NDArray[np.bool_]:
    """Return which of the jobs before this one go first by the scenario's order, (job,)."""
    routes, route = plan.legend.routes, near.jobs.route
    by_age_alone = plan.dispatch.order in {"oldest", "random"}
    is_better = by_age_alone | (routes.priority >= routes.priority[route[job]])
    found: npt.NDArray[np.bool_] = (is_better & (routes.folder == routes.folder[route[job]]))[
        route[:job]
    ]
    return found


def _places_s(left: Interruptions, submitted_s: Floats) -> Floats:
    """Return by which instant each job stands that is back: its last return from a suspension.

    A restarted job keeps its place. Rows are in the order in which jobs left.
    """
    last_s = dict[int, float]()
    found = np.empty(len(left.job))
    rows = zip(left.job.tolist(), left.cause.tolist(), left.back_s.tolist(), strict=True)
    for row, (job, cause, back_s) in enumerate(rows):
        if cause == Interruption.SUSPENDED.value:
            last_s[job] = back_s
        found[row] = last_s.get(job, submitted_s[job])
    return found
