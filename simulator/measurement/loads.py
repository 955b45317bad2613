"""Where the time of the window went: Pending, Running, slots, hosts and accounts busy."""

from __future__ import annotations

import numpy as np

from simulator.measurement.figures import Load
from simulator.measurement.scopes import Keys, Scope, looked_up, total_by
from simulator.measurement.spans import Spans, covered_s
from simulator.records.columns import (
    Availability,
    Floats,
    Ints,
    Jobs,
    Legend,
    Occupancy,
    Records,
    Window,
)


class Loads:
    """The time spent inside the window, added up once, for any scope.

    pending, running: the spans themselves, clipped to the window.
    """

    def __init__(self, legend: Legend, records: Records, keys: Keys) -> None:
        """Take the records, and the keys of their jobs."""
        window, spans, slots = legend.window, records.occupancy, records.availability
        hosts, accounts = keys.sizes["host"], keys.sizes["account"]
        runtimes = len(legend.names.runtimes)
        self.pending = _pending(records.jobs, window)
        self.running = _running(records.jobs, spans, window)
        self._pending_s = keys.totals(self.pending.length_s)
        self._running_s = _places(keys, spans).totals(self.running.length_s)
        outside, outside_s = _outside(spans, self.running)
        self._outside_s = total_by(outside.host, hosts, outside_s)
        self._outside_s_by_runtime = total_by(_runtimes(outside, slots), runtimes, outside_s)
        existing = Spans(slots.from_s, slots.to_s).within(window.from_s, window.to_s)
        slot_s = existing.length_s * slots.slots
        self._slot_s = total_by(slots.host, hosts, slot_s)
        self._slot_s_by_runtime = total_by(slots.runtime, runtimes, slot_s)
        self._host_s = covered_s(existing, slots.host, hosts)
        self._host_busy_s = covered_s(self.running, spans.host, hosts)
        self._account_busy_s = covered_s(self.running, spans.account, accounts)

    def of(self, scope: Scope) -> Load:
        """Return the time spent by each name of a scope."""
        nothing = np.zeros(len(scope.names))
        of_hosts, of_accounts = scope.key == "host", scope.scope == "account"
        is_runtime = scope.scope == "runtime"
        running_s = scope.total(self._running_s)
        outside_s = self._outside_s_by_runtime if is_runtime else _by_host(scope, self._outside_s)
        return Load(
            pending_s=scope.total(self._pending_s),
            running_s=running_s,
            busy_s=running_s + outside_s,
            slot_s=self._slot_s_by_runtime if is_runtime else _by_host(scope, self._slot_s),
            host_s=_by_host(scope, self._host_s) if of_hosts else nothing,
            host_busy_s=_by_host(scope, self._host_busy_s) if of_hosts else nothing,
            account_busy_s=self._account_busy_s if of_accounts else nothing,
        )


def _by_host(scope: Scope, seconds: Floats) -> Floats:
    """Return the hosts' seconds by the names of a scope that has slots; zeros in any other."""
    if scope.hosts is None:
        return np.zeros(len(scope.names))
    return total_by(scope.hosts, len(scope.names), seconds)


def _places(keys: Keys, occupancy: Occupancy) -> Keys:
    """Return the keys of occupancy spans: their job's route, and where it ran then.

    A span whose job is not among the records belongs to nothing.
    """
    known = occupancy.job >= 0
    route = looked_up(keys.columns["route"], occupancy.job)
    host, account = (np.where(known, column, -1) for column in (occupancy.host, occupancy.account))
    return Keys({"route": route, "host": host, "account": account}, keys.sizes)


def _outside(occupancy: Occupancy, running: Spans) -> tuple[Occupancy, Floats]:
    """Return the spans of jobs that are not among the records, and how long each ran."""
    rows = np.flatnonzero(occupancy.job < 0)
    job, host, slot, account = (
        column[rows]
        for column in (occupancy.job, occupancy.host, occupancy.slot, occupancy.account)
    )
    spans = Occupancy(job, host, slot, account, occupancy.from_s[rows], occupancy.to_s[rows])
    return spans, running.length_s[rows]


def _runtimes(occupancy: Occupancy, slots: Availability) -> Ints:
    """Return the runtime type of the slot that each span held.

    The slots of a host are numbered over its runtime types, in the order of its rows.
    """
    if not len(occupancy.slot):
        return occupancy.slot
    pools = np.sort(np.unique(np.stack([slots.host, slots.runtime]), axis=1, return_index=True)[1])
    ends = np.cumsum(slots.slots[pools])
    first_of_host = np.searchsorted(slots.host[pools], occupancy.host)
    before = np.append(0, ends)[first_of_host]
    return slots.runtime[pools][np.searchsorted(ends, before + occupancy.slot, side="right")]


def _pending(jobs: Jobs, window: Window) -> Spans:
    whole = Spans(jobs.submitted_s, jobs.submitted_s + jobs.pending_s)
    return whole.within(window.from_s, window.to_s)


def _running(jobs: Jobs, occupancy: Occupancy, window: Window) -> Spans:
    """Return the part of each occupancy in which its job ran.

    From the match to the job's start (`dispatch.latency`) a slot is held, but executes nothing; of
    a job that never came to start, that is all there is. Where the job is not among the records,
    the span has been cut to what it ran.
    """
    started_s = np.append(jobs.started_s, -np.inf)[occupancy.job]
    ran = Spans(np.fmin(np.maximum(occupancy.from_s, started_s), occupancy.to_s), occupancy.to_s)
    return ran.within(window.from_s, window.to_s)
