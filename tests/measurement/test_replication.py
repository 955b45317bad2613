"""Figures of one replication: every number worked out by hand beside it."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from builders_records import CLOSE_BOOKS, NAN, PAYROLL, REFUSED, Job, legend, ran, records

from simulator.measurement import Figures, measure
from simulator.measurement.figures import ScopeFigures
from simulator.records.codes import FiringOutcome, JobState

WINDOW = legend(from_s=100.0, to_s=1100.0)

SOME_JOBS = records(
    ran(50.0, 150.0, 250.0),  # of the warm-up: its time counts, it does not
    ran(100.0, 100.0, 300.0, account=1),  # on the window's first instant: counts; no wait
    ran(200.0, 260.0, 1300.0, host=1, route=PAYROLL, account=2, state=JobState.FAULTED),
    ran(400.0, 520.0, 620.0, route=CLOSE_BOOKS, account=1, state=JobState.STOPPED),
    Job(500.0, ended_s=500.0, route=REFUSED, state=JobState.REFUSED),
    Job(600.0, ended_s=700.0, pending_s=100.0, state=JobState.EXPIRED),
    Job(1000.0, pending_s=2600.0, state=JobState.PENDING),
    ran(1100.0, 1150.0, 1200.0),  # on the window's last instant: not observed
)


def figures() -> Figures:
    return measure(WINDOW, SOME_JOBS, (60.0, 30.0), subtrees=("HR", "Finance"))


def of(scope: str, name: str) -> tuple[ScopeFigures, int]:
    found = [one for one in figures().scopes if one.scope == scope and name in one.names]
    return found[0], found[0].names.index(name)


@pytest.mark.parametrize(
    ("scope", "name", "submitted", "started"),
    [
        ("tenant", "", 6, 3),
        ("folder", "HR", 3, 1),
        ("folder", "HR/Payroll", 1, 1),
        ("folder", "Finance", 2, 1),
        ("folder+", "HR", 4, 2),
        ("folder+", "Finance", 2, 1),
        ("process", "Finance:close-books", 2, 1),
        ("trigger", "HR:nightly", 3, 1),
        ("trigger", "Finance:hourly", 1, 1),
        ("start", "Finance:by-anna", 1, 0),
        ("priority", "65", 1, 1),
        ("priority", "5", 1, 0),
        ("runtime", "unattended", 6, 3),
        ("runtime", "headless", 0, 0),
        ("machine", "shared-vm", 3, 3),
        ("host", "shared-vm/2", 1, 1),
        ("account", "fin-bot", 2, 2),
        ("principal", "anna", 2, 1),
    ],
)
def test_jobs_are_counted_by_scope(scope: str, name: str, submitted: int, started: int) -> None:
    found, place = of(scope, name)
    assert (found.jobs.submitted[place], found.jobs.started[place]) == (submitted, started)


def test_jobs_are_counted_by_how_they_ended() -> None:
    jobs = of("tenant", "")[0].jobs
    counted = (jobs.refused, jobs.successful, jobs.faulted, jobs.stopped, jobs.expired)
    assert [number[0] for number in counted] == [1, 1, 1, 1, 1]
    assert jobs.ended[0] == 3  # at 250 (of the warm-up), 300 and 620; 1300 is later


def test_names_are_the_legends_and_priorities_come_most_urgent_first() -> None:
    names = {one.scope: one.names for one in figures().scopes}
    assert names["priority"] == ("65", "45", "5")
    assert names["start"] == ("HR/Payroll:walk-ins", "Finance:by-anna")
    assert names["host"] == ("shared-vm/1", "shared-vm/2", "spare/1")


def test_waits_are_of_the_jobs_that_started() -> None:
    waits = of("tenant", "")[0].waits  # 0, 60 and 120 s
    assert (waits.count[0], waits.total_s[0], waits.largest_s[0]) == (3, 180.0, 120.0)
    assert waits.squares_s2[0] == 60.0**2 + 0.0 + 60.0**2
    assert waits.quantiles_s[0].tolist() == pytest.approx([60.0, 108.0, 114.0, 118.8])
    assert waits.over[0].tolist() == [2, 2, 1]  # longer than 0, 30 and 60 s


def test_turnarounds_are_of_the_jobs_that_started_and_ended() -> None:
    turnarounds = of("tenant", "")[0].turnarounds  # 200, 1100 and 220 s
    assert (turnarounds.total_s[0], turnarounds.largest_s[0]) == (1520.0, 1100.0)


def test_a_folder_without_jobs_has_no_quantiles() -> None:
    found, place = of("folder", "HRX")
    assert found.waits.count[place] == 0
    assert np.isnan(found.waits.quantiles_s[place]).all()
    assert np.isnan(found.waits.largest_s[place])


def test_time_is_clipped_to_the_window() -> None:
    load = of("tenant", "")[0].load
    assert load.pending_s[0] == 50 + 0 + 60 + 120 + 100 + 100
    assert load.running_s[0] == 100 + 200 + 840 + 100
    assert of("tenant", "")[0].capacity.slot_s[0] == 5 * 1000


def test_a_host_is_busy_while_any_of_its_slots_is() -> None:
    found, _ = of("host", "shared-vm/1")
    assert found.load.host_busy_s.tolist() == [300.0, 840.0, 0.0]  # 100-300 and 520-620; 260-1100
    assert of("machine", "shared-vm")[0].load.host_busy_s.tolist() == [1140.0, 0.0]
    assert of("machine", "shared-vm")[0].capacity.host_s.tolist() == [2000.0, 1000.0]
    assert of("machine", "shared-vm")[0].capacity.slot_s.tolist() == [4000.0, 1000.0]


def test_an_account_is_busy_while_any_job_runs_under_it() -> None:
    assert of("account", "anna")[0].load.account_busy_s.tolist() == [100.0, 300.0, 840.0]


def test_a_slot_held_before_the_start_is_not_busy() -> None:
    """One job is matched at 10 and starts at 40; another is cut off between match and start."""
    held = records(
        ran(10.0, 40.0, 100.0, held_from_s=10.0),
        Job(3590.0, host=0, account=0, state=JobState.PENDING, held_from_s=3595.0, pending_s=10.0),
    )
    tenant = measure(legend(), held, ()).scopes[0]
    assert tenant.load.running_s[0] == 60.0
    assert tenant.load.host_busy_s[0] == 60.0


def test_the_hours_hold_all_the_time_there_is() -> None:
    """Little's law as an identity: numbers by the hour times their seconds are the jobs' times."""
    found, tenant = figures(), of("tenant", "")[0]
    assert found.hours_s.sum() == 1000.0
    pending_s = np.nansum(found.hours_pending * found.hours_s)
    running_s = np.nansum(found.hours_busy * found.hours_s)
    assert pending_s == pytest.approx(tenant.load.pending_s[0], rel=1e-12)
    assert running_s == pytest.approx(tenant.load.running_s[0], rel=1e-12)


def test_refusals_are_counted_by_route() -> None:
    assert figures().refusals.tolist() == [0, 0, 0, 1]


def test_nothing_at_all_gives_zeros() -> None:
    empty = measure(legend(), records(), (60.0,), subtrees=("HR",))
    assert empty.scopes[0].jobs.submitted[0] == 0
    assert empty.scopes[0].waits.over.tolist() == [[0, 0]]
    assert empty.hours_pending[0] == 0.0


def test_figures_travel_between_processes() -> None:
    sent = pickle.loads(pickle.dumps(figures()))  # noqa: S301 - our own bytes
    assert sent.scopes[0].waits.total_s.tolist() == figures().scopes[0].waits.total_s.tolist()


def test_figures_agree_with_numpy_job_by_job() -> None:
    """Ten thousand jobs at random: sums, squares and quantiles by folder against plain NumPy."""
    draw = np.random.default_rng(20260302)
    route = draw.integers(0, 3, 10_000)
    submitted = np.sort(draw.integers(0, 3600, 10_000)).astype(float)
    waits = np.where(draw.random(10_000) < 0.4, 0.0, 1e6 + draw.exponential(300.0, 10_000))
    jobs = (
        ran(at, at + wait, NAN, route=int(way))
        for at, wait, way in zip(submitted, waits, route, strict=True)
    )
    folder = next(
        one for one in measure(legend(), records(*jobs), ()).scopes if one.scope == "folder"
    )
    for place in range(3):
        mine = waits[route == place]
        assert folder.waits.total_s[place] == pytest.approx(mine.sum(), rel=1e-12)
        assert folder.waits.squares_s2[place] == pytest.approx(mine.var() * len(mine), rel=1e-9)
        expected = np.quantile(mine, (0.5, 0.9, 0.95, 0.99))
        assert folder.waits.quantiles_s[place].tolist() == pytest.approx(expected, rel=1e-12)


def test_firings_are_counted_by_source_and_outcome() -> None:
    """The records' log: the first source's firing made jobs, the third's was guarded."""
    firings = figures().firings
    assert firings.shape == (4, len(FiringOutcome))
    assert firings[0].tolist() == [1, 0, 0, 0, 0, 0, 0]
    assert firings[2, FiringOutcome.GUARDED] == firings.sum() - 1 == 1
