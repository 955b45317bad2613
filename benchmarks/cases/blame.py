"""Who kept whom Pending, worked out of the records, beside the sorting of as many instants."""

from __future__ import annotations

import time
from typing import Final

import numpy as np

from benchmarks.cases.simulating import REPLICATION, planned
from benchmarks.estates.common_pool import common_pool
from benchmarks.samples import Sample
from simulator.engine import simulate
from simulator.measurement.blaming.blame import blame_figures, charges_of
from simulator.plan.eligibility import eligibility_of

ROUNDING: Final = 1e-9
"""What the sum of all blame may differ by, as a part of it."""

INSTANTS_A_JOB: Final = 3
"""It came, started and ended."""


def blamed(jobs: int) -> Sample:
    """Simulate so many jobs, then time the blame; it has to add up to what they waited."""
    plan = planned(common_pool(jobs))
    records = simulate(plan, 1, REPLICATION)
    eligibility = eligibility_of(plan)
    begin = time.perf_counter()
    figures = blame_figures(plan.legend, charges_of(eligibility, plan.legend, records))
    seconds = time.perf_counter() - begin
    of = records.jobs
    until_s = plan.legend.window.to_s
    inside_s = np.clip(of.submitted_s + of.pending_s, 0, until_s) - of.submitted_s
    assert abs(figures.window_s.sum() / inside_s.sum() - 1) < ROUNDING
    return Sample(len(of.route), seconds, float(of.pending_s.mean()))


def sort(jobs: int) -> Sample:
    """Time how long numpy takes to sort as many instants: how quick this machine is just now."""
    instants_s = np.random.default_rng(1).random(INSTANTS_A_JOB * jobs)
    begin = time.perf_counter()
    np.sort(instants_s)
    return Sample(jobs, time.perf_counter() - begin)
