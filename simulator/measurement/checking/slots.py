"""Whether the slots that were held were there, and none of them, and no job, held two at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from simulator.measurement.checking.at_once import Change, lacking, overlaps
from simulator.measurement.checking.checks import Check, first_of, named, none_of, rounding, worst
from simulator.measurement.checking.held_slots import HeldSlots
from simulator.measurement.figures import EXISTING
from simulator.measurement.places import pools_of_rows
from simulator.measurement.scopes import total_by
from simulator.plan.eligibility import Eligibility
from simulator.plan.places import Pool
from simulator.records.columns import Availability, Legend, Names, Records


def slot_checks(
    eligibility: Eligibility, legend: Legend, records: Records, held: HeldSlots
) -> Iterator[Check]:
    """Yield whether slots existed while they were held, and were held by one job at a time."""
    yield _exist(eligibility.pools, legend.names, records.availability, held)
    yield _are_in_a_state(eligibility, legend.names, records)
    most = int(held.slot.max(initial=0)) + 1
    hosts = legend.names.hosts
    twice = overlaps(held.spans, held.host * np.int64(most) + held.slot, len(hosts) * most)
    yield none_of("once.slot", len(twice), first_of(hosts, "host", held.host[twice]))
    again = np.flatnonzero(np.bincount(held.job)[held.job] > 1)
    of_many = held.of(again)
    twice = overlaps(of_many.spans, of_many.job, len(records.jobs.route))
    yield none_of("once.job", len(twice), "".join(f"job {of_many.job[row]}" for row in twice[:1]))


def _exist(pools: Sequence[Pool], names: Names, rows: Availability, held: HeldSlots) -> Check:
    """Return whether no more slots of a pool are held at once than exist, in service or not."""
    there, ones = np.isin(rows.state, EXISTING), np.ones(len(held.job), dtype=np.int32)
    slots = rows.slots[there]
    pool = np.concatenate((held.pool, pools_of_rows(pools, rows)[there])) + 1  # 0 is no pool
    beyond, where = lacking(
        come=Change(
            np.concatenate((held.spans.to_s, rows.from_s[there])), pool, np.append(ones, slots)
        ),
        go=Change(
            np.concatenate((held.spans.from_s, rows.to_s[there])), pool, np.append(ones, slots)
        ),
        size=len(pools) + 1,
    )
    hosts = [pools[one - 1].host for one in where if one]
    return none_of("slots.exist", beyond, first_of(names.hosts, "host", hosts))


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
