"""Whether records say what the engine's own meter says: Little's law and utilisation, exactly.

Over a window with its edges both are identities, not laws of large numbers: the number waiting,
added up over time, is the time that jobs waited, whoever came before the window or left after it.
Source: Little 2011, "Little's Law as Viewed on Its 50th Anniversary", Operations Research 59.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from simulator.measurement.checking.checks import Check, compared, rounding, worst
from simulator.measurement.chunks import parts_of
from simulator.measurement.spans import Spans
from simulator.records.columns import Records
from simulator.records.readings import Readings


class _Read(NamedTuple):
    """What the meter read at an instant of one kind of thing: how many there were, added up too."""

    at_s: float
    number: int
    total_s: float


def meter_checks(records: Records, readings: Readings) -> Iterator[Check]:
    """Yield whether waits, and slots held, come to what the meter read."""
    edges = (readings.window_from, readings.window_to)
    waited = [_Read(one.at_s, int(one.waiting.sum()), one.waited_s) for one in edges]
    yield from _checks("little", _waits(records), *waited)
    slots = [_Read(one.at_s, int(one.held.sum()), one.held_s) for one in edges]
    yield from _checks("slots", _held(records), *slots)


def _held(records: Records) -> Iterator[Spans]:
    """Yield all spans for which slots were held."""
    for _, held in parts_of(records.occupancy):
        yield Spans(held.from_s, held.to_s)


def _waits(records: Records) -> Iterator[Spans]:
    """Yield all waits, first and later ones, with the latency; those of refused jobs last 0 s."""
    for _, jobs in parts_of(records.jobs):
        yield Spans(jobs.submitted_s, jobs.submitted_s + jobs.pending_s)
    for _, breaks in parts_of(records.interruptions):
        back = ~np.isnan(breaks.back_s)
        until_s = np.where(np.isnan(breaks.again_s), records.end_s, breaks.again_s)
        yield Spans(breaks.back_s[back], until_s[back])


def _checks(kind: str, parts: Iterable[Spans], start: _Read, end: _Read) -> Iterator[Check]:
    """Yield the check of the time that spans last in the window, and of how many at its edges.

    The meter is read before anything else of an instant: what begins there is not counted yet, and
    what ends there still is.
    """
    length_s, number = 0.0, np.zeros(2, dtype=np.int64)
    for spans in parts:
        length_s += float(spans.within(start.at_s, end.at_s).length_s.sum())
        number += [
            np.count_nonzero((spans.from_s < one.at_s) & (spans.to_s >= one.at_s))
            for one in (start, end)
        ]
    metered_s, tolerance_s = end.total_s - start.total_s, rounding(end.total_s)
    yield compared(f"{kind}.time", length_s, metered_s, tolerance_s)
    names = ("the window's start", "the window's end")
    expected = np.array([start.number, end.number])
    yield worst(f"{kind}.edges", number, expected, names.__getitem__)
