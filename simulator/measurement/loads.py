"""Where the time of the window went: Pending, Running, slots, hosts and accounts busy."""

from __future__ import annotations

import numpy as np

from simulator.measurement.chunks import parts_of
from simulator.measurement.figures import Load
from simulator.measurement.halves import edges_of_halves
from simulator.measurement.hours import local_hours
from simulator.measurement.interruptions import Absences
from simulator.measurement.scopes import Keys, Scope, Totals, added
from simulator.measurement.slices import held_slices
from simulator.measurement.slot_use import SlotUse
from simulator.measurement.spans import Spans, integrals
from simulator.records.columns import Jobs, Legend, Occupancy, Records


class Loads:
    """The time spent inside the window, added up once, for any scope.

    pending_s, running_s: that of Pending and of Running jobs in each of the window's `local_hours`;
    halves_s: that of Pending jobs between the edges of its halves.
    """

    def __init__(self, legend: Legend, records: Records, keys: Keys) -> None:
        """Take the records, and the keys of their jobs."""
        self._window, self._slots = legend.window, SlotUse(legend)
        self._hours, self._halves = local_hours(legend.window).edges, edges_of_halves(legend.window)
        nobody = keys.of(slice(0)).totals()
        self._pending_s: Totals = nobody
        self._running_s: Totals = nobody
        self.pending_s, self.running_s = np.zeros((2, len(self._hours) - 1))
        self.halves_s = np.zeros(len(self._halves) - 1)
        for rows, jobs in parts_of(records.jobs):
            self._add_waits(jobs, keys.of(rows))
        for held in held_slices(records):
            self._add_spans(held, keys)

    def _add_waits(self, jobs: Jobs, keys: Keys) -> None:
        whole = Spans(jobs.submitted_s, jobs.submitted_s + jobs.pending_s)
        pending = whole.within(self._window.from_s, self._window.to_s)
        self._pending_s = added(self._pending_s, keys.totals(pending.length_s))
        self.pending_s += integrals(pending, self._hours)
        self.halves_s += integrals(pending, self._halves)

    def _add_spans(self, held: Occupancy, keys: Keys) -> None:
        running = Spans(held.ran_from_s, held.to_s).within(self._window.from_s, self._window.to_s)
        self._running_s = added(self._running_s, _places(keys, held).totals(running.length_s))
        self.running_s += integrals(running, self._hours)
        self._slots.add(held, running)

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
    route = np.full(len(known), -1, dtype=np.int32)
    route[known] = keys.columns["route"][occupancy.job[known]]
    host, account = (np.where(known, column, -1) for column in (occupancy.host, occupancy.account))
    return Keys({"route": route, "host": host, "account": account}, keys.sizes)
