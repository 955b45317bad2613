"""Where the time of the window went: Pending, Running, slots, hosts and accounts busy."""

from __future__ import annotations

import numpy as np

from simulator.measurement.figures import Load
from simulator.measurement.scopes import Keys, Scope, total_by
from simulator.measurement.spans import Spans, covered_s
from simulator.records.columns import Floats, Jobs, Legend, Occupancy, Records, Window


class Loads:
    """The time spent inside the window, added up once, for any scope.

    pending, running: the spans themselves, clipped to the window.
    """

    def __init__(self, legend: Legend, records: Records, keys: Keys) -> None:
        """Take the records, and the keys of their jobs."""
        window, spans, slots = legend.window, records.occupancy, records.availability
        hosts, accounts = keys.sizes["host"], keys.sizes["account"]
        self.pending = _pending(records.jobs, window)
        self.running = _running(records.jobs, spans, window)
        self._pending_s = keys.totals(self.pending.length_s)
        self._running_s = _places(keys, spans).totals(self.running.length_s)
        existing = Spans(slots.from_s, slots.to_s).within(window.from_s, window.to_s)
        slot_s = existing.length_s * slots.slots
        self._slot_s = total_by(slots.host, hosts, slot_s)
        self._slot_s_by_runtime = total_by(slots.runtime, len(legend.names.runtimes), slot_s)
        self._host_s = covered_s(existing, slots.host, hosts)
        self._host_busy_s = covered_s(self.running, spans.host, hosts)
        self._account_busy_s = covered_s(self.running, spans.account, accounts)

    def of(self, scope: Scope) -> Load:
        """Return the time spent by each name of a scope."""
        of_accounts = scope.scope == "account"
        return Load(
            pending_s=scope.total(self._pending_s),
            running_s=scope.total(self._running_s),
            slot_s=self._slot_time(scope),
            host_s=_by_host(scope, self._host_s),
            host_busy_s=_by_host(scope, self._host_busy_s),
            account_busy_s=self._account_busy_s if of_accounts else np.zeros(len(scope.names)),
        )

    def _slot_time(self, scope: Scope) -> Floats:
        if scope.scope == "tenant":
            return np.array([self._slot_s.sum()])
        if scope.scope == "runtime":
            return self._slot_s_by_runtime
        return _by_host(scope, self._slot_s)


def _by_host(scope: Scope, seconds: Floats) -> Floats:
    """Return the hosts' seconds by machine or host; zeros in any other scope."""
    if scope.key != "host":
        return np.zeros(len(scope.names))
    return total_by(scope.place, len(scope.names), seconds)


def _places(keys: Keys, occupancy: Occupancy) -> Keys:
    """Return the keys of occupancy spans: their job's route, and where it ran then."""
    route = keys.columns["route"][occupancy.job]
    return Keys({"route": route, "host": occupancy.host, "account": occupancy.account}, keys.sizes)


def _pending(jobs: Jobs, window: Window) -> Spans:
    whole = Spans(jobs.submitted_s, jobs.submitted_s + jobs.pending_s)
    return whole.within(window.from_s, window.to_s)


def _running(jobs: Jobs, occupancy: Occupancy, window: Window) -> Spans:
    """Return the part of each occupancy in which its job ran.

    From the match to the job's start (`dispatch.latency`) a slot is held, but executes nothing; of
    a job that never came to start, that is all there is.
    """
    ran_from_s = np.maximum(occupancy.from_s, jobs.started_s[occupancy.job])
    ran = Spans(np.fmin(ran_from_s, occupancy.to_s), occupancy.to_s)
    return ran.within(window.from_s, window.to_s)
