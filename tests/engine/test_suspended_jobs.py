"""Long-running jobs: Suspended, Resumed, back in line. Timetables worked out by hand.

Unless a test says otherwise, M1 has one slot and A runs ten minutes at a time, is Suspended for
thirty after each and is stopped once it has run for 25: so it runs three stretches, of 10, 10 and
5 minutes. That takes two suspensions, and at 99 % all but one job in fifty has them; these have.
"""

from __future__ import annotations

from typing import Any

import pytest
from engine.runs import Replication
from engine.timelines import items, items_of, jobs_of, lines
from engine.whereabouts import (
    accounts_of,
    breaks_of,
    fails,
    minutes_of,
    pressed,
    robots,
    spans_of,
    suspends,
    window,
)

THREE_STRETCHES = suspends() | {"stop_after": "25m"}


def resting(presses: dict[str, list[str]], **parts: Any) -> Replication:
    """What becomes of the jobs where A is Suspended after each stretch of ten minutes."""
    rules = parts.pop("processes", {})
    processes = {**rules, "A": THREE_STRETCHES | rules.get("A", {})}
    return pressed(presses, processes=processes, **parts)


def test_a_job_alone_runs_waits_and_goes_on() -> None:
    run = resting({"A": ["08:00"]})
    assert jobs_of(run) == ["A 08:00 08:00-09:25 Stopped"]
    assert spans_of(run) == lines(
        """
        A 08:00 M1/1 08:00-08:10
        A 08:00 M1/1 08:40-08:50
        A 08:00 M1/1 09:20-09:25
        """
    )
    assert breaks_of(run) == lines(
        """
        A 08:00 Suspended 08:10 08:40 08:40
        A 08:00 Suspended 08:50 09:20 09:20
        """
    )
    assert (minutes_of(run, "running_s"), minutes_of(run, "resumed_s")) == ([25], [0])


B_UNTIL_0845: dict[str, Any] = {"B": {"duration": "35m"}}

IN_LINE = {
    "original: the older goes before whoever came while it was away": (
        {"A": ["08:00"], "B": ["08:05"], "C": ["08:20"]},
        {"processes": B_UNTIL_0845},
        """
        A 08:00 08:00-09:30 Stopped
        B 08:05 08:10-08:45 Successful
        C 08:20 08:55-09:05 Successful
        """,
        5,
    ),
    "resume_time: behind whoever waited as it came back": (
        {"A": ["08:00"], "B": ["08:05"], "C": ["08:20"]},
        {"processes": B_UNTIL_0845, "assumptions": {"resumed_place": "resume_time"}},
        """
        A 08:00 08:00-09:40 Stopped
        B 08:05 08:10-08:45 Successful
        C 08:20 08:45-08:55 Successful
        """,
        15,
    ),
    "resume_time: before whoever comes later, and with its priority": (
        {"A": ["08:00"], "B": ["08:05"], "C": ["08:20"], "D": ["08:41"]},
        {
            "processes": B_UNTIL_0845 | {"C": {"priority": "Low"}},
            "assumptions": {"resumed_place": "resume_time"},
        },
        """
        A 08:00 08:00-09:30 Stopped
        B 08:05 08:10-08:45 Successful
        C 08:20 09:05-09:15 Successful
        D 08:41 08:55-09:05 Successful
        """,
        5,
    ),
    "back as a slot comes free: who waits already takes it, though younger": (
        {"A": ["08:00"], "B": ["08:05"], "C": ["08:20"]},
        {"processes": {"B": {"duration": "30m"}}},
        """
        A 08:00 08:00-09:35 Stopped
        B 08:05 08:10-08:40 Successful
        C 08:20 08:40-08:50 Successful
        """,
        10,
    ),
    "back as another is submitted: the older goes first": (
        {"A": ["08:00"], "C": ["08:40"]},
        {},
        """
        A 08:00 08:00-09:25 Stopped
        C 08:40 08:50-09:00 Successful
        """,
        0,
    ),
    "resume_time: back as another is submitted, which did not wait before": (
        {"A": ["08:00"], "C": ["08:40"]},
        {"assumptions": {"resumed_place": "resume_time"}},
        """
        A 08:00 08:00-09:25 Stopped
        C 08:40 08:50-09:00 Successful
        """,
        0,
    ),
    "back as a better one is submitted: matched together": (
        {"A": ["08:00"], "C": ["08:40"]},
        {"processes": {"C": {"priority": "High"}}},
        """
        A 08:00 08:00-09:35 Stopped
        C 08:40 08:40-08:50 Successful
        """,
        10,
    ),
    "Suspended for no time: whoever waits takes the slot, then it goes on at once": (
        {"A": ["08:00"], "C": ["08:05"]},
        {"processes": {"A": suspends("0s")}},
        """
        A 08:00 08:00-08:35 Stopped
        C 08:05 08:10-08:20 Successful
        """,
        10,
    ),
}


