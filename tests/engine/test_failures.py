"""Hosts that fail, and what becomes of the jobs there: timetables worked out by hand.

Unless a test says otherwise, M1 has one slot, is down from 09:00 to 10:00 and from 19:00 to 20:00,
and jobs last ten minutes.
"""

from __future__ import annotations

from typing import Any

import pytest
from engine.runs import Replication
from engine.timelines import items, items_of, jobs_of, lines
from engine.whereabouts import (
    UNTIL_MIDNIGHT,
    breaks_of,
    daily,
    fails,
    minutes_of,
    pressed,
    robots,
    slots_of,
    spans_of,
)

ONE_AT_A_TIME = robots(1, one_job_at_a_time=True)
KINDS = ("restart", "fault", "kill", "pause")


def on_m1(kind: str, presses: dict[str, list[str]], up: str = "9h", **parts: Any) -> Replication:
    """What becomes of the jobs where M1 is down for an hour after `up`."""
    machine = {"failures": fails(up, parts.pop("down", "1h"), kind)} | parts.pop("machine", {})
    return pressed(presses, machines={"M1": machine, **parts.pop("others", {})}, **parts)


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
    run = on_m1(kind, {"A": ["08:55", "09:10"]})
    assert jobs_of(run) == lines(jobs)
    assert spans_of(run) == lines(spans)
    assert breaks_of(run) == breaks
    columns = ("running_s", "pending_s", "resumed_s")
    assert tuple(minutes_of(run, column) for column in columns) == minutes


@pytest.mark.parametrize("kind", KINDS)
def test_a_job_that_ends_as_its_host_fails_has_ended(kind: str) -> None:
    run = on_m1(kind, {"A": ["08:50"]})
    assert jobs_of(run) == ["A 08:50 08:50-09:00 Successful"]
    assert breaks_of(run) == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_comes_as_the_host_fails_waits_and_as_it_is_repaired_starts(kind: str) -> None:
    """At 10:00 the one that waits goes before the newcomer, which is High."""
    parts = {"processes": {"B": {"priority": "High"}}}
    run = on_m1(kind, {"A": ["09:00"], "B": ["10:00"]}, **parts)
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
    run = on_m1(kind, {"A": ["08:55"]}, down="0s")
    assert (jobs_of(run), breaks_of(run)) == ([expected], breaks)
    assert minutes_of(run, "running_s") == [running]


def test_a_host_that_is_back_in_the_same_instant_takes_its_job_again() -> None:
    """Hosts fail and are repaired before anybody looks for a place: M2 is free, M1 comes first."""
    run = on_m1("restart", {"A": ["08:55"]}, down="0s", others={"M2": {}})
    assert [text.split()[2] for text in spans_of(run)] == ["M1/1", "M1/1"]


def test_a_host_that_fails_as_it_is_repaired_takes_nobody() -> None:
    """Up for no time at all after each ten minutes of being down."""
    run = on_m1("restart", {"A": ["08:05"]}, "0s", down="10m", time=UNTIL_MIDNIGHT)
    assert jobs_of(run) == ["A 08:05 ...-... Pending"]
    assert breaks_of(run) == []


def test_a_job_as_long_as_its_host_stays_up_ends_as_it_fails() -> None:
    """Up 15 min, down 5: down from 00:15, 00:35, 00:55. The job of 00:10 starts anew at 00:20."""
    run = on_m1("restart", {"A": ["00:10"]}, "15m", down="5m", processes={"A": {"duration": "15m"}})
    assert jobs_of(run) == ["A 00:10 00:10-00:35 Successful"]
    assert breaks_of(run) == ["A 00:10 Restarted 00:15 00:15 00:20"]


RESTARTS = {
    "at its own place, before the younger and behind the better": (
        {"A": ["08:55"], "B": ["08:56"], "C": ["09:30"]},
        {"C": {"priority": "High"}},
        {},
        """
        A 08:55 08:55-10:20 Successful
        B 08:56 10:20-10:30 Successful
        C 09:30 10:00-10:10 Successful
        """,
    ),
    "at once on another host": (
        {"A": ["08:55"]},
        {},
        {"M2": {}},
        "A 08:55 08:55-09:10 Successful",
    ),
    "never withdrawn while it waits again": (
        {"A": ["08:55"]},
        {"A": {"pending_expiry": "30m"}},
        {},
        "A 08:55 08:55-10:10 Successful",
    ),
    "never refused, though none may be Pending": (
        {"A": ["08:55"]},
        {"A": {"pending_limit": 0}},
        {},
        "A 08:55 08:55-10:10 Successful",
    ),
    "but as one that is Pending it counts for others' limit": (
        {"A": ["08:55", "09:30"]},
        {"A": {"pending_limit": 1}},
        {},
        """
        A 08:55 08:55-10:10 Successful
        A 09:30 ...-09:30 Refused
        """,
    ),
    "those that were Pending already stay, though with it they are too many": (
        {"A": ["08:55", "08:56", "09:30"]},
        {"A": {"pending_limit": 1}},
        {},
        """
        A 08:55 08:55-10:10 Successful
        A 08:56 10:10-10:20 Successful
        A 09:30 ...-09:30 Refused
        """,
    ),
    "what follows comes after its end": (
        {"A": ["08:55"]},
        {"A": {"then": {"start": "B"}}, "B": {}},
        {},
        """
        A 08:55 08:55-10:10 Successful
        A 10:10 10:10-10:20 Successful
        """,
    ),
}


@pytest.mark.parametrize(
    ("presses", "processes", "others", "expected"), RESTARTS.values(), ids=RESTARTS.keys()
)
def test_a_restarted_job(
    presses: dict[str, list[str]],
    processes: dict[str, Any],
    others: dict[str, Any],
    expected: str,
) -> None:
    run = on_m1("restart", presses, processes=processes, others=others)
    assert jobs_of(run) == lines(expected)


