"""The slots of some hours, span by span: what held each, and when it was out of use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt

from simulator.measurement.chunks import rows_where
from simulator.measurement.figures import EXISTING
from simulator.measurement.scopes import Mask, total_by
from simulator.measurement.spans import Spans
from simulator.measurement.worst_figures import (
    NOT_CONNECTED,
    HeldSpans,
    SlotStrip,
    UnusableSpans,
)
from simulator.records.codes import SlotState
from simulator.records.columns import NONE, Availability, Legend, Names, Occupancy, Records

_Spans = TypeVar("_Spans", Occupancy, Availability)

MOST_SLOTS: Final = 24
"""Slots that are shown: those that were least free."""

MOST_SPANS: Final = 1000
"""Spans of them that jobs held: the longest."""


def slot_strip(legend: Legend, records: Records, span: tuple[float, float]) -> SlotStrip:
    """Return the slots between two instants, in seconds since origin."""
    places = _Places(legend.names)
    held = _held(legend, records, places, span)
    states = _states(records.availability, places, span)
    chosen, left_out = _least_free(held, states, len(places))
    row = np.full(len(places), NONE, dtype=np.int32)
    row[chosen] = np.arange(len(chosen), dtype=np.int32)
    shown = held._replace(slot=row[held.slot])
    kept = np.flatnonzero(shown.slot >= 0)
    longest = kept[np.argsort(-held.spans.length_s[kept], kind="stable")[:MOST_SPANS]]
    rows = np.sort(longest)
    return SlotStrip(
        host=places.host[chosen],
        slot=(chosen - places.first[places.host[chosen]]).astype(np.int32),
        left_out=left_out,
        held=HeldSpans(shown.slot[rows], shown.job[rows], shown.folder[rows], shown.spans.of(rows)),
        spans_left_out=len(kept) - len(rows),
        unusable=_unusable(states._replace(slot=row[states.slot]), len(chosen), span),
    )


class _Places:
    """Every slot there may be, numbered host by host.

    first: (H + 1,), the number of each host's first one; host: of each slot. begin, size:
    (machines, runtime types), where in a host the slots of a runtime type begin, and how many.
    """

    def __init__(self, names: Names) -> None:
        shape = (len(names.machine_slots), len(names.runtimes))
        self.begin, self.size = np.zeros(shape, np.int32), np.zeros(shape, np.int32)
        for machine, pools in enumerate(names.machine_slots):
            begin = 0
            for runtime, slots in pools:
                self.begin[machine, runtime], self.size[machine, runtime] = begin, slots
                begin += slots
        self.machine = np.array(names.host_machine, dtype=np.int32)
        of_hosts = self.size.sum(axis=1)[self.machine]
        self.first = np.concatenate(([0], np.cumsum(of_hosts)))
        self.host = np.repeat(np.arange(len(of_hosts), dtype=np.int32), of_hosts)

    def __len__(self) -> int:
        """Return how many slots there are."""
        return len(self.host)


def _held(
    legend: Legend, records: Records, places: _Places, span: tuple[float, float]
) -> HeldSpans:
    """Return what was held between two instants, of all slots, clipped to them."""
    held, jobs = records.occupancy, records.jobs
    rows = _touching(held, span)
    job = held.job[rows]
    folder = np.full(len(job), NONE, dtype=np.int32)
    folder[job >= 0] = legend.routes.folder[jobs.route[job[job >= 0]]]
    slot = (places.first[held.host[rows]] + held.slot[rows]).astype(np.int32)
    return HeldSpans(slot, job, folder, Spans(held.from_s[rows], held.to_s[rows]).within(*span))


def _states(rows: Availability, places: _Places, span: tuple[float, float]) -> UnusableSpans:
    """Return in which state each slot was between two instants, a row a slot and span.

    Of a host's slots of one runtime type the last ones are those without a licence.
    """
    touching = _touching(rows, span)
    host, runtime, slots = rows.host[touching], rows.runtime[touching], rows.slots[touching]
    state, machine = rows.state[touching].astype(np.int32), places.machine[host]
    first = places.first[host] + places.begin[machine, runtime]
    unlicensed = state == SlotState.UNLICENSED.value
    first = first + np.where(unlicensed, places.size[machine, runtime] - slots, 0)
    each = np.repeat(np.arange(len(slots)), slots)
    offset = np.arange(len(each)) - np.repeat(np.cumsum(slots) - slots, slots)
    spans = Spans(rows.from_s[touching], rows.to_s[touching]).within(*span)
    return UnusableSpans((first[each] + offset).astype(np.int32), state[each], spans.of(each))


def _touching(rows: _Spans, span: tuple[float, float]) -> npt.NDArray[np.intp]:
    """Return the rows of which some part lies between two instants."""

    def touches(part: _Spans) -> Mask:
        found: Mask = (part.from_s < span[1]) & (part.to_s > span[0]) & (part.from_s < part.to_s)
        return found

    return rows_where(rows, touches)


def _least_free(
    held: HeldSpans, states: UnusableSpans, size: int
) -> tuple[npt.NDArray[np.intp], int]:
    """Return the slots to show, in their order, and how many more were there at all."""
    held_s = total_by(held.slot, size, held.spans.length_s)
    exists = np.isin(states.state, EXISTING)
    there_s = total_by(states.slot[exists], size, states.spans.length_s[exists])
    usable = states.state == SlotState.USABLE.value
    usable_s = total_by(states.slot[usable], size, states.spans.length_s[usable])
    busy_s = np.minimum(held_s + there_s - usable_s, np.maximum(there_s, held_s))
    there = np.flatnonzero((held_s > 0) | (there_s > 0))
    chosen = there[np.argsort(-busy_s[there], kind="stable")[:MOST_SLOTS]]
    return np.sort(chosen), len(there) - len(chosen)


def _unusable(states: UnusableSpans, slots: int, span: tuple[float, float]) -> UnusableSpans:
    """Return when the slots shown were in any state but usable, or in none, slot by slot."""
    found = [one for slot in range(slots) for one in _of_slot(states, slot, span)]
    columns = np.array(found, dtype=np.float64).reshape(-1, 4).T
    slot, state = columns[:2].astype(np.int32)
    return UnusableSpans(slot, state, Spans(columns[2], columns[3]))


def _of_slot(
    states: UnusableSpans, slot: int, span: tuple[float, float]
) -> Iterator[tuple[int, int, float, float]]:
    rows = np.flatnonzero(states.slot == slot)
    last_s, end_s = span
    for row in rows[np.argsort(states.spans.from_s[rows], kind="stable")].tolist():
        from_s, to_s = float(states.spans.from_s[row]), float(states.spans.to_s[row])
        if from_s > last_s:
            yield slot, NOT_CONNECTED, last_s, from_s
        if states.state[row] != SlotState.USABLE.value:
            yield slot, int(states.state[row]), from_s, to_s
        last_s = max(last_s, to_s)
    if last_s < end_s:
        yield slot, NOT_CONNECTED, last_s, end_s
