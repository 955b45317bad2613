"""The log of triggers: what they noted, what is read off the jobs, and what a calendar kept off.

It is put together one block of jobs after the other, like the jobs themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from simulator.engine.drafts import draft
from simulator.engine.journal import Journal
from simulator.engine.logs import codes, floats, ints
from simulator.engine.span_log import BLOCK
from simulator.plan.plan import Plan
from simulator.plan.sources import Firings
from simulator.records.codes import FiringOutcome, JobState
from simulator.records.columns import NONE, Ints, Jobs, TriggerLog
from simulator.records.mapped import Column, release

Rows = npt.NDArray[np.intp]
Columns = Mapping[str, Column]
"""Columns of `TriggerLog`, by their names."""


def trigger_log(plan: Plan, journal: Journal, jobs: Jobs, *, on_disk: bool) -> TriggerLog:
    """Return every firing: noted by its trigger, read off the jobs, or kept off by a calendar."""
    noted, idle, plain = _noted(plan, journal), _excluded(plan, journal), _PlainFirings(plan, jobs)
    most = len(noted["source"]) + len(idle["source"]) + len(jobs.route)
    alike = {"fired_s": jobs.submitted_s}
    table = draft(most, on_disk=on_disk, alike=alike)
    edges_s = _edges_s(jobs)
    first_jobs = np.searchsorted(jobs.submitted_s, edges_s).tolist()
    for times_s, of_jobs in zip(pairwise(edges_s), pairwise(first_jobs), strict=True):
        parts = (_between(noted, *times_s), plain.of(*of_jobs), _between(idle, *times_s))
        found = {name: np.concatenate([part[name] for part in parts]) for name in noted}
        order = np.lexsort((found["source"], found["fired_s"]))
        table.add({name: column[order] for name, column in found.items()})
    return TriggerLog(**table.columns())


def _edges_s(jobs: Jobs) -> list[float]:
    """Return the instants between which there are at most about `BLOCK` jobs."""
    inner_s = np.unique(jobs.submitted_s[BLOCK::BLOCK])
    return [-np.inf, *inner_s.tolist(), np.inf]


def _between(firings: Columns, from_s: float, to_s: float) -> Columns:
    """Return the firings in [from_s, to_s) of some in the order of time."""
    first, last = np.searchsorted(firings["fired_s"], (from_s, to_s))
    return {name: column[first:last] for name, column in firings.items()}


def _noted(plan: Plan, journal: Journal) -> Columns:
    """Return the firings that triggers noted."""
    told = np.append(plan.legend.routes.told, np.int32(NONE))
    return {
        "source": ints(journal.fired_source),
        "fired_s": floats(journal.fired_s),
        "created": ints(journal.fired_created),
        "outcome": codes(journal.fired_outcome),
        "refusal": told[ints(journal.fired_refused)],
    }


def _excluded(plan: Plan, journal: Journal) -> Columns:
    """Return when a calendar kept a trigger that was in force from firing, in order of time."""
    disabled = codes(journal.fired_outcome) == FiringOutcome.DISABLED.value
    until_s = np.array([one.until_s for one in plan.sources])
    until_s[ints(journal.fired_source)[disabled]] = floats(journal.fired_s)[disabled]
    found = [np.empty(0)]
    for one, ends_s in zip(plan.sources, until_s, strict=True):
        due_s = one.arrivals.excluded_s if isinstance(one.arrivals, Firings) else found[0]
        found.append(due_s[(due_s >= one.from_s) & (due_s < ends_s)])
    source = np.repeat(np.arange(-1, len(plan.sources), dtype=np.int32), list(map(len, found)))
    fired_s = np.concatenate(found)
    order = np.argsort(fired_s, kind="stable")
    return {
        "source": source[order],
        "fired_s": fired_s[order],
        "created": np.zeros_like(source),
        "outcome": np.full(len(source), FiringOutcome.EXCLUDED_DAY.value, dtype=np.int8),
        "refusal": np.full(len(source), NONE, dtype=np.int32),
    }


class _PlainFirings:
    """The firings of triggers that note nothing: each made all its jobs, or none."""

    def __init__(self, plan: Plan, jobs: Jobs) -> None:
        routes = plan.legend.routes
        self._jobs, self._source_of = jobs, routes.source
        self._told_of = routes.told
        self._plain = np.array([one.fires and not one.notes_firings for one in plan.sources], bool)
        self._batch = np.array([one.jobs for one in plan.sources], dtype=np.int32)
        self._seen = np.zeros(len(plan.sources), dtype=np.int64)

    def of(self, first: int, last: int) -> Columns:
        """Return the firings whose first job is in [first, last); it is asked in this order."""
        route, state = self._jobs.route[first:last], self._jobs.state[first:last]
        source = self._source_of[route]
        rows = self._first_rows(source)
        source, refused = source[rows], state[rows] == JobState.REFUSED.value
        outcome = np.where(refused, FiringOutcome.REFUSED.value, FiringOutcome.CREATED.value)
        columns: dict[str, Column] = {
            "source": source,
            "fired_s": self._jobs.submitted_s[first:last][rows],
            "created": np.where(refused, np.int32(0), self._batch[source]),
            "outcome": outcome.astype(np.int8),
            "refusal": self._told_of[route[rows]],
        }
        release(route, state, self._jobs.submitted_s[first:last])
        return columns

    def _first_rows(self, source: Ints) -> Rows:
        """Return which of the next jobs, of these sources, are the first of a plain firing."""
        is_first = self._plain[source]
        rows = np.flatnonzero(is_first & (self._batch[source] > 1))
        rows = rows[np.argsort(source[rows], kind="stable")]
        of_source = source[rows]
        place = np.arange(len(rows)) - np.searchsorted(of_source, of_source, side="left")
        is_first[rows[(self._seen[of_source] + place) % self._batch[of_source] != 0]] = False
        self._seen += np.bincount(of_source, minlength=len(self._seen))
        return np.flatnonzero(is_first)
