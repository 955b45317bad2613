"""What kept jobs off free slots: accounts, sessions, rules of dispatch; rows as in `test_blame`."""

from __future__ import annotations

from typing import Any

import pytest
from builders_blame import Minutes, accounts, agrees, at, works

ONE_SLOT = {"M1": {"slots": 1}}
TWO_SLOTS = {"M1": {"slots": 2}}
FOREGROUND = {"type": "foreground"}
TWO_ROBOTS = accounts("robot", "other")
FAILS_AT_8_10 = {"slots": 1, "failures": {"up": "8h10m", "down": "20m", "running_jobs": "pause"}}

P_TWICE_THEN_Q: dict[str, Any] = {
    "processes": {"P": {"duration": "20m", **FOREGROUND}, "Q": {"duration": "1m"}},
    "starts": {
        "P": {"process": "P", "by": "owner", "stream": at("08:00", "08:05")},
        "Q": {"process": "Q", "by": "owner", "stream": at("08:10")},
    },
}
"""Jobs of P, which need a robot, and one of Q, which needs none."""

CASES: dict[str, tuple[dict[str, Any], Minutes]] = {
    # A runs in the host's one session until 8:20. B, under a robot of its own, waits from 8:05:
    # half of 15 minutes for the slot, half for the session beside the free one.
    "one session": (
        {
            "machines": {"M1": {"slots": 2, "windows_sessions": 1}},
            "accounts": TWO_ROBOTS,
            "folders": {
                "A": works("20m", "08:00", **FOREGROUND),
                "B": works("1m", "08:05", robots=("other",), **FOREGROUND),
            },
        },
        {"B:P | slot held | A | M1": 7.5, "B:P | session busy | A | M1": 7.5},
    ),
    # Four slots, two sessions, of A and of B; C waits from 8:00 to 8:20: a quarter for the slot of
    # each, and the two free ones in equal parts for the sessions of both.
    "two sessions of two folders": (
        {
            "machines": {"M1": {"slots": 4, "windows_sessions": 2}},
            "accounts": accounts("r1", "r2", "r3"),
            "folders": {
                "A": works("20m", "08:00", robots=("r1",), **FOREGROUND),
                "B": works("20m", "08:00", robots=("r2",), **FOREGROUND),
                "C": works("1m", "08:00", robots=("r3",), **FOREGROUND),
            },
        },
        {
            f"C:P | {cause} | {folder} | M1": 5
            for cause in ("slot held", "session busy")
            for folder in "AB"
        },
    ),
    # It gives up after half an hour.
    "a host without any session": (
        {
            "machines": {"M1": {"slots": 1, "windows_sessions": 0}},
            "folders": {"A": works("1m", "08:00", pending_expiry="30m", **FOREGROUND)},
        },
        {"A:P | session busy | - | M1": 30},
    ),
    # Work in the background needs no session: B starts beside A. C waits as in the first case.
    "background work takes no session": (
        {
            "machines": {"M1": {"slots": 2, "windows_sessions": 1}},
            "accounts": TWO_ROBOTS,
            "folders": {
                "A": works("20m", "08:00"),
                "B": works("20m", "08:00", **FOREGROUND),
                "C": works("1m", "08:10", robots=("other",), **FOREGROUND),
            },
        },
        {"C:P | slot held | A | M1": 5, "C:P | slot held | B | M1": 5},
    ),
    # A and B have the same robot; B comes at 8:10, and the host has a slot and a session left.
    "one account on one host": (
        {
            "machines": TWO_SLOTS,
            "folders": {
                "A": works("20m", "08:00", **FOREGROUND),
                "B": works("1m", "08:10", **FOREGROUND),
            },
        },
        {"B:P | slot held | A | M1": 5, "B:P | account busy | A | M1": 5},
    ),
    # Both the robot and the session are A's: it is the account that is named.
    "account before session": (
        {
            "machines": {"M1": {"slots": 2, "windows_sessions": 1}},
            "folders": {
                "A": works("20m", "08:00", **FOREGROUND),
                "B": works("1m", "08:10", **FOREGROUND),
            },
        },
        {"B:P | slot held | A | M1": 5, "B:P | account busy | A | M1": 5},
    ),
    # The robot works on M1 until 8:30, B may run on M2 alone, which is free all the time.
    "one_job_at_a_time, busy elsewhere": (
        {
            "machines": {"M1": {"slots": 1}, "M2": {"slots": 1}},
            "accounts": accounts("robot", one_job_at_a_time=True),
            "folders": {
                "A": works("30m", "08:00", **FOREGROUND),
                "B": works("1m", "08:10", machines=("M2",), **FOREGROUND),
            },
        },
        {"B:P | account busy | A | M2": 20},
    ),
    # Each of two robots is busy, of A on M1, of C on M3; the first is done at 8:30.
    "two accounts of two folders": (
        {
            "machines": {"M1": {"slots": 1}, "M2": {"slots": 1}, "M3": {"slots": 1}},
            "accounts": accounts("r1", "r2", one_job_at_a_time=True),
            "folders": {
                "A": works("30m", "08:00", robots=("r1",), **FOREGROUND),
                "B": works("1m", "08:10", machines=("M2",), robots=("r1", "r2"), **FOREGROUND),
                "C": works("1h", "08:00", robots=("r2",), machines=("M3",), **FOREGROUND),
            },
        },
        {"B:P | account busy | A | M2": 10, "B:P | account busy | C | M2": 10},
    ),
    # Without `one_job_at_a_time` the robot may work on M2 too, and B starts at once.
    "an account that is not alone": (
        {
            "machines": {"M1": {"slots": 1}, "M2": {"slots": 1}},
            "folders": {
                "A": works("30m", "08:00", **FOREGROUND),
                "B": works("1m", "08:10", machines=("M2",), **FOREGROUND),
            },
        },
        {},
    ),
    # The robot's job is paused with its host M1 from 8:10 to 8:30, and ends at 8:50; all the while
    # it keeps the robot, so B waits from 8:05 beside the free slot of M2.
    "a paused job keeps its account": (
        {
            "machines": {"M1": FAILS_AT_8_10, "M2": {"slots": 1}},
            "accounts": accounts("robot", one_job_at_a_time=True),
            "folders": {
                "A": works("30m", "08:00", **FOREGROUND),
                "B": works("1m", "08:05", machines=("M2",), **FOREGROUND),
            },
        },
        {"B:P | account busy | A | M2": 45},
    ),
    # In the background too, once that needs an account: B waits from 8:10 to 8:20.
    "background work that needs an account": (
        {
            "machines": TWO_SLOTS,
            "folders": {"A": works("20m", "08:00"), "B": works("1m", "08:10")},
            "assumptions": {"background_needs_account": True},
        },
        {"B:P | slot held | A | M1": 5, "B:P | account busy | A | M1": 5},
    ),
    # P has the robot until 8:20. The next P comes at 8:05 and waits for slot and robot, 7:30 each.
    # Q comes at 8:10, needs no robot, and must let that P go first: 5 minutes of the slot that is
    # held, 5 of the free one.
    "blocked: block": (
        {
            "machines": TWO_SLOTS,
            "dispatch": {"blocked": "block"},
            "folders": {
                "A": {
                    **works("20m", "08:00", **FOREGROUND),
                    **P_TWICE_THEN_Q,
                }
            },
        },
        {
            "A:P | slot held | A | M1": 7.5,
            "A:P | account busy | A | M1": 7.5,
            "A:Q | slot held | A | M1": 5,
            "A:Q | held back | A | M1": 5,
        },
    ),
    # P has the host's session until 8:20. The next P comes at 8:05 and waits for slot and session,
    # 7:30 each. Q comes at 8:10; it needs no session, and an account is left for it, but must let
    # that P go first.
    "blocked: block, beside a session": (
        {
            "machines": {"M1": {"slots": 2, "windows_sessions": 1}},
            "accounts": TWO_ROBOTS,
            "dispatch": {"blocked": "block"},
            "assumptions": {"background_needs_account": True},
            "folders": {
                "A": {
                    **works("20m", "08:00", robots=("robot", "other")),
                    **P_TWICE_THEN_Q,
                }
            },
        },
        {
            "A:P | slot held | A | M1": 7.5,
            "A:P | session busy | A | M1": 7.5,
            "A:Q | slot held | A | M1": 5,
            "A:Q | held back | A | M1": 5,
        },
    ),
    # Both come at 8:00. A has the slot at once, begins at 8:01 and ends at 8:11; so long B waits
    # for it, though for a minute A has not begun, and then a minute for nobody.
    "dispatch latency": (
        {
            "machines": ONE_SLOT,
            "dispatch": {"latency": "1m"},
            "folders": {"A": works("10m", "08:00"), "B": works("10m", "08:00")},
        },
        {
            "A:P | dispatch latency | - | M1": 1,
            "B:P | slot held | A | M1": 11,
            "B:P | dispatch latency | - | M1": 1,
        },
    ),
    # The host fails half a minute after the match and is back at 8:10; it takes a minute again.
    "a host lost within the latency": (
        {
            "machines": {"M1": {"slots": 1, "failures": {"up": "8h30s", "down": "9m30s"}}},
            "dispatch": {"latency": "1m"},
            "folders": {"A": works("10m", "08:00")},
        },
        {"A:P | dispatch latency | - | M1": 0.5 + 1, "A:P | host down | - | M1": 9.5},
    ),
}


@pytest.mark.parametrize(("parts", "expected"), CASES.values(), ids=CASES.keys())
def test_what_kept_jobs_pending(parts: dict[str, Any], expected: Minutes) -> None:
    agrees(parts, expected)