@pytest.mark.parametrize(
    ("kind", "followed"), [("restart", 1), ("fault", 0), ("kill", 0), ("pause", 1)]
)
def test_only_a_successful_end_is_followed(kind: str, followed: int) -> None:
    processes: dict[str, Any] = {"A": {"then": {"start": "B"}}, "B": {}}
    assert len(jobs_of(on_m1(kind, {"A": ["08:55"]}, processes=processes))) == 1 + followed


@pytest.mark.parametrize(
    ("kind", "created"), [("restart", [1, 0]), ("fault", [1, 1]), ("pause", [1, 1])]
)
def test_a_restarted_job_is_pending_to_the_guard_a_paused_one_is_not(
    kind: str, created: list[int]
) -> None:
    """Fired at 08:45 and 09:30; the first job, of 30 min, is lost at 09:00."""
    trigger = {"process": "P", "time": {"cron": "0 45 8 ? * *"}, "created_by": "owner"}
    again = trigger | {"time": {"cron": "0 30 9 ? * *"}, "pending_guard": "per_process"}
    run = on_m1(
        kind,
        {},
        processes={"P": {"duration": "30m"}},
        triggers={"T": trigger, "U": again},
    )
    assert run.records.trigger_log.created.tolist() == created


def test_a_restarted_stretch_lasts_as_drawn_wherever_it_is_run() -> None:
    """The job of 08:55 lasts 10 to 20 min: lost at 09:00 at M1, run through on M2, and the same in
    an estate where nothing fails."""
    drawn: dict[str, Any] = {"processes": {"A": {"duration": {"uniform": ["10m", "20m"]}}}}
    lost = on_m1("restart", {"A": ["08:55"]}, others={"M2": {}}, **drawn)
    sound = pressed({"A": ["08:55"]}, **drawn)
    assert [text.split()[2] for text in spans_of(lost)] == ["M1/1", "M2/1"]
    rows = lost.records.occupancy
    assert rows.to_s[1] - rows.from_s[1] == sound.records.jobs.running_s[0]
    assert lost.records.jobs.running_s[0] == 300 + sound.records.jobs.running_s[0]


WORKERS = {
    "restart: the item at hand is Abandoned, those done stay done": (
        "restart",
        "press 08:45 08:45-10:12 Successful",
        """
        mail 08:00 08:47-08:57 Successful 0
        mail 08:01 08:57-... Abandoned 0
        mail 08:02 10:02-10:12 Successful 0
        """,
    ),
    "fault": (
        "fault",
        "press 08:45 08:45-09:00 Faulted",
        """
        mail 08:00 08:47-08:57 Successful 0
        mail 08:01 08:57-... Abandoned 0
        mail 08:02 ...-... New -
        """,
    ),
    "kill": (
        "kill",
        "press 08:45 08:45-09:00 Stopped",
        """
        mail 08:00 08:47-08:57 Successful 0
        mail 08:01 08:57-... Abandoned 0
        mail 08:02 ...-... New -
        """,
    ),
    "pause: the item goes on with the job": (
        "pause",
        "press 08:45 08:45-10:17 Successful",
        """
        mail 08:00 08:47-08:57 Successful 0
        mail 08:01 08:57-10:07 Successful 0
        mail 08:02 10:07-10:17 Successful 0
        """,
    ),
}


@pytest.mark.parametrize(("kind", "job", "work"), WORKERS.values(), ids=WORKERS.keys())
def test_a_job_that_works_a_queue(kind: str, job: str, work: str) -> None:
    """Its own work takes two minutes, also when it starts anew, then each item takes ten."""
    run = on_m1(
        kind,
        {"press": ["08:45"]},
        processes={"press": {"duration": "2m", "queue": "Q"}},
        queues={"Q": {"retries": 3}},
        arrivals={"mail": items("08:00", "08:01", "08:02")},
    )
    assert jobs_of(run) == [job]
    assert items_of(run) == lines(work)


def test_an_item_that_is_done_as_the_host_fails_is_done_and_the_next_one_lost() -> None:
    """A job takes its next item in the instant it ended the last: the second is lost at 09:00."""
    run = on_m1(
        "kill",
        {"press": ["08:50"]},
        processes={"press": {"duration": "0s", "queue": "Q"}},
        queues={"Q": {}},
        arrivals={"mail": items("08:00", "08:01", "08:02")},
    )
    assert items_of(run) == lines(
        """
        mail 08:00 08:50-09:00 Successful 0
        mail 08:01 09:00-... Abandoned 0
        mail 08:02 ...-... New -
        """
    )


@pytest.mark.parametrize("kind", ["fault", "kill"])
def test_a_lost_worker_sets_off_the_trigger_that_looks_at_the_end_of_its_jobs(kind: str) -> None:
    looks = {"name": "Q", "minimum": 1, "at_most": 1, "recheck": "never", "on_job_end": True}
    run = on_m1(
        kind,
        {},
        processes={"W": {"duration": "0s", "queue": "Q"}},
        queues={"Q": {}},
        arrivals={"mail": items("08:55", "08:56")},
        triggers={"look": {"process": "W", "queue": looks, "created_by": "owner"}},
    )
    assert [text.split()[:3] for text in jobs_of(run)] == [
        ["look", "08:55", "08:55-09:00"],
        ["look", "09:00", "10:00-10:10"],
    ]


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
    run = on_m1(
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
    run = on_m1(
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
    run = on_m1("restart", {"A": ["08:00"]}, machine={"hosts": 2, "slots": 3})
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
