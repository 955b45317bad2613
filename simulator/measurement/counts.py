"""How many jobs were submitted, refused, started, and how they ended; how many items came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from simulator.measurement.chunks import parts_of
from simulator.measurement.figures import Counts as Numbers
from simulator.measurement.figures import JobCounts
from simulator.measurement.scopes import Key, Keys, Mask, Scope, Totals, total_by
from simulator.records.codes import FiringOutcome, ItemStatus, JobState
from simulator.records.columns import Floats, Jobs, Legend, QueueItems, TriggerLog, Window

Pairs = npt.NDArray[np.int64]

_STATES: Final = {
    "refused": JobState.REFUSED.value,
    "successful": JobState.SUCCESSFUL.value,
    "faulted": JobState.FAULTED.value,
    "stopped": JobState.STOPPED.value,
    "expired": JobState.EXPIRED.value,
}
_ELSE: Final = len(_STATES)
"""Stands for all other states, where those above are numbered in their order."""

_SUBMITTED: Final = 1
"""Submitted in the window; `_STARTED`: started at all; `_ENDED`: ran, and ended in the window."""

_STARTED: Final = 2
_ENDED: Final = 4
_KINDS: Final = 8 * (_ELSE + 1)
"""Kinds of jobs: the sums of those of the above that hold, and eight times the state's number."""


class Counts:
    """The numbers of jobs, counted once, for any scope.

    submissions, refusals: (routes,). executions: (K, 3), route, account, jobs that started; not
    those that found their session busy and faulted under no account.
    """

    def __init__(self, jobs: Jobs, keys: Keys, window: Window) -> None:
        """Count the jobs submitted in the window, and those that ran and ended in it."""
        by_kind = {key: np.zeros((size, _KINDS)) for key, size in keys.sizes.items()}
        executions: list[tuple[Pairs, Pairs]] = []
        for rows, some in parts_of(jobs):
            of_some = keys.of(rows)
            kind = _kinds(some, window)
            for key, column in of_some.columns.items():
                cells = column.astype(np.int64) * _KINDS + kind
                cells[column < 0] = -1
                by_kind[key] += total_by(cells, by_kind[key].size).reshape(-1, _KINDS)
            started = _holds(kind, _SUBMITTED | _STARTED) & (some.account >= 0)
            executions.append(_executions(of_some.of(started)))
        self._totals = _totals(by_kind)
        self.submissions = self._totals["submitted"]["route"].astype(np.int64)
        self.refusals = self._totals["refused"]["route"].astype(np.int64)
        self.executions = _together(executions, keys.sizes["account"])

    def of(self, scope: Scope) -> JobCounts:
        """Return the numbers of jobs of each name of a scope."""
        return JobCounts(**{name: scope.total(totals) for name, totals in self._totals.items()})


def _kinds(jobs: Jobs, window: Window) -> Pairs:
    """Return of which kind each of some jobs is."""
    numbers = np.full(len(JobState), _ELSE, dtype=np.int64)
    numbers[[*_STATES.values()]] = np.arange(len(_STATES))
    started = ~np.isnan(jobs.started_s)
    kinds: Pairs = (
        8 * numbers[jobs.state]
        + _SUBMITTED * inside(jobs.submitted_s, window)
        + _STARTED * started
        + _ENDED * (started & inside(jobs.ended_s, window))
    )
    return kinds


def _holds(kind: Pairs, meant: int) -> Mask:
    holds: Mask = (kind & meant) == meant
    return holds


def _totals(by_kind: Mapping[Key, Floats]) -> dict[str, Totals]:
    """Return the numbers of jobs of all that is told apart, by every key."""
    kind = np.arange(_KINDS)
    meant = {
        "submitted": _holds(kind, _SUBMITTED),
        "started": _holds(kind, _SUBMITTED | _STARTED),
        "ended": _holds(kind, _ENDED),
        **{
            name: _holds(kind, _SUBMITTED) & (kind // 8 == number)
            for number, name in enumerate(_STATES)
        },
    }
    return {
        name: {key: counts[:, kinds].sum(axis=1) for key, counts in by_kind.items()}
        for name, kinds in meant.items()
    }


def _executions(started: Keys) -> tuple[Pairs, Pairs]:
    """Return how often jobs of each route started under each account: the pairs in order."""
    accounts = started.sizes["account"]
    pairs = started.columns["route"].astype(np.int64) * accounts + started.columns["account"]
    if started.sizes["route"] * accounts > len(pairs):
        return np.unique(pairs, return_counts=True)
    jobs = np.bincount(pairs)
    under = np.flatnonzero(jobs)
    return under, jobs[under]


def _together(executions: Sequence[tuple[Pairs, Pairs]], accounts: int) -> Numbers:
    """Return routes, accounts, and how often all together, (K, 3), in order."""
    nothing = np.empty(0, dtype=np.int64)
    every = zip((nothing, nothing), *executions, strict=True)
    pairs, jobs = (np.concatenate(column) for column in every)
    under, place = np.unique(pairs, return_inverse=True)
    total = total_by(place, len(under), jobs).astype(np.int64)
    return np.stack([under // max(accounts, 1), under % max(accounts, 1), total], axis=1)


def firings_of(legend: Legend, log: TriggerLog) -> Numbers:
    """Return how often each source's firings had each outcome, (sources, outcomes)."""
    shape = len(legend.names.sources), len(FiringOutcome)
    found: Numbers = np.zeros(shape, dtype=np.int64)
    for _, some in parts_of(log):
        cells = some.source.astype(np.int64) * shape[1] + some.outcome
        found += np.bincount(cells, minlength=found.size).reshape(shape)
    return found


def additions_of(legend: Legend, items: QueueItems) -> tuple[Numbers, Numbers]:
    """Return the items added in the window by item route, and the refused ones among them.

    (item routes,) each. A retry is not counted: nobody adds it.
    """
    routes = len(legend.item_routes.arrival)
    added, refused = np.zeros((2, routes), dtype=np.int64)
    for _, some in parts_of(items):
        new = (some.retry == 0) & inside(some.added_s, legend.window)
        added += np.bincount(some.route[new], minlength=routes)
        new &= some.status == ItemStatus.REFUSED.value
        refused += np.bincount(some.route[new], minlength=routes)
    return added, refused


def inside(times_s: Floats, window: Window) -> Mask:
    """Return which instants lie in the window, half-open; NaN lies nowhere."""
    return (times_s >= window.from_s) & (times_s < window.to_s)
