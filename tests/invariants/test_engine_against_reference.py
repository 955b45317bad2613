"""Random estates through the engine and through the plain reference: equal, job by job."""

from __future__ import annotations

from typing import Any

import numpy as np
from builders import catalogue, scenario
from hypothesis import given, settings
from hypothesis import strategies as st
from invariants.reference_fleet import ReferenceFleet, reference_jobs

from simulator.access.grants import access_of
from simulator.engine import simulate
from simulator.plan.making import make_plan
from simulator.plan.plan import Plan
from simulator.records.columns import JobState, Records

MACHINES = ("M1", "M2", "M3")
ROBOTS = ("r1", "r2", "r3")
INSTANTS = tuple(
    f"2026-01-05T{hour:02}:{minute:02}" for hour in (8, 9) for minute in range(0, 60, 5)
)


@st.composite
def folders(draw: st.DrawFn) -> dict[str, Any]:
    """A folder with some machines and robots in some order, and two processes."""
    robots = draw(st.lists(st.sampled_from(ROBOTS), min_size=1, unique=True))
    machines = draw(st.lists(st.sampled_from(MACHINES), min_size=1, unique=True))
    minutes = st.sampled_from(["0s", "3m", "5m", "7m30s", "20m", "45m"])
    processes = {
        name: {
            "duration": draw(minutes),
            "type": draw(st.sampled_from(["background", "foreground"])),
            "priority": draw(st.sampled_from([25, 45, 65])),
        }
        for name in ("P", "Q")
    }
    triggers = {
        f"on {name}": {
            "process": name,
            "event": {"at": sorted(draw(st.lists(st.sampled_from(INSTANTS), max_size=8)))},
            "jobs": draw(st.integers(1, 3)),
            "created_by": "owner",
        }
        for name in processes
    }
    return {
        "assign": {"owner": ["Folder Administrator"], **{r: ["Automation User"] for r in robots}},
        "machines": machines,
        "processes": processes,
        "triggers": triggers,
    }


@st.composite
def estates(draw: st.DrawFn) -> Plan:
    """An estate of up to three folders that share up to three machines."""
    machines = {
        name: {
            "hosts": draw(st.integers(0, 2)),
            "slots": draw(st.integers(1, 3)),
            "windows_sessions": draw(st.sampled_from([None, 1, 2])),
        }
        for name in MACHINES
    }
    accounts = {
        "owner": {"type": "user"},
        **{r: {"type": "robot", "one_job_at_a_time": draw(st.booleans())} for r in ROBOTS},
    }
    parts = scenario(
        folders={name: draw(folders()) for name in draw(st.sampled_from(["A", "AB", "ABC"]))},
        machines=machines,
        accounts=accounts,
        dispatch={
            "order": draw(st.sampled_from(["priority", "oldest"])),
            "blocked": draw(st.sampled_from(["skip", "block"])),
        },
        assumptions={
            "busy_session": draw(st.sampled_from(["wait", "fault"])),
            "background_needs_account": draw(st.booleans()),
        },
    )
    return make_plan(parts, access_of(parts, catalogue()), {})


@settings(max_examples=300, deadline=None, derandomize=True)
@given(estates())
def test_every_job_starts_when_and_where_the_reference_starts_it(plan: Plan) -> None:
    records = simulate(plan, 1, 0)
    expected = reference_jobs(plan, records)
    for job in expected:  # a job that faulted at once shows no running time of its own
        job.run_s = _drawn(plan, records, job.id)
    ReferenceFleet(plan).serve(expected)
    jobs = records.jobs
    for job in expected:
        if np.isnan(job.started_s):
            assert jobs.state[job.id] == JobState.PENDING
            continue
        assert jobs.started_s[job.id] == job.started_s
        if job.faulted:
            assert jobs.state[job.id] == JobState.FAULTED
        else:
            assert (jobs.host[job.id], jobs.account[job.id]) == (job.host, job.account)


def _drawn(plan: Plan, records: Records, job: int) -> float:
    source = plan.sources[plan.legend.routes.source[records.jobs.route[job]]]
    return float(source.work.duration.constant)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(estates())
def test_books_balance_and_nothing_is_held_twice(plan: Plan) -> None:
    records = simulate(plan, 1, 0)
    jobs, held = records.jobs, records.occupancy
    assert not np.isin(jobs.state, [JobState.RUNNING]).any()
    order = np.lexsort((held.from_s, held.slot, held.host))
    host, slot = held.host[order], held.slot[order]
    same = (host[1:] == host[:-1]) & (slot[1:] == slot[:-1])
    assert (held.from_s[order][1:][same] >= held.to_s[order][:-1][same]).all()
    assert held.to_s.sum() - held.from_s.sum() == jobs.running_s.sum()
