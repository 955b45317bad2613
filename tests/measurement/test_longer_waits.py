"""How many jobs waited longer than each of a row of times, counted by hand."""

from __future__ import annotations

import numpy as np
from builders_records import CLOSE_BOOKS, ONBOARD, Job, legend, ran, records

from simulator.measurement.longer_waits import TIMES_S, longer_waits

HR, FINANCE = 0, 2


def test_a_wait_counts_at_every_time_it_is_longer_than() -> None:
    """HR's jobs wait 0, 10 and 61 seconds: two wait at all, one longer than 10, none than 120."""
    run = records(ran(0, 0, 90), ran(0, 10, 90), ran(5, 66, 90, route=ONBOARD))
    found = longer_waits(legend(), run.jobs)
    assert found.started[HR] == 3
    by_time = dict(zip(TIMES_S, found.over[HR].tolist(), strict=True))
    assert [by_time[time_s] for time_s in (0.0, 10.0, 60.0, 120.0)] == [2, 1, 1, 0]
    assert not found.over[FINANCE].any()


def test_the_longest_time_has_waits_beyond_it() -> None:
    week_s = TIMES_S[-1]
    run = records(ran(0, week_s + 1, week_s + 2, route=CLOSE_BOOKS), end_s=week_s + 2)
    assert (longer_waits(legend(), run.jobs).over[FINANCE] == 1).all()


def test_jobs_outside_the_window_or_without_a_start_do_not_count() -> None:
    run = records(ran(100, 200, 300), ran(0, 50, 60), Job(150, pending_s=500))
    found = longer_waits(legend(from_s=100.0, to_s=3600.0), run.jobs)
    assert found.started.sum() == 1


def test_fewer_jobs_wait_longer() -> None:
    generator = np.random.default_rng(7)
    jobs = [ran(at, at + wait, 5e5) for at, wait in enumerate(generator.exponential(900.0, 300))]
    over = longer_waits(legend(), records(*jobs, end_s=5e5).jobs).over
    assert (np.diff(over, axis=1) <= 0).all()