@pytest.mark.parametrize(
    ("presses", "parts", "expected", "resumed"), IN_LINE.values(), ids=IN_LINE.keys()
)
def test_its_place_in_line(
    presses: dict[str, list[str]], parts: dict[str, Any], expected: str, resumed: float
) -> None:
    """`resumed` is how many minutes A waited as Resumed."""
    run = resting(presses, **parts)
    assert jobs_of(run) == lines(expected)
    assert minutes_of(run, "resumed_s")[0] == resumed


def test_suspended_for_no_time_it_still_left_its_slot_each_time() -> None:
    run = resting({"A": ["08:00"]}, processes={"A": suspends("0s")})
    assert breaks_of(run) == lines(
        """
        A 08:00 Suspended 08:10 08:10 08:10
        A 08:00 Suspended 08:20 08:20 08:20
        """
    )


L_ON_M1 = {"machine": "M1"}
LONG: dict[str, Any] = {"duration": "2h"}

PLACES = {
    "where there is a slot": (
        False,
        """
        A 08:00 M1/1 08:00-08:10
        A 08:00 M2/1 08:40-08:50
        A 08:00 M2/1 09:20-09:25
        L 08:15 M1/1 08:15-10:15
        """,
    ),
    "same_place: only where it was, though another is free": (
        True,
        """
        A 08:00 M1/1 08:00-08:10
        A 08:00 M1/1 10:15-10:25
        A 08:00 M1/1 10:55-11:00
        L 08:15 M1/1 08:15-10:15
        """,
    ),
}


@pytest.mark.parametrize(("same_place", "expected"), PLACES.values(), ids=PLACES.keys())
def test_on_which_host_it_goes_on(same_place: bool, expected: str) -> None:
    """L takes M1 from 08:15 to 10:15; M2 is free."""
    run = resting(
        {"A": ["08:00"], "L": ["08:15"]},
        machines={"M1": {}, "M2": {}},
        processes={"A": suspends(same_place=same_place), "L": LONG},
        starts={"L": {"run_as": L_ON_M1}},
    )
    assert spans_of(run) == lines(expected)


@pytest.mark.parametrize(
    ("same_place", "expected"),
    [
        (False, ["A 08:00 M1/1 robot-1"] + ["A 08:00 M1/1 robot-2"] * 2),
        (True, ["A 08:00 M1/1 robot-1"] * 3),
    ],
    ids=["whoever is free", "same_place: under the same account"],
)
def test_under_which_account_it_goes_on(same_place: bool, expected: list[str]) -> None:
    """L, in the foreground as A is, holds robot-1 on M1 from 08:15 to 10:15; robot-2 is free."""
    foreground = {"type": "foreground"}
    run = resting(
        {"A": ["08:00"], "L": ["08:15"]},
        machines={"M1": {"slots": 2}},
        processes={"A": suspends(same_place=same_place) | foreground, "L": LONG | foreground},
        accounts=robots(2),
    )
    assert accounts_of(run) == [*expected, "L 08:15 M1/1 robot-1"]


def test_suspended_it_holds_neither_account_nor_session() -> None:
    """One robot, one session: C waits for A's first stretch to end, not for A."""
    foreground = {"type": "foreground"}
    run = resting(
        {"A": ["08:00"], "C": ["08:05"]},
        machines={"M1": {"slots": 2, "windows_sessions": 1}},
        processes={"A": foreground, "C": foreground},
        accounts=robots(1, one_job_at_a_time=True),
    )
    assert jobs_of(run)[1] == "C 08:05 08:10-08:20 Successful"


@pytest.mark.parametrize(
    "machine",
    [
        {"maintenance": [window("0 15 8 ? * *", "20m", "kill")]},
        {"failures": fails("8h15m", "20m", "fault")},
        {"failures": fails("8h15m", "20m", "kill")},
    ],
    ids=["maintenance, kill", "failure, fault", "failure, kill"],
)
def test_suspended_it_loses_nothing_where_its_host_goes(machine: dict[str, Any]) -> None:
    """M1 is out of service from 08:15 to 08:35, the job Suspended from 08:10 to 08:40."""
    processes = {"A": suspends(same_place=True)}
    run = resting({"A": ["08:00"]}, machines={"M1": machine}, processes=processes)
    assert jobs_of(run) == ["A 08:00 08:00-09:25 Stopped"]


