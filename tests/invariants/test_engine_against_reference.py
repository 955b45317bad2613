"""Random estates through the engine and through the plain reference: equal, job by job."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from hypothesis import given, settings
from invariants.random_estates import Estate, estates
from invariants.reference_fleet import ReferenceFleet, firings_of

from simulator.engine import simulate
from simulator.records.columns import Ints, JobState, Occupancy

COLUMNS = ("route", "submitted_s", "started_s", "ended_s", "state", "host", "account")


@settings(max_examples=300, deadline=None, derandomize=True)
@given(estates())
def test_every_job_starts_when_and_where_the_reference_starts_it(estate: Estate) -> None:
    firings = firings_of(estate.plan)
    ReferenceFleet(estate.plan).serve(firings)
    expected = [job for jobs in firings for job in jobs]
    jobs = simulate(estate.plan, 1, 0).jobs
    for column in COLUMNS:
        np.testing.assert_array_equal(
            getattr(jobs, column), [getattr(job, column) for job in expected], err_msg=column
        )


@settings(max_examples=300, deadline=None, derandomize=True)
@given(estates(luck=("random",)))
def test_books_balance_and_nothing_is_held_twice(estate: Estate) -> None:
    """Whatever the choices, random ones too; the dispatch latency is held time, not Running."""
    plan = estate.plan
    records = simulate(plan, 1, 0)
    jobs, held = records.jobs, records.occupancy
    assert not np.isin(jobs.state, [JobState.RUNNING]).any()
    dispatched_s = plan.latency_s * np.isin(jobs.state, [JobState.SUCCESSFUL]).sum()
    assert held.to_s.sum() - held.from_s.sum() == jobs.running_s.sum() + dispatched_s
    lines = [plan.lines[line] for line in plan.legend.routes.line[jobs.route[held.job]]]
    alone = np.array([line.takes_account for line in lines], dtype=bool)
    assert _one_at_a_time(held, held.slot, np.ones_like(alone))
    assert _one_at_a_time(held, held.account, alone)


def _one_at_a_time(held: Occupancy, things: Ints, counted: npt.NDArray[np.bool_]) -> bool:
    """Whether no slot or account of a host has two of the spans that count at once."""
    rows = np.flatnonzero(counted)
    rows = rows[np.lexsort((held.from_s[rows], things[rows], held.host[rows]))]
    earlier, later = rows[:-1], rows[1:]
    same = (held.host[earlier] == held.host[later]) & (things[earlier] == things[later])
    return bool((held.from_s[later][same] >= held.to_s[earlier][same]).all())
