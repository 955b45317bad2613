"""Hosts that fail, and what becomes of the jobs there: timetables worked out by hand.

Unless a test says otherwise, M1 has one slot, is down from 09:00 to 10:00 and from 19:00 to 20:00,
and jobs last ten minutes.
"""

from __future__ import annotations

from typing import Any

import pytest
from engine.timelines import jobs_of, lines
from engine.whereabouts import (
    UNTIL_MIDNIGHT,
    breaks_of,
    daily,
    failing,
    fails,
    minutes_of,
    pressed,
    robots,
    slots_of,
    spans_of,
)

ONE_AT_A_TIME = robots(1, one_job_at_a_time=True)
KINDS = ("restart", "fault", "kill", "pause")


WHAT_BECOMES_OF_RUNNING_JOBS = {
    "restart": (
        """
        A 08:55 08:55-10:10 Successful
        A 09:10 10:10-10:20 Successful
        """,
        """
        A 08:55 M1/1 08:55-09:00
        A 08:55 M1/1 10:00-10:10
        A 09:10 M1/1 10:10-10:20
        """,
        ["A 08:55 Restarted 09:00 09:00 10:00"],
        # running, Pending at first, waiting again
        ([15, 10], [0, 60], [60, 0]),
    ),
    "fault": (
        """
        A 08:55 08:55-09:00 Faulted
        A 09:10 10:00-10:10 Successful
        """,
        """
        A 08:55 M1/1 08:55-09:00
        A 09:10 M1/1 10:00-10:10
        """,
        [],
        ([5, 10], [0, 50], [0, 0]),
    ),
    "kill": (
        """
        A 08:55 08:55-09:00 Stopped
        A 09:10 10:00-10:10 Successful
        """,
        """
        A 08:55 M1/1 08:55-09:00
        A 09:10 M1/1 10:00-10:10
        """,
        [],
        ([5, 10], [0, 50], [0, 0]),
    ),
    "pause": (
        """
        A 08:55 08:55-10:05 Successful
        A 09:10 10:05-10:15 Successful
        """,
        """
        A 08:55 M1/1 08:55-09:00
        A 08:55 M1/1 10:00-10:05
        A 09:10 M1/1 10:05-10:15
        """,
        [],
        ([10, 10], [0, 55], [0, 0]),
    ),
}


@pytest.mark.parametrize(
    ("kind", "jobs", "spans", "breaks", "minutes"),
    [(kind, *row) for kind, row in WHAT_BECOMES_OF_RUNNING_JOBS.items()],
    ids=WHAT_BECOMES_OF_RUNNING_JOBS.keys(),
)
def test_what_becomes_of_a_running_job(
    kind: str, jobs: str, spans: str, breaks: list[str], minutes: tuple[list[float], ...]
) -> None:
    """A paused job keeps its slot, so only a restarted one leaves it before it is over."""
    run = failing(kind, {"A": ["08:55", "09:10"]})
    assert jobs_of(run) == lines(jobs)
    assert spans_of(run) == lines(spans)
    assert breaks_of(run) == breaks
    columns = ("running_s", "pending_s", "resumed_s")
    assert tuple(minutes_of(run, column) for column in columns) == minutes


@pytest.mark.parametrize("kind", KINDS)
def test_a_job_that_ends_as_its_host_fails_has_ended(kind: str) -> None:
    run = failing(kind, {"A": ["08:50"]})
    assert jobs_of(run) == ["A 08:50 08:50-09:00 Successful"]
    assert breaks_of(run) == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_comes_as_the_host_fails_waits_and_as_it_is_repaired_starts(kind: str) -> None:
    """At 10:00 the one that waits goes before the newcomer, which is High."""
    parts = {"processes": {"B": {"priority": "High"}}}
    run = failing(kind, {"A": ["09:00"], "B": ["10:00"]}, **parts)
    assert jobs_of(run) == lines(
        """
        A 09:00 10:00-10:10 Successful
        B 10:00 10:10-10:20 Successful
        """
    )


DOWN_FOR_NO_TIME = {
    "restart": ("A 08:55 08:55-09:10 Successful", ["A 08:55 Restarted 09:00 09:00 09:00"], 15),
    "fault": ("A 08:55 08:55-09:00 Faulted", [], 5),
    "kill": ("A 08:55 08:55-09:00 Stopped", [], 5),
    "pause": ("A 08:55 08:55-09:05 Successful", [], 10),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_host_that_is_down_for_no_time_at_all(kind: str) -> None:
    expected, breaks, running = DOWN_FOR_NO_TIME[kind]
    run = failing(kind, {"A": ["08:55"]}, down="0s")
    assert (jobs_of(run), breaks_of(run)) == ([expected], breaks)
    assert minutes_of(run, "running_s") == [running]


def test_a_host_that_is_back_in_the_same_instant_takes_its_job_again() -> None:
    """Hosts fail and are repaired before anybody looks for a place: M2 is free, M1 comes first."""
    run = failing("restart", {"A": ["08:55"]}, down="0s", others={"M2": {}})
    assert [text.split()[2] for text in spans_of(run)] == ["M1/1", "M1/1"]


def test_a_host_that_fails_as_it_is_repaired_takes_nobody() -> None:
    """Up for no time at all after each ten minutes of being down."""
    run = failing("restart", {"A": ["08:05"]}, up="0s", down="10m", time=UNTIL_MIDNIGHT)
    assert jobs_of(run) == ["A 08:05 ...-... Pending"]
    assert breaks_of(run) == []


def test_a_job_as_long_as_its_host_stays_up_ends_as_it_fails() -> None:
    """Up 15 min, down 5: down from 00:15, 00:35, 00:55. The job of 00:10 starts anew at 00:20."""
    run = failing(
        "restart", {"A": ["00:10"]}, up="15m", down="5m", processes={"A": {"duration": "15m"}}
    )
    assert jobs_of(run) == ["A 00:10 00:10-00:35 Successful"]
    assert breaks_of(run) == ["A 00:10 Restarted 00:15 00:15 00:20"]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("pause", "B 09:10 10:05-10:15 Successful"),
        ("kill", "B 09:10 09:10-09:20 Successful"),
        ("fault", "B 09:10 09:10-09:20 Successful"),
        ("restart", "B 09:10 09:10-09:20 Successful"),
    ],
    ids=["pause", "kill", "fault", "restart"],
)
def test_a_paused_job_keeps_its_account(kind: str, expected: str) -> None:
    """One robot, one job at a time. M2 is free; A, if it is restarted, would take it at 09:00."""
    foreground = {"type": "foreground"}
    run = failing(
        kind,
        {"A": ["08:55"], "B": ["09:10"]},
        processes={"A": foreground, "B": foreground},
        accounts=ONE_AT_A_TIME,
        others={"M2": {}},
    )
    assert jobs_of(run)[1] == expected


