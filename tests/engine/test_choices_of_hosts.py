"""Which host and which account, of those in service, where hosts come and go. By hand.

A and B are machines of one host with one slot each, in this order; jobs last ten minutes.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from engine.timelines import lines
from engine.whereabouts import accounts_of, daily, fails, pressed, robots, spans_of

DOWN_AT_EIGHT = {"failures": fails("8h", "1h")}
TIMES = ["07:30", "08:10", "08:30", "09:10", "09:30"]

HOSTS = {
    "first: back to the first one as soon as it is there": (
        "first",
        """
        P 07:30 A/1 07:30-07:40
        P 08:10 B/1 08:10-08:20
        P 08:30 B/1 08:30-08:40
        P 09:10 A/1 09:10-09:20
        P 09:30 A/1 09:30-09:40
        """,
    ),
    "sticky: where the process last ran, as long as that is there": (
        "sticky",
        """
        P 07:30 A/1 07:30-07:40
        P 08:10 B/1 08:10-08:20
        P 08:30 B/1 08:30-08:40
        P 09:10 B/1 09:10-09:20
        P 09:30 B/1 09:30-09:40
        """,
    ),
    "least_used: by what each has done so far": (
        "least_used",
        """
        P 07:30 A/1 07:30-07:40
        P 08:10 B/1 08:10-08:20
        P 08:30 B/1 08:30-08:40
        P 09:10 A/1 09:10-09:20
        P 09:30 A/1 09:30-09:40
        """,
    ),
}


@pytest.mark.parametrize(("choice", "expected"), HOSTS.values(), ids=HOSTS.keys())
def test_a_host_that_is_down_for_an_hour(choice: str, expected: str) -> None:
    """A is down 08:00-09:00. By 09:10 it has done ten minutes and B twenty; by 09:30 both twenty,
    and of equal ones the first is taken."""
    machines = {"A": DOWN_AT_EIGHT, "B": {}}
    run = pressed({"P": TIMES}, machines=machines, dispatch={"hosts": choice})
    assert spans_of(run) == lines(expected)


def test_sticky_to_a_host_that_is_down_takes_the_first_that_is_there() -> None:
    """P last ran on B, whose turn it was as A was busy; at 08:10 B is down."""
    run = pressed(
        {"L": ["07:00"], "P": ["07:10", "08:10"]},
        machines={"A": {}, "B": DOWN_AT_EIGHT},
        processes={"L": {"duration": "30m"}},
        dispatch={"hosts": "sticky"},
    )
    assert [text.split()[2] for text in spans_of(run)] == ["A/1", "B/1", "A/1"]


def test_sticky_goes_by_where_a_restarted_job_ran_last() -> None:
    """Lost on A at 08:00 and run through on B: there the process stays."""
    run = pressed(
        {"P": ["07:55", "09:30"]},
        machines={"A": DOWN_AT_EIGHT, "B": {}},
        dispatch={"hosts": "sticky"},
    )
    assert [text.split()[2] for text in spans_of(run)] == ["A/1", "B/1", "B/1"]


def test_least_used_counts_no_time_in_which_a_job_was_paused() -> None:
    """A works 07:55-08:00 and 09:00-09:05, paused between; B 20 minutes: the next is A's."""
    run = pressed(
        {"P": ["07:55", "09:30"], "Q": ["08:10"]},
        machines={"A": {"failures": fails("8h", "1h", "pause")}, "B": {}},
        processes={"Q": {"duration": "20m"}},
        dispatch={"hosts": "least_used"},
    )
    assert spans_of(run)[-1] == "P 09:30 A/1 09:30-09:40"


def test_least_used_counts_what_was_done_in_vain() -> None:
    """A works 15 minutes for a job it loses at 08:00, B 10 for one of its own: the next is B's."""
    run = pressed(
        {"P": ["07:45"], "Q": ["08:20", "09:30"]},
        machines={"A": {"failures": fails("8h", "1h", "kill")}, "B": {}},
        processes={"P": {"duration": "30m"}},
        dispatch={"hosts": "least_used"},
    )
    assert [text.split()[2] for text in spans_of(run)] == ["A/1", "B/1", "B/1"]


