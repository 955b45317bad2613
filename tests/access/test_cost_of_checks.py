"""What permission checks cost: counted here, timed by `make bench` and `make validate`.

The estate is the benchmark's: a tree of 1,000 folders, each with a start by a group of four, which
press it 10,000 times in all.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from counting import counted

from benchmarks.cases.checks import rights
from benchmarks.estates.access_tree import DEPARTMENTS, SUBMISSIONS, access_tree
from simulator.access.grants import Access
from simulator.engine import simulate
from simulator.loading import Loaded, load
from simulator.plan import routing
from simulator.plan.making import make_plan
from simulator.plan.plan import Plan

ROOT = Path(__file__).parents[2]
FOLDERS = 1000
ADMITTED = 900
"""Every tenth group may only look on; the folders it presses Start in include each department."""


def loaded(folder: Path, presses: int, run_as: str = "dynamic") -> Loaded:
    """Load the estate with so many submissions of each folder."""
    path = folder / f"{presses}-{run_as}.yaml"
    path.write_text(access_tree(presses, run_as), encoding="utf-8")
    return load(path)


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


WORKED_OUT = {"_find_standing": FOLDERS, "_find_machines": ADMITTED}
"""A group's standing in each folder, and the machines of every folder where that admits it."""


@pytest.mark.parametrize(
    ("run_as", "executors"),
    # The executors of a folder are its own and those of its parent, which every department is.
    [("dynamic", ADMITTED + DEPARTMENTS), ("myself", 0)],
)
def test_what_a_folder_has_is_worked_out_once(
    run_as: str, executors: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # 200 people in 1,000 folders are 50 groups in 1,000 folders; each start asks about its own.
    scenario = loaded(tmp_path, 10, run_as)
    expected = {**WORKED_OUT, "_find_executors": executors}
    calls = {name: counted(monkeypatch, Access, name) for name in expected}
    planned(scenario)
    assert {name: called.total() for name, called in calls.items()} == expected
    assert {name: len(called) for name, called in calls.items()} == expected


@pytest.mark.validate
def test_permission_checks_are_under_a_tenth_of_a_run() -> None:
    """The median share of five rounds, for starts under any robot and as who presses them.

    The benchmark's exit code says whether every share keeps the limit.
    """
    command = [sys.executable, "-m", "benchmarks", "--rows", "checks"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)  # noqa: S603 - ours
    assert done.returncode == 0, done.stdout + done.stderr
