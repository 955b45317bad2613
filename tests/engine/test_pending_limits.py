"""How many jobs of a process may be Pending: timetables worked out by hand.

Unless a test says otherwise, M1 has one slot, and jobs of P last ten minutes.
"""

from __future__ import annotations

from typing import Any

import pytest
from counting import counted
from engine.timelines import at, jobs_of, limited, lines, start

from simulator.engine.guard import Guard

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


def test_a_full_house_looks_at_each_firing_twice_however_many_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """At 01:00 sixty users come at once, and all but one are turned away. These come at 02:00, and
    all but one again; he whose job lasted till 01:10 comes at 02:10, when the slot is free."""
    counts = counted(monkeypatch, Guard, "_count")
    loop = {"process": "P", "created_by": "owner", "event": {"users": 60, "think": "1h"}}
    run = limited(
        {"pending_limit": 0},
        {},
        triggers={"loop": loop},
        time={"start": "2026-01-05T00:00", "duration": "2h30m"},
    )
    made = [(one.hour, one.created) for one in run.firings()]
    assert made == [(1, 1)] + [(1, 0)] * 59 + [(2, 1)] + [(2, 0)] * 58 + [(2 + 1 / 6, 1)]
    assert counts.total() == 60 + 60 + 59 + 59 + 1
