"""What stood free over replications; and that the change which is named makes jobs wait less."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from builders_files import scenario_file
from builders_idle import BARRED, Barred

from simulator.access.sight import sight_of
from simulator.audit.overrides import override_text
from simulator.experiments.executing.opening import workforce_of
from simulator.experiments.study import Study, run_study
from simulator.experiments.tidy import study_json
from simulator.loading import load

EVERY = pytest.mark.parametrize("barred", BARRED.values(), ids=BARRED)


def waits_s(study: Study) -> list[float]:
    """The time all jobs spent Pending, of each replication."""
    return [float(one.scopes[0].load.pending_s[0]) for one in study.figures]


@EVERY
def test_the_change_that_frees_most_makes_jobs_wait_less(tmp_path: Path, barred: Barred) -> None:
    """Both runs meet the same jobs, so that each replication by itself has to show it."""
    path = scenario_file(tmp_path, barred.text())
    before = run_study(load(path))
    (best, *_) = before.idle.rows
    assert (best.rule, best.what, best.change) == (barred.rule, barred.what, barred.change)
    assert best.is_of_robot == barred.robot
    overrides = tuple(map(override_text, best.changes))
    assert overrides == barred.overrides
    after = run_study(load(path, overrides=overrides))
    for was_s, is_s in zip(waits_s(before), waits_s(after), strict=True):
        assert is_s < 0.5 * was_s
    assert best not in after.idle.rows
    assert all(row.change != barred.change for row in after.idle.rows)


@EVERY
def test_no_more_stands_free_than_there_is_or_waits(tmp_path: Path, barred: Barred) -> None:
    study = run_study(load(scenario_file(tmp_path, barred.text())))
    (best, *_) = study.idle.rows
    mean_pending_h = sum(waits_s(study)) / len(study.figures) / 3600
    assert 0 < best.hours.low < best.hours.mean <= min(mean_pending_h, 5 * 24)
    assert best.hours.n == 3


def test_where_no_job_waits_there_is_nothing(tmp_path: Path) -> None:
    """A job of 10 minutes every hour on a slot of its own, beside an idle machine."""
    text = BARRED["a machine that is not in the folder"].text()
    study = run_study(
        load(scenario_file(tmp_path, text)),
        replications=1,
    )
    assert study.idle.rows
    quiet = load(
        scenario_file(tmp_path, text),
        overrides=["folders.HR.triggers.T.event={every: 1h}", "folders.HR.processes.P.duration=9m"],
    )
    assert run_study(quiet).idle.rows == ()


def test_the_json_tells_them_with_the_change_to_paste(tmp_path: Path) -> None:
    barred = BARRED["a machine that is not in the folder"]
    study = run_study(load(scenario_file(tmp_path, barred.text())))
    found = json.loads(study_json(study))["idle_while_pending"]
    (row,) = found["changes"]
    hours = row.pop("hours")
    assert hours["low"] < hours["mean"] < hours["high"]
    assert row == {
        "rule": "folder assignment",
        "what": "spare",
        "unit": "slot-hours",
        "folder": "HR",
        "jobs": "unattended, background, dynamic",
        "change": "add spare to HR",
        "set": ["folders.HR.machines.spare={}"],
        "alike": 0,
    }
    assert found["not_looked_at"] == 0


def test_one_account_is_told_nothing_of_it(tmp_path: Path) -> None:
    """It would tell of machines that the account does not see."""
    loaded = load(scenario_file(tmp_path, BARRED["a machine that is not in the folder"].text()))
    study = run_study(loaded, sight=sight_of(loaded.access, "olga"))
    assert study.idle.rows == ()
    assert json.loads(study_json(study))["idle_while_pending"] is None


def test_the_same_on_two_workers(tmp_path: Path) -> None:
    loaded = load(scenario_file(tmp_path, BARRED["a slot without a session"].text()))
    with workforce_of(2) as workforce:
        assert run_study(loaded, workforce=workforce).idle == run_study(loaded).idle
