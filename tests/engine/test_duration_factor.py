"""Slow and fast machines: what the durations of jobs and items are multiplied by. By hand.

`start_up` is left alone, and so is how long a job may run. Jobs last ten minutes.
"""

from __future__ import annotations

from typing import Any

import pytest
from engine.timelines import items, items_of, jobs_of, lines
from engine.whereabouts import fails, minutes_of, pressed, spans_of

FACTORS = {
    "slow": (1.5, {}, "A 08:00 08:00-08:15 Successful"),
    "fast": (0.5, {}, "A 08:00 08:00-08:05 Successful"),
    "start_up is left alone": (1.5, {"start_up": "2m"}, "A 08:00 08:00-08:17 Successful"),
    "and so is stop_after": (2, {"stop_after": "15m"}, "A 08:00 08:00-08:15 Stopped"),
    "in time on a fast machine": (0.5, {"stop_after": "6m"}, "A 08:00 08:00-08:05 Successful"),
    "so slow that nothing ends": (
        1000,
        {"stop_after": "2d"},
        # 10,000 minutes would be over 166 hours
        "A 08:00 08:00-56:00 Stopped",
    ),
}


@pytest.mark.parametrize(("factor", "process", "expected"), FACTORS.values(), ids=FACTORS.keys())
def test_durations_are_multiplied(factor: float, process: dict[str, Any], expected: str) -> None:
    machines = {"M1": {"duration_factor": factor}}
    run = pressed({"A": ["08:00"]}, machines=machines, processes={"A": process})
    assert jobs_of(run) == [expected]


def test_items_take_longer_too() -> None:
    run = pressed(
        {"A": ["08:00"]},
        machines={"M1": {"duration_factor": 1.5}},
        processes={"A": {"duration": "4m", "start_up": "1m", "queue": "Q"}},
        queues={"Q": {}},
        arrivals={"mail": items("07:00", "07:01")},
    )
    assert jobs_of(run) == ["A 08:00 08:00-08:37 Successful"]
    assert items_of(run) == lines(
        """
        mail 07:00 08:07-08:22 Successful 0
        mail 07:01 08:22-08:37 Successful 0
        """
    )


def test_what_comes_of_it_lies_on_the_grid() -> None:
    """Near a third of ten minutes, it is no multiple of 2⁻²⁰ s; the nearest one is taken."""
    run = pressed({"A": ["08:00"]}, machines={"M1": {"duration_factor": 0.333333}})
    assert run.records.jobs.running_s[0] == round(600 * 0.333333 * 2**20) / 2**20


def test_a_job_that_is_restarted_elsewhere_takes_as_long_as_it_takes_there() -> None:
    """Lost on M1 at 09:00, it runs on M2, which is twice as slow."""
    machines = {"M1": {"failures": fails("9h", "5h")}, "M2": {"duration_factor": 2}}
    run = pressed({"A": ["08:55"]}, machines=machines)
    assert spans_of(run) == lines(
        """
        A 08:55 M1/1 08:55-09:00
        A 08:55 M2/1 09:00-09:20
        """
    )


def test_a_paused_job_has_as_much_left_as_it_had() -> None:
    """20 minutes on this slow machine, of which it ran 5 until 09:00."""
    machine = {"duration_factor": 2, "failures": fails("9h", "1h", "pause")}
    run = pressed({"A": ["08:55"]}, machines={"M1": machine})
    assert jobs_of(run) == ["A 08:55 08:55-10:15 Successful"]
    assert minutes_of(run, "running_s") == [20]


def test_each_stretch_of_a_long_running_job_by_its_own_host() -> None:
    """10 minutes on M1, which L then has from 08:15 to 10:15; on M2 20, and 5 up to stop_after.
    Suspended twice, as all but one job in fifty are."""
    suspends = {"probability": "99%", "for": "30m"}
    run = pressed(
        {"A": ["08:00"], "L": ["08:15"]},
        machines={"M1": {}, "M2": {"duration_factor": 2}},
        processes={"A": {"suspends": suspends, "stop_after": "35m"}, "L": {"duration": "2h"}},
        starts={"L": {"run_as": {"machine": "M1"}}},
    )
    assert spans_of(run)[:3] == lines(
        """
        A 08:00 M1/1 08:00-08:10
        A 08:00 M2/1 08:40-09:00
        A 08:00 M2/1 09:30-09:35
        """
    )
