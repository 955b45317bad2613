"""What every pool of slots had to offer at each moment, and which accounts were taken."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.measurement.scopes import Groups, Mask, short
from simulator.measurement.spans import Spans
from simulator.measurement.steps import Changes, changes_of, presences, spans_present
from simulator.plan.places import Pool
from simulator.records.codes import SlotState
from simulator.records.columns import Availability, Floats, Legend, Occupancy, Records


class Numbers(NamedTuple):
    """Spans, (N,), in which there is one and the same number of something at a thing."""

    spans: Spans
    thing: Groups
    number: npt.NDArray[np.integer[Any]]


def free_slots(pools: Sequence[Pool], records: Records) -> Changes:
    """Return when each pool has a slot that is in service and free.

    A pool in maintenance has none, though jobs may still run there and end.
    """
    held, rows = records.occupancy, records.availability
    usable = rows.state == SlotState.USABLE.value
    slots = rows.slots[usable]
    ones = np.ones(len(held.job), dtype=np.int32)
    pool, of_rows = pools_held(pools, held), pools_of_rows(pools, rows)[usable]
    return presences(
        np.concatenate((rows.from_s[usable], held.from_s, held.to_s, rows.to_s[usable])),
        np.concatenate((of_rows, pool, pool, of_rows)),
        np.concatenate((slots, -ones, ones, -slots)),
        len(pools),
    )


def free_in(pools: Sequence[Pool], records: Records, state: SlotState) -> Numbers:
    """Return when how many slots of each pool were in a state of existing slots, and free.

    Jobs that run on in maintenance hold theirs.
    """
    held, rows = records.occupancy, records.availability
    kept = rows.state == state.value
    slots, ones = rows.slots[kept], np.ones(len(held.job), dtype=np.int32)
    pool, of_rows = pools_held(pools, held), pools_of_rows(pools, rows)[kept]
    at_s = np.concatenate((rows.from_s[kept], rows.to_s[kept], held.from_s, held.to_s))
    things = short(np.concatenate((of_rows, of_rows, pool, pool)), len(pools))
    order = np.lexsort((at_s, things))
    at_s, things = at_s[order], things[order]
    nothing = np.zeros(2 * len(ones), dtype=np.int32)
    in_state = np.cumsum(np.concatenate((slots, -slots, nothing))[order])
    taken = np.cumsum(np.concatenate((0 * slots, 0 * slots, ones, -ones))[order])
    free = np.maximum(in_state - taken, 0)[:-1]
    lasting = (things[1:] == things[:-1]) & (at_s[1:] > at_s[:-1]) & (free > 0)
    return Numbers(
        Spans(at_s[:-1][lasting], at_s[1:][lasting]), things[:-1][lasting], free[lasting]
    )


def slots_in(
    pools: Sequence[Pool], rows: Availability, states: Collection[SlotState] = tuple(SlotState)
) -> Changes:
    """Return when each pool has a slot in one of some states, free or not; by default, in any."""
    kept = np.isin(rows.state, [state.value for state in states]) & (rows.slots > 0)
    spans = Spans(rows.from_s[kept], rows.to_s[kept])
    return spans_present(spans, pools_of_rows(pools, rows)[kept], len(pools))


def licences_taken(rows: Availability, runtimes: int) -> Changes:
    """Return how many licences of each runtime type are taken: by slots that exist, or boot."""
    taken = rows.state != SlotState.UNLICENSED.value
    spans = Spans(rows.from_s[taken], rows.to_s[taken])
    return changes_of(spans, rows.runtime[taken], rows.slots[taken], runtimes)


def pools_held(pools: Sequence[Pool], held: Occupancy) -> Groups:
    """Return the pool of the slot that each span held; slots are numbered host by host."""
    ends = np.cumsum([pool.slots for pool in pools], dtype=np.int64)
    hosts = np.array([pool.host for pool in pools], dtype=np.int32)
    before = np.append(0, ends)[np.searchsorted(hosts, held.host)]
    return np.searchsorted(ends, before + held.slot, side="right").astype(np.int32)


def pools_of_rows(pools: Sequence[Pool], rows: Availability) -> Groups:
    """Return the pool of each row: that of its host and runtime type."""
    hosts = np.array([pool.host for pool in pools], dtype=np.int64)
    runtimes = np.array([pool.runtime for pool in pools], dtype=np.int64)
    kinds = int(runtimes.max(initial=0)) + 1
    keys = hosts * kinds + runtimes
    order = np.argsort(keys)
    found = np.searchsorted(keys[order], rows.host.astype(np.int64) * kinds + rows.runtime)
    return order[found].astype(np.int32)


def held_in(marks: Iterable[bool], legend: Legend, records: Records) -> Mask:
    """Return which spans are held by jobs of the lines that are marked; marks: one a line."""
    marked = np.fromiter(marks, dtype=np.bool_)
    return marked[legend.routes.line[records.jobs.route[records.occupancy.job]]]


def accounts_taken(records: Records, held: Mask, accounts: int) -> Changes:
    """Return when each account is taken by a job, of the spans marked in `held`."""
    rows = np.flatnonzero(held)
    return spans_present(
        spans_with_pauses(records, rows), records.occupancy.account[rows], accounts
    )


def spans_with_pauses(records: Records, rows: npt.NDArray[np.intp]) -> Spans:
    """Return some spans, each until its job left: one paused while its host is down does not.

    rows: all spans of each job they are of.
    """
    held, jobs = records.occupancy, records.jobs
    job, from_s, to_s = held.job[rows], held.from_s[rows], held.to_s[rows]
    order = np.lexsort((from_s, job))
    this, following = order[:-1], order[1:]
    more = job[this] == job[following]
    next_s = np.where(np.isnan(jobs.ended_s[job]), records.end_s, jobs.ended_s[job])
    next_s[this[more]] = from_s[following[more]]
    stays = (held.ran_from_s[rows] < to_s) & ~_left(records, job, to_s)
    return Spans(from_s, np.where(stays, next_s, to_s))


def _left(records: Records, job: Groups, at_s: Floats) -> Mask:
    """Return which of some jobs left their slot at an instant before they were over."""
    left = records.interruptions
    return np.isin(_moments(job, at_s), _moments(left.job, left.left_s))


def _moments(job: Groups, at_s: Floats) -> npt.NDArray[np.complex128]:
    """Return job and instant together as one number each, to be looked up at once."""
    return job + 1j * at_s
