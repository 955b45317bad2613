"""Elastic pools: hosts that are booted for Pending jobs, and stopped when idle. Worked out by hand.

Unless a test says otherwise, the folder has the pool `burst` alone, of at most two hosts with one
slot, which boot for two minutes and are stopped after fifteen idle ones; jobs last ten minutes.
"""

from __future__ import annotations

from typing import Any

import pytest
from engine.runs import Replication
from engine.timelines import jobs_of, lines
from engine.whereabouts import (
    daily,
    elastic,
    fails,
    minutes_of,
    pressed,
    reasons_of,
    robots,
    slots_of,
    spans_of,
)


def burst(presses: dict[str, list[str]], machine: dict[str, Any], **parts: Any) -> Replication:
    """What becomes of the jobs where the folder has this machine, and `others` before it."""
    return pressed(presses, machines={**parts.pop("others", {}), "burst": machine}, **parts)


COMING_AND_GOING = {
    "a host for the first job, stopped when it was idle for long enough": (
        ["08:00"],
        elastic(),
        "A 08:00 burst/1 08:02-08:12",
        """
        burst/1 1 booting 08:00-08:02
        burst/1 1 usable 08:02-08:27
        """,
    ),
    "one for each, but no more than there may be": (
        ["08:00", "08:00", "08:00"],
        elastic(),
        """
        A 08:00 burst/1 08:02-08:12
        A 08:00 burst/2 08:02-08:12
        A 08:00 burst/1 08:12-08:22
        """,
        """
        burst/1 1 booting 08:00-08:02
        burst/1 1 usable 08:02-08:37
        burst/2 1 booting 08:00-08:02
        burst/2 1 usable 08:02-08:27
        """,
    ),
    "a slot that boots already is as good as one of one's own": (
        ["08:00", "08:01"],
        elastic(slots=2),
        """
        A 08:00 burst/1 08:02-08:12
        A 08:01 burst/1 08:02-08:12
        """,
        """
        burst/1 2 booting 08:00-08:02
        burst/1 2 usable 08:02-08:27
        """,
    ),
    "but each slot is for one": (
        ["08:00", "08:00", "08:01"],
        elastic(slots=2),
        """
        A 08:00 burst/1 08:02-08:12
        A 08:00 burst/1 08:02-08:12
        A 08:01 burst/2 08:03-08:13
        """,
        """
        burst/1 2 booting 08:00-08:02
        burst/1 2 usable 08:02-08:27
        burst/2 2 booting 08:01-08:03
        burst/2 2 usable 08:03-08:28
        """,
    ),
    "an idle one is used, and idle anew after that": (
        ["08:00", "08:20"],
        elastic(),
        """
        A 08:00 burst/1 08:02-08:12
        A 08:20 burst/1 08:20-08:30
        """,
        """
        burst/1 1 booting 08:00-08:02
        burst/1 1 usable 08:02-08:45
        """,
    ),
    "what is submitted as it is stopped needs another boot": (
        ["08:00", "08:27"],
        elastic(),
        """
        A 08:00 burst/1 08:02-08:12
        A 08:27 burst/1 08:29-08:39
        """,
        """
        burst/1 1 booting 08:00-08:02
        burst/1 1 usable 08:02-08:27
        burst/1 1 booting 08:27-08:29
        burst/1 1 usable 08:29-08:54
        """,
    ),
    "connected as another slot comes free: the first is taken, the other was booted in vain": (
        ["08:00", "08:05"],
        elastic(min=1, boot="5m"),
        """
        A 08:00 burst/1 08:00-08:10
        A 08:05 burst/1 08:10-08:20
        """,
        """
        burst/1 1 usable 00:00-24:00
        burst/2 1 booting 08:05-08:10
        burst/2 1 usable 08:10-08:25
        """,
    ),
    "min says how many stay, not which": (
        ["08:00", "08:05", "09:00"],
        elastic(min=1),
        """
        A 08:00 burst/1 08:00-08:10
        A 08:05 burst/2 08:07-08:17
        A 09:00 burst/2 09:00-09:10
        """,
        """
        burst/1 1 usable 00:00-08:25
        burst/2 1 booting 08:05-08:07
        burst/2 1 usable 08:07-24:00
        """,
    ),
    "booted in no time": (
        ["08:00"],
        elastic(boot="0s"),
        "A 08:00 burst/1 08:00-08:10",
        "burst/1 1 usable 08:00-08:25",
    ),
    "stopped in no time, but not before whoever waits has come and gone": (
        ["08:00", "08:05"],
        elastic(1, idle_stop="0s"),
        """
        A 08:00 burst/1 08:02-08:12
        A 08:05 burst/1 08:12-08:22
        """,
        """
        burst/1 1 booting 08:00-08:02
        burst/1 1 usable 08:02-08:22
        """,
    ),
}


