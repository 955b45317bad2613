"""Windows sessions and accounts: who may run beside whom. Timetables worked out by hand.

By the vendor's page Robot limits, foreground work runs one at a time for each account on a host,
and one at a time in all on a workstation, however many slots it has; a server has a session for
each account. Jobs last ten minutes.
"""

from __future__ import annotations

from typing import Any

import pytest
from engine.timelines import jobs_of, lines
from engine.whereabouts import accounts_of, pressed, robots, spans_of

FOREGROUND = {"type": "foreground"}
WORKSTATION = {"slots": 2, "windows_sessions": 1}
NEEDS_ACCOUNT = {"background_needs_account": True}
FAULT = {"busy_session": "fault"}

BESIDE_EACH_OTHER = {
    "a server has a session for each account": (
        {"slots": 3},
        robots(3),
        {"G": ["08:00", "08:01", "08:02"]},
        {},
        """
        G 08:00 08:00-08:10 Successful
        G 08:01 08:01-08:11 Successful
        G 08:02 08:02-08:12 Successful
        """,
    ),
    "as many sessions as it says, though slots and accounts are free": (
        {"slots": 3, "windows_sessions": 2},
        robots(3),
        {"G": ["08:00", "08:01", "08:02"]},
        {},
        """
        G 08:00 08:00-08:10 Successful
        G 08:01 08:01-08:11 Successful
        G 08:02 08:10-08:20 Successful
        """,
    ),
    "an account has one session on a host": (
        {"slots": 3},
        robots(2),
        {"G": ["08:00", "08:01", "08:02"]},
        {},
        """
        G 08:00 08:00-08:10 Successful
        G 08:01 08:01-08:11 Successful
        G 08:02 08:10-08:20 Successful
        """,
    ),
    "a workstation runs one, and background work beside it": (
        WORKSTATION,
        robots(2),
        {"G": ["08:00", "08:01"], "B": ["08:02"]},
        {},
        """
        G 08:00 08:00-08:10 Successful
        G 08:01 08:10-08:20 Successful
        B 08:02 08:02-08:12 Successful
        """,
    ),
    "no session at all: background work only": (
        {"slots": 2, "windows_sessions": 0},
        robots(1),
        {"G": ["08:00"], "B": ["08:01"]},
        {},
        """
        G 08:00 ...-... Pending
        B 08:01 08:01-08:11 Successful
        """,
    ),
    "background work leaves its account free for others": (
        {"slots": 4},
        robots(1),
        {"B": ["08:00", "08:01"], "G": ["08:02"]},
        {},
        """
        B 08:00 08:00-08:10 Successful
        B 08:01 08:01-08:11 Successful
        G 08:02 08:02-08:12 Successful
        """,
    ),
    "background work that needs its account: one job a host, of either type": (
        {"slots": 4},
        robots(1),
        {"B": ["08:00", "08:01"], "G": ["08:02"]},
        NEEDS_ACCOUNT,
        """
        B 08:00 08:00-08:10 Successful
        B 08:01 08:10-08:20 Successful
        G 08:02 08:20-08:30 Successful
        """,
    ),
    "background work that needs an account needs no session": (
        WORKSTATION,
        robots(2),
        {"G": ["08:00"], "B": ["08:01"]},
        NEEDS_ACCOUNT,
        """
        G 08:00 08:00-08:10 Successful
        B 08:01 08:01-08:11 Successful
        """,
    ),
    "fault: before 18.2 the second job of a workstation crashed": (
        WORKSTATION,
        robots(2),
        {"G": ["08:00", "08:05", "08:10"]},
        FAULT,
        """
        G 08:00 08:00-08:10 Successful
        G 08:05 08:05-08:05 Faulted
        G 08:10 08:10-08:20 Successful
        """,
    ),
    "fault: so did one whose account was at work there": (
        {"slots": 2},
        robots(1),
        {"G": ["08:00", "08:05"]},
        FAULT,
        """
        G 08:00 08:00-08:10 Successful
        G 08:05 08:05-08:05 Faulted
        """,
    ),
    "fault: without a free slot there is nothing to fault at": (
        {"slots": 1, "windows_sessions": 1},
        robots(2),
        {"G": ["08:00", "08:05"]},
        FAULT,
        """
        G 08:00 08:00-08:10 Successful
        G 08:05 08:10-08:20 Successful
        """,
    ),
    "fault: it waits for a slot, and crashes as it gets one": (
        WORKSTATION,
        robots(2),
        {"B": ["08:00"], "G": ["08:01", "08:02"]},
        FAULT,
        """
        B 08:00 08:00-08:10 Successful
        G 08:01 08:01-08:11 Successful
        G 08:02 08:10-08:10 Faulted
        """,
    ),
    "fault: background work has no session to find busy": (
        WORKSTATION,
        robots(1),
        {"G": ["08:00"], "B": ["08:05"]},
        FAULT,
        """
        G 08:00 08:00-08:10 Successful
        B 08:05 08:05-08:15 Successful
        """,
    ),
}


