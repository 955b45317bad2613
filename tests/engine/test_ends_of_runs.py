"""How runs end: with nothing left that could change, at the end of the window, or by an error.

The window is a day, to 24:00; jobs last ten minutes unless a test says otherwise. By hand.
"""

from __future__ import annotations

from typing import Any

import pytest
from engine.runs import Replication
from engine.timelines import clock, jobs_of, lines
from engine.whereabouts import (
    UNTIL_MIDNIGHT,
    breaks_of,
    daily,
    fails,
    minutes_of,
    pressed,
    reasons_of,
    slots_of,
)

from simulator.errors import SimulatorError

FAILING = {"failures": fails("1h", "5m")}
DRAWN = {"failures": {"up": {"exponential": "2h"}, "down": {"exponential": "5m"}}}


def ended(run: Replication) -> str:
    """When the last event of a run happened."""
    return clock(run.records.end_s)


DRAINED: dict[str, tuple[dict[str, Any], dict[str, list[str]], dict[str, Any], str, str]] = {
    "hosts would fail for ever": (
        {"M1": FAILING},
        {"A": ["08:10"]},
        {},
        "24:00",
        "A 08:10 08:10-08:20 Successful",
    ),
    "a late job, and nothing after it": (
        {"M1": DRAWN, "M2": {}},
        {"A": ["23:55"]},
        {"starts": {"A": {"run_as": {"machine": "M2"}}}},
        "24:05",
        "A 23:55 23:55-24:05 Successful",
    ),
    "a failure after the window, which is waited out": (
        {"M1": {"failures": fails("24h", "1h")}},
        {"A": ["23:55"]},
        {},
        "25:10",
        "A 23:55 23:55-25:10 Successful",
    ),
    "however long it takes": (
        {"M1": {"failures": fails("8h", "1w")}},
        {"A": ["08:10"]},
        {},
        "176:10",
        "A 08:10 176:00-176:10 Successful",
    ),
    "a window over midnight, which is waited out": (
        {"M1": {"maintenance": [daily(23, "2h")]}},
        {"A": ["23:45"]},
        {},
        "25:10",
        "A 23:45 25:00-25:10 Successful",
    ),
    "the next day's window, which kills": (
        {"M1": {"maintenance": [daily(9, "1h", "kill")]}},
        {"A": ["23:45"]},
        {"processes": {"A": {"duration": "24h"}}},
        "33:00",
        "A 23:45 23:45-33:00 Stopped",
    ),
    "Pending for ever beside hosts that fail": (
        {"M1": FAILING | {"process_types": "background"}},
        {"A": ["08:00"]},
        {"processes": {"A": {"type": "foreground"}}},
        "24:00",
        "A 08:00 ...-... Pending",
    ),
    "Pending for ever beside a job that ends late": (
        {"M1": FAILING | {"windows_sessions": 0}},
        {"A": ["08:00"], "B": ["23:58"]},
        {"processes": {"A": {"type": "foreground"}, "B": {}}},
        "24:08",
        """
        A 08:00 ...-... Pending
        B 23:58 23:58-24:08 Successful
        """,
    ),
    "Pending for ever without a licence, beside failures and maintenance": (
        {"M1": FAILING | {"maintenance": [daily(9, "1h")]}},
        {"A": ["08:00"]},
        {"licences": {"unattended": 0}},
        "24:00",
        "A 08:00 ...-... Pending",
    ),
    "a host that was booted is not waited for to be idle": (
        {"burst": {"pool": {"max": 1, "boot": "2m", "idle_stop": "1h"}}},
        {"A": ["23:52"]},
        {},
        "24:04",
        "A 23:52 23:54-24:04 Successful",
    ),
    "nor is one that boots for nobody any more": (
        {"burst": {"pool": {"max": 1, "boot": "1h"}}},
        {"A": ["23:58"]},
        {"processes": {"A": {"pending_expiry": "4m"}}},
        "24:02",
        "A 23:58 ...-24:02 Expired",
    ),
    "a host that fails as it is repaired, every day": (
        {"M1": {"failures": fails("0s", "1d")}, "M2": {}},
        {"A": ["23:55"]},
        {},
        "24:05",
        "A 23:55 23:55-24:05 Successful",
    ),
    "a pool that fails while it is idle": (
        {"burst": FAILING | {"pool": {"min": 1, "max": 2}}},
        {"A": ["08:10"]},
        {},
        "24:00",
        "A 08:10 08:10-08:20 Successful",
    ),
    "a paused job goes on after the window": (
        {"M1": {"failures": fails("23h50m", "1h", "pause")}},
        {"A": ["23:45"]},
        {},
        "24:55",
        "A 23:45 23:45-24:55 Successful",
    ),
    "a paused job that maintenance kills, on a host that is stopped before its repair": (
        {
            "burst": {
                "pool": {"max": 1, "idle_stop": "1m"},
                "failures": fails("3m", "2h", "pause"),
                "maintenance": [daily(0, "10m", "kill")],
            },
            "M1": {"failures": fails("1h", "5m"), "process_types": "foreground"},
        },
        {"A": ["23:56"]},
        {},
        "24:00",
        "A 23:56 23:56-24:00 Stopped",
    ),
    "a Resumed job waits for the repair of its host": (
        {"M1": {"failures": fails("24h", "2h")}},
        {"A": ["23:45"]},
        {
            "processes": {
                "A": {"suspends": {"probability": "99%", "for": "30m"}, "stop_after": "15m"}
            }
        },
        "26:05",
        "A 23:45 23:45-26:05 Stopped",
    ),
    "a Suspended job goes on after the window": (
        {"M1": FAILING | {"slots": 2}, "M2": {}},
        {"A": ["23:55"]},
        {
            "processes": {
                "A": {"suspends": {"probability": "99%", "for": "30m"}, "stop_after": "15m"}
            },
            "starts": {"A": {"run_as": {"machine": "M2"}}},
        },
        "24:40",
        "A 23:55 23:55-24:40 Stopped",
    ),
}


