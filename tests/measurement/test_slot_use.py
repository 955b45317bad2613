"""The most slots held at once, by host, machine and runtime type, counted by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from builders_records import ints, legend, ran, records

from simulator.measurement import measure, summarise
from simulator.records.codes import SlotState
from simulator.records.columns import Availability, Occupancy, Records

WINDOW = legend(from_s=100.0, to_s=1100.0)
"""A host of shared-vm has the unattended slots 0 and 1 and the headless slot 2."""

SPANS = [  # host, slot, held from, ran from, to
    (0, 0, 0.0, 0.0, 200.0),  # it began before the window
    (0, 1, 150.0, 190.0, 190.0),  # its job never came to run
    (0, 2, 180.0, 180.0, 300.0),
    (1, 1, 185.0, 186.0, 195.0),
    (1, 0, 200.0, 200.0, 400.0),  # as the first one ends
    (1, 1, 250.0, 250.0, 300.0),
    (2, 0, 1090.0, 1090.0, 1500.0),
    (2, 0, 1500.0, 1500.0, 1600.0),  # after the window
]


def run(ran_from: int = 3) -> Records:
    """The spans above, each of a job of its own; `ran_from` is the column of when it ran."""
    host, slot, *times = zip(*SPANS, strict=True)
    jobs = records(*(ran(0.0, one[3], one[4], host=one[0]) for one in SPANS))
    held = Occupancy(
        job=np.arange(len(SPANS), dtype=np.int32),
        host=ints(*host),
        slot=ints(*slot),
        account=ints(*([0] * len(SPANS))),
        from_s=np.array(times[0]),
        ran_from_s=np.array(times[ran_from - 2]),
        to_s=np.array(times[2]),
    )
    slots = Availability(
        host=ints(0, 0, 1, 2),
        runtime=ints(0, 1, 0, 0),
        slots=ints(2, 1, 2, 1),
        from_s=np.zeros(4),
        to_s=np.full(4, 3600.0),
        state=np.full(4, SlotState.USABLE.value, dtype=np.int8),
    )
    return replace(jobs, occupancy=held, availability=slots)


PEAKS = [
    ("host", "shared-vm/1", 3),  # from 180 to 190
    ("host", "shared-vm/2", 2),  # from 250 on
    ("host", "spare/1", 1),
    ("machine", "shared-vm", 4),  # from 185 to 190
    ("machine", "spare", 1),
    ("runtime", "unattended", 3),  # then too
    ("runtime", "headless", 1),
]


@pytest.mark.parametrize("ran_from", [3, 2], ids=["some wait out a latency", "none does"])
@pytest.mark.parametrize(("scope", "name", "most"), PEAKS, ids=[" ".join(row[:2]) for row in PEAKS])
def test_slots_are_held_from_the_match_on(scope: str, name: str, most: int, ran_from: int) -> None:
    summary = summarise([measure(WINDOW, run(ran_from), ())], WINDOW, 0.95)
    row = summary.find(scope, name, "licences.peak")
    assert row is not None
    assert (row.mean, row.n) == (most, 1)


def test_the_peak_is_the_largest_of_all_replications() -> None:
    nothing = replace(records(), replication=1)
    summary = summarise([measure(WINDOW, one, ()) for one in (run(), nothing)], WINDOW, 0.95)
    row = summary.find("machine", "shared-vm", "licences.peak")
    assert row is not None
    assert (row.mean, row.n) == (4.0, 2)
    assert np.isnan(row.low)


def test_a_slot_is_busy_only_while_its_job_runs() -> None:
    """Of shared-vm/1: 100 to 200 and 180 to 300, together 100 to 300; the latency ran nothing."""
    load = next(one for one in measure(WINDOW, run(), ()).scopes if one.scope == "host").load
    assert load.busy_s.tolist() == [100.0 + 120.0, 9.0 + 200.0 + 50.0, 10.0]
    assert load.host_busy_s.tolist() == [200.0, 9.0 + 200.0, 10.0]
