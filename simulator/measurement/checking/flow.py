"""Whether flows balance: nobody comes from nowhere, and nobody gets lost, folder by folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.measurement.checking.checks import Check, named, worst
from simulator.measurement.counts import inside
from simulator.measurement.scopes import Mask
from simulator.records.codes import JobState
from simulator.records.columns import Legend, Records
from simulator.records.readings import Reading, Readings

Rows = npt.NDArray[np.intp]
Counts = npt.NDArray[np.int64]


def flow_checks(legend: Legend, records: Records, readings: Readings) -> Iterator[Check]:
    """Yield whether flows balance over the whole run, and over the window with its edges."""
    folder = legend.routes.folder.astype(np.intp)[records.jobs.route]
    flows = _Flows(legend, records, folder)
    yield from flows.of_run(readings.end)
    yield from flows.of_window(readings.window_from, readings.window_to)


@dataclass(frozen=True, slots=True)
class _Flows:
    """Jobs that come and go, counted by folder; `folder` is that of each job."""

    legend: Legend
    records: Records
    folder: Rows

    def of_run(self, end: Reading) -> Iterator[Check]:
        jobs, breaks = self.records.jobs, self.records.interruptions
        began = ~np.isnan(jobs.started_s)
        refused = self._jobs(jobs.state == JobState.REFUSED.value)
        withdrawn = self._jobs(jobs.state == JobState.EXPIRED.value)
        started, ended = self._jobs(began), self._jobs(began & ~np.isnan(jobs.ended_s))
        pending = self._jobs(~began & (jobs.state == JobState.PENDING.value))
        away = np.isnan(breaks.back_s)
        suspended, back = self._breaks(away), self._breaks(~away & np.isnan(breaks.again_s))
        submitted = self._jobs(np.ones(len(began), dtype=np.bool_))
        running = self._jobs(jobs.state == JobState.RUNNING.value)
        yield self._check("flow.submitted", refused + started + withdrawn + pending, submitted)
        yield self._check("flow.started", ended + suspended + back + running, started)
        left = submitted - refused - withdrawn - ended - suspended
        yield self._check("flow.end", left, end.waiting + end.running)

    def of_window(self, at_start: Reading, at_end: Reading) -> Iterator[Check]:
        jobs, breaks, window = self.records.jobs, self.records.interruptions, self.legend.window
        started = self._jobs(inside(jobs.started_s, window))
        again = self._breaks(inside(breaks.again_s, window))
        is_over, began = inside(jobs.ended_s, window), ~np.isnan(jobs.started_s)
        ended = self._jobs(is_over & began)
        withdrawn = self._jobs(is_over & (jobs.state == JobState.EXPIRED.value))
        accepted = jobs.state != JobState.REFUSED.value
        came = self._jobs(accepted & inside(jobs.submitted_s, window))
        back = self._breaks(inside(breaks.back_s, window))
        left = self._breaks(inside(breaks.left_s, window))
        waiting = at_start.waiting + came + back - started - again - withdrawn
        yield self._check("flow.waiting", waiting, at_end.waiting)
        running = at_start.running + started + again - ended - left
        yield self._check("flow.running", running, at_end.running)

    def _jobs(self, rows: Mask) -> Counts:
        return self._by_folder(self.folder[rows])

    def _breaks(self, rows: Mask) -> Counts:
        return self._by_folder(self.folder[self.records.interruptions.job[rows]])

    def _by_folder(self, folders: Rows) -> Counts:
        return np.bincount(folders, minlength=len(self.legend.names.folders)).astype(np.int64)

    def _check(self, name: str, found: Counts, expected: Counts) -> Check:
        return worst(name, found, expected, named(self.legend.names.folders, "folder"))
