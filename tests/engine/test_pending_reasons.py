"""What a job waits for as it is submitted, in the vendor's codes. Worked out by hand.

The codes are of the vendor's API (`ValidationResultDto.ErrorCodes`). With no free slot: slots in
service are taken, or else are in maintenance, or their hosts are down or not booted, or they have
no licence. With a free slot it is the account or the session that keeps the job waiting.
"""

from __future__ import annotations

from typing import Any

import pytest
from engine.whereabouts import daily, fails, pressed, reasons_of, robots

from simulator.records.codes import PendingReason

FOREGROUND = {"processes": {"A": {"type": "foreground"}}}
DOWN = {"failures": fails("7h", "5h")}
MAINTAINED = {"maintenance": [daily(7, "5h")]}
POOL = {"pool": {"max": 1, "boot": "1h"}}

AT_ONCE = ""
ROBOT_BUSY = "RobotBusy"
CONCURRENCY = "RobotConcurrencyLimit"
FULL = "TemplateFullCapacity"
NO_HOSTS = "TemplateNoHostsAvailable"
NO_LICENCE = "TemplateNoLicense"
MAINTENANCE = "TemplateMaintenanceMode"
NO_FOREGROUND = "DynamicJobForegroundAutomationTypeInvalid"
NO_BACKGROUND = "DynamicJobBackgroundAutomationTypeInvalid"

REASONS: dict[str, tuple[dict[str, Any], dict[str, Any], list[str]]] = {
    "none: there is a slot": ({"M1": {"slots": 2}}, {}, [AT_ONCE, AT_ONCE]),
    "every slot is taken": ({"M1": {}}, {}, [AT_ONCE, FULL]),
    "the account is at work on the host": (
        {"M1": {"slots": 2}},
        FOREGROUND,
        [AT_ONCE, ROBOT_BUSY],
    ),
    "another account is free, but no session": (
        {"M1": {"slots": 2, "windows_sessions": 1}},
        FOREGROUND | {"accounts": robots(2)},
        [AT_ONCE, ROBOT_BUSY],
    ),
    "the account is at work on another host, and may do one job at a time": (
        {"M1": {}, "M2": {}},
        FOREGROUND | {"accounts": robots(1, one_job_at_a_time=True)},
        [AT_ONCE, CONCURRENCY],
    ),
    "the machine is in maintenance": ({"M1": MAINTAINED}, {}, [MAINTENANCE] * 2),
    "the host is down": ({"M1": DOWN}, {}, [NO_HOSTS] * 2),
    "the machine has no host": ({"M1": {"hosts": 0}}, {}, [NO_HOSTS] * 2),
    "the slots have no licence": ({"M1": {}}, {"licences": {"unattended": 0}}, [NO_LICENCE] * 2),
    "a host may be booted, then it boots": ({"burst": POOL}, {}, [NO_HOSTS] * 2),
    "no host may be booted, for want of a licence": (
        {"burst": POOL},
        {"licences": {"unattended": 0}},
        [NO_LICENCE] * 2,
    ),
    "no machine takes foreground work": (
        {"M1": {"process_types": "background"}},
        FOREGROUND,
        [NO_FOREGROUND] * 2,
    ),
    "no machine takes background work": (
        {"M1": {"process_types": "foreground"}},
        {},
        [NO_BACKGROUND] * 2,
    ),
    "taken before in maintenance": ({"M1": MAINTAINED, "M2": {}}, {}, [AT_ONCE, FULL]),
    "taken before down": ({"M1": DOWN, "M2": {}}, {}, [AT_ONCE, FULL]),
    "taken before unlicensed": (
        {"M1": {"slots": 2}},
        {"licences": {"unattended": 1}},
        [AT_ONCE, FULL],
    ),
    "taken before to be booted": ({"M1": {}, "burst": POOL}, {}, [AT_ONCE, FULL]),
    "in maintenance before down": ({"M1": DOWN, "M2": MAINTAINED}, {}, [MAINTENANCE] * 2),
    "in maintenance before to be booted": ({"M1": MAINTAINED, "B": POOL}, {}, [MAINTENANCE] * 2),
    "down before unlicensed": (
        {"M1": DOWN, "M2": {}},
        {"licences": {"unattended": 1}},
        [NO_HOSTS] * 2,
    ),
    "unlicensed before a machine without a host": (
        {"M1": {"hosts": 0}, "M2": {}},
        {"licences": {"unattended": 0}},
        [NO_LICENCE] * 2,
    ),
    "only machines that take the job count": (
        {"M1": {"process_types": "foreground"}, "M2": DOWN},
        {},
        [NO_HOSTS] * 2,
    ),
    "only slots of its runtime type": (
        {"M1": {"slots": {"headless": 1}}, "M2": MAINTAINED},
        {},
        [MAINTENANCE] * 2,
    ),
}


@pytest.mark.parametrize(("machines", "parts", "expected"), REASONS.values(), ids=REASONS.keys())
def test_what_two_jobs_wait_for(
    machines: dict[str, Any], parts: dict[str, Any], expected: list[str]
) -> None:
    """Submitted at 08:00 and 08:01; what is down is so, and what is maintained, from 07:00 on."""
    assert reasons_of(pressed({"A": ["08:00", "08:01"]}, machines=machines, **parts)) == expected


def test_the_table_has_every_code() -> None:
    told = {reason for *_, expected in REASONS.values() for reason in expected}
    assert told == {reason.label for reason in PendingReason}


def test_it_is_told_as_of_the_submission_whatever_comes_later() -> None:
    """The job of 06:55 ran at once and lost its host at 07:00; that of 08:00 came while it was down
    and waits behind it from noon on."""
    run = pressed({"A": ["06:55", "08:00"]}, machines={"M1": DOWN})
    assert reasons_of(run) == [AT_ONCE, NO_HOSTS]
