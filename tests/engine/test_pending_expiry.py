"""How long a job stays Pending before it is withdrawn: timetables worked out by hand.

Unless a test says otherwise, M1 has one slot, and jobs of P last ten minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from engine.timelines import at, jobs_of, limited, lines, start

from simulator.engine.clock import Clock
from simulator.engine.expiry import Expiry

DAY_S = 86400.0

EXPIRIES = {
    "none that finds a slot in time": (
        {"pending_expiry": "15m"},
        {"press": start("P", "06:00", "06:01", "06:02", "06:20")},
        """
        press 06:00 06:00-06:10 Successful
        press 06:01 06:10-06:20 Successful
        press 06:02 ...-06:17 Expired
        press 06:20 06:20-06:30 Successful
        """,
    ),
    "a slot that is free at that very instant comes too late": (
        {"pending_expiry": "5m"},
        {"press": start("P", "08:00", "08:05", "08:06")},
        """
        press 08:00 08:00-08:10 Successful
        press 08:05 ...-08:10 Expired
        press 08:06 08:10-08:20 Successful
        """,
    ),
    "the withdrawn make room under the limit in that instant": (
        {"pending_expiry": "5m", "pending_limit": 1},
        {"press": start("P", "08:00", "08:01", "08:05", "08:06")},
        """
        press 08:00 08:00-08:10 Successful
        press 08:01 ...-08:06 Expired
        press 08:05 ...-08:05 Refused
        press 08:06 08:10-08:20 Successful
        """,
    ),
    "whatever its priority": (
        {"pending_expiry": "5m"},
        {
            "first": start("P", "08:00"),
            "low": start("P", "08:04", priority="Low"),
            "high": start("P", "08:06", priority="High"),
        },
        """
        first 08:00 08:00-08:10 Successful
        low   08:04 ...-08:09 Expired
        high  08:06 08:10-08:20 Successful
        """,
    ),
}
"""The limits, the starts, and the jobs."""


@pytest.mark.parametrize(("process", "starts", "expected"), EXPIRIES.values(), ids=EXPIRIES)
def test_a_pending_job_is_withdrawn(
    process: dict[str, Any], starts: dict[str, Any], expected: str
) -> None:
    run = limited(process, starts)
    assert jobs_of(run) == lines(expected)
    jobs = run.records.jobs
    withdrawn = [row.split()[-1] == "Expired" for row in lines(expected)]
    assert (jobs.pending_s[withdrawn] == (jobs.ended_s - jobs.submitted_s)[withdrawn]).all()
    assert (jobs.running_s[withdrawn] == 0).all()


def test_a_job_that_has_found_its_place_is_not_withdrawn() -> None:
    run = limited(
        {"pending_expiry": "1m"}, {"press": start("P", "08:00")}, dispatch={"latency": "5m"}
    )
    assert jobs_of(run) == ["press 08:00 08:05-08:15 Successful"]


def test_no_patience_at_all_starts_what_finds_a_slot_at_once() -> None:
    run = limited({"pending_expiry": "0s"}, {"press": start("P", "08:00", "08:05")})
    assert jobs_of(run) == lines(
        """
        press 08:00 08:00-08:10 Successful
        press 08:05 ...-08:05 Expired
        """
    )


def test_all_who_have_waited_too_long_are_withdrawn_before_anybody_starts() -> None:
    """`blocked: block`: Q's job may start once P's is withdrawn, but has then waited as long."""
    run = limited(
        {"pending_expiry": "5m", "type": "foreground"},
        {"press": start("P", "08:00"), "also": start("Q", "08:00")},
        processes={"Q": {"duration": "10m", "pending_expiry": "5m"}},
        machines={"M1": {"slots": 1, "windows_sessions": 0}},
        dispatch={"blocked": "block"},
    )
    assert jobs_of(run) == lines(
        """
        press 08:00 ...-08:05 Expired
        also  08:00 ...-08:05 Expired
        """
    )


def test_nothing_follows_a_withdrawn_job_and_whom_it_held_up_starts() -> None:
    """`blocked: block`: no session for the older one, which the younger waits behind till 08:05."""
    run = limited(
        {"pending_expiry": "5m", "type": "foreground", "then": {"start": "Q"}},
        {"press": start("P", "08:00"), "also": start("Q", "08:01")},
        processes={"Q": {"duration": "10m"}},
        machines={"M1": {"slots": 1, "windows_sessions": 0}},
        dispatch={"blocked": "block"},
    )
    assert jobs_of(run) == lines(
        """
        press 08:00 ...-08:05 Expired
        also  08:01 08:05-08:15 Successful
        """
    )


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (
            {"pending_limit": 0},
            """
            loop 01:00 ...-01:00 Refused
            loop 02:00 02:00-02:10 Successful
            loop 03:10 03:10-03:20 Successful
            """,
        ),
        (
            {"pending_expiry": "20m"},
            """
            loop 01:00 ...-01:20 Expired
            loop 02:20 02:20-02:30 Successful
            loop 03:30 03:30-03:40 Successful
            """,
        ),
    ],
)
def test_a_user_of_a_loop_thinks_again_after_he_was_turned_away(
    limits: dict[str, Any], expected: str
) -> None:
    """He thinks for an hour; the slot is held till 01:30 by a job of Q."""
    run = limited(
        limits,
        {
            "hold": {"process": "Q", "by": "owner", "stream": at("00:00")},
            "loop": {
                "process": "P",
                "by": "owner",
                "stream": {"users": 1, "think": "1h"},
            },
        },
        processes={"Q": {"duration": "90m"}},
        time={"start": "2026-01-05T00:00", "duration": "4h"},
    )
    assert jobs_of(run)[1:] == lines(expected)


def test_what_waits_when_a_run_that_drains_has_no_place_for_it_is_withdrawn_all_the_same() -> None:
    run = limited(
        {"pending_expiry": "5m"},
        {"press": start("P", "08:00")},
        machines={"M1": {"hosts": 0}},
        time={"start": "2026-01-05T00:00", "duration": "8h1m"},
    )
    assert jobs_of(run) == ["press 08:00 ...-08:05 Expired"]


def test_a_run_that_does_not_drain_leaves_it_pending() -> None:
    run = limited(
        {"pending_expiry": "5m"},
        {"press": start("P", "08:00")},
        machines={"M1": {"hosts": 0}},
        time={"start": "2026-01-05T00:00", "duration": "8h1m", "drain": False},
    )
    assert jobs_of(run) == ["press 08:00 ...-... Pending"]
    assert run.records.jobs.pending_s.tolist() == [60]


def test_who_has_started_long_ago_is_not_held_until_his_patience_would_end() -> None:
    """Of 10,000 jobs with a day's patience all but the first two start at once."""
    clock, told = Clock(), list[tuple[float, int]]()

    def withdraw(waited: Sequence[tuple[int, int]]) -> None:
        told.extend((clock.now, job) for job, _ in waited)

    expiry = Expiry(clock, withdraw, {0, 1}.__contains__, late_phase=9)
    for job in range(10_000):
        expiry.add(job, 0, DAY_S + job)
    clock.run()
    assert told[:2] == [(DAY_S, 0), (DAY_S + 1, 1)]
    assert len(told) <= 1000
