"""Studies as JSON and as DataFrames: what stands beside the tidy rows."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from builders_files import scenario_file

from simulator.experiments.audience import Viewer
from simulator.experiments.study import Study, run_study
from simulator.experiments.tidy import study_json
from simulator.loading import load

UNUSED = """\
version: 1
time: {start: 2026-01-05T00:00, duration: 1d}
run: {replications: 2, seed: 1}
machines: {one: {slots: 1}}
accounts: {robot: {type: robot}, clerk: {type: user}, guest: {type: user}}
roles: {Starter: {type: folder, permissions: {Jobs: [Create]}}}
folders:
  F:
    assign: {robot: [Automation User], clerk: [Starter], guest: [Starter]}
    machines: [one]
    processes: {P: {duration: 10m}}
    starts: {calls: {process: P, by: clerk, stream: {every: 1h}}}
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """A clerk starts 24 jobs, a guest may and never does."""
    folder: Path = tmp_path_factory.mktemp("study")
    return run_study(load(scenario_file(folder, UNUSED)))


def test_json_lists_the_grants_never_used(study: Study) -> None:
    assert json.loads(study_json(study))["grants_never_used"] == [
        {"folder": "F", "principal": "guest", "role": "Starter", "permits": ["start"]}
    ]


def test_json_in_one_accounts_view_tells_nothing_of_grants(study: Study) -> None:
    viewer = Viewer("clerk", folders=1, folder_count=1, targets_left_out=0)
    assert json.loads(study_json(replace(study, viewer=viewer)))["grants_never_used"] is None


def test_a_frame_has_a_row_for_each_grant(study: Study) -> None:
    frame = study.grants_frame()
    assert frame["principal"].tolist() == ["robot", "clerk", "guest"]
    assert frame["starts"].tolist() == [0, 24, 0]
    assert frame["runs"].tolist() == [24, 0, 0]
    assert frame["used_for"].tolist() == ["run jobs", "start", ""]
    assert frame["permits"].tolist()[1:] == ["start", "start"]


BEHIND = """\
version: 1
time: {start: 2026-01-05T00:00, duration: 1d}
run: {replications: 2, seed: 1}
machines: {one: {slots: 1}}
accounts: {robot: {type: robot}, owner: {type: user}}
folders:
  F:
    assign: {robot: [Automation User], owner: [Folder Administrator]}
    machines: [one]
    processes: {P: {duration: 15m}}
    starts: {hourly: {process: P, by: owner, stream: {every: 1h}}}
  G:
    assign: {robot: [Automation User], owner: [Folder Administrator]}
    machines: [one]
    processes: {P: {duration: 15m}}
    starts: {hourly: {process: P, by: owner, stream: {every: 1h}}}
"""


@pytest.fixture(scope="module")
def behind(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Each hour both folders submit a job at once, and G's waits a quarter of it behind F's."""
    return run_study(load(scenario_file(tmp_path_factory.mktemp("study"), BEHIND)))


def test_json_tells_who_kept_whom_pending(behind: Study) -> None:
    """A quarter of a job at any time, in both replications: an interval without any width."""
    assert json.loads(study_json(behind))["blame"] == [
        {
            "folder": "G",
            "cause": "slot held",
            "held_by": "F",
            "machine": "one",
            "pending_jobs": {"mean": 0.25, "low": 0.25, "high": 0.25},
            "share": {"mean": 1.0, "low": 1.0, "high": 1.0},
        }
    ]


def test_a_frame_tells_it_by_process_too(behind: Study) -> None:
    (row,) = behind.blame_frame().to_dict("records")
    assert list(row) == [
        *("folder", "process", "cause", "held_by", "machine"),
        *("jobs", "jobs_low", "jobs_high", "share", "share_low", "share_high"),
    ]
    assert list(row.values()) == ["G", "G:P", "slot held", "F", "one", *[0.25] * 3, *[1.0] * 3]
