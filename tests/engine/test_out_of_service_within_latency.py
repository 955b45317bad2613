"""A job still within the dispatch latency loses its place where its host goes out of service.

It is Pending until the latency is over, so none of what becomes of running jobs becomes of it: it
waits on at its own place. The latency is five minutes, jobs last ten, M1 is out of service from
09:00 to 10:00. Worked out by hand.
"""

from __future__ import annotations

from typing import Any

import pytest
from engine.runs import Replication
from engine.timelines import jobs_of, lines
from engine.whereabouts import breaks_of, daily, fails, minutes_of, pressed, spans_of

WAYS: dict[str, dict[str, Any]] = {
    "maintenance, finish": {"maintenance": [daily(9, "1h")]},
    "maintenance, kill": {"maintenance": [daily(9, "1h", "kill")]},
    **{
        f"failure, {kind}": {"failures": fails("9h", "1h", kind)}
        for kind in ("restart", "fault", "kill", "pause")
    },
}

every_way = pytest.mark.parametrize("machine", WAYS.values(), ids=WAYS.keys())


def late(machine: dict[str, Any], presses: dict[str, list[str]], **parts: Any) -> Replication:
    """What becomes of the jobs on M1, where it takes five minutes from a match to Running."""
    machines = {"M1": machine, **parts.pop("others", {})}
    return pressed(presses, machines=machines, dispatch={"latency": "5m"}, **parts)


@every_way
def test_it_waits_on_and_has_a_latency_of_its_own_again(machine: dict[str, Any]) -> None:
    """Matched at 08:58 and at 10:00; all of 08:58 to 10:05 is its first wait."""
    run = late(machine, {"A": ["08:58"]})
    assert jobs_of(run) == ["A 08:58 10:05-10:15 Successful"]
    assert minutes_of(run, "pending_s") == [67]
    assert minutes_of(run, "resumed_s") == [0]
    assert minutes_of(run, "running_s") == [10]
    assert breaks_of(run) == []


@every_way
def test_its_slot_was_held_without_its_running_there(machine: dict[str, Any]) -> None:
    rows = late(machine, {"A": ["08:58"]}).records.occupancy
    held = [(rows.from_s / 60).tolist(), (rows.ran_from_s / 60).tolist(), (rows.to_s / 60).tolist()]
    assert held == [[538, 600], [540, 605], [540, 615]]


@every_way
def test_a_latency_that_is_over_as_the_host_goes_is_in_vain(machine: dict[str, Any]) -> None:
    """Hosts change before jobs begin Running."""
    run = late(machine, {"A": ["08:55"]})
    assert jobs_of(run) == ["A 08:55 10:05-10:15 Successful"]


@every_way
def test_at_its_own_place(machine: dict[str, Any]) -> None:
    """One slot: the job of 08:59 waited behind it, and does so again."""
    run = late(machine, {"A": ["08:58"], "B": ["08:59"]})
    assert jobs_of(run) == lines(
        """
        A 08:58 10:05-10:15 Successful
        B 08:59 10:20-10:30 Successful
        """
    )


@every_way
def test_at_once_on_another_host(machine: dict[str, Any]) -> None:
    run = late(machine, {"A": ["08:58"]}, others={"M2": {}})
    assert spans_of(run) == lines(
        """
        A 08:58 M1/1 08:58 09:00-09:00
        A 08:58 M2/1 09:00 09:05-09:15
        """
    )


@every_way
@pytest.mark.parametrize(
    ("patience", "expected"),
    [("30m", "A 08:58 ...-09:28 Expired"), ("1m", "A 08:58 ...-09:00 Expired")],
    ids=["later", "its time was up within the latency, so at once"],
)
def test_it_is_withdrawn_as_any_that_waits(
    machine: dict[str, Any], patience: str, expected: str
) -> None:
    run = late(machine, {"A": ["08:58"]}, processes={"A": {"pending_expiry": patience}})
    assert jobs_of(run) == [expected]


@every_way
def test_a_resumed_job_within_the_latency_waits_on_as_resumed(machine: dict[str, Any]) -> None:
    """Running 08:13-08:23, Suspended until 08:58, matched then and again at 10:00; stopped in its
    third stretch. All but one in fifty jobs are Suspended twice, and this one is."""
    suspends = {"probability": "99%", "for": "35m"}
    run = late(
        machine, {"A": ["08:08"]}, processes={"A": {"suspends": suspends, "stop_after": "25m"}}
    )
    assert jobs_of(run) == ["A 08:08 08:13-11:00 Stopped"]
    assert breaks_of(run) == lines(
        """
        A 08:08 Suspended 08:23 08:58 10:05
        A 08:08 Suspended 10:15 10:50 10:55
        """
    )
    assert minutes_of(run, "resumed_s") == [72]


def test_a_restarted_job_within_the_latency_waits_on_from_when_it_was_lost() -> None:
    """Lost at 08:50 on M0, matched to M1 then, which goes at 08:54; M0 is back at 09:30."""
    machines = {
        "M0": {"failures": fails("8h50m", "40m")},
        "M1": {"failures": fails("8h54m", "2h")},
    }
    run = pressed({"A": ["08:40"]}, machines=machines, dispatch={"latency": "5m"})
    assert jobs_of(run) == ["A 08:40 08:45-09:45 Successful"]
    assert breaks_of(run) == ["A 08:40 Restarted 08:50 08:50 09:35"]
