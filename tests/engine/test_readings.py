"""The engine's own meter: who waits and what is held, counted and added up, at three instants."""

from __future__ import annotations

from typing import Any

import pytest
from builders import folder
from engine.runs import replication

from simulator.records.readings import Reading, Readings

MINUTE_S = 60.0


def readings(
    starts: dict[str, int], *, minutes: int, warm_up: int = 0, duration: str = "10m", **more: Any
) -> Readings:
    """Jobs at given minutes on one slot, read over a window of so many minutes after a warm-up."""
    at = {
        name: {"process": "P", "by": "owner", "stream": {"at": [f"2026-01-05T00:{minute:02}"]}}
        for name, minute in starts.items()
    }
    found = replication(
        folders={
            "F": folder(
                processes={"P": {"duration": duration, **more.pop("process", {})}}, starts=at
            )
        },
        time={
            "start": "2026-01-05T00:00",
            "warm_up": f"{warm_up}m",
            "duration": f"{minutes}m",
            "drain": more.pop("drain", False),
        },
        **more,
    ).records.readings
    assert found is not None
    return found


def told(reading: Reading) -> tuple[float, ...]:
    """Minute; how many wait, run, hold a slot; minutes waited and held so far."""
    counts = (int(column[0]) for column in (reading.waiting, reading.running, reading.held))
    at, waited, held = (
        span / MINUTE_S for span in (reading.at_s, reading.waited_s, reading.held_s)
    )
    return (at, *counts, waited, held)


def test_an_edge_is_read_before_anything_else_of_its_instant() -> None:
    """The first job ends, and the third comes, at minute 20: neither has happened yet.

    The first runs from 10 to 20; the second has come at 15 and waits.
    """
    found = readings({"a": 10, "b": 15, "c": 20}, warm_up=20, minutes=40)
    assert told(found.window_from) == (20, 1, 1, 1, 5, 10)


def test_the_end_is_read_after_everything() -> None:
    """The second waits from 15 to 20, the third from 20 to 30 and then runs until 40."""
    found = readings({"a": 10, "b": 15, "c": 20}, minutes=35, drain=True)
    assert told(found.window_from) == (0, 0, 0, 0, 0, 0)
    assert told(found.window_to) == (35, 0, 1, 1, 15, 25)
    assert told(found.end) == (40, 0, 0, 0, 15, 30)


def test_who_is_left_over_is_counted_at_the_end() -> None:
    found = readings({"a": 10, "b": 15}, minutes=18)
    assert told(found.window_to) == told(found.end) == (18, 1, 1, 1, 3, 8)


def test_who_waits_out_the_latency_waits_and_holds() -> None:
    found = readings({"a": 10}, minutes=12, dispatch={"latency": "5m"})
    assert told(found.end) == (12, 1, 0, 1, 2, 2)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("pause", (20, 0, 1, 0, 0, 5)),  # it runs, but holds no slot while its host is down
        ("restart", (20, 1, 0, 0, 5, 5)),
        ("kill", (20, 0, 0, 0, 0, 5)),
    ],
)
def test_who_loses_a_host(rule: str, expected: tuple[float, ...]) -> None:
    """It fails at minute 15, and is down for an hour."""
    failures = {"up": "15m", "down": "1h", "running_jobs": rule}
    machines = {"M1": {"hosts": 1, "slots": 1, "failures": failures}}
    assert told(readings({"a": 10}, minutes=20, machines=machines).end) == expected


def test_who_is_withdrawn_has_waited_until_then() -> None:
    found = readings({"a": 10, "b": 11}, minutes=19, process={"pending_expiry": "3m"})
    assert told(found.end) == (19, 0, 1, 1, 3, 9)
