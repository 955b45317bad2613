"""How long jobs hold slots: means by hand."""

from __future__ import annotations

import math
from typing import Any

import pytest
from builders import catalogue, folder, scenario

from simulator.access.grants import access_of
from simulator.plan.held_slots import Holding
from simulator.plan.submitters import submitters
from simulator.records.columns import Window
from simulator.traces.rows import TraceRows

EVERY_HOUR = {"process": "P", "event": {"poisson": "1 per hour"}, "created_by": "owner"}
TRACE = {"jobs.csv": TraceRows("jobs.csv", "", Window(0, 1, 0, "UTC"), "", 4, True, (), 1200.0)}  # noqa: FBT003 - a row of a table


def held_s(
    process: dict[str, Any],
    machine: dict[str, Any] | None = None,
    trigger: dict[str, Any] | None = None,
    latency: str = "0s",
) -> float:
    inside = folder(processes={"P": process}, triggers={"T": {**EVERY_HOUR, **(trigger or {})}})
    estate = scenario(
        folders={"F": inside}, machines={"M1": machine or {}}, dispatch={"latency": latency}
    )
    (one,) = submitters(estate, access_of(estate, catalogue()))
    return Holding(estate, {}, TRACE).at_least_s(one, ["M1"])


def overrun_s(process: dict[str, Any], trigger: dict[str, Any] | None = None) -> float:
    inside = folder(
        processes={"P": process},
        triggers={"T": {**EVERY_HOUR, **(trigger or {})}},
        queues={"Q": {}},
    )
    estate = scenario(folders={"F": inside})
    (one,) = submitters(estate, access_of(estate, catalogue()))
    return Holding(estate, {}, TRACE).overrun_s(one, ["M1"])


HELD: dict[str, tuple[dict[str, Any], float]] = {
    "start-up and duration": ({"process": {"duration": "10m", "start_up": "1m"}}, 660),
    "a slow machine": (
        {"process": {"duration": "10m", "start_up": "1m"}, "machine": {"duration_factor": 1.5}},
        960,
    ),
    "the latency": ({"process": {"duration": "10m"}, "latency": "30s"}, 630),
    "three stretches, each with its latency": (
        {
            "process": {
                "duration": "10m",
                "suspends": {"probability": f"{200 / 3}%", "for": "9h"},
            },
            "latency": "30s",
        },
        3 * 630,
    ),
    "stopped": ({"process": {"duration": "10m", "start_up": "1m", "stop_after": "5m"}}, 300),
    # min(T, 10 min) of an exponential of 10 min is 10 (1 - 1/e) min.
    "stopped by chance": (
        {"process": {"duration": {"exponential": "10m"}}, "trigger": {"kill_after": "10m"}},
        600 * (1 - math.exp(-1)),
    ),
    "a file's durations": (
        {"process": {"duration": "9h"}, "trigger": {"event": {"trace": "jobs.csv"}}},
        300,
    ),
    "a file's durations, cut somewhere": (
        {
            "process": {"duration": "9h", "start_up": "1m"},
            "trigger": {"event": {"trace": "jobs.csv"}, "stop_after": "5m"},
        },
        60,
    ),
    # The smaller of 10 minutes and an exponential span of 40: at least 1 / (1/10 + 1/40).
    "lost as its host fails": (
        {
            "process": {"duration": "10m"},
            "machine": {
                "failures": {"up": {"exponential": "40m"}, "down": "1m", "running_jobs": "fault"}
            },
        },
        480,
    ),
    # Half last nothing and half 20 minutes, of which 1 / (1/20 + 1/40) are left.
    "lost, the long ones above all": (
        {
            "process": {"duration": {"empirical": ["0s", "20m"]}},
            "machine": {
                "failures": {"up": {"exponential": "40m"}, "down": "1m", "running_jobs": "fault"}
            },
        },
        400,
    ),
    # Of 24 hours 8 are in service: two jobs of 8 hours begin in them, and one is lost.
    "killed each night": (
        {
            "process": {"duration": "8h"},
            "machine": {
                "maintenance": [{"cron": "0 0 16 * * ?", "duration": "16h", "running_jobs": "kill"}]
            },
        },
        4 * 3600,
    ),
    # A stretch of 480 s: 1 / (1/10 + 1/40) min. A fifth of the jobs are lost in it, and half of the
    # others run another: 480 / (1 - 0.5 * 0.8).
    "lost in one of several stretches": (
        {
            "process": {"duration": "10m", "suspends": {"probability": "50%", "for": "1h"}},
            "machine": {
                "failures": {"up": {"exponential": "40m"}, "down": "1m", "running_jobs": "fault"}
            },
        },
        800,
    ),
    "killed at every moment": (
        {
            "process": {"duration": "8h"},
            "machine": {
                "maintenance": [{"cron": "0 0 * * * ?", "duration": "1h", "running_jobs": "kill"}]
            },
        },
        0,
    ),
    "started again, it takes as long at least": (
        {
            "process": {"duration": "10m"},
            "machine": {"failures": {"up": {"exponential": "40m"}, "down": "1m"}},
        },
        600,
    ),
    "nothing": ({"process": {"duration": "0s"}}, 0),
}


