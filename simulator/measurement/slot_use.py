"""Slots in use: by jobs that are not among the records too, and how many of them at most."""

from __future__ import annotations

import numpy as np

from simulator.measurement.scopes import Scope, total_by
from simulator.measurement.spans import Spans, Timeline
from simulator.records.columns import Floats, Ints, Legend, Names, Occupancy


class SlotUse:
    """How slots were used inside the window, added up once, for any scope."""

    def __init__(self, legend: Legend) -> None:
        self._names, self._window = legend.names, legend.window
        names = legend.names
        hosts, runtimes = len(names.hosts), len(names.runtimes)
        self._host_busy_s, self._account_busy_s = np.zeros(hosts), np.zeros(len(names.accounts))
        self._outside_s, self._outside_s_by_runtime = np.zeros(hosts), np.zeros(runtimes)
        self._most_held = {
            "machine": np.zeros(len(names.machines)),
            "host": np.zeros(hosts),
            "runtime": np.zeros(runtimes),
        }

    def add(self, held: Occupancy, running: Spans) -> None:
        """Take in the spans of a slice of time for which slots were held.

        running: the part of each in which a job ran, inside the window.
        """
        names, window = self._names, self._window
        busy = Timeline(running)
        on_hosts = busy.by(held.host, len(names.hosts))
        self._host_busy_s += on_hosts.covered_s()
        self._account_busy_s += busy.by(held.account, len(names.accounts)).covered_s()
        if (held.from_s < held.ran_from_s).any():  # some waited out the dispatch latency
            busy = Timeline(Spans(held.from_s, held.to_s).within(window.from_s, window.to_s))
            on_hosts = busy.by(held.host, len(names.hosts))
        machine, runtime = np.array(names.host_machine, dtype=np.int32), _runtimes(names, held)
        self._hold("host", on_hosts.most())
        self._hold("machine", busy.by(machine[held.host], len(names.machines)).most())
        self._hold("runtime", busy.by(runtime, len(names.runtimes)).most())
        outside = held.job < 0
        outside_s = running.length_s[outside]
        self._outside_s += total_by(held.host[outside], len(names.hosts), outside_s)
        self._outside_s_by_runtime += total_by(runtime[outside], len(names.runtimes), outside_s)

    def _hold(self, scope: str, most: Floats) -> None:
        np.maximum(self._most_held[scope], most, out=self._most_held[scope])

    def outside_s(self, scope: Scope) -> Floats:
        """Return how long jobs ran, by the names of a scope, that are not among the records."""
        if scope.scope == "runtime":
            return self._outside_s_by_runtime
        return scope.of_hosts(self._outside_s)

    def host_busy_s(self, scope: Scope) -> Floats:
        """Return how long the hosts of each name had a slot busy; zeros where it has none."""
        return scope.of_hosts(self._host_busy_s)

    def account_busy_s(self, scope: Scope) -> Floats:
        """Return how long each account had a job running under it; zeros in any other scope."""
        return self._account_busy_s if scope.scope == "account" else np.zeros(len(scope.names))

    def most_held(self, scope: Scope) -> Floats:
        """Return the most slots held at once; zeros in a scope that has no licences of its own."""
        return self._most_held.get(scope.scope, np.zeros(len(scope.names)))


def _runtimes(names: Names, held: Occupancy) -> Ints:
    """Return the runtime type of the slot that each span held, (J,).

    The hosts of a machine number their slots alike, over its runtime types one after the other.
    """
    pools = np.array([pool for slots in names.machine_slots for pool in slots], dtype=np.int32)
    runtime, slots = pools.reshape(-1, 2).T
    ends = np.cumsum(slots)
    pools_of = np.cumsum([0, *(len(slots) for slots in names.machine_slots)])
    before = np.append(0, ends)[pools_of]  # each machine, counted as if with one host
    machine = np.array(names.host_machine, dtype=np.int32)[held.host]
    found: Ints = runtime[np.searchsorted(ends, before[machine] + held.slot, side="right")]
    return found
