"""Others do the same work as we: the plain model of a fleet starts each job at the same instant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import pytest

from benchmarks.cases.simulating import planned
from benchmarks.estates.shared_fleet import Fleet, day
from benchmarks.estates.single_line import MEAN_WAIT_S
from benchmarks.rivals.filter_store import FleetModel
from benchmarks.rivals.single_line import callbacks, ciw_records, simpy_process
from simulator.engine import simulate

Traces = dict[tuple[int, int], list[tuple[float, float, float]]]
"""By folder and priority: when each job was submitted, started, and ended."""


def recorded(fleet: Fleet) -> Traces:
    """What the simulator did."""
    plan = planned(fleet.text())
    jobs, routes = simulate(plan, 1, 0).jobs, plan.legend.routes
    folders = [int(name.split()[-1]) for name in plan.legend.names.folders]
    traces: Traces = defaultdict(list)
    rows = zip(jobs.route, jobs.submitted_s, jobs.started_s, jobs.ended_s, strict=True)
    for route, *instants_s in rows:
        process = folders[routes.folder[route]], int(routes.priority[route])
        traces[process].append(tuple(map(float, instants_s)))
    return traces


def replayed(fleet: Fleet, traces: Traces) -> Traces:
    """What the plain model makes of the same submissions and durations."""

    def work(folder: int, priority: int) -> Iterator[tuple[float, float]]:
        before_s = 0.0
        for submitted_s, started_s, ended_s in traces[folder, priority]:
            yield submitted_s - before_s, ended_s - started_s
            before_s = submitted_s

    found: Traces = defaultdict(list)
    for process, *instants_s in FleetModel(fleet).run(work):
        found[process].append(tuple(instants_s))
    return {process: sorted(jobs) for process, jobs in found.items()}


@pytest.mark.parametrize(
    ("fleet", "most_wait_at_least_s"),
    [(Fleet(20, 40, 0.85, 2_500), 60), (day(1.2, 1_500), 10_000), (Fleet(12, 13, 0.9, 800), 300)],
    ids=["moderate load", "long lines", "few machines"],
)
def test_the_plain_model_starts_each_job_at_the_same_instant(
    fleet: Fleet, most_wait_at_least_s: float
) -> None:
    traces = recorded(fleet)
    ours, theirs = (
        np.array([job for process in sorted(traces) for job in found[process]])
        for found in (traces, replayed(fleet, traces))
    )
    assert np.ptp(ours[:, 1] - ours[:, 0]) > most_wait_at_least_s  # there was something to decide
    assert np.array_equal(ours, theirs)


@pytest.mark.parametrize("rival", [simpy_process, callbacks, ciw_records])
def test_others_wait_as_long_as_erlang_says(rival: object) -> None:
    """The standard error of 20,000 jobs is some 5 %; of 5 % more work the wait is a third more."""
    sample = rival(20_000)  # type: ignore[operator]  # one of three functions
    assert sample.work == pytest.approx(20_000, rel=0.01)
    assert sample.mean_wait_s == pytest.approx(MEAN_WAIT_S, rel=0.2)
