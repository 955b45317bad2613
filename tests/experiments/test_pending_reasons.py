"""What Pending jobs waited for over replications, from hand-made figures and from whole studies."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from builders_files import scenario_file
from builders_records import legend, records

from simulator.access.sight import sight_of
from simulator.experiments.pending_reasons import pending_reason_rows
from simulator.experiments.study import run_study
from simulator.experiments.tidy import study_json
from simulator.loading import load
from simulator.measurement import Figures, measure
from simulator.measurement.figures import ReasonFigures
from simulator.records.codes import PendingReason

FULL, BUSY = PendingReason.TEMPLATE_FULL_CAPACITY, PendingReason.ROBOT_BUSY

BLOCKED = """\
version: 1
time: {start: 2026-03-02T00:00, duration: 1d}
run: {replications: 2, seed: 1}
machines: {shared: {slots: 1}}
accounts: {robot: {type: robot}, anna: {type: user}, omar: {type: user}}
folders:
  HR:
    assign: {robot: [Automation User], anna: [Folder Administrator]}
    machines: [shared]
    processes: {P: {duration: 1h}}
    starts: {calls: {process: P, by: anna, stream: {at: [2026-03-02T06:00]}, jobs: 2}}
  Finance:
    assign: {robot: [Automation User], omar: [Folder Administrator]}
    machines: [shared]
    processes: {P: {duration: 30m}}
    starts: {calls: {process: P, by: omar, stream: {at: [2026-03-02T06:30]}}}
"""
"""HR's second job waits from 06:00 to 07:00, Finance's from 06:30 to 08:00, for a slot."""


def figures(*seconds: dict[tuple[int, PendingReason], float]) -> list[Figures]:
    """Figures of replications of an hour, each with so many seconds by folder and reason."""
    found = []
    for cells in seconds:
        table = np.zeros((2, len(PendingReason)))
        for cell, value in cells.items():
            table[cell] = value
        reasons = ReasonFigures(("HR", "Finance"), table / 60, table, np.zeros_like(table))
        found.append(replace(measure(legend(), records(), ()), reasons=reasons))
    return found


def test_means_of_replications_by_folder_and_code() -> None:
    """HR: 1800 s and 3600 s of an hour are 0.5 and 1 job; Finance: 360 s in the second alone."""
    rows = pending_reason_rows(
        figures({(0, FULL): 1800.0}, {(0, FULL): 3600.0, (1, BUSY): 360.0}), 3600.0, 0.95
    )
    told = [(row.folder, row.code, row.pending.mean, row.jobs.mean) for row in rows]
    assert told == [
        ("", "TemplateFullCapacity", 0.75, 45.0),
        ("", "RobotBusy", 0.05, 3.0),
        ("HR", "TemplateFullCapacity", 0.75, 45.0),
        ("Finance", "RobotBusy", 0.05, 3.0),
    ]


def test_an_interval_is_across_replications() -> None:
    """Of 0.5 and 1: Student's t with one degree of freedom at 95 %, 12.706, times 0.25."""
    (tenant, _) = pending_reason_rows(
        figures({(0, FULL): 1800.0}, {(0, FULL): 3600.0}), 3600.0, 0.95
    )
    assert tenant.pending.half_width == pytest.approx(12.706 * 0.25, rel=1e-4)


def test_without_figures_of_reasons_there_are_no_rows() -> None:
    assert pending_reason_rows([measure(legend(), records(), ())], 3600.0, 0.95) == ()


def test_a_study_tells_what_jobs_waited_for(tmp_path: Path) -> None:
    found = json.loads(study_json(run_study(load(scenario_file(tmp_path, BLOCKED)))))
    rows = [
        (row["folder"], row["code"], row["jobs_at_submission"]["mean"], row["pending_jobs"]["mean"])
        for row in found["pending_reasons"]
    ]
    code = "TemplateFullCapacity"
    assert rows == [
        ("", code, 2.0, pytest.approx(2.5 / 24)),
        ("HR", code, 1.0, pytest.approx(1 / 24)),
        ("Finance", code, 1.0, pytest.approx(1.5 / 24)),
    ]


def test_one_account_is_told_of_the_folders_it_sees(tmp_path: Path) -> None:
    """What HR's jobs hold still makes those of Finance wait."""
    loaded = load(scenario_file(tmp_path, BLOCKED))
    rows = run_study(loaded, sight=sight_of(loaded.access, "omar")).pending_reasons
    assert [(row.folder, row.jobs.mean) for row in rows] == [("", 1.0), ("Finance", 1.0)]
