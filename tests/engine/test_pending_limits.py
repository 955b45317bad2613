"""Who may wait, and for how long: timetables worked out by hand.

Unless a test says otherwise, M1 has one slot, and jobs of P last ten minutes.
"""

from __future__ import annotations

from typing import Any

import pytest
from builders import folder
from engine.runs import Replication, replication
from engine.timelines import at, jobs_of, lines, start


def limited(process: dict[str, Any], starts: dict[str, Any], **parts: Any) -> Replication:
    """What becomes of the starts where P has such limits; `processes` are further ones."""
    processes = {"P": {"duration": "10m", **process}, **parts.pop("processes", {})}
    own = {key: parts.pop(key) for key in ("triggers",) if key in parts}
    return replication(**parts, folders={"F": folder(processes=processes, starts=starts, **own)})


# --- pending limits -------------------------------------------------------------------------------

LIMITS = {
    "none may wait": (
        0,
        {"press": start("P", "08:00", jobs=4)},
        """
        press 08:00 08:00-08:10 Successful
        press 08:00 ...-08:00 Refused
        press 08:00 ...-08:00 Refused
        press 08:00 ...-08:00 Refused
        """,
    ),
    "one may": (
        1,
        {"press": start("P", "08:00", jobs=4)},
        """
        press 08:00 08:00-08:10 Successful
        press 08:00 08:10-08:20 Successful
        press 08:00 ...-08:00 Refused
        press 08:00 ...-08:00 Refused
        """,
    ),
    "two may": (
        2,
        {"press": start("P", "08:00", jobs=4)},
        """
        press 08:00 08:00-08:10 Successful
        press 08:00 08:10-08:20 Successful
        press 08:00 08:20-08:30 Successful
        press 08:00 ...-08:00 Refused
        """,
    ),
    "whoever waited before keeps his place, and counts": (
        1,
        {"press": start("P", "08:00", "08:05", "08:06", "08:10", "08:20", "08:21")},
        """
        press 08:00 08:00-08:10 Successful
        press 08:05 08:10-08:20 Successful
        press 08:06 ...-08:06 Refused
        press 08:10 08:20-08:30 Successful
        press 08:20 08:30-08:40 Successful
        press 08:21 ...-08:21 Refused
        """,
    ),
    "what starts in the instant is not over the limit, young or not": (
        1,
        {"low": start("P", "08:00", jobs=2), "high": start("P", "08:00", priority="High")},
        """
        low  08:00 08:10-08:20 Successful
        low  08:00 ...-08:00 Refused
        high 08:00 08:00-08:10 Successful
        """,
    ),
    "the youngest go, not the least of priority": (
        1,
        {
            "first": start("P", "07:55"),
            "low": start("P", "08:00", priority="Low"),
            "high": start("P", "08:00", priority="High"),
        },
        """
        first 07:55 07:55-08:05 Successful
        low   08:00 08:05-08:15 Successful
        high  08:00 ...-08:00 Refused
        """,
    ),
    "an older one is never refused for a younger": (
        1,
        {
            "first": start("P", "07:55"),
            "low": start("P", "08:00", priority="Low"),
            "high": start("P", "08:01", "08:05", priority="High"),
        },
        """
        first 07:55 07:55-08:05 Successful
        low   08:00 08:05-08:15 Successful
        high  08:01 ...-08:01 Refused
        high  08:05 08:15-08:25 Successful
        """,
    ),
}
"""How many may wait, the starts, and the jobs."""


@pytest.mark.parametrize(("limit", "starts", "expected"), LIMITS.values(), ids=LIMITS)
def test_a_pending_limit(limit: int, starts: dict[str, Any], expected: str) -> None:
    assert jobs_of(limited({"pending_limit": limit}, starts)) == lines(expected)


def test_the_limit_is_asked_before_a_job_of_no_time_has_ended() -> None:
    """The first of them holds the slot at the match, however shortly."""
    run = limited({"pending_limit": 0, "duration": "0s"}, {"press": start("P", "08:00", jobs=2)})
    assert jobs_of(run) == lines(
        """
        press 08:00 08:00-08:00 Successful
        press 08:00 ...-08:00 Refused
        """
    )


