"""Simulated figures against closed forms: a short subset here, all of them by `make validate`."""

from __future__ import annotations

import csv
import datetime as dt
import math

import pytest
from theory.catalogue import CASES, SCENARIOS, figures, simulate_case, verdicts

from simulator.engine import simulate
from simulator.loading import load
from simulator.plan.making import make_plan
from simulator.records.codes import JobState

SHORT = (
    *("A01", "A05", "A12", "A16", "A18", "A20", "A22", "A26", "A27"),
    *("A29", "A31b", "A33", "A34"),
)
"""One of each kind: M/M/1, fixed durations, priorities, a pending limit, expiry, shared machines,
accounts, batches, cron, suspensions, a queue trigger, a closed loop, a chain.
"""

TOLD = {
    *("pending.mean", "pending.share", "items.wait.mean"),
    *("jobs.refused_share", "jobs.expired_share"),
}

SCHEDULES = ("D01", "D02", "D03", "D04", "D05", "D06", "D07", "D08", "D09", "D10")
"""Whatever is worked out by hand."""

CLOCK_CHANGES = ("Z1", "Z2", "Z3", "Z4", "Z5", "Z6")
"""Daily triggers over days on which their zone changes its clock."""


@pytest.mark.parametrize("case", SHORT)
def test_a_short_run_covers_the_exact_waits(case: str) -> None:
    """A fifth of the catalogue's window; 99.9 % intervals, chosen beforehand, so that none of the
    few figures here is expected to miss."""
    wanted = [one for one in figures([case]) if one.measure in TOLD]
    settings = [f"time.duration={_fifth(case)}d", "run.confidence=99.9%"]
    for outcome in simulate_case(f"{case}.yaml", wanted, seed=7, settings=settings):
        assert outcome.covers, outcome


def _fifth(case: str) -> int:
    return round(load(SCENARIOS / f"{case}.yaml").scenario.time.duration / 86400 / 5)


@pytest.mark.validate
@pytest.mark.parametrize("case", CASES)
def test_every_figure_of_the_catalogue(case: str) -> None:
    for outcomes in verdicts([case]):
        assert outcomes[-1].holds, outcomes


@pytest.mark.parametrize("case", [*SCHEDULES, *CLOCK_CHANGES])
def test_a_deterministic_schedule_to_the_second(case: str) -> None:
    """Every row of schedules.csv: by process and order of submission, where and when it ran."""
    loaded = load(SCENARIOS / f"{case}.yaml")
    plan = make_plan(loaded.scenario, loaded.access, loaded.columns)
    jobs, names = simulate(plan, 1, 0).jobs, plan.legend.names
    origin = plan.legend.window.origin_epoch_s
    process = [names.processes[row] for row in plan.legend.routes.process[jobs.route]]
    rows = [row for row in _schedule(case) if row["state"] != "not_created"]
    assert len(rows) == len(jobs.route)
    for folder, name in {(row["folder"], row["process"]) for row in rows}:
        mine = [job for job, of in enumerate(process) if of == f"{folder}:{name}"]
        expected = [row for row in rows if (row["folder"], row["process"]) == (folder, name)]
        for job, row in zip(mine, expected, strict=True):
            assert _utc(origin + jobs.submitted_s[job]) == row["submitted_at"]
            if row["state"] == "pending_for_ever":  # a refusal that says why is as right
                assert jobs.state[job] == JobState.REFUSED
                continue
            assert (
                _utc(origin + jobs.started_s[job]),
                _utc(origin + jobs.ended_s[job]),
                "" if jobs.host[job] < 0 else names.hosts[jobs.host[job]].split("/")[0],
                JobState(jobs.state[job]).label.lower(),
                float(jobs.pending_s[job]),
            ) == (
                row["started_at"],
                row["ended_at"],
                row["machine"],
                row["state"],
                float(row["pending_s"]),
            )


def _schedule(case: str) -> list[dict[str, str]]:
    with (SCENARIOS / "schedules.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["case"] == case]


def _utc(epoch_s: float) -> str:
    """A time as the schedules have it, empty for what did not happen."""
    if math.isnan(epoch_s):
        return ""
    return dt.datetime.fromtimestamp(epoch_s, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
