"""How the hosts of one machine come and go, on records written by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from builders_records import CLOSE_BOOKS, ONBOARD, ints, legend, ran, records

from simulator.measurement.figures import Presence
from simulator.measurement.watching import Watched, presences_of
from simulator.records.codes import SlotState
from simulator.records.columns import Availability, Records, Window

BOOTING, USABLE = SlotState.BOOTING, SlotState.USABLE
MAINTENANCE, DOWN = SlotState.MAINTENANCE, SlotState.DOWN
UNLICENSED = SlotState.UNLICENSED

Row = tuple[int, SlotState, float, float]
"""A host, a state of its two slots, from when to when."""


def availability(*rows: Row, slots: int = 2) -> Availability:
    return Availability(
        host=ints(*(host for host, *_ in rows)),
        runtime=ints(*(0 for _ in rows)),
        slots=ints(*(slots for _ in rows)),
        from_s=np.array([from_s for *_, from_s, _ in rows], dtype=np.float64),
        to_s=np.array([to_s for *_, to_s in rows], dtype=np.float64),
        state=np.array([state.value for _, state, *_ in rows], dtype=np.int8),
    )


def seen(
    *rows: Row,
    run: Records | None = None,
    least: int = 0,
    window: tuple[float, float] = (0.0, 3600.0),
) -> Presence:
    """What is told of shared-vm, two hosts at most, that could run what HR's trigger submits."""
    run = replace(records() if run is None else run, availability=availability(*rows))
    span = Window(*window, legend().window.origin_epoch_s, "UTC")
    watched = Watched(machine=0, least=least, most=2, routes=(ONBOARD,))
    (found,) = presences_of(replace(legend(), window=span), run, [watched])
    return found


COMING: tuple[Row, ...] = (
    (0, BOOTING, 0.0, 300.0),
    (0, USABLE, 300.0, 3600.0),
    (1, BOOTING, 900.0, 1200.0),
    (1, USABLE, 1200.0, 1800.0),
    (1, BOOTING, 2400.0, 2700.0),
    (1, USABLE, 2700.0, 3600.0),
)
"""Of an hour the first host boots in the first 5 minutes, the second twice, and goes between."""


def test_hosts_are_counted_once_connected_and_boots_as_they_begin() -> None:
    found = seen(*COMING)
    assert (found.fewest, found.most, found.boots) == (0.0, 2.0, 3)


def test_hosts_there_from_the_start_did_not_boot() -> None:
    """A host of the two is always there; one that was booted at once at the start is a boot."""
    assert seen((0, USABLE, 0.0, 3600.0), least=1).boots == 0
    assert seen((0, USABLE, 0.0, 3600.0), (1, USABLE, 0.0, 600.0), least=1).boots == 1


def test_a_host_that_is_stopped_and_boots_again_in_one_instant_has_booted() -> None:
    """At 20 minutes; it has slots of one runtime type with a licence and some without."""
    found = seen(
        (0, BOOTING, 0.0, 300.0),
        (0, USABLE, 300.0, 1200.0),
        (0, UNLICENSED, 300.0, 1200.0),
        (0, BOOTING, 1200.0, 1500.0),
        (0, USABLE, 1500.0, 3600.0),
    )
    assert found.boots == 2


def test_only_what_is_in_the_window_counts() -> None:
    """From 25 to 35 minutes: the second host is there for 5 minutes, and begins no boot."""
    found = seen(*COMING, window=(1500.0, 2100.0))
    assert (found.fewest, found.most, found.boots) == (1.0, 2.0, 0)


@pytest.mark.parametrize("state", [MAINTENANCE, DOWN, UNLICENSED])
def test_a_host_out_of_use_is_connected_all_the_same(state: SlotState) -> None:
    found = seen((0, USABLE, 0.0, 600.0), (0, state, 600.0, 1200.0), (0, USABLE, 1200.0, 3600.0))
    assert (found.fewest, found.most, found.boots) == (1.0, 1.0, 1)


def test_a_pool_is_full_where_no_host_is_left_to_boot_and_jobs_wait() -> None:
    """HR waits from 10 to 18 minutes; from 15 on both hosts are there or boot: 3 minutes."""
    run = records(ran(600.0, 1080.0, 1200.0), ran(0.0, 3000.0, 3300.0, route=CLOSE_BOOKS))
    assert seen(*COMING, run=run).full_s == 180.0


def test_a_job_within_the_dispatch_latency_holds_its_slot_and_waits_for_no_host() -> None:
    """It is Pending from 20 to 30 minutes, and for the last 4 of them its slot is its own."""
    run = records(ran(1200.0, 1800.0, 2400.0, held_from_s=1560.0))
    found = seen((0, USABLE, 0.0, 3600.0), (1, USABLE, 0.0, 3600.0), run=run)
    assert found.full_s == 360.0


def test_slots_by_hour_of_the_week_are_told_by_state() -> None:
    """Monday's first hour: 2 slots for 3300 s and 600 s and 900 s usable, for 900 s booting."""
    found = seen(*COMING)
    assert found.hours_slots[:, 0].tolist() == [2 * 4800 / 3600, 0.0, 0.0, 2 * 900 / 3600]
    assert np.isnan(found.hours_slots[:, 1:]).all()


def test_maintenance_and_down_stand_apart() -> None:
    found = seen((0, MAINTENANCE, 0.0, 1800.0), (1, DOWN, 1800.0, 3600.0))
    assert found.hours_slots[:, 0].tolist() == [0.0, 1.0, 1.0, 0.0]


def test_busy_slots_are_those_of_the_machine() -> None:
    """Half an hour on its first host; what runs on the other machine is not its own."""
    run = records(ran(0.0, 0.0, 1800.0, host=0), ran(0.0, 0.0, 3600.0, host=2))
    assert seen((0, USABLE, 0.0, 3600.0), run=run).hours_busy[0] == 0.5


def test_a_machine_that_never_was_there_has_no_host() -> None:
    found = seen()
    assert (found.fewest, found.most, found.boots, found.full_s) == (0.0, 0.0, 0, 0.0)