@pytest.mark.parametrize(
    ("machine", "accounts", "presses", "assumptions", "expected"),
    BESIDE_EACH_OTHER.values(),
    ids=BESIDE_EACH_OTHER.keys(),
)
def test_on_one_host(
    machine: dict[str, Any],
    accounts: dict[str, Any],
    presses: dict[str, list[str]],
    assumptions: dict[str, Any],
    expected: str,
) -> None:
    """G is in the foreground, B in the background."""
    run = pressed(
        presses,
        machines={"M1": machine},
        processes={"G": FOREGROUND, "B": {}},
        accounts=accounts,
        assumptions=assumptions,
    )
    assert jobs_of(run) == lines(expected)


OVER_HOSTS = {
    "an account is at work on each host at once": (
        False,
        FOREGROUND,
        {},
        """
        A 08:00 M1/1 08:00-08:10
        A 08:01 M1/2 08:01-08:11
        """,
    ),
    "one_job_at_a_time: on one of them": (
        True,
        FOREGROUND,
        {},
        """
        A 08:00 M1/1 08:00-08:10
        A 08:01 M1/1 08:10-08:20
        """,
    ),
    "one_job_at_a_time does not count background work that needs no account": (
        True,
        {},
        {},
        """
        A 08:00 M1/1 08:00-08:10
        A 08:01 M1/1 08:01-08:11
        """,
    ),
    "background work that needs its account, one on each host": (
        False,
        {},
        NEEDS_ACCOUNT,
        """
        A 08:00 M1/1 08:00-08:10
        A 08:01 M1/2 08:01-08:11
        """,
    ),
    "and under one_job_at_a_time one in all": (
        True,
        {},
        NEEDS_ACCOUNT,
        """
        A 08:00 M1/1 08:00-08:10
        A 08:01 M1/1 08:10-08:20
        """,
    ),
}


@pytest.mark.parametrize(
    ("single", "process", "assumptions", "expected"), OVER_HOSTS.values(), ids=OVER_HOSTS.keys()
)
def test_one_account_over_two_hosts(
    single: bool, process: dict[str, Any], assumptions: dict[str, Any], expected: str
) -> None:
    """One robot, two hosts of two slots each."""
    run = pressed(
        {"A": ["08:00", "08:01"]},
        machines={"M1": {"hosts": 2, "slots": 2}},
        processes={"A": process},
        accounts=robots(1, one_job_at_a_time=single),
        assumptions=assumptions,
    )
    assert spans_of(run) == lines(expected)


@pytest.mark.parametrize(
    ("assumptions", "second"),
    [
        ({}, "G 08:05 08:10-08:20 Successful"),
        (FAULT, "G 08:05 08:05-08:05 Faulted"),
    ],
    ids=["since 18.2 the second unit's job waits", "before, it crashed"],
)
def test_the_forums_question_two_units_share_one_machine(
    assumptions: dict[str, Any], second: str
) -> None:
    """F is of one unit, G of the other; each has a robot, both the one desktop of M1."""
    run = pressed(
        {"F": ["08:00"], "G": ["08:05"]},
        machines={"M1": WORKSTATION, "M2": WORKSTATION},
        processes={"F": FOREGROUND, "G": FOREGROUND},
        starts={
            "F": {"run_as": {"account": "robot-1", "machine": "M1"}},
            "G": {"run_as": {"account": "robot-2", "machine": "M1"}},
        },
        accounts=robots(2),
        assumptions=assumptions,
    )
    assert jobs_of(run) == ["F 08:00 08:00-08:10 Successful", second]


def test_before_18_2_a_job_crashed_at_the_first_free_slot_though_another_host_was_idle() -> None:
    run = pressed(
        {"G": ["08:00", "08:05"]},
        machines={"M1": WORKSTATION, "M2": WORKSTATION},
        processes={"G": FOREGROUND},
        accounts=robots(2),
        assumptions=FAULT,
    )
    assert jobs_of(run)[1] == "G 08:05 08:05-08:05 Faulted"


def test_each_host_is_searched_account_by_account() -> None:
    """robot-1 first, then robot-2 on the same host, then on the next host robot-1 again."""
    run = pressed(
        {"G": ["08:00", "08:01", "08:02"]},
        machines={"M1": {"hosts": 2, "slots": 3}},
        processes={"G": FOREGROUND},
        accounts=robots(2),
    )
    assert accounts_of(run) == lines(
        """
        G 08:00 M1/1 robot-1
        G 08:01 M1/1 robot-2
        G 08:02 M1/2 robot-1
        """
    )