def test_the_limit_is_of_the_process_whoever_starts_it_and_of_no_other() -> None:
    """Its children count, and are refused, like any; Q's jobs are not asked."""
    run = limited(
        {"pending_limit": 0},
        {"press": start("Q", "08:00"), "more": start("Q", "08:05")},
        processes={"Q": {"duration": "10m", "then": {"start": "P", "jobs": 2}}},
    )
    # At 08:10 the slot goes to the Q of 08:05, so both children are refused; at 08:20 it is free.
    assert jobs_of(run) == lines(
        """
        press 08:00 08:00-08:10 Successful
        more  08:05 08:10-08:20 Successful
        Q     08:10 ...-08:10 Refused
        Q     08:10 ...-08:10 Refused
        Q     08:20 08:20-08:30 Successful
        Q     08:20 ...-08:20 Refused
        """
    )


def test_what_a_refused_job_held_up_starts_in_the_same_instant() -> None:
    """`blocked: block`: the foreground job without a session would hold up the younger one."""
    run = limited(
        {"pending_limit": 0, "type": "foreground"},
        {"press": start("P", "08:00"), "then": start("Q", "08:00")},
        processes={"Q": {"duration": "10m"}},
        machines={"M1": {"slots": 1, "windows_sessions": 0}},
        dispatch={"blocked": "block"},
    )
    assert jobs_of(run) == lines(
        """
        press 08:00 ...-08:00 Refused
        then  08:00 08:00-08:10 Successful
        """
    )


def test_a_job_with_a_place_does_not_count_though_it_is_pending_still() -> None:
    """Of the three of 08:00, one waits out the latency and one waits in line."""
    run = limited(
        {"pending_limit": 1},
        {"press": start("P", "08:00", jobs=3)},
        dispatch={"latency": "1m"},
    )
    assert jobs_of(run) == lines(
        """
        press 08:00 08:01-08:11 Successful
        press 08:00 08:12-08:22 Successful
        press 08:00 ...-08:00 Refused
        """
    )


def test_what_a_job_over_the_limit_is_told() -> None:
    run = limited({"pending_limit": 0}, {"press": start("P", "08:00", jobs=2)})
    names, routes, jobs = run.legend.names, run.legend.routes, run.records.jobs
    refusal = names.refusals[routes.limit_refusal[jobs.route[1]]]
    assert (refusal.status, refusal.code) == (409, "pending_limit")
    assert jobs.pending_s.tolist() == [0, 0]
    assert run.jobs()[1]["refusal_code"] == "pending_limit"


def test_a_firing_of_which_the_limit_refused_a_part_or_all() -> None:
    """Two of three at 08:00, all three at 08:05."""
    clock = {"cron": "0 0,5 8 * * ?"}
    run = limited(
        {"pending_limit": 1},
        {},
        triggers={
            "T": {
                "process": "P",
                "created_by": "owner",
                "time": clock,
                "jobs": 3,
                "pending_guard": "none",
            }
        },
    )
    assert [row.split()[-1] for row in jobs_of(run)] == ["Successful"] * 2 + ["Refused"] * 4
    assert [(row.created, row.outcome) for row in run.firings()] == [
        (2, "partly refused"),
        (0, "refused"),
    ]


def test_two_firings_of_one_instant_are_each_told_what_became_of_them() -> None:
    """Two jobs each: of the four the first one starts, and nobody else may wait."""
    run = limited(
        {"pending_limit": 0},
        {},
        triggers={
            "T": {"process": "P", "created_by": "owner", "event": at("08:00", "08:00"), "jobs": 2}
        },
    )
    assert [row.split()[-1] for row in jobs_of(run)] == ["Successful"] + ["Refused"] * 3
    assert [(row.created, row.outcome) for row in run.firings()] == [
        (1, "partly refused"),
        (0, "refused"),
    ]


def test_the_trigger_log_is_of_triggers_whoever_else_is_refused() -> None:
    """Of the trigger nothing is refused; of the start's jobs and of the children some are."""
    run = limited(
        {"pending_limit": 0},
        {"press": start("P", "09:00", jobs=3)},
        triggers={"T": {"process": "Q", "created_by": "owner", "time": {"cron": "0 0 8 * * ?"}}},
        processes={"Q": {"duration": "10m", "then": {"start": "P", "jobs": 3}}},
    )
    assert [row.split()[-1] for row in jobs_of(run)] == [
        *("Successful", "Successful", "Refused", "Refused"),
        *("Successful", "Refused", "Refused"),
    ]
    assert [(row.created, row.outcome) for row in run.firings()] == [(1, "created")]


# --- expiry ---------------------------------------------------------------------------------------

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
