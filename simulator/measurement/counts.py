"""How many jobs were submitted, refused, started, and how they ended; how many items came."""

from __future__ import annotations

from typing import Final

import numpy as np

from simulator.measurement.figures import Counts as Numbers
from simulator.measurement.figures import JobCounts
from simulator.measurement.scopes import Keys, Mask, Scope
from simulator.records.codes import FiringOutcome, ItemStatus, JobState
from simulator.records.columns import Floats, Jobs, Legend, QueueItems, TriggerLog, Window

_STATES: Final = {
    "refused": JobState.REFUSED.value,
    "successful": JobState.SUCCESSFUL.value,
    "faulted": JobState.FAULTED.value,
    "stopped": JobState.STOPPED.value,
    "expired": JobState.EXPIRED.value,
}


class Counts:
    """The numbers of jobs, counted once, for any scope.

    submissions, refusals: (routes,). executions: (K, 3), route, account, jobs that started; not
    those that found their session busy and faulted under no account.
    """

    def __init__(self, jobs: Jobs, keys: Keys, window: Window) -> None:
        """Count the jobs submitted in the window, and those that ran and ended in it."""
        observed = inside(jobs.submitted_s, window)
        started = ~np.isnan(jobs.started_s)
        chosen = {
            "submitted": observed,
            "started": observed & started,
            "ended": started & inside(jobs.ended_s, window),
            **{name: observed & (jobs.state == state) for name, state in _STATES.items()},
        }
        self._totals = {name: keys.of(rows).totals() for name, rows in chosen.items()}
        self.submissions = self._totals["submitted"]["route"].astype(np.int64)
        self.refusals = self._totals["refused"]["route"].astype(np.int64)
        self.executions = _executions(keys.of(chosen["started"] & (jobs.account >= 0)))

    def of(self, scope: Scope) -> JobCounts:
        """Return the numbers of jobs of each name of a scope."""
        return JobCounts(**{name: scope.total(totals) for name, totals in self._totals.items()})


def _executions(started: Keys) -> Numbers:
    """Return how often jobs of each route started under each account, (K, 3), in order."""
    accounts = started.sizes["account"]
    pairs = started.columns["route"].astype(np.int64) * accounts + started.columns["account"]
    under, jobs = np.unique(pairs, return_counts=True)
    return np.stack([under // max(accounts, 1), under % max(accounts, 1), jobs], axis=1)


def firings_of(legend: Legend, log: TriggerLog) -> Numbers:
    """Return how often each source's firings had each outcome, (sources, outcomes)."""
    found: Numbers = np.zeros((len(legend.names.sources), len(FiringOutcome)), dtype=np.int64)
    np.add.at(found, (log.source, log.outcome), 1)
    return found


def additions_of(legend: Legend, items: QueueItems) -> tuple[Numbers, Numbers]:
    """Return the items added in the window by item route, and the refused ones among them.

    (item routes,) each. A retry is not counted: nobody adds it.
    """
    added = (items.retry == 0) & inside(items.added_s, legend.window)
    refused = added & (items.status == ItemStatus.REFUSED.value)
    routes = len(legend.item_routes.arrival)
    return (
        np.bincount(items.route[added], minlength=routes).astype(np.int64),
        np.bincount(items.route[refused], minlength=routes).astype(np.int64),
    )


def inside(times_s: Floats, window: Window) -> Mask:
    """Return which instants lie in the window, half-open; NaN lies nowhere."""
    return (times_s >= window.from_s) & (times_s < window.to_s)
