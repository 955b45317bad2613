"""Studies of a trace: workers read the file themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.errors import DataFileError
from simulator.experiments.comparing.admissions import admissions
from simulator.experiments.executing.opening import workforce_of
from simulator.experiments.keeping.manifest import manifest
from simulator.experiments.study import Study, run_study
from simulator.loading import load

SCENARIO = """\
version: 1
time: {start: 2026-01-05, duration: 1d}
run: {replications: 3, seed: 7}
machines: {M: {slots: 2}}
accounts: {robot: {type: robot}, clerk: {type: user}}
folders:
  F:
    assign: {robot: [Automation User], clerk: [Folder Administrator]}
    machines: [M]
    processes: {P: {duration: {exponential: 10m}, faults: 10%}}
    starts: {replay: {process: P, by: clerk, stream: {trace: jobs.csv}}}
"""

ROWS = "".join(f"{number * 300},{number % 100 + 1}\n" for number in range(288))


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    (tmp_path / "jobs.csv").write_text("submitted_at,priority\n" + ROWS)
    path = tmp_path / "s.yaml"
    path.write_text(SCENARIO)
    return path


def tables(study: Study) -> list[bytes]:
    names = ("jobs", "occupancy")
    return [study.table(name).to_csv().encode() for name in names]


def test_the_number_of_workers_changes_no_byte(scenario: Path) -> None:
    with workforce_of(2) as workforce:
        one = run_study(load(scenario), in_memory=True)
        two = run_study(load(scenario), in_memory=True, workforce=workforce)
    assert tables(one) == tables(two)
    assert len(one.jobs()) == 3 * 288


def test_the_manifest_names_the_trace_with_its_hash(scenario: Path) -> None:
    found = load(scenario)
    assert manifest(run_study(found, replications=1))["data_files"] == {
        "jobs.csv": found.traces["jobs.csv"].sha256
    }


@pytest.mark.parametrize("workers", [1, 2])
def test_a_trace_that_changed_ends_the_study(workers: int, scenario: Path) -> None:
    found = load(scenario)
    (scenario.parent / "jobs.csv").write_text("submitted_at\n0\n")
    changed = r"'jobs\.csv' has changed since it was checked"
    with workforce_of(workers) as workforce, pytest.raises(DataFileError, match=changed):
        run_study(found, workforce=workforce)


GUEST = SCENARIO.replace("clerk: {type: user}", "clerk: {type: user}, guest: {type: user}").replace(
    "by: clerk", "by: guest"
)
"""The same, replayed as somebody without access."""


def test_a_refused_caller_is_one_row_whatever_the_priorities(scenario: Path) -> None:
    scenario.write_text(GUEST)
    (row,) = run_study(load(scenario)).refusals
    assert (row.source, row.principal, row.n) == ("F:replay", "guest", 3 * 288)


def test_a_grant_admits_the_rows_of_all_priorities(scenario: Path) -> None:
    scenario.write_text(GUEST)
    granted = load(scenario, overrides=["folders.F.assign.guest=[Folder Administrator]"])
    found = admissions(run_study(load(scenario)), run_study(granted))
    assert found is not None
    (change,) = found.changes
    assert (change.who, change.after, change.jobs.mean) == (("guest",), "accepted", 288)