def test_a_paused_job_keeps_its_windows_session() -> None:
    """The session of M1 is held from 08:55 until A, paused 09:00-10:00, ends at 10:05."""
    foreground = {"type": "foreground"}
    run = failing(
        "pause",
        {"A": ["08:55"], "B": ["08:56"]},
        processes={"A": foreground, "B": foreground},
        accounts=robots(2),
        machine={"slots": 2, "windows_sessions": 1},
    )
    assert jobs_of(run)[1] == "B 08:56 10:05-10:15 Successful"


IN_MAINTENANCE_TOO = {
    "faults in a window too": (
        fails("9h30m", "1h", "fault"),
        daily(9, "2h"),
        "08:30",
        "2h",
        "A 08:30 08:30-09:30 Faulted",
    ),
    "paused, it goes on as the host is repaired: who runs may run on": (
        fails("8h30m", "1h", "pause"),
        daily(9, "2h"),
        "08:10",
        "1h",
        "A 08:10 08:10-10:10 Successful",
    ),
    "paused, it is killed as a window begins": (
        fails("8h30m", "1h", "pause"),
        daily(9, "2h", "kill"),
        "08:10",
        "1h",
        "A 08:10 08:10-09:00 Stopped",
    ),
    "restarted, it waits for repair and the end of the window": (
        fails("8h30m", "1h", "restart"),
        daily(9, "2h"),
        "08:10",
        "1h",
        "A 08:10 08:10-12:00 Successful",
    ),
    "repaired as the window ends": (
        fails("8h30m", "1h30m", "restart"),
        daily(9, "1h"),
        "08:10",
        "1h",
        "A 08:10 08:10-11:00 Successful",
    ),
    "repaired as the window begins": (
        fails("8h", "1h", "restart"),
        daily(9, "1h"),
        "07:30",
        "1h",
        "A 07:30 07:30-11:00 Successful",
    ),
}


@pytest.mark.parametrize(
    ("failures", "window", "time", "duration", "expected"),
    IN_MAINTENANCE_TOO.values(),
    ids=IN_MAINTENANCE_TOO.keys(),
)
def test_failures_and_maintenance(
    failures: dict[str, Any], window: dict[str, Any], time: str, duration: str, expected: str
) -> None:
    machine = {"failures": failures, "maintenance": [window]}
    processes = {"A": {"duration": duration}}
    run = pressed({"A": [time]}, machines={"M1": machine}, processes=processes)
    assert jobs_of(run) == [expected]


def test_paused_and_then_killed_in_maintenance_it_ran_until_it_was_paused() -> None:
    machine = {"failures": fails("8h30m", "1h", "pause"), "maintenance": [daily(9, "2h", "kill")]}
    run = pressed({"A": ["08:10"]}, machines={"M1": machine}, processes={"A": {"duration": "1h"}})
    assert minutes_of(run, "running_s") == [20]
    assert spans_of(run) == ["A 08:10 M1/1 08:10-08:30"]


def test_up_counts_from_the_start_and_from_each_repair_busy_or_idle() -> None:
    """The same for both hosts, as the spans are constant."""
    run = failing("restart", {"A": ["08:00"]}, machine={"hosts": 2, "slots": 3})
    assert slots_of(run) == [
        f"M1/{host} 3 {span}"
        for host in (1, 2)
        for span in (
            "usable 00:00-09:00",
            "down 09:00-10:00",
            "usable 10:00-19:00",
            "down 19:00-20:00",
            "usable 20:00-24:00",
        )
    ]


def test_hosts_fail_independently_and_whatever_else_there_is() -> None:
    """Drawn by the host's own name: a machine more, before it, moves none of its failures."""
    drawn = {"up": {"exponential": "5h"}, "down": {"exponential": "30m"}}
    machine = {"hosts": 2, "failures": drawn}
    alone = slots_of(pressed({"A": ["08:00"]}, machines={"M1": machine}))
    beside = slots_of(pressed({"A": ["08:00"]}, machines={"M0": machine, "M1": machine}))
    assert [text for text in beside if text.startswith("M1")] == alone
    one, two = ([text[5:] for text in alone if text.startswith(f"M1/{n}")] for n in (1, 2))
    assert one != two