@pytest.mark.parametrize(
    ("times", "machine", "spans", "slots"), COMING_AND_GOING.values(), ids=COMING_AND_GOING.keys()
)
def test_hosts_come_and_go(
    times: list[str], machine: dict[str, Any], spans: str, slots: str
) -> None:
    run = burst({"A": times}, machine)
    assert spans_of(run) == lines(spans)
    assert slots_of(run) == lines(slots)


def test_a_host_that_boots_in_no_time_lets_nobody_wait() -> None:
    """Whoever did not wait waited for nothing, though the host was not there as the job came."""
    run = burst({"A": ["08:00"]}, elastic(boot="0s"))
    assert minutes_of(run, "pending_s") == [0]
    assert reasons_of(run) == [""]


def test_a_job_that_is_withdrawn_calls_no_boot_off() -> None:
    run = burst({"A": ["08:00"]}, elastic(), processes={"A": {"pending_expiry": "1m"}})
    assert jobs_of(run) == ["A 08:00 ...-08:01 Expired"]
    assert slots_of(run) == lines(
        """
        burst/1 1 booting 08:00-08:02
        burst/1 1 usable 08:02-08:17
        """
    )


def test_a_pool_in_maintenance_boots_as_that_ends() -> None:
    run = burst({"A": ["08:30"]}, elastic() | {"maintenance": [daily(8, "1h")]})
    assert spans_of(run) == ["A 08:30 burst/1 09:02-09:12"]


def test_a_host_that_is_connected_within_a_window_waits_for_its_end() -> None:
    """Nothing more is booted meanwhile, nor is it stopped while the job waits."""
    run = burst({"A": ["07:59"]}, elastic(idle_stop="10m") | {"maintenance": [daily(8, "1h")]})
    assert spans_of(run) == ["A 07:59 burst/1 09:00-09:10"]
    assert slots_of(run) == lines(
        """
        burst/1 1 booting 07:59-08:01
        burst/1 1 maintenance 08:01-09:00
        burst/1 1 usable 09:00-09:20
        """
    )


def test_the_host_that_is_named_is_the_one_that_boots() -> None:
    starts = {"A": {"run_as": {"machine": "burst", "host": "2"}}}
    run = burst({"A": ["08:00"]}, elastic(), starts=starts)
    assert spans_of(run) == ["A 08:00 burst/2 08:02-08:12"]
    assert [text.split()[0] for text in slots_of(run)] == ["burst/2", "burst/2"]


def test_the_host_that_is_idle_longest_is_stopped_first() -> None:
    """burst/2 is booted for B, who has burst/1 before it is there. Then both are idle, burst/1 for
    half a minute already, and one of them may stay."""
    machine = elastic(min=1, idle_stop="0s")
    run = burst({"A": ["08:00"], "B": ["08:09"]}, machine, processes={"B": {"duration": "30s"}})
    assert slots_of(run) == lines(
        """
        burst/1 1 usable 00:00-08:11
        burst/2 1 booting 08:09-08:11
        burst/2 1 usable 08:11-24:00
        """
    )


@pytest.mark.parametrize(
    ("single", "spans"),
    [
        (False, ["A 08:00 burst/1 08:02-08:12", "A 08:05 burst/2 08:07-08:17"]),
        (True, ["A 08:00 burst/1 08:02-08:12", "A 08:05 burst/1 08:12-08:22"]),
    ],
    ids=["on another host the account is free", "at its limit it is not"],
)
def test_a_busy_account_asks_for_a_host_unless_it_could_not_use_it(
    single: bool, spans: list[str]
) -> None:
    run = burst(
        {"A": ["08:00", "08:05"]},
        elastic(slots=2),
        processes={"A": {"type": "foreground"}},
        accounts=robots(1, one_job_at_a_time=single),
    )
    assert spans_of(run) == spans
    assert len(slots_of(run)) == (2 if single else 4)


