"""Machines whose hosts come and go, or go out of use: how many there were, and what that cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.measurement.chunks import Rows
from simulator.measurement.figures import Presence
from simulator.measurement.hours import local_hours, mean_by_hour, mean_slots
from simulator.measurement.scopes import short
from simulator.measurement.slices import waiting_slices
from simulator.measurement.spans import Spans, integrals
from simulator.measurement.steps import (
    Changes,
    Steps,
    changes,
    combined,
    seconds_by_value,
    spans_present,
)
from simulator.records.codes import SlotState
from simulator.records.columns import Availability, Floats, Legend, Occupancy, Records, Window


@dataclass(frozen=True, slots=True)
class Watched:
    """A machine to look at: its number, its hosts at most and at least, and who may run there.

    `routes` are those whose jobs it could run.
    """

    machine: int
    least: int
    most: int
    routes: tuple[int, ...]


def presences_of(
    legend: Legend, records: Records, watched: Sequence[Watched]
) -> tuple[Presence, ...]:
    """Return how each machine's hosts came and went in one replication."""
    found = [_Watching(legend, records, one) for one in watched]
    if not found:
        return ()
    machine_of = np.array(legend.names.host_machine, dtype=np.int32)
    for held, jobs, pending in waiting_slices(records):
        waiting = _waiting(legend, records, held, jobs, pending)
        machine = short(machine_of[held.host], len(legend.names.machines))
        order = np.argsort(machine, kind="stable")
        first = np.searchsorted(machine[order], np.arange(len(legend.names.machines) + 1))
        running = Spans(held.ran_from_s, held.to_s)
        for one in found:
            rows = order[first[one.number] : first[one.number + 1]]
            one.add(running.of(rows), waiting)
    return tuple(one.presence() for one in found)


class _Watching:
    """How the hosts of one machine came and went; its jobs are taken in slice by slice of time."""

    def __init__(self, legend: Legend, records: Records, watched: Watched) -> None:
        self.number, self._watched, self._window = watched.machine, watched, legend.window
        its_own = np.array(legend.names.host_machine, dtype=np.int32) == watched.machine
        self._hosts = np.flatnonzero(its_own).tolist()
        self._rows = rows = _of_hosts(records.availability, its_own)
        self._connected = rows.state != SlotState.BOOTING.value
        self._booked = _there(rows, np.ones_like(self._connected), len(its_own))
        self._there = _there(rows, self._connected, len(its_own))
        self._taken = self._booked.total_of(self._hosts)
        self._busy_s = np.zeros(len(local_hours(legend.window).hour))
        self._full_s = 0.0

    def add(self, running: Spans, waiting: Changes) -> None:
        """Take in when jobs ran on the machine, and how many of each route wait for a slot."""
        window, most = self._window, self._watched.most
        full = combined(
            lambda taken, anybody: ((taken >= most) & (anybody > 0)).astype(np.int32),
            self._taken,
            waiting.any_of(self._watched.routes),
        )
        self._full_s += _lasting_s(full, window)
        inside = running.within(window.from_s, window.to_s)
        self._busy_s += integrals(inside, local_hours(window).edges)

    def presence(self) -> Presence:
        window, hosts = self._window, self._there.total_of(self._hosts)
        changed = hosts.at_s[(hosts.at_s > window.from_s) & (hosts.at_s < window.to_s)]
        numbers = hosts.over(np.append(window.from_s, changed))
        return Presence(
            fewest=float(numbers.min()),
            most=float(numbers.max()),
            boots=_boots(_begun_s(self._rows, self._booked), self._watched.least, window),
            full_s=self._full_s,
            hours_slots=mean_slots(self._rows, window),
            hours_busy=mean_by_hour(self._busy_s, window),
        )


def _of_hosts(rows: Availability, hosts: npt.NDArray[np.bool_]) -> Availability:
    kept = hosts[rows.host]
    return Availability(
        host=rows.host[kept],
        runtime=rows.runtime[kept],
        slots=rows.slots[kept],
        from_s=rows.from_s[kept],
        to_s=rows.to_s[kept],
        state=rows.state[kept],
    )


def _there(rows: Availability, kept: npt.NDArray[np.bool_], size: int) -> Changes:
    """Return when each host has at least one of the rows kept."""
    return spans_present(Spans(rows.from_s[kept], rows.to_s[kept]), rows.host[kept], size)


def _waiting(
    legend: Legend, records: Records, held: Occupancy, jobs: Rows, pending: Spans
) -> Changes:
    """Return how many jobs of each route are Pending in a slice of time, without a slot.

    A job that waits out the dispatch latency holds its slot already.
    """
    every, latency = records.jobs, np.flatnonzero((held.job >= 0) & (held.from_s < held.ran_from_s))
    first = every.submitted_s[held.job[latency]] + every.pending_s[held.job[latency]]
    latency = latency[held.from_s[latency] < first]
    route, of_latency = every.route[jobs], every.route[held.job[latency]]
    at_s = (*pending, held.ran_from_s[latency], held.from_s[latency])
    sizes = [len(jobs)] * 2 + [len(latency)] * 2
    by = np.repeat(np.array([1, -1, 1, -1], dtype=np.int8), sizes)
    things = np.concatenate((route, route, of_latency, of_latency))
    return changes(np.concatenate(at_s), things, by, len(legend.routes.folder))


def _lasting_s(steps: Steps, window: Window) -> float:
    """Return how long a function is not zero inside a window."""
    span = Spans(np.array([window.from_s]), np.array([window.to_s]))
    return float(sum(seconds[0] for value, seconds in seconds_by_value(span, steps) if value))


def _begun_s(rows: Availability, there: Changes) -> Floats:
    """Return when each host began to boot, or was there from the start.

    One that is stopped and boots again in the same instant is there throughout, and begins anew.
    """
    begins, ends = (rows.host + 1j * times_s for times_s in (rows.from_s, rows.to_s))
    boots = rows.state == SlotState.BOOTING.value
    anew = np.unique(begins[boots & np.isin(begins, ends)])
    return np.append(there.at_s[there.by > 0], anew.imag)


def _boots(begun_s: Floats, least: int, window: Window) -> int:
    """Return how many hosts began to boot in a window; those there from the start did not."""
    inside = begun_s[(begun_s >= window.from_s) & (begun_s < window.to_s)]
    at_start = int((inside == 0).sum())
    return len(inside) - at_start + max(at_start - least, 0)
