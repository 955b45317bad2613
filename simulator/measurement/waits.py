"""Every wait for a place: each job's first, as Pending, and those after it had left one."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.measurement.scopes import Groups, Mask, Selection
from simulator.measurement.spans import Spans
from simulator.plan.eligibility import Eligibility
from simulator.records.codes import Interruption
from simulator.records.columns import Floats, Ints, Legend, Records, Window


class Waits(NamedTuple):
    """Waits, (W,) each: whose, in which line, from when to when.

    is_later: not the first wait, from submission on, but one as Resumed or restarted.
    """

    job: Ints
    line: Groups
    is_later: Mask
    spans: Spans

    def of(self, rows: Selection) -> Waits:
        """Return some of the waits, in their order."""
        return Waits(self.job[rows], self.line[rows], self.is_later[rows], self.spans.of(rows))

    def within(self, window: Window) -> Waits:
        """Return the part of each wait inside the window, of those that have one."""
        inside = self._replace(spans=self.spans.within(window.from_s, window.to_s))
        return inside.of(inside.spans.length_s > 0)


def waits_of(eligibility: Eligibility, legend: Legend, records: Records) -> Waits:
    """Return every wait, first ones first; the dispatch latency at its end is part of it."""
    jobs, later = records.jobs, records.interruptions
    first = np.flatnonzero(jobs.pending_s > 0).astype(np.int32)
    back = np.flatnonzero(~np.isnan(later.back_s))
    job = np.concatenate((first, later.job[back]))
    from_s = np.concatenate((jobs.submitted_s[first], later.back_s[back]))
    again_s = later.again_s[back]
    to_s = np.concatenate(
        (
            jobs.submitted_s[first] + jobs.pending_s[first],
            np.where(np.isnan(again_s), records.end_s, again_s),
        )
    )
    line = _lines(eligibility, legend, records, job, from_s)
    return Waits(job, line, np.arange(len(job)) >= len(first), Spans(from_s, to_s))


def latencies_of(eligibility: Eligibility, legend: Legend, records: Records) -> Waits:
    """Return the parts of waits in which the job held its slot already: the dispatch latency."""
    held, (rows, is_later) = records.occupancy, spans_with_latency(records)
    job, from_s = held.job[rows], held.from_s[rows]
    line = _lines(eligibility, legend, records, job, from_s)
    return Waits(job, line, is_later, Spans(from_s, held.ran_from_s[rows]))


def spans_with_latency(records: Records) -> tuple[npt.NDArray[np.intp], Mask]:
    """Return the spans held for a while before the job ran, and whether in a later wait of it."""
    held, jobs = records.occupancy, records.jobs
    rows = np.flatnonzero((held.from_s < held.ran_from_s) & (held.job >= 0))
    job = held.job[rows]
    return rows, held.from_s[rows] >= jobs.submitted_s[job] + jobs.pending_s[job]


def _lines(
    eligibility: Eligibility, legend: Legend, records: Records, job: Ints, at_s: Floats
) -> Groups:
    """Return the line in which each of some jobs waits at an instant.

    One that goes on only where it ran before waits there from its first suspension on; as it never
    ran elsewhere since, its last place is that one.
    """
    line = legend.routes.line[records.jobs.route[job]]
    if not eligibility.again:
        return line
    suspended = records.interruptions
    rows = suspended.cause == Interruption.SUSPENDED.value
    first_s = np.full(len(records.jobs.route), np.inf)
    np.minimum.at(first_s, suspended.job[rows], suspended.left_s[rows])
    since = np.flatnonzero(first_s[job] <= at_s)
    line = line.copy()
    line[since] = _again(eligibility, legend, records, job[since], line[since])
    return line


def _again(
    eligibility: Eligibility, legend: Legend, records: Records, job: Ints, line: Groups
) -> Groups:
    """Return the line of some Suspended jobs, given that of their first wait."""
    jobs = records.jobs
    pool_at = {(pool.host, pool.runtime): number for number, pool in enumerate(eligibility.pools)}
    runtime = legend.routes.runtime[jobs.route[job]]
    places = np.stack([line, jobs.host[job], runtime, jobs.account[job]], axis=1)
    different, which = np.unique(places, axis=0, return_inverse=True)
    lines = [
        eligibility.again.get((first, pool_at[host, kind], account), first)
        for first, host, kind, account in different.tolist()
    ]
    return np.array(lines, dtype=np.int32)[which.reshape(-1)]
