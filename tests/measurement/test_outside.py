"""Slots held by jobs that are not among the records, as in one account's view."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from builders_records import NAMES, ints, legend, ran, records

from simulator.measurement import measure, summarise
from simulator.records.codes import SlotState
from simulator.records.columns import Availability, Occupancy, Records

PARTIAL = replace(
    legend(), names=replace(NAMES, machine_slots=(((0, 1), (1, 1)), ((0, 1),))), partial=True
)
"""A host of shared-vm has an unattended slot and a headless one, that of spare an unattended."""


def run() -> Records:
    """In an hour: a job of HR for 900 s on slot 0 of shared-vm/1, and three spans of jobs outside.

    They hold slot 1 of that host, which is headless, and slot 0 of the two others; of the last only
    the 600 s up to the end of the window count. Slots: 1 unattended and 1 headless, 1, 1.
    """
    spans = [(0, 0, 0, 0, 0.0, 0.0, 900.0), (-1, 0, 1, -1, 0.0, 0.0, 1800.0)]
    spans += [(-1, 1, 0, -1, 600.0, 600.0, 2400.0), (-1, 2, 0, -1, 3000.0, 3000.0, 4000.0)]
    columns = list(zip(*spans, strict=True))
    slots = Availability(
        host=ints(0, 0, 1, 2),
        runtime=ints(0, 1, 0, 0),
        slots=ints(1, 1, 1, 1),
        from_s=np.zeros(4),
        to_s=np.full(4, 4000.0),
        state=np.full(4, SlotState.USABLE.value, dtype=np.int8),
    )
    held = Occupancy(*(ints(*column) for column in columns[:4]), *map(np.array, columns[4:]))
    return replace(records(ran(0.0, 0.0, 900.0)), occupancy=held, availability=slots)


EXPECTED = [
    ("machine", "shared-vm", "slots.busy", (900 + 1800 + 1800) / 3600),
    ("machine", "shared-vm", "slots.utilisation", (900 + 1800 + 1800) / (3 * 3600)),
    ("machine", "shared-vm", "running.jobs", 900 / 3600),
    ("machine", "shared-vm", "host.utilisation", (1800 + 1800) / (2 * 3600)),
    ("machine", "spare", "slots.utilisation", 600 / 3600),
    ("tenant", "", "slots.busy", (900 + 1800 + 1800 + 600) / 3600),
    ("tenant", "", "running.jobs", 900 / 3600),
    ("folder", "HR", "running.jobs", 900 / 3600),
    ("runtime", "headless", "slots.utilisation", 1800 / 3600),
    ("runtime", "unattended", "slots.busy", (900 + 1800 + 600) / 3600),
    ("account", "hr-bot", "account.utilisation", 900 / 3600),
    ("outside", "", "slots.busy", (1800 + 1800 + 600) / 3600),
    ("outside", "", "slots.utilisation", (1800 + 1800 + 600) / (4 * 3600)),
    ("outside", "shared-vm", "slots.busy", (1800 + 1800) / 3600),
    ("outside", "spare", "slots.utilisation", 600 / 3600),
]


@pytest.mark.parametrize(
    ("scope", "name", "measure_name", "expected"),
    EXPECTED,
    ids=[" ".join(row[:3]) for row in EXPECTED],
)
def test_slots_are_busy_whoever_holds_them(
    scope: str, name: str, measure_name: str, expected: float
) -> None:
    summary = summarise([measure(PARTIAL, run(), ())], PARTIAL, 0.95)
    row = summary.find(scope, name, measure_name)
    assert row is not None
    assert row.mean == pytest.approx(expected, rel=1e-12)


def test_of_jobs_outside_nothing_else_is_told() -> None:
    summary = summarise([measure(PARTIAL, run(), ())], PARTIAL, 0.95)
    told = {row.measure for row in summary.rows if row.scope == "outside"}
    assert told == {"slots.busy", "slots.utilisation"}


def test_busy_slots_by_the_hour_count_those_outside() -> None:
    figures = measure(PARTIAL, run(), ())
    assert np.nansum(figures.hours_busy) == pytest.approx((900 + 1800 + 1800 + 600) / 3600)


def test_whole_records_have_no_such_scope() -> None:
    figures = measure(legend(), records(ran(0.0, 0.0, 900.0)), ())
    assert "outside" not in {scope.scope for scope in figures.scopes}
