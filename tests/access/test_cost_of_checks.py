"""What permission checks cost: counted here, timed by `make bench` and `make validate`.

The estate is the benchmark's: a tree of 1,000 folders, each with a start by a group of four, which
press it 10,000 times in all.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from admission import SUBMISSIONS, estate, rights

from simulator.access.grants import Access
from simulator.engine import simulate
from simulator.loading import Loaded, load
from simulator.plan import routing
from simulator.plan.making import make_plan
from simulator.plan.plan import Plan

BENCHMARK = Path(__file__).parents[2] / "benchmarks" / "admission.py"
FOLDERS = 1000


def loaded(folder: Path, presses: int, run_as: str = "dynamic") -> Loaded:
    """Load the estate with so many submissions of each folder."""
    path = folder / f"{presses}-{run_as}.yaml"
    text = estate(presses).replace("process: process,", f"process: process, run_as: {run_as},")
    path.write_text(text, encoding="utf-8")
    return load(path)


def counted(monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> Counter[Any]:
    """Count the calls of a function by its arguments, but for the first of a method."""
    calls: Counter[Any] = Counter()
    original = getattr(owner, name)

    def counting(*arguments: Any) -> Any:
        calls[arguments[1:] if isinstance(owner, type) else arguments[0]] += 1
        return original(*arguments)

    monkeypatch.setattr(owner, name, counting)
    return calls


def planned(scenario: Loaded) -> Plan:
    return make_plan(scenario.scenario, rights(scenario), scenario.columns)


def test_admission_is_asked_once_a_route_however_many_submissions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Four callers a start are 4,000 routes; the four are in one group, so that one answer does.
    asked = counted(monkeypatch, routing, "admit")
    plan = planned(loaded(tmp_path, 10))
    jobs = simulate(plan, 1, 1).jobs
    assert len(jobs.route) == SUBMISSIONS == 10 * FOLDERS
    assert len(plan.legend.routes.line) == 4 * FOLDERS
    assert asked.total() == len(asked) == FOLDERS
    once = asked.copy()
    asked.clear()
    simulate(planned(loaded(tmp_path, 1)), 1, 1)
    assert asked == once


def test_who_runs_the_job_as_himself_is_asked_about_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = counted(monkeypatch, routing, "admit")
    plan = planned(loaded(tmp_path, 10, run_as="myself"))
    assert asked.total() == len(asked) == len(plan.legend.routes.line) == 4 * FOLDERS


def test_each_standing_is_worked_out_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # 200 people in 1,000 folders are 50 groups in 1,000 folders; each start asks about its own.
    scenario = loaded(tmp_path, 10)
    of_standing = counted(monkeypatch, Access, "_find_standing")
    of_executors = counted(monkeypatch, Access, "_find_executors")
    of_machines = counted(monkeypatch, Access, "_find_machines")
    planned(scenario)
    assert of_standing.total() == len(of_standing) == FOLDERS
    assert of_executors.total() == len(of_executors) <= FOLDERS
    assert of_machines.total() == len(of_machines) <= FOLDERS


@pytest.mark.validate
def test_permission_checks_are_under_a_tenth_of_a_run() -> None:
    """Medians of five; the benchmark's exit code says whether both shares keep the limit."""
    command = [sys.executable, str(BENCHMARK)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603 - ours
    assert done.returncode == 0, done.stdout + done.stderr
