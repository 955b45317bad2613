"""How often jobs are Suspended, and how long their stretches last, is drawn with the submission."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from engine.runs import Replication
from engine.whereabouts import (
    minutes_of,
    pressed,
    suspends,
)

from simulator.records.codes import JobState

OFTEN = {"duration": {"uniform": ["1m", "3m"]}} | suspends("1m", "40%")
EVERY_3_MINUTES: dict[str, Any] = {"stream": {"every": "3m"}}


def often(**more: Any) -> Replication:
    """480 jobs over a day, of which two in five stretches end Suspended."""
    parts = {"machines": {"M1": {"slots": 100}}} | more.pop("parts", {})
    return pressed({"A": []}, processes={"A": OFTEN | more}, starts={"A": EVERY_3_MINUTES}, **parts)


def suspensions_of(run: Replication) -> list[int]:
    """How often each job was Suspended."""
    counts: list[int] = np.bincount(
        run.records.interruptions.job, minlength=len(run.records.jobs.route)
    ).tolist()
    return counts


def test_how_often_a_job_is_suspended_is_geometric() -> None:
    """Mean p / (1 - p) = 2/3, variance p / (1 - p)² = 10/9: of 480 jobs the mean has a standard
    deviation of 0.048, and lies within four of them."""
    counts = suspensions_of(often())
    assert len(counts) == 480
    assert np.mean(counts) == pytest.approx(2 / 3, abs=0.192)
    assert np.mean(np.array(counts) == 0) == pytest.approx(0.6, abs=4 * 0.0224)


def test_each_stretch_has_a_duration_of_its_own() -> None:
    """Of two draws between 1 and 3 minutes none equals another; with the mean of two minutes."""
    run = often()
    stretches_s = run.records.occupancy.to_s - run.records.occupancy.from_s
    assert len(np.unique(stretches_s)) == len(stretches_s)
    assert np.mean(stretches_s) == pytest.approx(120, abs=4 * 34.6 / len(stretches_s) ** 0.5)


def test_draws_belong_to_the_submission_whatever_the_fleet() -> None:
    """On a hundred slots nobody waits, on two many do: the same jobs run as long and as often."""
    many, few = often(), often(parts={"machines": {"M1": {"slots": 2}}})
    assert suspensions_of(many) == suspensions_of(few)
    assert np.array_equal(many.records.jobs.running_s, few.records.jobs.running_s)
    assert (min(minutes_of(many, "resumed_s")), max(minutes_of(many, "resumed_s"))) == (0, 0)
    assert max(minutes_of(few, "resumed_s")) > 0


def test_a_job_faults_at_its_end_and_is_asked_once() -> None:
    """All fault: as often Suspended as those that do not."""
    faulted = often(faults="100%")
    assert set(faulted.records.jobs.state.tolist()) == {JobState.FAULTED}
    assert suspensions_of(faulted) == suspensions_of(often())
