"""Whether flows balance: nobody comes from nowhere, and nobody gets lost, folder by folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from simulator.measurement.checking.checks import Check, named, worst
from simulator.measurement.chunks import parts_of
from simulator.measurement.counts import inside
from simulator.measurement.scopes import Mask
from simulator.records.codes import JobState
from simulator.records.columns import Interruptions, Ints, Jobs, Legend, Records, Window
from simulator.records.parts import part_of
from simulator.records.readings import Reading, Readings

Numbers = npt.NDArray[np.int64]
Table = TypeVar("Table", Jobs, Interruptions)


def flow_checks(legend: Legend, records: Records, readings: Readings) -> Iterator[Check]:
    """Yield whether flows balance over the whole run, and over the window with its edges."""
    flows = _Flows(legend, records)
    yield from flows.of_run(readings.end)
    yield from flows.of_window(readings.window_from, readings.window_to)


class _Flows:
    """Jobs that come and go, and their interruptions, counted by folder."""

    def __init__(self, legend: Legend, records: Records) -> None:
        self._legend = legend
        jobs, breaks, window = records.jobs, records.interruptions, legend.window
        self._jobs = self._counted(
            jobs, lambda some: _of_jobs(some, window), lambda some: some.route
        )
        self._breaks = self._counted(
            breaks, lambda some: _of_breaks(some, window), lambda some: jobs.route[some.job]
        )

    def _counted(
        self,
        table: Table,
        meant: Callable[[Table], Mapping[str, Mask]],
        routes: Callable[[Table], Ints],
    ) -> dict[str, Numbers]:
        """Return how many rows of a table are meant by each name, by folder."""
        of_routes, folders = self._legend.routes.folder, len(self._legend.names.folders)
        found = {
            name: np.zeros(folders, dtype=np.int64) for name in meant(part_of(table, slice(0)))
        }
        for _, part in parts_of(table):
            folder = of_routes[routes(part)].astype(np.intp)
            for name, mask in meant(part).items():
                found[name] += np.bincount(folder[mask], minlength=folders)
        return found

    def of_run(self, end: Reading) -> Iterator[Check]:
        jobs, breaks = self._jobs, self._breaks
        gone = jobs["refused"] + jobs["withdrawn"]
        found = gone + jobs["started"] + jobs["pending"]
        yield self._check("flow.submitted", found, jobs["submitted"])
        left = jobs["ended"] + breaks["suspended"]
        found = left + breaks["back"] + jobs["running"]
        yield self._check("flow.started", found, jobs["started"])
        yield self._check("flow.end", jobs["submitted"] - gone - left, end.waiting + end.running)

    def of_window(self, at_start: Reading, at_end: Reading) -> Iterator[Check]:
        jobs, breaks = self._jobs, self._breaks
        began = jobs["started inside"] + breaks["again inside"]
        came = jobs["accepted inside"] + breaks["back inside"]
        waiting = at_start.waiting + came - began - jobs["withdrawn inside"]
        yield self._check("flow.waiting", waiting, at_end.waiting)
        running = at_start.running + began - jobs["ended inside"] - breaks["left inside"]
        yield self._check("flow.running", running, at_end.running)

    def _check(self, name: str, found: Numbers, expected: Numbers) -> Check:
        return worst(name, found, expected, named(self._legend.names.folders, "folder"))


def _of_jobs(jobs: Jobs, window: Window) -> dict[str, Mask]:
    """Return which of some jobs came, started and left: in the whole run, and inside the window."""
    began, is_over = ~np.isnan(jobs.started_s), inside(jobs.ended_s, window)
    refused = jobs.state == JobState.REFUSED.value
    withdrawn = jobs.state == JobState.EXPIRED.value
    return {
        "submitted": np.ones(len(began), dtype=np.bool_),
        "refused": refused,
        "withdrawn": withdrawn,
        "started": began,
        "ended": began & ~np.isnan(jobs.ended_s),
        "pending": ~began & (jobs.state == JobState.PENDING.value),
        "running": jobs.state == JobState.RUNNING.value,
        "started inside": inside(jobs.started_s, window),
        "ended inside": is_over & began,
        "withdrawn inside": is_over & withdrawn,
        "accepted inside": ~refused & inside(jobs.submitted_s, window),
    }


def _of_breaks(breaks: Interruptions, window: Window) -> dict[str, Mask]:
    """Return which of some jobs were interrupted for good, or not; and when inside the window."""
    away = np.isnan(breaks.back_s)
    return {
        "suspended": away,
        "back": ~away & np.isnan(breaks.again_s),
        "again inside": inside(breaks.again_s, window),
        "back inside": inside(breaks.back_s, window),
        "left inside": inside(breaks.left_s, window),
    }
