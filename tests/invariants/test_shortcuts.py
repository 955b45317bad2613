"""What is quick changes nothing: the engine with its shortcuts, and the plain way without them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from builders import catalogue, folder, scenario
from hypothesis import HealthCheck, given, settings
from invariants.random_estates import Estate
from invariants.random_fleets import changing_estates
from invariants.random_waits import crowded_estates
from invariants.random_work import busy_estates

from simulator.access.grants import access_of
from simulator.engine import simulate, timetable
from simulator.engine.clock import Clock
from simulator.engine.dispatcher import Dispatcher
from simulator.plan.making import make_plan
from simulator.plan.plan import Plan
from simulator.records.columns import Records

TABLES = (
    "jobs", "occupancy", "availability", "trigger_log", "queue_items", "interruptions",
)  # fmt: skip
FEW = settings(
    max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


def plainly(plan: Plan) -> Records:
    """Simulate with every source by itself, every event on the heap, every job through its line."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules[simulate.__module__], "open_streams", lambda _luck: {})
        patch.setattr(
            "simulator.engine.dispatcher.plain_lines", lambda one: [None] * len(one.lines)
        )
        if plan.dispatch.order != "random":  # where to ask a line that cannot start costs a draw
            patch.setattr(Dispatcher, "_still_served", lambda _self, candidates, _pool: candidates)
        patch.setattr(Clock, "run_on", Clock.run)
        return simulate(plan, 1, 0)


def columns(records: Records) -> Iterator[tuple[str, Any]]:
    yield "end_s", records.end_s
    for name in TABLES:
        for column in fields(getattr(records, name)):
            yield f"{name}.{column.name}", getattr(getattr(records, name), column.name)


def is_the_same_plainly(plan: Plan) -> None:
    for (name, found), (_, expected) in zip(
        columns(simulate(plan, 1, 0)), columns(plainly(plan)), strict=True
    ):
        np.testing.assert_array_equal(found, expected, err_msg=name)


@FEW
@given(estate=crowded_estates())
def test_of_a_crowded_estate(estate: Estate) -> None:
    is_the_same_plainly(estate.plan)


@FEW
@given(estate=busy_estates())
def test_of_an_estate_with_queues_and_chains(estate: Estate) -> None:
    is_the_same_plainly(estate.plan)


@FEW
@given(estate=changing_estates())
def test_of_an_estate_whose_hosts_come_and_go(estate: Estate) -> None:
    is_the_same_plainly(estate.plan)


def fleet(order: str, duration: str = "exponential") -> Plan:
    """Three folders that share four machines, at a load at which some wait."""
    lengths = {"exponential": {"exponential": "12m"}, "none": "0s"}
    events = {
        "poisson": {"poisson": "9 per hour"},
        "every": {"every": "10m", "jitter": {"uniform": ["0s", "9m"]}},
        "same": {"every": "5m"},
    }
    folders = {
        name: folder(
            machines=machines,
            processes={
                key: {"duration": lengths[duration], "priority": priority, "type": "background"}
                for key, priority in (("P", "Low"), ("Q", "High"))
            },
            triggers={
                f"{key} {event}": {"process": key, "created_by": "owner", "event": when}
                for key in "PQ"
                for event, when in events.items()
            },
        )
        for name, machines in (("A", ["M1", "M2"]), ("B", ["M3", "M2"]), ("C", ["M4", "M1"]))
    }
    whole = scenario(
        folders=folders,
        machines={f"M{number}": {"slots": 3} for number in range(1, 5)},
        dispatch={"order": order},
        time={"start": "2026-01-05T00:00", "duration": "3d"},
    )
    return make_plan(whole, access_of(whole, catalogue()), {})


@pytest.mark.parametrize("order", ["priority", "oldest", "round_robin", "random"])
def test_of_a_fleet_with_every_order(order: str) -> None:
    is_the_same_plainly(fleet(order))


def test_of_jobs_that_take_no_time() -> None:
    is_the_same_plainly(fleet("priority", "none"))


def test_however_few_submissions_are_put_in_order_at_a_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plan = fleet("priority")
    expected = dict(columns(simulate(plan, 1, 0)))
    monkeypatch.setattr(timetable, "_AT_A_TIME", 7)
    for name, found in columns(simulate(plan, 1, 0)):
        np.testing.assert_array_equal(found, expected[name], err_msg=name)