@pytest.mark.parametrize(
    ("machines", "presses", "parts", "end", "expected"), DRAINED.values(), ids=DRAINED.keys()
)
def test_a_drained_run_ends_when_nothing_that_is_left_can_change(
    machines: dict[str, Any],
    presses: dict[str, list[str]],
    parts: dict[str, Any],
    end: str,
    expected: str,
) -> None:
    run = pressed(presses, machines=machines, **parts)
    assert jobs_of(run) == lines(expected)
    assert ended(run) == end


def test_slots_are_told_of_until_the_end_of_the_run() -> None:
    """A ends at 24:05; what M2 would do after that nobody asks."""
    run = pressed({"A": ["23:55"]}, machines={"M1": {}, "M2": {"failures": fails("24h3m", "1h")}})
    assert slots_of(run) == lines(
        """
        M1/1 1 usable 00:00-24:05
        M2/1 1 usable 00:00-24:03
        M2/1 1 down 24:03-24:05
        """
    )


def test_a_host_without_a_session_that_is_to_fault_a_job_is_waited_for() -> None:
    """M1 comes out of maintenance at 26:00, and until then M2 goes on failing."""
    run = pressed(
        {"A": ["23:15"]},
        machines={
            "M1": {"windows_sessions": 0, "maintenance": [daily(23, "3h")]},
            "M2": {"process_types": "background", "failures": fails("24h10m", "20m")},
        },
        processes={"A": {"type": "foreground"}},
        assumptions={"busy_session": "fault"},
    )
    assert jobs_of(run) == ["A 23:15 26:00-26:00 Faulted"]
    assert slots_of(run)[3:] == lines(
        """
        M2/1 1 usable 00:00-24:10
        M2/1 1 down 24:10-24:30
        M2/1 1 usable 24:30-26:00
        """
    )


def test_a_job_that_can_never_be_done_between_failures_ends_the_run_by_an_error() -> None:
    """Up five minutes, for a job of ten: a thousand times lost is too often."""
    machines = {"M1": {"failures": fails("5m", "5m")}}
    with pytest.raises(SimulatorError, match=r"1,000 times") as raised:
        pressed({"A": ["08:00"]}, machines=machines)
    assert raised.value.exit_code == 2