def test_resumed_at_its_place_it_waits_until_that_is_repaired() -> None:
    """Back at 08:40, M1 is down until 09:00, M2 is free all the time."""
    run = resting(
        {"A": ["08:00"]},
        machines={"M1": {"failures": fails("8h15m", "45m")}, "M2": {}},
        processes={"A": suspends(same_place=True)},
    )
    assert spans_of(run)[1] == "A 08:00 M1/1 09:00-09:10"


def test_lost_at_its_place_it_starts_again_there() -> None:
    """The stretch begun at 08:40 is lost at 08:45; M1 is back at 09:45, M2 there all the time."""
    run = resting(
        {"A": ["08:00"]},
        machines={"M1": {"failures": fails("8h45m", "1h")}, "M2": {}},
        processes={"A": suspends(same_place=True)},
    )
    assert spans_of(run)[1:3] == lines(
        """
        A 08:00 M1/1 08:40-08:45
        A 08:00 M1/1 09:45-09:55
        """
    )


def test_only_the_stretch_in_which_the_host_fails_is_run_again() -> None:
    """M1 is down 08:45-08:50, five minutes into the second stretch, which counts anew."""
    run = resting({"A": ["08:00"]}, machines={"M1": {"failures": fails("8h45m", "5m")}})
    assert spans_of(run) == lines(
        """
        A 08:00 M1/1 08:00-08:10
        A 08:00 M1/1 08:40-08:45
        A 08:00 M1/1 08:50-09:00
        A 08:00 M1/1 09:30-09:35
        """
    )
    assert breaks_of(run) == lines(
        """
        A 08:00 Suspended 08:10 08:40 08:40
        A 08:00 Restarted 08:45 08:45 08:50
        A 08:00 Suspended 09:00 09:30 09:30
        """
    )
    assert minutes_of(run, "running_s") == [30]
    assert minutes_of(run, "resumed_s") == [5]


def test_a_stretch_that_ends_as_its_host_fails_ends_suspended() -> None:
    """M1 is down 08:10-08:20; back at 08:40 the job goes on."""
    run = resting({"A": ["08:00"]}, machines={"M1": {"failures": fails("8h10m", "10m")}})
    assert breaks_of(run)[0] == "A 08:00 Suspended 08:10 08:40 08:40"


def test_a_resumed_job_counts_for_no_limit_and_is_not_withdrawn() -> None:
    """L holds the slot 08:10-10:10, A is back at 08:40. Of A one may be Pending, at most an hour:
    the job of 08:50 is that one, the one of 08:55 is refused."""
    limits = {"pending_limit": 1, "pending_expiry": "1h"}
    run = resting(
        {"A": ["08:00", "08:50", "08:55"], "L": ["08:05"]}, processes={"A": limits, "L": LONG}
    )
    assert jobs_of(run) == lines(
        """
        A 08:00 08:00-10:55 Stopped
        L 08:05 08:10-10:10 Successful
        A 08:50 ...-09:50 Expired
        A 08:55 ...-08:55 Refused
        """
    )


def test_a_resumed_job_is_not_pending_to_a_guard() -> None:
    """A's trigger fires at 08:00 and 08:50, when A is back and L has the slot."""
    trigger = {"process": "A", "time": {"cron": "0 0,50 8 ? * *"}, "created_by": "owner"}
    run = resting({"L": ["08:05"]}, processes={"L": LONG}, triggers={"T": trigger})
    assert run.records.trigger_log.created.tolist() == [1, 1]


@pytest.mark.parametrize(
    ("probability", "stop", "job", "item"),
    [
        ("99%", "25m", "A 08:00 08:00-09:25 Stopped", "mail 08:00 ...-... New -"),
        ("0%", "25m", "A 08:00 08:00-08:20 Successful", "mail 08:00 08:10-08:20 Successful 0"),
    ],
    ids=["not of the first stretches", "the only one is the last"],
)
def test_only_the_last_stretch_takes_items(
    probability: str, stop: str, job: str, item: str
) -> None:
    rules = suspends(probability=probability) | {"queue": "Q", "stop_after": stop}
    run = resting(
        {"A": ["08:00"]},
        processes={"A": rules},
        queues={"Q": {}},
        arrivals={"mail": items("08:00")},
    )
    assert (jobs_of(run), items_of(run)) == ([job], [item])
