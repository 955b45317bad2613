"""`stop_after` and `kill_after` count Running time, in all its stretches. Worked out by hand.

Unless a test says otherwise, M1 has one slot and is down from 09:00 to 10:00.
"""

from __future__ import annotations

from typing import Any

import pytest
from engine.timelines import at, items, items_of, jobs_of, lines
from engine.whereabouts import fails, minutes_of, pressed

STOPS = {
    "pause: what it ran before and after": (
        "pause",
        {"duration": "20m", "stop_after": "15m"},
        "A 08:50 08:50-10:05 Stopped",
        15,
    ),
    "pause: in time, as the hour it was paused does not count": (
        "pause",
        {"duration": "20m", "stop_after": "20m1s"},
        "A 08:50 08:50-10:10 Successful",
        20,
    ),
    "restart: what was lost does not count": (
        "restart",
        {"duration": "12m", "stop_after": "15m"},
        "A 08:50 08:50-10:12 Successful",
        22,
    ),
    "restart: the stretch that is run again does": (
        "restart",
        {"duration": "20m", "stop_after": "15m"},
        "A 08:50 08:50-10:15 Stopped",
        25,
    ),
    "due as the host fails: it is stopped, not lost": (
        "restart",
        {"duration": "20m", "stop_after": "10m"},
        "A 08:50 08:50-09:00 Stopped",
        10,
    ),
    "due as the host fails: stopped, not faulted": (
        "fault",
        {"duration": "20m", "stop_after": "10m"},
        "A 08:50 08:50-09:00 Stopped",
        10,
    ),
    "start_up counts, before and after": (
        "pause",
        {"duration": "20m", "start_up": "8m", "stop_after": "15m"},
        "A 08:50 08:50-10:05 Stopped",
        15,
    ),
}


@pytest.mark.parametrize(
    ("kind", "process", "expected", "running"), STOPS.values(), ids=STOPS.keys()
)
def test_hosts_that_fail(kind: str, process: dict[str, Any], expected: str, running: int) -> None:
    machines = {"M1": {"failures": fails("9h", "1h", kind)}}
    run = pressed({"A": ["08:50"]}, machines=machines, processes={"A": process})
    assert jobs_of(run) == [expected]
    assert minutes_of(run, "running_s") == [running]


def test_lost_twice_it_counts_anew_twice() -> None:
    """Lost on M1 at 01:00 and on M2 at 01:30, it runs through there from 01:40 on."""
    machines = {"M1": {"failures": fails("1h", "9h")}, "M2": {"failures": fails("90m", "10m")}}
    process = {"duration": "50m", "stop_after": "55m"}
    run = pressed({"A": ["00:50"]}, machines=machines, processes={"A": process})
    assert jobs_of(run) == ["A 00:50 00:50-02:30 Successful"]
    assert minutes_of(run, "running_s") == [90]


@pytest.mark.parametrize("limit", ["stop_after", "kill_after"])
@pytest.mark.parametrize(
    ("kind", "expected"),
    [("pause", "T 08:50 08:50-10:05 Stopped"), ("restart", "T 08:50 08:50-10:15 Stopped")],
)
def test_a_triggers_own_limits(limit: str, kind: str, expected: str) -> None:
    trigger = {"process": "P", "event": at("08:50"), "created_by": "owner", limit: "15m"}
    run = pressed(
        {},
        machines={"M1": {"failures": fails("9h", "1h", kind)}},
        processes={"P": {"duration": "20m"}},
        triggers={"T": trigger},
    )
    assert jobs_of(run) == [expected]


def test_a_worker_that_was_paused_is_stopped_in_its_item() -> None:
    """Ten minutes an item: 8 and 2 for the first, 5 for the second, of which nobody hears again."""
    run = pressed(
        {"W": ["08:52"]},
        machines={"M1": {"failures": fails("9h", "1h", "pause")}},
        processes={"W": {"duration": "0s", "queue": "Q", "stop_after": "15m"}},
        queues={"Q": {"retries": 3}},
        arrivals={"mail": items("08:00", "08:01", "08:02")},
    )
    assert jobs_of(run) == ["W 08:52 08:52-10:07 Stopped"]
    assert items_of(run) == lines(
        """
        mail 08:00 08:52-10:02 Successful 0
        mail 08:01 10:02-... Abandoned 0
        mail 08:02 ...-... New -
        """
    )


def test_neither_suspended_nor_resumed_time_counts() -> None:
    """Ten minutes at a time, thirty Suspended, and from 08:40 to 09:40 Resumed behind L: stopped
    after 15. All but one job in a hundred are Suspended; so is this one."""
    suspends = {"probability": "99%", "for": "30m"}
    run = pressed(
        {"A": ["08:00"], "L": ["08:05"]},
        processes={"A": {"suspends": suspends, "stop_after": "15m"}, "L": {"duration": "90m"}},
    )
    assert jobs_of(run)[0] == "A 08:00 08:00-09:45 Stopped"


def test_each_stretch_starts_up_anew_and_that_counts_too() -> None:
    """Two minutes and ten, thirty Suspended, then two and one: 15 in all."""
    suspends = {"probability": "99%", "for": "30m"}
    process = {"suspends": suspends, "start_up": "2m", "stop_after": "15m"}
    run = pressed({"A": ["08:00"]}, processes={"A": process})
    assert jobs_of(run) == ["A 08:00 08:00-08:45 Stopped"]
