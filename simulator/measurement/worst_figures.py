"""What the hours come to in which most jobs were Pending: see `measurement.worst_hours`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from simulator.measurement.spans import Spans
from simulator.records.columns import Floats, Ints

NOT_CONNECTED: Final = -1
"""What a slot is told of whose host neither runs nor boots, in place of a `SlotState`."""


class HeldSpans(NamedTuple):
    """When jobs held slots, (N,) each: which slot, as a row of those shown; whose folder.

    job and folder are -1 for a job that is not among the records.
    """

    slot: Ints
    job: Ints
    folder: Ints
    spans: Spans


class UnusableSpans(NamedTuple):
    """When slots were not usable, (N,) each: which slot, and its `SlotState` or NOT_CONNECTED."""

    slot: Ints
    state: Ints
    spans: Spans


@dataclass(frozen=True, slots=True)
class SlotStrip:
    """The slots of some hours that were least free, by host and number.

    host, slot: (S,), slots numbered as in `Occupancy`. left_out: slots that were there and are not
    shown; spans_left_out: spans of those shown that are not among `held`, the shortest.
    """

    host: Ints
    slot: Ints
    left_out: int
    held: HeldSpans
    spans_left_out: int
    unusable: UnusableSpans


@dataclass(frozen=True, slots=True)
class ListedJobs:
    """Jobs of these hours, (N,) each; times in seconds since origin, NaN where it did not happen.

    host and slot are the first that a job held, in these hours or later; -1 where it held none.
    left_out: jobs that are not listed.
    """

    job: Ints
    route: Ints
    host: Ints
    slot: Ints
    submitted_s: Floats
    pending_s: Floats
    started_s: Floats
    ended_s: Floats
    left_out: int


@dataclass(frozen=True, slots=True)
class WorstHours:
    """The hours from from_s to to_s, in seconds since origin.

    pending_s: the time that jobs were Pending in them, in all. folders: those told apart, by
    number, most first; pending: (folders + 1, cells), how many jobs of each were Pending in each
    part of these hours, the last row for all other folders.
    """

    from_s: float
    to_s: float
    pending_s: float
    folders: Ints
    pending: Floats
    strip: SlotStrip
    jobs: ListedJobs
