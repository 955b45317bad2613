"""What every pool of slots had to offer at each moment, and how long jobs stayed on a slot."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.measurement.chunks import rows_where
from simulator.measurement.scopes import Groups, Mask, short
from simulator.measurement.spans import Spans
from simulator.measurement.steps import Changes, changes_of, spans_present, turns
from simulator.plan.places import Pool
from simulator.records.codes import SlotState
from simulator.records.columns import Availability, Floats, Ints, Legend, Occupancy, Records
from simulator.records.mapped import release


class Numbers(NamedTuple):
    """Spans, (N,), in which there is one and the same number of something at a thing."""

    spans: Spans
    thing: Groups
    number: npt.NDArray[np.integer[Any]]


class Free(NamedTuple):
    """How many slots of a pool are free from each event on, (E,), pool by pool, in order of time.

    Of several events of a pool at one instant only the last tells what is so from then on.
    """

    at_s: Floats
    pool: Groups
    number: Ints

    def numbers(self) -> Numbers:
        """Return when how many slots of each pool were free, where any was."""
        from_s, to_s = self.at_s[:-1], self.at_s[1:]
        lasting = (self.pool[1:] == self.pool[:-1]) & (to_s > from_s) & (self.number[:-1] > 0)
        pool, number = self.pool[:-1][lasting], self.number[:-1][lasting]
        return Numbers(Spans(from_s[lasting], to_s[lasting]), pool, number)

    def presences(self, pools: int) -> Changes:
        """Return when each pool has a slot that is free."""
        return turns(self.at_s, self.pool, self.number > 0, pools)


def free_slots(pools: Sequence[Pool], records: Records) -> Changes:
    """Return when each pool has a slot that is in service and free.

    A pool in maintenance has none, though jobs may still run there and end.
    """
    pool = pools_held(pools, records.occupancy)
    return free_in(pools, records, pool, SlotState.USABLE).presences(len(pools))


def free_in(pools: Sequence[Pool], records: Records, held_in: Groups, state: SlotState) -> Free:
    """Return how many slots of each pool were in a state of existing slots, and free.

    Jobs that run on in maintenance hold theirs. held_in: the pool of each span held.
    """
    held, rows = records.occupancy, records.availability
    kept = np.flatnonzero(rows.state == state.value)
    if not len(kept):
        return Free(np.empty(0), np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int32))
    slots, of_rows = rows.slots[kept], pools_of_rows(pools, rows)[kept]
    at_s = np.concatenate((rows.from_s[kept], rows.to_s[kept], held.from_s, held.to_s))
    things = short(np.concatenate((of_rows, of_rows, held_in, held_in)), len(pools))
    order = np.lexsort((at_s, things))
    ones = np.ones(len(held.job), dtype=np.int32)
    free = np.cumsum(np.concatenate((slots, -slots, -ones, ones))[order], dtype=np.int32)
    return Free(at_s[order], things[order], np.maximum(free, 0, out=free))


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


class Pauses(NamedTuple):
    """Spans after which a job was paused, as its host went down, and until when, (P,) each.

    They are in order.
    """

    row: npt.NDArray[np.intp]
    until_s: Floats


def spans_with_pauses(records: Records, rows: npt.NDArray[np.intp]) -> Spans:
    """Return some spans, each until its job left: one paused while its host is down does not."""
    held, pauses = records.occupancy, pauses_of(records)
    until_s = held.to_s.copy()
    until_s[pauses.row] = pauses.until_s
    return Spans(held.from_s[rows], until_s[rows])


def pauses_of(records: Records) -> Pauses:
    """Return the pauses of all jobs, of which the records have every span.

    Whatever ends before its job does, though that did not leave its slot, is followed by a pause;
    these are few.
    """
    held, jobs = records.occupancy, records.jobs
    row = rows_where(held, lambda some: _is_paused(records, some))
    if not len(row):
        return Pauses(row, np.empty(0))
    is_among = np.zeros(len(jobs.route), dtype=np.bool_)
    is_among[held.job[row]] = True
    theirs = rows_where(held, lambda some: is_among[some.job])
    theirs = theirs[np.lexsort((held.from_s[theirs], held.job[theirs]))]
    job = held.job[theirs]
    until_s = _over_s(records, job)
    more = np.flatnonzero(job[1:] == job[:-1])
    until_s[more] = held.from_s[theirs[more + 1]]
    order = np.argsort(theirs)
    order = order[np.isin(theirs[order], row)]
    return Pauses(theirs[order], until_s[order])


def _is_paused(records: Records, held: Occupancy) -> Mask:
    """Return after which of some spans a job was paused."""
    job, to_s = held.job, held.to_s
    paused: Mask = (held.ran_from_s < to_s) & (to_s < _over_s(records, job))
    release(records.jobs.ended_s)
    ends = np.flatnonzero(paused)
    paused[ends] = ~_left(records, job[ends], to_s[ends])
    return paused


def _over_s(records: Records, job: Groups) -> Floats:
    """Return when each of some jobs ended, or the run, if it did not."""
    ended_s = records.jobs.ended_s[job]
    return np.where(np.isnan(ended_s), records.end_s, ended_s)


def _left(records: Records, job: Groups, at_s: Floats) -> Mask:
    """Return which of some jobs left their slot at an instant before they were over."""
    left = records.interruptions
    if not len(at_s):
        return np.empty(0, dtype=np.bool_)
    near = np.flatnonzero((left.left_s >= at_s.min()) & (left.left_s <= at_s.max()))
    return np.isin(_moments(job, at_s), _moments(left.job[near], left.left_s[near]))


def _moments(job: Groups, at_s: Floats) -> npt.NDArray[np.complex128]:
    """Return job and instant together as one number each, to be looked up at once."""
    return job + 1j * at_s
