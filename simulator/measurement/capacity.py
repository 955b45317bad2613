"""What there was to run jobs on: slots, by whether they could be used, and hosts."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from simulator.measurement.figures import EXISTING, Capacity
from simulator.measurement.scopes import Groups, Scope, total_by
from simulator.measurement.spans import Spans, Timeline
from simulator.records.codes import SlotState
from simulator.records.columns import Availability, Floats, Legend

_STATES: Final = len(SlotState)


class Capacities:
    """The time of slots and hosts inside the window, added up once, for any scope."""

    def __init__(self, legend: Legend, rows: Availability) -> None:
        """Take the spans in which slots were in each state."""
        names, window = legend.names, legend.window
        spans = Spans(rows.from_s, rows.to_s).within(window.from_s, window.to_s)
        slots_s = spans.length_s * rows.slots
        self._by_host = _by_state(rows.host, len(names.hosts), rows, slots_s)
        self._by_runtime = _by_state(rows.runtime, len(names.runtimes), rows, slots_s)
        self._hosts_s = _hosts_s(rows, spans, len(names.hosts))

    def of(self, scope: Scope) -> Capacity:
        """Return what there was for each name of a scope."""
        is_runtime = scope.scope == "runtime"
        host_s, connected_s, hired_s = scope.of_hosts(self._hosts_s).T
        return Capacity(
            slots_s=self._by_runtime if is_runtime else scope.of_hosts(self._by_host),
            host_s=host_s,
            connected_s=connected_s,
            hired_s=hired_s,
        )


def _by_state(groups: Groups, size: int, rows: Availability, slots_s: Floats) -> Floats:
    """Return the slot-time of each group in each state, (size, S)."""
    cells = groups.astype(np.int64) * _STATES + rows.state
    return total_by(cells, size * _STATES, slots_s).reshape(size, _STATES)


def _hosts_s(rows: Availability, spans: Spans, hosts: int) -> Floats:
    """Return how long each host had slots that existed, was connected, and was that or booted.

    (H, 3). Its pools may be in different states at once, so each is the union of their spans.
    """
    timeline = Timeline(spans)

    def covered_s(counts: npt.NDArray[np.bool_]) -> Floats:
        return timeline.by(np.where(counts, rows.host, np.int32(-1)), hosts).covered_s()

    exists = np.isin(rows.state, EXISTING)
    connected = rows.state != SlotState.BOOTING.value
    return np.stack([covered_s(which) for which in (exists, connected, connected | True)], axis=1)