@pytest.mark.parametrize(
    "machine",
    [{"maintenance": [daily(0, "1d")]}, {"failures": fails("0s", "1d")}],
    ids=["in maintenance for ever", "never up"],
)
def test_so_does_one_that_waits_for_a_host_that_is_never_in_service(
    machine: dict[str, Any],
) -> None:
    """Each window ends and each repair comes, so the run goes on, but not beyond a century."""
    with pytest.raises(SimulatorError, match="a hundred years") as raised:
        pressed({"A": ["08:00"]}, machines={"M1": machine})
    assert raised.value.exit_code == 2


def test_without_drain_it_is_left_pending_at_the_end() -> None:
    """M1 is up at every ten minutes and down five later. The job runs from 08:00, 08:10 … 23:50 and
    is lost 96 times; the repair of 24:00 is too late."""
    machines = {"M1": {"failures": fails("5m", "5m")}}
    run = pressed({"A": ["08:00"]}, machines=machines, time=UNTIL_MIDNIGHT)
    assert jobs_of(run) == ["A 08:00 08:00-... Pending"]
    assert len(breaks_of(run)) == 96
    assert breaks_of(run)[-1] == "A 08:00 Restarted 23:55 23:55 ..."
    assert (minutes_of(run, "running_s"), minutes_of(run, "resumed_s")) == ([480], [480])


def on(machine: str) -> dict[str, Any]:
    """A start that runs on this machine only."""
    return {"run_as": {"machine": machine}}


def test_what_is_left_without_drain() -> None:
    """On M1 S is Suspended since 23:50. On M2 R was until 23:40, and waits behind L, who runs from
    23:20 on; Q came after it. On M3 the paused one is still Running, if not executing, on M4 the
    lost one is Pending again, and what was going to be Running on M5 at 24:04 is Pending still."""
    suspends = {"suspends": {"probability": "99%", "for": "30m"}}
    run = pressed(
        {
            "R": ["23:00"],
            "L": ["23:20"],
            "Pause": ["23:39"],
            "S": ["23:40"],
            "Lose": ["23:45"],
            "Q": ["23:50"],
        },
        machines={
            "M1": {},
            "M2": {},
            "M3": {"failures": fails("23h45m", "1h", "pause")},
            "M4": {"failures": fails("23h50m", "1h", "restart")},
        },
        processes={"R": suspends, "S": suspends, "L": {"duration": "1h"}},
        starts={
            "R": on("M2"),
            "L": on("M2"),
            "Pause": on("M3"),
            "S": on("M1"),
            "Lose": on("M4"),
            "Q": on("M2"),
        },
        time=UNTIL_MIDNIGHT,
    )
    assert jobs_of(run) == lines(
        """
        R     23:00 23:00-... Resumed
        L     23:20 23:20-... Running
        Pause 23:39 23:39-... Running
        S     23:40 23:40-... Suspended
        Lose  23:45 23:45-... Pending
        Q     23:50 ...-...   Pending
        """
    )
    assert breaks_of(run) == lines(
        """
        R    23:00 Suspended 23:10 23:40 ...
        S    23:40 Suspended 23:50 ...   ...
        Lose 23:45 Restarted 23:50 23:50 ...
        """
    )
    assert minutes_of(run, "running_s") == [10, 40, 6, 10, 5, 0]
    assert minutes_of(run, "resumed_s") == [20, 0, 0, 0, 10, 0]
    assert minutes_of(run, "pending_s") == [0, 0, 0, 0, 0, 10]
    assert ended(run) == "24:00"


def test_a_window_that_begins_as_the_run_ends_kills_before_that() -> None:
    """Jobs end and hosts change before a run without drain stops."""
    run = pressed(
        {"A": ["23:55"], "B": ["23:50"]},
        machines={"M1": {"maintenance": [daily(0, "1h", "kill")], "slots": 2}},
        time=UNTIL_MIDNIGHT,
    )
    assert jobs_of(run) == lines(
        """
        B 23:50 23:50-24:00 Successful
        A 23:55 23:55-24:00 Stopped
        """
    )


def test_a_host_that_is_back_as_the_run_ends_gives_nobody_a_slot_any_more() -> None:
    run = pressed(
        {"A": ["23:30"]}, machines={"M1": {"failures": fails("23h", "1h")}}, time=UNTIL_MIDNIGHT
    )
    assert jobs_of(run) == ["A 23:30 ...-... Pending"]
    assert reasons_of(run) == ["TemplateNoHostsAvailable"]
