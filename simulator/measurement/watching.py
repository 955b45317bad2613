"""Machines whose hosts come and go, or go out of use: how many there were, and what that cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.measurement.figures import Presence
from simulator.measurement.hours import mean_numbers, mean_slots
from simulator.measurement.spans import Spans
from simulator.measurement.steps import (
    Changes,
    Steps,
    combined,
    presences,
    seconds_by_value,
    spans_present,
)
from simulator.records.codes import SlotState
from simulator.records.columns import Availability, Floats, Legend, Records, Window


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
    return tuple(_presence(legend, records, one) for one in watched)


def _presence(legend: Legend, records: Records, watched: Watched) -> Presence:
    window, machine_of = legend.window, np.array(legend.names.host_machine, dtype=np.int32)
    its_own = machine_of == watched.machine
    rows = _of_hosts(records.availability, its_own)
    connected = rows.state != SlotState.BOOTING.value
    booked = _hosts(rows, np.ones_like(connected), len(its_own))
    full = combined(
        lambda taken, waiting: ((taken >= watched.most) & (waiting > 0)).astype(np.int32),
        booked.total_of(np.flatnonzero(its_own).tolist()),
        _waiting(records, watched),
    )
    hosts = _hosts(rows, connected, len(its_own)).total_of(np.flatnonzero(its_own).tolist())
    changed = hosts.at_s[(hosts.at_s > window.from_s) & (hosts.at_s < window.to_s)]
    numbers = hosts.over(np.append(window.from_s, changed))
    return Presence(
        fewest=float(numbers.min()),
        most=float(numbers.max()),
        boots=_boots(_begun_s(rows, booked), watched.least, window),
        full_s=_lasting_s(full, window),
        hours_slots=mean_slots(rows, window),
        hours_busy=mean_numbers(_busy(records, its_own, window), window),
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


def _hosts(rows: Availability, kept: npt.NDArray[np.bool_], size: int) -> Changes:
    """Return when each host has at least one of the rows kept."""
    return spans_present(Spans(rows.from_s[kept], rows.to_s[kept]), rows.host[kept], size)


def _busy(records: Records, hosts: npt.NDArray[np.bool_], window: Window) -> Spans:
    """Return the part in the window of the spans in which a job was Running on these hosts."""
    held = records.occupancy
    kept = hosts[held.host]
    return Spans(held.ran_from_s[kept], held.to_s[kept]).within(window.from_s, window.to_s)


def _waiting(records: Records, watched: Watched) -> Steps:
    """Return 1 whenever at least one job without a slot is Pending that the machine could run.

    Else 0. A job that waits out the dispatch latency holds its slot already.
    """
    jobs, held = records.jobs, records.occupancy
    could = np.isin(jobs.route, watched.routes) & (jobs.pending_s > 0)
    from_s, to_s = jobs.submitted_s, jobs.submitted_s + jobs.pending_s
    first = np.flatnonzero((held.job >= 0) & (held.from_s < held.ran_from_s))
    first = first[could[held.job[first]] & (held.from_s[first] < to_s[held.job[first]])]
    begins_s = from_s[could], held.ran_from_s[first]
    ends_s = to_s[could], held.from_s[first]
    at_s = np.concatenate((*begins_s, *ends_s))
    by = np.repeat(np.array([1, -1], dtype=np.int8), len(at_s) // 2)
    return presences(at_s, np.zeros(len(at_s), dtype=np.int32), by, 1).total_of([0])


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
