"""Whether the slots that were held were there, and none of them, and no job, held two at once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from simulator.measurement.checking.at_once import Change, Lack, Several, lacking, overlaps
from simulator.measurement.checking.checks import Check, first_of, named, none_of, rounding, worst
from simulator.measurement.checking.held_slots import HeldSlots
from simulator.measurement.figures import EXISTING
from simulator.measurement.places import pools_of_rows
from simulator.measurement.scopes import total_by
from simulator.measurement.slices import TimeSlice
from simulator.plan.eligibility import Eligibility
from simulator.records.columns import Legend, Names, Records


class SlotChecks:
    """Whether slots existed while they were held, and were held by one job at a time."""

    def __init__(self, eligibility: Eligibility, legend: Legend) -> None:
        self._eligibility, self._names = eligibility, legend.names
        self._beyond = Lack()
        self._twice, self._again = Several(), Several()

    def add(self, part: TimeSlice, held: HeldSlots) -> None:
        """Take in the spans of a slice."""
        self._beyond = max(self._beyond, _beyond(part, held), key=lambda one: one.number)
        most = int(held.slot.max(initial=0)) + 1
        slot = held.host * np.int64(most) + held.slot
        twice = overlaps(held.spans, slot, len(self._names.hosts) * most)
        self._twice.add(held.host[twice[held.is_new[twice]]])
        first = int(held.job.min(initial=0))
        of_many = held.of(np.flatnonzero(np.bincount(held.job - first)[held.job - first] > 1))
        twice = overlaps(of_many.spans, of_many.job, len(part.records.jobs.route))
        self._again.add(of_many.job[twice[of_many.is_new[twice]]])

    def found(self, records: Records) -> Iterator[Check]:
        """Yield the checks of all slices."""
        hosts, pools = self._names.hosts, self._eligibility.pools
        beyond = [pools[one - 1].host for one in self._beyond.things if one]
        yield none_of("slots.exist", self._beyond.number, first_of(hosts, "host", beyond))
        yield _are_in_a_state(self._eligibility, self._names, records)
        yield none_of("once.slot", self._twice.count, first_of(hosts, "host", self._twice.first))
        job = "".join(f"job {one}" for one in self._again.first)
        yield none_of("once.job", self._again.count, job)


def _beyond(part: TimeSlice, held: HeldSlots) -> Lack:
    """Return how many more slots of a pool are held at once than exist, in service or not.

    Pools count from 1, as 0 is none.
    """
    pools, rows = part.eligibility.pools, part.records.availability
    there, ones = np.isin(rows.state, EXISTING), np.ones(len(held.job), dtype=np.int32)
    slots = np.append(ones, rows.slots[there])
    pool = np.concatenate((held.pool, pools_of_rows(pools, rows)[there])) + 1
    come_s = np.concatenate((held.spans.to_s, rows.from_s[there]))
    go_s = np.concatenate((held.spans.from_s, rows.to_s[there]))
    return lacking(Change(come_s, pool, slots), Change(go_s, pool, slots), len(pools) + 1)


def _are_in_a_state(eligibility: Eligibility, names: Names, records: Records) -> Check:
    """Return whether all slots of a host are told of all the time; an elastic one may be off."""
    hosts, pools, rows = eligibility.hosts, eligibility.pools, records.availability
    comes_and_goes = {host.machine for host in hosts if not host.connected}
    stays = np.array([host.machine not in comes_and_goes for host in hosts], dtype=np.bool_)
    of_pool = np.array([pool.host for pool in pools], dtype=np.int32)
    slots = np.array([pool.slots for pool in pools], dtype=np.float64)
    lasting_s = rows.slots * (rows.to_s - rows.from_s)
    told_s = total_by(pools_of_rows(pools, rows), len(pools), lasting_s)
    kept = np.flatnonzero(stays[of_pool])
    expected_s = slots[kept] * records.end_s
    called = named([names.hosts[host] for host in of_pool[kept]], "host")
    tolerance_s = rounding(float(expected_s.max(initial=0)))
    return worst("slots.states", told_s[kept], expected_s, called, tolerance_s)
