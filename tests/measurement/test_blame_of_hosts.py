"""Jobs Pending while hosts were out of service or not there at all; rows as in `test_blame`."""

from __future__ import annotations

from typing import Any

import pytest
from builders_blame import Minutes, accounts, agrees, works

TWO_SLOTS = {"M1": {"slots": 2}}
FOREGROUND = {"type": "foreground"}
FAILS_AT_8_10 = {"slots": 1, "failures": {"up": "8h10m", "down": "20m", "running_jobs": "pause"}}

CASES: dict[str, tuple[dict[str, Any], Minutes]] = {
    # From 8:10 to 8:30 nothing starts; A runs on until 8:15. B comes at 8:12: 1:30 for the slot
    # that A holds, 1:30 for the other, then 15 for both.
    "maintenance with a job running on": (
        {
            "machines": {
                "M1": {"slots": 2, "maintenance": [{"cron": "0 10 8 * * ?", "duration": "20m"}]}
            },
            "folders": {"A": works("15m", "08:00"), "B": works("1m", "08:12")},
        },
        {"B:P | slot held | A | M1": 1.5, "B:P | maintenance | - | M1": 1.5 + 15},
    ),
    # A is paused from 8:10 to 8:30 and ends at 8:50; B comes at 8:05.
    "down with a paused job": (
        {
            "machines": {"M1": FAILS_AT_8_10},
            "folders": {"A": works("30m", "08:00"), "B": works("1m", "08:05")},
        },
        {"B:P | slot held | A | M1": 5 + 20, "B:P | host down | - | M1": 20},
    ),
    # M1 is down from 8:10 to 8:30 with both of its slots, M2's one is A's all the time. B comes at
    # 8:15.
    "a host that is down counts by its slots": (
        {
            "machines": {"M1": {**FAILS_AT_8_10, "slots": 2}, "M2": {"slots": 1}},
            "folders": {
                "A": works("1h", "08:00", machines=("M2",)),
                "B": works("1m", "08:15", machines=("M1", "M2")),
            },
        },
        {"B:P | host down | - | M1": 10, "B:P | slot held | A | M2": 5},
    ),
    # Down from 8:10 to 8:30, in maintenance from 8:20 to 8:40: until 8:30 it is down.
    "down in maintenance is down": (
        {
            "machines": {
                "M1": {
                    **FAILS_AT_8_10,
                    "maintenance": [{"cron": "0 20 8 * * ?", "duration": "20m"}],
                }
            },
            "folders": {"A": works("1m", "08:15")},
        },
        {"A:P | host down | - | M1": 15, "A:P | maintenance | - | M1": 10},
    ),
    # Of M1's licence A makes use until 8:10; M2 has none, and counts as one slot.
    "an unlicensed machine beside a licensed one": (
        {
            "machines": {"M1": {"slots": 1}, "M2": {"slots": 3}},
            "licences": {"unattended": 1},
            "folders": {
                "A": works("10m", "08:00", machines=("M1", "M2")),
                "B": works("1m", "08:04", machines=("M1", "M2")),
            },
        },
        {"B:P | slot held | A | M1": 3, "B:P | unlicensed | - | M2": 3},
    ),
    # The second slot has no licence, hence is none.
    "a machine with a licence for one of two slots": (
        {
            "machines": TWO_SLOTS,
            "licences": {"unattended": 1},
            "folders": {"A": works("10m", "08:00"), "B": works("1m", "08:04")},
        },
        {"B:P | slot held | A | M1": 6},
    ),
    # The host boots from 8:00 to 8:04. B, which comes at 8:01, then waits 10 minutes for A.
    "an elastic pool that boots": (
        {
            "machines": {"M1": {"pool": {"max": 1, "boot": "4m"}}},
            "folders": {"A": works("10m", "08:00"), "B": works("1m", "08:01")},
        },
        {
            "A:P | booting | - | M1": 4,
            "B:P | booting | - | M1": 3,
            "B:P | slot held | A | M1": 10,
        },
    ),
    # The second host boots from 8:02 to 8:06 for B, and is no slot before.
    "a host that boots beside one that is there": (
        {
            "machines": {"M1": {"pool": {"min": 1, "max": 2, "boot": "4m"}}},
            "folders": {"A": works("10m", "08:00"), "B": works("1m", "08:02")},
        },
        {"B:P | slot held | A | M1": 4},
    ),
    # M1 has the one licence, so that no host of M2 can be booted.
    "an elastic pool without a licence left": (
        {
            "machines": {"M1": {"slots": 1}, "M2": {"pool": {"max": 1}}},
            "licences": {"unattended": 1},
            "folders": {
                "A": works("10m", "08:00", machines=("M1", "M2")),
                "B": works("1m", "08:04", machines=("M1", "M2")),
            },
        },
        {"B:P | slot held | A | M1": 3, "B:P | unlicensed | - | M2": 3},
    ),
    # The robot is busy on M1 until 8:10, so that no host of M2 is booted for B from 8:04 on.
    "an elastic pool that is off": (
        {
            "machines": {"M1": {"slots": 1}, "M2": {"pool": {"max": 1}}},
            "accounts": accounts("robot", one_job_at_a_time=True),
            "folders": {
                "A": works("10m", "08:00", **FOREGROUND),
                "B": works("1m", "08:04", machines=("M1", "M2"), **FOREGROUND),
            },
        },
        {"B:P | slot held | A | M1": 3, "B:P | no host | - | M2": 3},
    ),
    # M2 has none at all, and counts as one slot.
    "a machine without a host": (
        {
            "machines": {"M1": {"slots": 1}, "M2": {"hosts": 0}},
            "folders": {
                "A": works("10m", "08:00"),
                "B": works("1m", "08:04", machines=("M1", "M2")),
            },
        },
        {"B:P | slot held | A | M1": 3, "B:P | no host | - | M2": 3},
    ),
    # M1 takes no foreground jobs; it gives up after half an hour.
    "no machine takes such jobs": (
        {
            "machines": {"M1": {"process_types": "background"}},
            "folders": {"A": works("1m", "08:00", pending_expiry="30m", **FOREGROUND)},
        },
        {"A:P | no machine | - | -": 30},
    ),
}


@pytest.mark.parametrize(("parts", "expected"), CASES.values(), ids=CASES.keys())
def test_what_kept_jobs_pending(parts: dict[str, Any], expected: Minutes) -> None:
    agrees(parts, expected)
