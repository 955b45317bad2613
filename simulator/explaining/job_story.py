"""The life of one job of a run, put together from its plan and its records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from simulator.access.grants import Access
from simulator.access.refusals import Refusal
from simulator.explaining.explained import (
    Break,
    Charge,
    Explanation,
    JobName,
    Overtakings,
    Span,
    Submission,
)
from simulator.explaining.overtaking import overtakings_of
from simulator.explaining.scene import Scene, Wait, job_name
from simulator.explaining.slot_rows import picture_of
from simulator.explaining.stretches import stretches_of
from simulator.explaining.submitted import needed_by, submission_of
from simulator.measurement.blaming.blame import charges_of
from simulator.measurement.spans import Spans
from simulator.measurement.waits import Waits
from simulator.model.scenario import Scenario
from simulator.plan.eligibility import Eligibility, eligibility_of
from simulator.plan.plan import Plan
from simulator.plan.submitters import submitters
from simulator.records.around import around
from simulator.records.codes import BlameCause, Interruption, JobState, PendingReason
from simulator.records.columns import NONE, Legend, Records, refusals_of

_NOBODY: Final = Overtakings((), ())


@dataclass(frozen=True)
class Told:
    """All that a replication is told by: what was planned, who may do what, what happened."""

    scenario: Scenario
    access: Access
    plan: Plan
    records: Records

    @property
    def legend(self) -> Legend:
        """Return what the integers mean."""
        return self.plan.legend

    def name(self, job: int) -> JobName:
        """Return a job with its names."""
        return job_name(self.legend, self.records, job)


def explain(told: Told, job: int) -> Explanation:
    """Return the life of a job, by its number in the records.

    Raises:
        IndexError: there is no such job.
    """
    records, legend = told.records, told.legend
    jobs, eligibility = records.jobs, eligibility_of(told.plan)
    wait, order = _wait(told, job), told.plan.dispatch.order
    scene = wait and Scene(told.plan, records, wait)
    stretches, count = stretches_of(scene) if scene else ((), 0)
    return Explanation(
        replication=records.replication,
        window=legend.window,
        who=told.name(job),
        submission=_submission(told, job),
        needed=needed_by(eligibility, legend, int(jobs.route[job])),
        refusal=_refusal(told, job),
        state=JobState(int(jobs.state[job])),
        pending_reason=PendingReason(int(jobs.reason[job])).label,
        waited_s=float(jobs.pending_s[job]),
        resumed_s=float(jobs.resumed_s[job]),
        running_s=float(jobs.running_s[job]),
        started_s=float(jobs.started_s[job]),
        ended_s=float(jobs.ended_s[job]),
        end_s=records.end_s,
        host=_name(legend.names.hosts, int(jobs.host[job])),
        account=_name(legend.names.accounts, int(jobs.account[job])),
        stretches=stretches,
        stretch_count=count,
        overtakings=overtakings_of(scene) if scene else _NOBODY,
        charges=charges_of_wait(eligibility, legend, records, wait) if wait else (),
        spans=_spans(told, job),
        breaks=_breaks(records, job),
        order=order,
        picture=picture_of(scene) if scene else None,
    )


def _submission(told: Told, job: int) -> Submission:
    jobs, legend = told.records.jobs, told.legend
    route = jobs.route[job]
    source = submitters(told.scenario, told.access)[legend.routes.source[route]]
    caller = legend.names.principals[legend.routes.principal[route]]
    return submission_of(source, caller, float(jobs.submitted_s[job]), told.access)


def _wait(told: Told, job: int) -> Wait | None:
    """Return the first wait of a job; None where it took no time."""
    jobs = told.records.jobs
    waited_s, from_s = float(jobs.pending_s[job]), float(jobs.submitted_s[job])
    line = int(told.legend.routes.line[jobs.route[job]])
    return Wait(job, line, from_s, from_s + waited_s) if waited_s > 0 else None


def charges_of_wait(
    eligibility: Eligibility, legend: Legend, records: Records, wait: Wait
) -> tuple[Charge, ...]:
    """Return what a job was kept Pending by, what took most first; machines are not told apart."""
    waits = Waits(
        job=np.array([wait.job], dtype=np.int32),
        line=np.array([wait.line], dtype=np.int32),
        is_later=np.array([False]),
        spans=Spans(np.array([wait.from_s]), np.array([wait.to_s])),
    )
    near = around(records, wait.from_s, wait.to_s)
    blame = charges_of(eligibility, legend, near, waits).blame
    totals: dict[tuple[int, int], float] = {}
    rows = zip(blame.cause.tolist(), blame.held_by.tolist(), blame.seconds.tolist(), strict=True)
    for cause, held_by, seconds in rows:
        totals[cause, held_by] = totals.get((cause, held_by), 0.0) + seconds
    found = (
        Charge(BlameCause(cause), _name(legend.names.folders, held_by), seconds)
        for (cause, held_by), seconds in totals.items()
    )
    return tuple(sorted(found, key=lambda one: -one.seconds))


def _name(names: tuple[str, ...], number: int) -> str:
    return names[number] if number != NONE else ""


def _refusal(told: Told, job: int) -> Refusal | None:
    number = int(refusals_of(told.legend.routes, told.records.jobs)[job])
    return None if number == NONE else told.legend.names.refusals[number]


def _spans(told: Told, job: int) -> tuple[Span, ...]:
    held, names = told.records.occupancy, told.legend.names
    return tuple(
        Span(
            names.hosts[held.host[row]],
            int(held.slot[row]),
            _name(names.accounts, int(held.account[row])),
            float(held.from_s[row]),
            float(held.ran_from_s[row]),
            float(held.to_s[row]),
        )
        for row in np.flatnonzero(held.job == job)
    )


def _breaks(records: Records, job: int) -> tuple[Break, ...]:
    left = records.interruptions
    return tuple(
        Break(
            Interruption(int(left.cause[row])),
            float(left.left_s[row]),
            float(left.back_s[row]),
            float(left.again_s[row]),
        )
        for row in np.flatnonzero(left.job == job)
    )
