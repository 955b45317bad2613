"""Slots and hosts that come, go and are out of use: every number worked out by hand beside it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from builders_records import ints, legend, ran, records

from simulator.measurement import Summary, measure, summarise
from simulator.records.codes import SlotState
from simulator.records.columns import Availability, Occupancy, Records

WINDOW = legend(from_s=100.0, to_s=1100.0)
USABLE, MAINTENANCE, DOWN, UNLICENSED, BOOTING = SlotState
UNATTENDED, HEADLESS = 0, 1

ROWS = [
    # The 2 unattended slots of shared-vm/1: 700 s usable, 200 s in maintenance, 100 s down.
    (0, UNATTENDED, 2, 0.0, 400.0, USABLE),
    (0, UNATTENDED, 2, 400.0, 600.0, MAINTENANCE),
    (0, UNATTENDED, 2, 600.0, 700.0, DOWN),
    (0, UNATTENDED, 2, 700.0, 2000.0, USABLE),
    # Its headless slot has no licence.
    (0, HEADLESS, 1, 0.0, 2000.0, UNLICENSED),
    # shared-vm/2 boots for 100 s, with a licence for one of its two slots, and stays for 500 s.
    (1, UNATTENDED, 1, 200.0, 300.0, BOOTING),
    (1, UNATTENDED, 1, 300.0, 800.0, USABLE),
    (1, UNATTENDED, 1, 300.0, 800.0, UNLICENSED),
    # spare/1 has no licence at all.
    (2, UNATTENDED, 1, 0.0, 2000.0, UNLICENSED),
]


def run() -> Records:
    """A job on shared-vm/1 from 150 to 900, paused while the host is down; one on shared-vm/2."""
    host, runtime, slots, from_s, to_s, state = zip(*ROWS, strict=True)
    rows = Availability(
        host=ints(*host),
        runtime=ints(*runtime),
        slots=ints(*slots),
        from_s=np.array(from_s),
        to_s=np.array(to_s),
        state=np.array(state, dtype=np.int8),
    )
    held = Occupancy(
        job=ints(0, 1, 0),
        host=ints(0, 1, 0),
        slot=ints(0, 0, 0),
        account=ints(0, 1, 0),
        from_s=np.array([150.0, 400.0, 700.0]),
        ran_from_s=np.array([150.0, 400.0, 700.0]),
        to_s=np.array([600.0, 600.0, 900.0]),
    )
    jobs = records(ran(150.0, 150.0, 900.0), ran(300.0, 400.0, 600.0, host=1, account=1))
    return replace(jobs, occupancy=held, availability=rows)


def summary() -> Summary:
    return summarise([measure(WINDOW, run(), ())], WINDOW, 0.95)


EXPECTED = [
    ("tenant", "", "slots.connected", 2.0 + 0.5),
    ("tenant", "", "slots.usable", (2 * 700 + 500) / 2500),
    ("tenant", "", "slots.maintenance", 2 * 200 / 2500),
    ("tenant", "", "slots.down", 2 * 100 / 2500),
    ("tenant", "", "slots.unlicensed", 1.0 + 0.5 + 1.0),
    ("tenant", "", "slots.booting", 0.1),
    ("tenant", "", "slots.busy", (450 + 200 + 200) / 1000),
    ("tenant", "", "slots.utilisation", (450 + 200 + 200) / 2500),
    ("tenant", "", "running.jobs", (450 + 200 + 200) / 1000),
    ("tenant", "", "hosts.connected", 1.0 + 0.5 + 1.0),
    ("tenant", "", "hosts.hours", (1000 + 600 + 1000) / 3600),
    ("machine", "shared-vm", "slots.usable", (2 * 700 + 500) / 2500),
    ("machine", "shared-vm", "hosts.hours", (1000 + 600) / 3600),
    ("machine", "shared-vm", "host.utilisation", (450 + 200 + 200) / (1000 + 500)),
    ("machine", "shared-vm", "licences.taken", 2.0 + 0.6),
    ("machine", "spare", "hosts.connected", 1.0),
    ("machine", "spare", "slots.unlicensed", 1.0),
    ("machine", "spare", "licences.taken", 0.0),
    ("host", "shared-vm/1", "slots.maintenance", 0.2),
    ("host", "shared-vm/1", "slots.down", 0.1),
    ("host", "shared-vm/2", "slots.usable", 1.0),
    ("host", "shared-vm/2", "slots.utilisation", 200 / 500),
    ("host", "shared-vm/2", "host.utilisation", 200 / 500),
    ("host", "shared-vm/2", "licences.taken", 0.6),
    ("runtime", "unattended", "slots.unlicensed", 0.5 + 1.0),
    ("runtime", "unattended", "licences.taken", 2.6),
    ("runtime", "headless", "slots.unlicensed", 1.0),
    ("account", "hr-bot", "account.utilisation", (450 + 200) / 1000),
]


@pytest.mark.parametrize(
    ("scope", "name", "measure_name", "expected"),
    EXPECTED,
    ids=[" ".join(row[:3]) for row in EXPECTED],
)
def test_slots_and_hosts_are_told_by_what_became_of_them(
    scope: str, name: str, measure_name: str, expected: float
) -> None:
    row = summary().find(scope, name, measure_name)
    assert row is not None
    assert row.mean == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize(
    ("scope", "name"), [("machine", "spare"), ("host", "spare/1"), ("runtime", "headless")]
)
def test_where_no_slot_exists_there_is_no_share_of_its_time(scope: str, name: str) -> None:
    told = {row.measure for row in summary().rows if (row.scope, row.name) == (scope, name)}
    shares = {"slots.usable", "slots.maintenance", "slots.down", "slots.utilisation"}
    assert not told & shares
    assert "host.utilisation" not in told


def test_scopes_without_slots_are_told_nothing_of_them() -> None:
    told = {row.measure for row in summary().rows if row.scope in {"folder", "account"}}
    assert not {name for name in told if name.startswith(("slots.", "hosts.", "licences."))}


def test_busy_slots_by_the_hour_leave_out_what_is_paused() -> None:
    figures = measure(WINDOW, run(), ())
    assert figures.hours_busy[0] == (450 + 200 + 200) / 1000


def test_the_shares_of_existing_slots_add_up_to_one() -> None:
    found = summary()
    parts = [found.find("tenant", "", f"slots.{state.name.lower()}") for state in SlotState][:3]
    assert sum(part.mean for part in parts if part is not None) == pytest.approx(1.0, rel=1e-12)