def test_random_is_among_those_in_service_alone() -> None:
    """200 jobs on three machines, B in maintenance all day: A and C, each near a hundred times
    (standard deviation 7)."""
    run = pressed(
        {"P": []},
        machines={"A": {}, "B": {"maintenance": [daily(0, "25h")]}, "C": {}},
        processes={"P": {"duration": "1m"}},
        starts={"P": {"stream": {"every": "7m12s"}}},
        dispatch={"hosts": "random"},
    )
    hosts = Counter(text.split()[2] for text in spans_of(run))
    assert set(hosts) == {"A/1", "C/1"}
    assert hosts["A/1"] == pytest.approx(100, abs=28)


ACCOUNTS = {
    "first": (
        "first",
        ["A/1 robot-1", "B/1 robot-1", "B/1 robot-1", "A/1 robot-1", "A/1 robot-1"],
    ),
    "least_used": (
        "least_used",
        ["A/1 robot-1", "B/1 robot-2", "B/1 robot-1", "A/1 robot-2", "A/1 robot-1"],
    ),
}


@pytest.mark.parametrize(("choice", "expected"), ACCOUNTS.values(), ids=ACCOUNTS.keys())
def test_accounts_by_what_they_did_on_all_hosts(choice: str, expected: list[str]) -> None:
    """A is down 08:00-09:00; of accounts that did the same the first is taken."""
    run = pressed(
        {"P": TIMES},
        machines={"A": DOWN_AT_EIGHT, "B": {}},
        processes={"P": {"type": "foreground"}},
        accounts=robots(2),
        dispatch={"accounts": choice},
    )
    assert [" ".join(text.split()[2:]) for text in accounts_of(run)] == expected


def test_random_accounts_are_those_that_are_free_on_a_host_in_service() -> None:
    """L holds robot-1 on A all day, and B comes at noon: of a hundred jobs in the morning robot-2
    has all, of a hundred after that the two share those on B (within four standard deviations)."""
    foreground: dict[str, Any] = {"type": "foreground", "duration": "1m"}
    run = pressed(
        {"L": ["00:00"], "P": []},
        machines={
            "A": {"slots": 2, "accounts": ["robot-1", "robot-2"]},
            "B": {"maintenance": [daily(0, "12h")]},
        },
        processes={"L": foreground | {"duration": "1d"}, "P": foreground},
        starts={
            "L": {"run_as": {"account": "robot-1", "machine": "A"}},
            "P": {"stream": {"every": "7m12s", "first": "1m"}},
        },
        accounts=robots(2),
        dispatch={"accounts": "random", "hosts": "random"},
    )
    morning, afternoon = ["A/1 robot-2"] * 100, ["A/1 robot-2", "B/1 robot-1", "B/1 robot-2"]
    told = [" ".join(text.split()[2:]) for text in accounts_of(run)[1:]]
    assert told[:100] == morning
    assert set(told[100:]) == set(afternoon)
    on_b = [text for text in told[100:] if text.startswith("B")]
    assert on_b.count("B/1 robot-1") == pytest.approx(len(on_b) / 2, abs=2 * len(on_b) ** 0.5)


def test_a_pool_that_came_and_went_is_as_any_other_host() -> None:
    """burst/1 boots for the second job, is stopped at 08:27, and booted again; `sticky` P returns
    to it only while it is there, and A is free at 09:00."""
    pool: dict[str, Any] = {"pool": {"max": 1, "boot": "2m", "idle_stop": "15m"}}
    run = pressed(
        {"L": ["08:00"], "P": ["08:00", "08:20", "09:00"]},
        machines={"A": {}, "burst": pool},
        processes={"L": {"duration": "15m"}},
        dispatch={"hosts": "sticky"},
    )
    assert spans_of(run) == lines(
        """
        L 08:00 A/1 08:00-08:15
        P 08:00 burst/1 08:02-08:12
        P 08:20 burst/1 08:20-08:30
        P 09:00 A/1 09:00-09:10
        """
    )
