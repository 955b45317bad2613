"""The tables of jobs and of their interruptions, put together one block of jobs after the other.

So a long run takes little memory beside what it leaves behind.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from simulator.engine.drafts import draft, kept
from simulator.engine.job_columns import (
    Bools,
    Submissions,
    goes_on,
    jobs_of,
    next_runs_s,
    spans_of,
)
from simulator.engine.journal import Journal
from simulator.engine.logs import codes, floats, instants, ints
from simulator.engine.span_log import OPEN
from simulator.engine.span_order import RowsByJob, by_job
from simulator.plan.plan import Plan
from simulator.records.codes import JobState
from simulator.records.columns import Floats, Interruptions, Jobs
from simulator.records.mapped import Column

_LEFT = (JobState.SUSPENDED.value, JobState.PENDING.value)


class JobTables(NamedTuple):
    """What became of the jobs; `goes_on` tells which rows of the log of spans follow a pause."""

    jobs: Jobs
    interruptions: Interruptions
    goes_on: Bools


def job_tables(plan: Plan, journal: Journal, end_s: float, *, on_disk: bool) -> JobTables:
    """Return what became of the jobs of a journal; whatever is still open lasts to `end_s`.

    The n-th interruption of a job is how the n-th span ended in which it ran and was not over.
    """
    log, left = _SubmissionLog(journal), _interruptions(journal)
    left_by_job = RowsByJob(left["job"])
    all_goes_on = np.zeros(len(journal.spans), dtype=np.bool_)
    table = draft(len(log.route), on_disk=on_disk, alike=log.alike)
    for first, last, (rows, places) in by_job(journal.spans, len(log.route)):
        all_goes_on[places] = follows = goes_on(rows)
        spans = spans_of(rows, latency_of(plan, follows), end_s)
        breaks = left_by_job.between(first, last)
        left["again_s"][breaks] = next_runs_s(spans)[np.isin(spans.state, _LEFT) & spans.ran]
        interruptions = Interruptions(**{name: left[name][breaks] for name in left})
        columns = jobs_of(
            plan,
            log.of(first, last),
            replace(spans, job=spans.job - np.int32(first)),
            replace(interruptions, job=interruptions.job - np.int32(first)),
            end_s,
        )
        table.add(columns)
    jobs, kept_left = Jobs(**table.columns()), Interruptions(**kept(left, on_disk=on_disk))
    return JobTables(jobs, kept_left, all_goes_on)


def latency_of(plan: Plan, follows: Bools) -> Floats:
    """Return the latency of spans, which those that follow a pause have not."""
    return np.where(follows, 0.0, plan.latency_s)


def _interruptions(journal: Journal) -> dict[str, Column]:
    """Return the columns of `Interruptions`, with NaN for when each job ran again."""
    return {
        "job": ints(journal.left_job),
        "cause": codes(journal.left_cause),
        "left_s": floats(journal.left_s),
        "back_s": instants(journal.back_s, OPEN),
        "again_s": np.full(len(journal.left_s), np.nan),
    }


class _SubmissionLog:
    """The logs of submissions, and of jobs that never started."""

    def __init__(self, journal: Journal) -> None:
        self.route, self._submitted_s = ints(journal.route), floats(journal.submitted_s)
        self._waits_for = codes(journal.waits_for)
        self._over_limit, self._withdrawn = ints(journal.over_limit), ints(journal.withdrawn_job)
        self._withdrawn_s = floats(journal.withdrawn_s)
        self._over_limit_by_job = RowsByJob(self._over_limit)
        self._withdrawn_by_job = RowsByJob(self._withdrawn)
        self.alike: dict[str, Column] = {
            "route": self.route,
            "submitted_s": self._submitted_s,
            "reason": self._waits_for,
        }
        """Columns of the jobs that may be the same as a log."""

    def of(self, first: int, last: int) -> Submissions:
        """Return the submissions of the jobs in [first, last), numbered from the first."""
        over_limit = self._over_limit_by_job.between(first, last)
        withdrawn = self._withdrawn_by_job.between(first, last)
        return Submissions(
            route=self.route[first:last],
            submitted_s=self._submitted_s[first:last],
            waits_for=self._waits_for[first:last],
            over_limit=self._over_limit[over_limit] - np.int32(first),
            withdrawn=self._withdrawn[withdrawn] - np.int32(first),
            withdrawn_s=self._withdrawn_s[withdrawn],
        )
