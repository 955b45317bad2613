"""Cycles of `then`: those that let no time pass are errors, others are fine."""

from __future__ import annotations

from typing import Any

import pytest
from builders import catalogue, folder, scenario

from simulator.model.chains import cycles
from simulator.model.folders import Folder
from simulator.model.references import dangling


def step(start: str, **keys: Any) -> dict[str, Any]:
    """A process of 0 s whose end starts another at once, unless the keys say otherwise."""
    then = {"start": start} | ({"after": keys.pop("after")} if "after" in keys else {})
    return {"duration": "0s", "then": then, **keys}


def told(processes: dict[str, Any], **parts: Any) -> list[tuple[str, str, str, str]]:
    estate = scenario(folders={"F": folder(processes=processes, queues={"Q": {}})}, **parts)
    return [
        (".".join(map(str, issue.path)), issue.code, issue.message, issue.hint)
        for issue in dangling(estate, catalogue())
    ]


END = {"duration": "0s"}
HINT = "give one of them a duration or a start_up, or its then an after"
WITHOUT_END: dict[str, tuple[dict[str, Any], str, str]] = {
    "itself": ({"A": step("A")}, "A", "A → A"),
    "one another": ({"A": step("B"), "B": step("A")}, "A", "A → B → A"),
    "from the first in the file": (
        {"A": step("C"), "C": step("D"), "B": step("C"), "D": step("B")},
        "C",
        "C → D → B → C",
    ),
    "a queue's items may be none": ({"A": step("A", queue="Q")}, "A", "A → A"),
    "several at a time": (
        {"A": {"duration": "0s", "then": {"start": "A", "jobs": 2}}},
        "A",
        "A → A",
    ),
    "some fault": ({"A": step("A", faults="99%")}, "A", "A → A"),
    "a draw that is always 0 s": (
        {"A": step("A", start_up={"uniform": ["0s", "0s"]}, after={"empirical": ["0s"]})},
        "A",
        "A → A",
    ),
    "many": (
        {f"P{n}": step(f"P{(n + 1) % 8}") for n in range(8)},
        "P0",
        "P0 → P1 → P2 → P3 → P4 → … → P0",
    ),
}


@pytest.mark.parametrize(("processes", "at", "ring"), WITHOUT_END.values(), ids=WITHOUT_END)
def test_a_cycle_that_takes_no_time(processes: dict[str, Any], at: str, ring: str) -> None:
    message = f"{ring}: jobs start one another without end, and no time passes"
    assert told(processes) == [(f"folders.F.processes.{at}.then", "then-cycle", message, HINT)]


WITH_END: dict[str, dict[str, Any]] = {
    "a chain": {"A": step("B"), "B": step("C"), "C": END},
    "a duration": {"A": step("B"), "B": step("A", duration="1s")},
    "a duration that may be 0 s": {"A": step("A", duration={"uniform": ["0s", "1s"]})},
    "a start-up": {"A": step("A", start_up="1ms")},
    "an after": {"A": step("B", after="1m"), "B": step("A")},
    "all fault": {"A": step("B"), "B": step("A", faults="100%")},
}


@pytest.mark.parametrize("processes", WITH_END.values(), ids=WITH_END)
def test_what_ends_or_lets_time_pass(processes: dict[str, Any]) -> None:
    assert told(processes) == []


def test_a_latency_lets_time_pass() -> None:
    assert told({"A": step("A")}, dispatch={"latency": "1s"}) == []


def test_each_cycle_is_told_once() -> None:
    two = {"A": step("B"), "B": step("A"), "C": step("A"), "D": step("D")}
    assert [where for where, *_ in told(two)] == [
        "folders.F.processes.A.then",
        "folders.F.processes.D.then",
    ]


def test_a_cycle_through_a_process_that_is_not_there_is_none() -> None:
    """The name is told elsewhere."""
    assert [code for _, code, *_ in told({"A": step("B")})] == ["unknown-process"]


def test_cycles_are_found_whether_they_take_time_or_not() -> None:
    processes = {"A": step("B", duration="1h"), "B": step("A"), "C": step("A")}
    assert list(cycles(Folder.model_validate({"processes": processes}).processes)) == [("A", "B")]
