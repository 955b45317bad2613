"""The few hours of a replication in which most jobs were Pending: who waited, what held the slots.

Small enough to be sent from a worker process for each replication, as one of them is shown.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from simulator.measurement.chunks import rows_where
from simulator.measurement.hours import local_hours
from simulator.measurement.scopes import Groups, Mask, total_by
from simulator.measurement.spans import Spans, integrals
from simulator.measurement.worst_figures import ListedJobs, SlotStrip, WorstHours
from simulator.measurement.worst_slots import slot_strip
from simulator.records.columns import NONE, Floats, Ints, Jobs, Legend, Records, Window
from simulator.units import HOUR_S

HOURS: Final = 4
"""How long they are; they begin with an hour of the tenant's clock."""

CELLS: Final = 48
"""Into how many equal parts they are cut to tell how many jobs were Pending in each."""

MOST_FOLDERS: Final = 6
"""Folders told apart: those with most time Pending and of slots held."""

MOST_JOBS: Final = 200
"""Jobs listed: those Pending then, the longest waits first; then others that held a slot shown."""


def worst_hours(legend: Legend, records: Records, pending_s: Floats) -> WorstHours | None:
    """Return the worst hours of a replication; None if no job was Pending in the window.

    pending_s: the time of all jobs that were in each of the window's `local_hours`.
    """
    if not pending_s.any():
        return None
    span, jobs = _span(legend.window, pending_s), records.jobs
    rows = rows_where(jobs, lambda some: _waits_in(some, span))
    from_s = jobs.submitted_s[rows]
    waits = Spans(from_s, from_s + jobs.pending_s[rows]).within(*span)
    folder = legend.routes.folder[jobs.route[rows]]
    strip = slot_strip(legend, records, span)
    folders = _told_apart(legend, waits, folder, strip)
    return WorstHours(
        from_s=span[0],
        to_s=span[1],
        pending_s=float(waits.length_s.sum()),
        folders=folders,
        pending=_numbers(waits, folder, folders, span),
        strip=strip,
        jobs=_listed(records, rows, strip, span),
    )


def _waits_in(jobs: Jobs, span: tuple[float, float]) -> Mask:
    """Return which of some jobs were Pending for some of the time between two instants."""
    from_s, pending_s = jobs.submitted_s, jobs.pending_s
    waits: Mask = (from_s < span[1]) & (from_s + pending_s > span[0]) & (pending_s > 0)
    return waits


def _span(window: Window, pending_s: Floats) -> tuple[float, float]:
    """Return the worst of all spans of `HOURS` whole hours; the first of equals.

    All of the window, where it has no such span.
    """
    edges = local_hours(window).edges
    is_whole = np.diff(edges) == HOUR_S
    inner = slice(0 if is_whole[0] else 1, None if is_whole[-1] else -1)
    hours_s, begins_s = pending_s[inner], edges[:-1][inner]
    if len(hours_s) < HOURS:
        return window.from_s, window.to_s
    first = int(np.argmax(np.convolve(hours_s, np.ones(HOURS), "valid")))
    ends_s = edges[1:][inner]
    return float(begins_s[first]), float(ends_s[first + HOURS - 1])


def _told_apart(legend: Legend, waits: Spans, folder: Groups, strip: SlotStrip) -> Ints:
    size = len(legend.names.folders)
    time_s = total_by(folder, size, waits.length_s)
    time_s += total_by(strip.held.folder, size, strip.held.spans.length_s)
    order = np.argsort(-time_s, kind="stable")[:MOST_FOLDERS]
    return order[time_s[order] > 0].astype(np.int32)


def _numbers(waits: Spans, folder: Groups, folders: Ints, span: tuple[float, float]) -> Floats:
    """Return the mean number of Pending jobs of each folder, and of the others, by cell."""
    edges = np.linspace(*span, CELLS + 1)
    members = [folder == one for one in folders.tolist()]
    members.append(~np.isin(folder, folders))
    totals_s = [integrals(waits.of(rows), edges) for rows in members]
    return np.stack(totals_s) / np.diff(edges)


def _listed(
    records: Records, waiting: npt.NDArray[np.intp], strip: SlotStrip, span: tuple[float, float]
) -> ListedJobs:
    jobs, holding = records.jobs, np.unique(strip.held.job[strip.held.job >= 0])
    longest = waiting[np.argsort(-jobs.pending_s[waiting], kind="stable")]
    every = np.concatenate((longest, np.setdiff1d(holding, waiting)))
    job = every[:MOST_JOBS].astype(np.int32)
    host, slot = _first_slots(records, job, span[0])
    return ListedJobs(
        job=job,
        route=jobs.route[job],
        host=host,
        slot=slot,
        submitted_s=jobs.submitted_s[job],
        pending_s=jobs.pending_s[job],
        started_s=jobs.started_s[job],
        ended_s=jobs.ended_s[job],
        left_out=len(every) - len(job),
    )


def _first_slots(records: Records, job: Ints, from_s: float) -> tuple[Ints, Ints]:
    """Return the first host and slot that each of some jobs held from an instant on, else -1."""
    held = records.occupancy
    place = np.full(len(records.jobs.route) + 1, NONE, dtype=np.int32)
    place[job] = np.arange(len(job), dtype=np.int32)
    rows = rows_where(held, lambda some: (place[some.job] >= 0) & (some.to_s > from_s))
    earliest = rows[np.argsort(-held.from_s[rows], kind="stable")]
    host, slot = np.full((2, len(job)), NONE, dtype=np.int32)
    host[place[held.job[earliest]]] = held.host[earliest]
    slot[place[held.job[earliest]]] = held.slot[earliest]
    return host, slot
