"""When in the week work comes, and how irregularly: told from what is written."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from builders import catalogue, folder, scenario

from simulator.access.grants import access_of
from simulator.model.scenario import Scenario
from simulator.plan.arrivals import Wall, wall_of
from simulator.plan.submitters import submitters
from simulator.plan.weekly_shape import Timing, irregularity, timing_of, weekly_shape
from simulator.traces.rows import NO_TRACES


def estate(**trigger: Any) -> tuple[Timing, Wall]:
    """The timing of a trigger of a scenario, and its clock."""
    triggers = {"T": {"process": "P", "created_by": "owner", **trigger}}
    made: Scenario = scenario(folders={"F": folder(triggers=triggers)})
    (one,) = submitters(made, access_of(made, catalogue()))
    timing = timing_of(one)
    assert timing is not None
    return timing, wall_of(made.time, made.assumptions, made.calendars, NO_TRACES)


def test_a_steady_stream_comes_alike_in_every_hour() -> None:
    assert weekly_shape(*estate(event={"poisson": "3 per hour"}), {}).tolist() == [1.0] * 168


def test_a_profile_comes_in_its_hours() -> None:
    """Two hours of five days, one of them half: 7.5 hours hold all of a week's 168."""
    profile = {"mon-fri": {"08:00-09:30": "6 per hour"}}
    shape = weekly_shape(*estate(event={"profile": profile}), {}).reshape(7, 24)
    assert shape[:5, 8] == pytest.approx(168 / 7.5)
    assert shape[:5, 9] == pytest.approx(168 / 7.5 / 2)
    assert shape.sum() == pytest.approx(168)


def test_a_cron_comes_in_the_hours_it_names() -> None:
    shape = weekly_shape(*estate(time={"cron": "0 0,30 6 ? * MON,SUN"}), {})
    assert np.flatnonzero(shape).tolist() == [6, 6 * 24 + 6]
    assert shape.mean() == pytest.approx(1, rel=1e-3)


def test_what_comes_once_a_month_comes_whole_on_any_day() -> None:
    """A day of 30.44 on which it comes, and so many times as much in that hour of it."""
    shape = weekly_shape(*estate(time={"cron": "0 0 6 L * ?"}), {}).reshape(7, 24)
    assert (shape[:, 6] > 0).all()
    assert shape[:, 6] == pytest.approx(24 * 30.44, rel=1e-3)


@pytest.mark.parametrize(
    ("trigger", "at_once", "expected"),
    [
        ({"event": {"poisson": "3 per hour"}}, 1, 1.0),
        ({"event": {"poisson": "3 per hour"}}, 5, 5.0),
        ({"event": {"every": "10m"}}, 1, 0.0),
        ({"event": {"every": "10m"}}, 5, 5.0),
        ({"event": {"interarrival": {"exponential": "10m"}}}, 1, 1.0),
        ({"event": {"interarrival": {"uniform": ["0m", "10m"]}}}, 1, 1 / 3),
        ({"event": {"interarrival": {"gamma": {"mean": "10m", "cv": 2}}}}, 2, 8.0),
        ({"time": {"cron": "0 0 6 ? * MON"}}, 1, 0.0),
        ({"time": {"cron": "0 0 6 ? * MON"}}, 5, 1.0),
    ],
    ids=["random", "batch", "regular", "regular-batch", "law", "uniform", "gamma", "cron", "crons"],
)
def test_irregularity_is_a_squared_coefficient_of_variation(
    trigger: dict[str, Any], at_once: int, expected: float
) -> None:
    timing, _ = estate(**trigger)
    assert irregularity(timing, at_once, {}) == pytest.approx(expected, rel=0.01)


def test_what_follows_jobs_is_taken_to_come_at_random() -> None:
    assert irregularity(None, 1, {}) == 1.0