def test_an_idle_host_stays_while_jobs_wait_that_could_use_it() -> None:
    """G's robot is at work on M2 from 07:00 to 09:00, so the one of 08:20 waits beside burst/1,
    idle since 08:13. At 09:00 it starts on M2, and burst/1 is stopped then."""
    foreground: dict[str, Any] = {"type": "foreground", "duration": "2h"}
    run = burst(
        {"F": ["07:00"], "L": ["08:00"], "B": ["08:01"], "G": ["08:20"]},
        elastic(),
        others={"M1": {}, "M2": {}},
        processes={"F": foreground, "G": foreground, "L": {"duration": "2h"}},
        starts={"F": {"run_as": {"machine": "M2"}}, "L": {"run_as": {"machine": "M1"}}},
        accounts=robots(1, one_job_at_a_time=True),
    )
    assert spans_of(run) == lines(
        """
        F 07:00 M2/1 07:00-09:00
        L 08:00 M1/1 08:00-10:00
        B 08:01 burst/1 08:03-08:13
        G 08:20 M2/1 09:00-11:00
        """
    )
    assert slots_of(run)[2:] == lines(
        """
        burst/1 1 booting 08:01-08:03
        burst/1 1 usable 08:03-09:00
        """
    )


FAILING = {
    "up counts from when the host is connected": (
        elastic(1, idle_stop="1d") | {"failures": fails("9h", "1h")},
        ["00:00", "08:57"],
        """
        A 00:00 burst/1 00:02-00:12
        A 08:57 burst/1 08:57-09:02
        A 08:57 burst/1 10:02-10:12
        """,
    ),
    "and anew each time": (
        elastic(1) | {"failures": fails("1h", "1h")},
        ["08:00", "08:55"],
        """
        A 08:00 burst/1 08:02-08:12
        A 08:55 burst/1 08:57-09:07
        """,
    ),
    "a job that lost its host is one more that is Pending": (
        elastic(min=1) | {"failures": fails("9h", "5h")},
        ["08:55"],
        """
        A 08:55 burst/1 08:55-09:00
        A 08:55 burst/2 09:02-09:12
        """,
    ),
}


@pytest.mark.parametrize(("machine", "times", "spans"), FAILING.values(), ids=FAILING.keys())
def test_hosts_of_a_pool_fail(machine: dict[str, Any], times: list[str], spans: str) -> None:
    assert spans_of(burst({"A": times}, machine)) == lines(spans)


def test_a_host_that_is_down_is_stopped_as_any_that_is_idle() -> None:
    """It held no slot since it failed at 09:00; burst/2 is there by then, so one stays."""
    run = burst({"A": ["08:55"]}, elastic(min=1) | {"failures": fails("9h", "5h")})
    assert slots_of(run)[:3] == lines(
        """
        burst/1 1 usable 00:00-09:00
        burst/1 1 down 09:00-09:15
        burst/2 1 booting 09:00-09:02
        """
    )


def test_a_resumed_job_boots_the_very_host_it_is_to_go_on_at() -> None:
    """S runs on burst/2 beside L; when it is back at 09:30 both hosts have been stopped, burst/1
    at 08:27 and burst/2 at 08:28. All but one job in a hundred are Suspended; so is this one."""
    suspends = {"probability": "99%", "for": "77m", "same_place": True}
    run = burst(
        {"L": ["08:00"], "S": ["08:01"]},
        elastic(),
        processes={"S": {"suspends": suspends, "stop_after": "15m"}},
    )
    assert spans_of(run) == lines(
        """
        L 08:00 burst/1 08:02-08:12
        S 08:01 burst/2 08:03-08:13
        S 08:01 burst/2 09:32-09:37
        """
    )


def test_within_the_latency_a_host_is_not_idle() -> None:
    """Held 08:02-08:32 for the latency's sake; idle only from 08:42 on."""
    run = burst({"A": ["08:00"]}, elastic(), dispatch={"latency": "30m"})
    assert slots_of(run)[-1] == "burst/1 1 usable 08:02-08:57"
