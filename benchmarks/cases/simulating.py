"""From a scenario text to its records."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.estates.shared_fleet import day
from benchmarks.samples import Sample
from simulator.engine import simulate
from simulator.loading import Loaded, load
from simulator.plan.making import make_plan
from simulator.plan.plan import Plan
from simulator.records.columns import Floats, Jobs

REPLICATION = 0


def import_all() -> None:
    """Read and plan a small, overloaded fleet: some modules are imported only where needed."""
    planned(day(1.1, jobs=100).text())


def loaded(text: str) -> Loaded:
    """Return the scenario of a text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "scenario.yaml")
        path.write_text(text, encoding="utf-8")
        return load(path)


def planned(text: str) -> Plan:
    """Return the plan of a scenario's text."""
    scenario = loaded(text)
    return make_plan(scenario.scenario, scenario.access, scenario.columns)


def whole_way(text: str) -> Sample:
    """Time all of it: reading the file, checking it, planning, simulating."""
    import_all()
    begin = time.perf_counter()
    jobs = simulate(planned(text), 1, REPLICATION).jobs
    return sample_of_jobs(jobs, time.perf_counter() - begin)


def engine_alone(text: str) -> Sample:
    """Time one replication of a plan that is there."""
    plan = planned(text)
    begin = time.perf_counter()
    jobs = simulate(plan, 1, REPLICATION).jobs
    return sample_of_jobs(jobs, time.perf_counter() - begin)


def sample_of_jobs(jobs: Jobs, seconds: float) -> Sample:
    """Return how many jobs there were, how long they waited, and how many at once at most."""
    began = ~np.isnan(jobs.started_s)
    waits_s = (jobs.started_s - jobs.submitted_s)[began]
    most = most_at_once(jobs.submitted_s, jobs.started_s[began])
    return Sample(len(jobs.submitted_s), seconds, float(waits_s.mean()), most)


def most_at_once(submitted_s: Floats, started_s: Floats) -> int:
    """Return the most jobs that were Pending together; those that never start wait to the end."""
    instants_s = np.sort(submitted_s)
    gone = np.searchsorted(np.sort(started_s), instants_s, side="right")
    return int((np.arange(1, len(instants_s) + 1) - gone).max(initial=0))
