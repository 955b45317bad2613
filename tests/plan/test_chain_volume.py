"""How many jobs the ends of other jobs submit: worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.model.folders import Folder
from simulator.plan.chain_volume import Capacity, follow_ups, times_suspended

HOUR = 3600.0


def step(start: str, duration: str = "10m", **keys: Any) -> dict[str, Any]:
    then = {"start": start, "jobs": keys.pop("jobs", 1), "after": keys.pop("after", "0s")}
    return {"duration": duration, "then": then, **keys}


END = {"duration": "10m"}
ROWS: dict[str, tuple[dict[str, Any], dict[str, float], dict[str, float]]] = {
    "one each": ({"A": step("B"), "B": END}, {"A": 7}, {"A": 7}),
    "some fault": ({"A": step("B", faults="25%"), "B": END}, {"A": 8}, {"A": 6}),
    "all fault": ({"A": step("B", faults="100%"), "B": END}, {"A": 8}, {}),
    "along the chain they multiply": (
        {"C": END, "B": step("C", jobs=3), "A": step("B", jobs=2)},
        {"A": 5, "B": 1},
        {"A": 10, "B": 33},
    ),
    "two chains meet": (
        {"A": step("C"), "B": step("C"), "C": step("D", jobs=2), "D": END},
        {"A": 1, "B": 2},
        {"A": 1, "B": 2, "C": 6},
    ),
    # A lap of 10 min goes into 10 h 60 times; two slots would end 120 such jobs.
    "round and round": ({"A": step("A")}, {"A": 1}, {"A": 60}),
    "as far as there are slots": ({"A": step("A")}, {"A": 50}, {"A": 120}),
    # A lap of 10 + 10 + 40 min goes into 10 h 10 times.
    "a lap of several": (
        {"A": step("B", after="40m"), "B": step("A")},
        {"A": 2, "B": 1},
        {"A": 30, "B": 30},
    ),
    "into a cycle": (
        {"S": step("A", jobs=3), "A": step("A")},
        {"S": 1},
        {"S": 3, "A": 120},
    ),
    # 1/2 + 1/4 + … is 1 but for 2^-60.
    "half go round": ({"A": step("A", faults="50%")}, {"A": 40}, {"A": 40}),
    # Two come of each, as far as slots allow: 120 ends with two children each.
    "they grow": ({"A": step("A", jobs=2)}, {"A": 1}, {"A": 240}),
    "a cycle nothing enters": ({"A": step("A", jobs=2)}, {}, {"A": 0}),
    # Four stretches of 10 min and three waits of 20 min go into 10 h 6 times.
    "a lap of stretches": (
        {"A": step("A", suspends={"probability": "75%", "for": "20m"})},
        {"A": 1},
        {"A": 6},
    ),
    # Two slots end 30 jobs of 40 min each.
    "as far as there are slots for stretches": (
        {"A": step("A", jobs=2, suspends={"probability": "75%", "for": "0s"})},
        {"A": 1},
        {"A": 60},
    ),
    "no slot is held": (
        {"A": step("A", duration="0s", after="6s")},
        {"A": 1},
        {"A": 6000},
    ),
}


@pytest.mark.parametrize(("processes", "submitted", "expected"), ROWS.values(), ids=ROWS)
def test_follow_ups(
    processes: dict[str, Any], submitted: dict[str, float], expected: dict[str, float]
) -> None:
    """On two slots in ten hours."""
    parsed = Folder.model_validate({"processes": processes}).processes
    capacity = Capacity(length_s=10 * HOUR, slots=2, latency_s=0.0, columns={})
    assert dict(follow_ups(parsed, submitted, capacity)) == pytest.approx(expected)


def test_a_latency_makes_a_lap_longer() -> None:
    processes = Folder.model_validate({"processes": {"A": step("A", duration="0s")}}).processes
    capacity = Capacity(length_s=10 * HOUR, slots=2, latency_s=36.0, columns={})
    assert dict(follow_ups(processes, {"A": 1}, capacity)) == {"A": 1000}


def test_growth_without_end_is_no_overflow() -> None:
    processes = {"A": step("A", duration="0s", after="1s", jobs=10_000)}
    parsed = Folder.model_validate({"processes": processes}).processes
    capacity = Capacity(length_s=10 * HOUR, slots=2, latency_s=0.0, columns={})
    assert dict(follow_ups(parsed, {"A": 1}, capacity)) == {"A": float("inf")}


def test_a_fast_machine_makes_a_lap_shorter_but_for_its_start_up() -> None:
    """A lap of 2 + 8 / 2 min goes into 10 h 100 times."""
    processes = {"A": step("A", duration="8m", start_up="2m")}
    parsed = Folder.model_validate({"processes": processes}).processes
    capacity = Capacity(10 * HOUR, slots=2, latency_s=0.0, columns={}, least_factor=0.5)
    assert dict(follow_ups(parsed, {"A": 1}, capacity)) == {"A": 100}


@pytest.mark.parametrize(("share", "times"), [("0%", 0.0), ("50%", 1.0), ("80%", 4.0)])
def test_a_job_is_suspended_as_often_as_its_stretches_end_so(share: str, times: float) -> None:
    """The number of failures before the first success."""
    keys = {"duration": "1m", "suspends": {"probability": share, "for": "1h"}}
    parsed = Folder.model_validate({"processes": {"A": keys, "B": END}}).processes
    assert times_suspended(parsed["A"]) == pytest.approx(times)
    assert times_suspended(parsed["B"]) == 0
