"""Machines that take only foreground or only background jobs. Worked out by hand.

It is asked as a job is matched, not as it is admitted: what fits no machine is Pending for ever.
"""

from __future__ import annotations

from typing import Any

import pytest
from engine.timelines import jobs_of, lines
from engine.whereabouts import pressed, reasons_of, spans_of

FOREGROUND = {"type": "foreground"}
DESKS = {"process_types": "foreground"}
SERVERS = {"process_types": "background"}

TYPES = {
    "each to its own": (
        {"desk": DESKS, "server": SERVERS},
        """
        B 08:00 server/1 08:00-08:10
        G 08:01 desk/1 08:01-08:11
        B 08:02 server/1 08:10-08:20
        G 08:03 desk/1 08:11-08:21
        """,
    ),
    "a machine for any takes both": (
        {"both": {"slots": 2}},
        """
        B 08:00 both/1 08:00-08:10
        G 08:01 both/1 08:01-08:11
        B 08:02 both/1 08:10-08:20
        G 08:03 both/1 08:11-08:21
        """,
    ),
    "what its own machine has no room for goes to one for any": (
        {"desk": DESKS, "both": {"slots": 2}},
        """
        B 08:00 both/1 08:00-08:10
        G 08:01 desk/1 08:01-08:11
        B 08:02 both/1 08:02-08:12
        G 08:03 both/1 08:10-08:20
        """,
    ),
}


@pytest.mark.parametrize(("machines", "expected"), TYPES.values(), ids=TYPES.keys())
def test_where_jobs_run(machines: dict[str, Any], expected: str) -> None:
    run = pressed(
        {"B": ["08:00", "08:02"], "G": ["08:01", "08:03"]},
        machines=machines,
        processes={"G": FOREGROUND},
    )
    assert spans_of(run) == lines(expected)


UNFIT = {
    "foreground": (SERVERS, FOREGROUND, "DynamicJobForegroundAutomationTypeInvalid"),
    "background": (DESKS, {}, "DynamicJobBackgroundAutomationTypeInvalid"),
}


@pytest.mark.parametrize(("machine", "process", "code"), UNFIT.values(), ids=UNFIT.keys())
def test_what_fits_no_machine_is_pending_for_ever(
    machine: dict[str, Any], process: dict[str, Any], code: str
) -> None:
    run = pressed({"A": ["08:00"]}, machines={"M1": machine}, processes={"A": process})
    assert jobs_of(run) == ["A 08:00 ...-... Pending"]
    assert reasons_of(run) == [code]
    assert run.records.end_s == 86400


def test_unless_it_is_withdrawn() -> None:
    processes = {"A": FOREGROUND | {"pending_expiry": "1h"}}
    run = pressed({"A": ["08:00"]}, machines={"M1": SERVERS}, processes=processes)
    assert jobs_of(run) == ["A 08:00 ...-09:00 Expired"]


def test_a_pool_boots_nothing_for_what_it_does_not_take() -> None:
    machine = SERVERS | {"pool": {"max": 3}}
    run = pressed({"A": ["08:00"]}, machines={"M1": machine}, processes={"A": FOREGROUND})
    assert jobs_of(run) == ["A 08:00 ...-... Pending"]
    assert len(run.records.availability.host) == 0
