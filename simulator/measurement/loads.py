"""Where the time of the window went: Pending, Running, slots, hosts and accounts busy."""

from __future__ import annotations

import numpy as np

from simulator.measurement.figures import Load
from simulator.measurement.interruptions import Absences
from simulator.measurement.scopes import Keys, Scope, looked_up
from simulator.measurement.slot_use import SlotUse
from simulator.measurement.spans import Spans
from simulator.records.columns import Jobs, Legend, Occupancy, Records, Window


class Loads:
    """The time spent inside the window, added up once, for any scope.

    pending, running: the spans themselves, clipped to the window.
    """

    def __init__(self, legend: Legend, records: Records, keys: Keys) -> None:
        """Take the records, and the keys of their jobs."""
        window, spans = legend.window, records.occupancy
        self.pending = _pending(records.jobs, window)
        self.running = Spans(spans.ran_from_s, spans.to_s).within(window.from_s, window.to_s)
        self._pending_s = keys.totals(self.pending.length_s)
        self._running_s = _places(keys, spans).totals(self.running.length_s)
        self._slots = SlotUse(legend, spans, self.running)

    def of(self, scope: Scope, absences: Absences) -> Load:
        """Return the time spent by each name of a scope."""
        running_s = scope.total(self._running_s)
        return Load(
            pending_s=scope.total(self._pending_s),
            suspended_s=absences.suspended_s(scope),
            resumed_s=absences.resumed_s(scope),
            running_s=running_s,
            busy_s=running_s + self._slots.outside_s(scope),
            host_busy_s=self._slots.host_busy_s(scope),
            account_busy_s=self._slots.account_busy_s(scope),
            most_held=self._slots.most_held(scope),
        )


def _places(keys: Keys, occupancy: Occupancy) -> Keys:
    """Return the keys of occupancy spans: their job's route, and where it ran then.

    A span whose job is not among the records belongs to nothing.
    """
    known = occupancy.job >= 0
    route = looked_up(keys.columns["route"], occupancy.job)
    host, account = (np.where(known, column, -1) for column in (occupancy.host, occupancy.account))
    return Keys({"route": route, "host": host, "account": account}, keys.sizes)


def _pending(jobs: Jobs, window: Window) -> Spans:
    whole = Spans(jobs.submitted_s, jobs.submitted_s + jobs.pending_s)
    return whole.within(window.from_s, window.to_s)
