"""Every wait for a place: each job's first, as Pending, and those after it had left one."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.measurement.scopes import Groups, Mask, Selection
from simulator.measurement.spans import Spans
from simulator.plan.eligibility import Eligibility
from simulator.records.codes import Interruption
from simulator.records.columns import Floats, Ints, Legend, Records, Window

Rows = npt.NDArray[np.intp]


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

    def between(self, from_s: float, to_s: float) -> Waits:
        """Return the part of each wait in [from_s, to_s), of those that have one."""
        inside = self._replace(spans=self.spans.within(from_s, to_s))
        return inside.of(inside.spans.length_s > 0)

    def within(self, window: Window) -> Waits:
        """Return the part of each wait inside the window, of those that have one."""
        return self.between(window.from_s, window.to_s)


def waits_of(lines: Lines, records: Records) -> Waits:
    """Return every wait, first ones first; the dispatch latency at its end is part of it."""
    first = np.flatnonzero(records.jobs.pending_s > 0)
    back = np.flatnonzero(~np.isnan(records.interruptions.back_s))
    return waits_at(lines, records, first, back)


def waits_at(lines: Lines, records: Records, first: Rows, back: Rows) -> Waits:
    """Return the first waits of some jobs, then those after some interruptions."""
    jobs, later = records.jobs, records.interruptions
    job = np.concatenate((first.astype(np.int32), later.job[back]))
    submitted_s, back_s, again_s = jobs.submitted_s[first], later.back_s[back], later.again_s[back]
    from_s = np.concatenate((submitted_s, back_s))
    to_s = np.concatenate(
        (
            submitted_s + jobs.pending_s[first],
            np.where(np.isnan(again_s), records.end_s, again_s),
        )
    )
    is_later = np.arange(len(job)) >= len(first)
    return Waits(job, lines.of(job, from_s), is_later, Spans(from_s, to_s))


def latencies_of(lines: Lines, records: Records) -> Waits:
    """Return the parts of waits in which the job held its slot already: the dispatch latency."""
    held, (rows, is_later) = records.occupancy, spans_with_latency(records)
    job, from_s = held.job[rows], held.from_s[rows]
    return Waits(job, lines.of(job, from_s), is_later, Spans(from_s, held.ran_from_s[rows]))


def spans_with_latency(records: Records) -> tuple[Rows, Mask]:
    """Return the spans held for a while before the job ran, and whether in a later wait of it."""
    held, jobs = records.occupancy, records.jobs
    rows = np.flatnonzero((held.from_s < held.ran_from_s) & (held.job >= 0))
    job = held.job[rows]
    return rows, held.from_s[rows] >= jobs.submitted_s[job] + jobs.pending_s[job]


class Lines:
    """The lines in which jobs wait."""

    def __init__(self, eligibility: Eligibility, legend: Legend, records: Records) -> None:
        """Take the records, with all their interruptions."""
        self._eligibility, self._legend, self._records = eligibility, legend, records

    def of(self, job: Ints, at_s: Floats) -> Groups:
        """Return the line in which each of some jobs waits at an instant.

        One that goes on only where it ran before waits there from its first suspension on; as it
        never ran elsewhere since, its last place is that one.
        """
        line = self._legend.routes.line[self._records.jobs.route[job]]
        suspended, first_s = self._suspensions
        if len(suspended):
            place = np.searchsorted(suspended, job).clip(max=len(suspended) - 1)
            since = np.flatnonzero((suspended[place] == job) & (first_s[place] <= at_s))
            line[since] = self._again(job[since], line[since])
        return line

    @cached_property
    def _suspensions(self) -> tuple[Ints, Floats]:
        """Return the jobs that may wait elsewhere again, in order, and from when on."""
        breaks = self._records.interruptions
        if not self._eligibility.again:
            return np.empty(0, dtype=np.int32), np.empty(0)
        rows = np.flatnonzero(breaks.cause == Interruption.SUSPENDED.value)
        rows = rows[np.lexsort((breaks.left_s[rows], breaks.job[rows]))]
        job, first = np.unique(breaks.job[rows], return_index=True)
        return job, breaks.left_s[rows[first]]

    def _again(self, job: Ints, line: Groups) -> Groups:
        """Return the line of some Suspended jobs, given that of their first wait."""
        jobs, pools = self._records.jobs, self._eligibility.pools
        pool_at = {(pool.host, pool.runtime): number for number, pool in enumerate(pools)}
        runtime = self._legend.routes.runtime[jobs.route[job]]
        places = np.stack([line, jobs.host[job], runtime, jobs.account[job]], axis=1)
        different, which = np.unique(places, axis=0, return_inverse=True)
        lines = [
            self._eligibility.again.get((first, pool_at[host, kind], account), first)
            for first, host, kind, account in different.tolist()
        ]
        return np.array(lines, dtype=np.int32)[which.reshape(-1)]
