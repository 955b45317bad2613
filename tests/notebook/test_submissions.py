"""A study's submissions: those that measures count, by the scenario's clock, and those refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from builders_files import PARALLEL, SOUND, scenario_file

import simulator

if TYPE_CHECKING:
    from pathlib import Path

    from simulator.notebook.results import StudyResult

BERLIN = PARALLEL.replace("duration: 1d}", "duration: 1d, warm_up: 6h, zone: Europe/Berlin}")
"""A winter's day in Berlin, after a quarter of a day that is not measured."""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> StudyResult:
    folder = tmp_path_factory.mktemp("submissions")
    return simulator.run(scenario_file(folder, BERLIN), replications=2)


def test_measured_jobs_are_those_that_measures_count(study: StudyResult) -> None:
    jobs = study.measured_jobs()
    assert len(study.jobs()) > len(jobs)
    wait_s = (jobs["started_s"] - jobs["submitted_s"]).groupby(jobs["folder"], observed=True).mean()
    expected = study.measured("pending.mean")["mean"]
    np.testing.assert_allclose(wait_s[expected.index], expected, atol=1e-6)
    submitted = study.measured("jobs.submitted")["mean"]
    assert (jobs["folder"].value_counts()[submitted.index] / 2).tolist() == submitted.tolist()


def test_times_are_by_the_scenarios_clock(study: StudyResult) -> None:
    """Six hours of warm-up come before midnight of 5 January in Berlin, an hour before London's."""
    seconds = pd.Series([0.0, 6 * 3600.0, np.nan], index=[7, 8, 9])
    times = study.local_times(seconds)
    assert list(times.index) == [7, 8, 9]
    assert times[7] == pd.Timestamp("2026-01-05", tz="Europe/Berlin")
    assert times[8].isoformat() == "2026-01-05T06:00:00+01:00"
    assert times.isna().tolist() == [False, False, True]


def test_refusals_tell_what_was_missing(study: StudyResult) -> None:
    """The guest tries once an hour of the measured day, and is in no folder."""
    found = study.refusals_frame()
    assert found[["source", "principal", "status", "mean", "n"]].to_numpy().tolist() == [
        ["Drawn:strangers", "guest", 400, 24.0, 48]
    ]


def test_nothing_refused_is_a_frame_without_rows(tmp_path: Path) -> None:
    found = simulator.run(scenario_file(tmp_path, SOUND), replications=1).refusals_frame()
    assert found.empty
    assert "missing" in found


def test_jobs_that_were_forgotten_cannot_be_had(tmp_path: Path) -> None:
    forgotten = simulator.run(scenario_file(tmp_path), replications=1, records=False)
    with pytest.raises(ValueError, match="forgotten once measured"):
        forgotten.measured_jobs()