@pytest.mark.parametrize(("parts", "expected"), HELD.values(), ids=HELD)
def test_for_how_long_a_job_holds_a_slot(parts: dict[str, Any], expected: float) -> None:
    assert held_s(**parts) == pytest.approx(expected, rel=1e-3)


OVERRUNS: dict[str, tuple[dict[str, Any], float]] = {
    "all alike": ({"process": {"duration": "9m", "start_up": "1m"}}, 600),
    # E[X²] / E[X] of an exponential is twice its mean, of a lognormal (1 + cv²) times.
    "exponential": ({"process": {"duration": {"exponential": "10m"}}}, 1200),
    "a long tail": ({"process": {"duration": {"lognormal": {"mean": "10m", "cv": 5}}}}, 15_600),
    # (2 · 5² + 2 · 5 · 5 + 5²) / (5 + 5) minutes.
    "start-up beside it": (
        {"process": {"duration": {"exponential": "5m"}, "start_up": "5m"}},
        750,
    ),
    "stopped": ({"process": {"duration": {"exponential": "1h"}, "stop_after": "10m"}}, 600),
    "items without end": ({"process": {"duration": "1m", "queue": "Q"}}, math.inf),
    "items until it is stopped": (
        {"process": {"duration": "1m", "queue": "Q", "stop_after": "2h"}},
        7200,
    ),
    "a file's durations": (
        {"process": {"duration": "1m"}, "trigger": {"event": {"trace": "jobs.csv"}}},
        math.inf,
    ),
    "nothing": ({"process": {"duration": "0s"}}, 0),
}


@pytest.mark.parametrize(("parts", "expected"), OVERRUNS.values(), ids=OVERRUNS)
def test_for_how_long_jobs_run_on(parts: dict[str, Any], expected: float) -> None:
    assert overrun_s(**parts) == pytest.approx(expected, rel=1e-2)


@pytest.mark.parametrize(
    ("process", "expected"),
    [
        ({"duration": "10m"}, 0.0),
        ({"duration": {"exponential": "10m"}}, 1.0),
        ({"duration": {"gamma": {"mean": "10m", "cv": 0.5}}}, 0.25),
        ({"duration": {"exponential": "10m"}, "start_up": "10m"}, 0.25),
    ],
    ids=["constant", "exponential", "gamma", "start-up"],
)
def test_variation_is_that_of_one_stretch(process: dict[str, Any], expected: float) -> None:
    """Variance over squared mean: with as long a start-up that never varies, a quarter."""
    inside = folder(processes={"P": process}, triggers={"T": EVERY_HOUR})
    estate = scenario(folders={"F": inside})
    (one,) = submitters(estate, access_of(estate, catalogue()))
    assert Holding(estate, {}, {}).variation(one) == pytest.approx(expected, abs=0.005)
