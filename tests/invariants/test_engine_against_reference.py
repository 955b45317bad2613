"""Random estates through the engine and through the plain reference: equal, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import HealthCheck, given, settings
from invariants.random_estates import Estate, estates
from invariants.random_fleets import changing_estates
from invariants.random_work import busy_estates
from invariants.reference_hosts import merged
from invariants.reference_run import ReferenceRun

from simulator.engine import simulate
from simulator.records.codes import ItemStatus, JobState, SourceKind
from simulator.records.columns import (
    Availability,
    Interruptions,
    Ints,
    Jobs,
    Occupancy,
    QueueItems,
    Records,
    TriggerLog,
)

JOBS = ("route", "submitted_s", "started_s", "ended_s", "state", "reason", "host", "account")
TIMES = ("pending_s", "resumed_s", "running_s")
ITEMS = ("route", "first", "retry", "priority", "added_s", "taken_s", "done_s", "status", "job")
FIRINGS = ("source", "fired_s", "created", "outcome")
LET_IN = ("available_s", "deadline_s", "exception")
SPANS = ("job", "host", "account", "from_s", "ran_from_s", "to_s")
PRESENCE = ("host", "runtime", "state", "slots", "from_s", "to_s")
WAITS = ("job", "left_s", "cause", "back_s", "again_s")

FIRE = set(SourceKind) - {SourceKind.MANUAL, SourceKind.JOB}
"""What the trigger log tells of."""

CHECKED = settings(
    max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


@CHECKED
@given(estates())
def test_every_job_starts_when_and_where_the_reference_starts_it(estate: Estate) -> None:
    _equal(estate, simulate(estate.plan, 1, 0))


@CHECKED
@given(busy_estates())
def test_every_job_and_item_of_a_busy_estate_is_as_the_reference_has_it(estate: Estate) -> None:
    """Queues, chains, limits and time triggers too, and runs that stop at the window's end."""
    _equal(estate, simulate(estate.plan, 1, 0))


@CHECKED
@given(changing_estates())
def test_all_that_becomes_of_a_changing_estate_is_as_the_reference_has_it(estate: Estate) -> None:
    """Hosts that come, go and fail, licences, and jobs that are Suspended and Resumed."""
    _equal(estate, simulate(estate.plan, 1, 0))


@pytest.mark.validate
@settings(CHECKED, max_examples=10_000)
@given(changing_estates())
def test_all_that_becomes_of_ten_thousand_changing_estates(estate: Estate) -> None:
    _equal(estate, simulate(estate.plan, 1, 0))


def _equal(estate: Estate, records: Records) -> None:
    expected = ReferenceRun(estate.plan)
    expected.serve()
    jobs, items, end_s = records.jobs, records.queue_items, records.end_s
    _same(jobs, expected.jobs, JOBS)
    for column in TIMES:
        known = [getattr(job, column)(end_s) for job in expected.jobs]
        assert getattr(jobs, column).tolist() == known, column
    _same(items, expected.items, ITEMS)
    _same(items, expected.items, LET_IN, items.status != ItemStatus.REFUSED.value)
    triggers = [one for one in expected.firings if estate.plan.sources[one.source].kind in FIRE]
    _same(records.trigger_log, triggers, FIRINGS)
    assert _rows(records.occupancy, SPANS) == _spans(expected, end_s)
    assert str(_rows(records.interruptions, WAITS)) == str(_waits(expected))  # NaN is NaN here
    told = merged(_rows(records.availability, PRESENCE), end_s)
    assert told == expected.hosts.availability(end_s)


def _rows(table: Occupancy | Availability | Interruptions, columns: Sequence[str]) -> list[Any]:
    """The rows of a table in the order of their columns' values."""
    return sorted(zip(*(getattr(table, column).tolist() for column in columns), strict=True))


def _spans(expected: ReferenceRun, end_s: float) -> list[tuple[float, ...]]:
    return sorted(
        (stay.job.id, stay.host, stay.account, *row)
        for stay in expected.fleet.stays
        for row in stay.rows(end_s)
        if row[-1] > row[0]
    )


def _waits(expected: ReferenceRun) -> list[tuple[float, ...]]:
    return sorted(
        (one.job, one.left_s, int(one.cause), one.back_s, one.again_s)
        for one in expected.interruptions
    )


def _same(
    told: Jobs | QueueItems | TriggerLog,
    expected: Sequence[object],
    columns: Sequence[str],
    among: npt.NDArray[np.bool_] | None = None,
) -> None:
    for column in columns:
        values = getattr(told, column)
        known = np.array([getattr(one, column) for one in expected], dtype=values.dtype)
        rows = np.ones(len(values), dtype=bool) if among is None else among
        assert len(values) == len(known), column
        np.testing.assert_array_equal(values[rows], known[rows], err_msg=column)


@CHECKED
@given(estates(luck=("random",)))
def test_books_balance_and_nothing_is_held_twice(estate: Estate) -> None:
    """Whatever the choices, random ones too; the dispatch latency is held time, not Running."""
    _balances(estate)


@settings(CHECKED, max_examples=150)
@given(busy_estates(luck=("random",)))
def test_books_of_busy_estates_balance(estate: Estate) -> None:
    """Likewise with queues, chains, limits and time triggers, and where the run stops early."""
    _balances(estate)


def _balances(estate: Estate) -> None:
    plan = estate.plan
    records = simulate(plan, 1, 0)
    jobs, held = records.jobs, records.occupancy
    assert plan.drain or not np.isnan(records.end_s)
    assert not plan.drain or not np.isin(jobs.state, [JobState.RUNNING]).any()
    ran = held.to_s.sum() - held.from_s.sum()
    begun_s = np.fmax(held.from_s, jobs.started_s[held.job])
    latency_s = np.where(np.isnan(jobs.started_s[held.job]), held.to_s, begun_s) - held.from_s
    assert (latency_s <= plan.latency_s).all()
    assert ran - latency_s.sum() == jobs.running_s.sum()
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
