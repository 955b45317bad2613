"""Studies of whole scenarios, whose figures are known beforehand or must equal each other."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from builders_files import PARALLEL, scenario_file

from simulator.experiments.executing.opening import workforce_of
from simulator.experiments.study import resolved_run, run_study
from simulator.loading import Loaded, load


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    return load(scenario_file(tmp_path))


def interrupted_after(count: int) -> Callable[[int, int], None]:
    """A progress that is struck by Ctrl-C once `count` replications are done."""

    def progress(done: int, _of: int) -> None:
        if done == count:
            raise KeyboardInterrupt

    return progress


def test_figures_told_beforehand(loaded: Loaded) -> None:
    """96 jobs of 10 minutes in 24 hours on one slot: 960 / 1440 busy, and nobody waits."""
    study = run_study(loaded)
    find = study.summary.find
    expected = {
        ("folder", "Even", "jobs.submitted"): 96,
        ("folder", "Even", "pending.max"): 0,
        ("machine", "two", "slots.utilisation"): 2 / 3,
        ("start", "Drawn:strangers", "jobs.refused"): 24,
    }
    assert {key: find(*key).mean for key in expected} == pytest.approx(expected)  # type: ignore[union-attr]
    assert [verdict.outcome for verdict in study.verdicts] == ["met"]
    assert (study.replications, study.complete, study.seed) == (3, True, 7)


def test_refusals_are_listed_with_what_is_missing(loaded: Loaded) -> None:
    """The guest is refused once an hour, for want of access to the folder."""
    (row,) = run_study(loaded).refusals
    assert row[:8] == (
        "Drawn",
        "Drawn:P",
        "Drawn:strangers",
        "Manual",
        "guest",
        400,
        "1100",
        "access to Drawn",
    )
    assert (row.mean, row.n) == (24, 72)


def test_workers_change_nothing(loaded: Loaded) -> None:
    with workforce_of(2) as workforce:
        one, two = run_study(loaded), run_study(loaded, workforce=workforce)
    assert one.summary.to_csv() == two.summary.to_csv()


def test_a_worker_killed_midway_loses_nothing(loaded: Loaded) -> None:
    told: list[str] = []

    def kill_a_worker(done: int, _of: int) -> None:
        if done == 1:
            os.kill(multiprocessing.active_children()[0].pid or 0, signal.SIGKILL)

    with workforce_of(2, told.append) as workforce:
        killed = run_study(loaded, replications=12, workforce=workforce, progress=kill_a_worker)
    assert len(told) == 1
    assert "died" in told[0]
    assert killed.summary.to_csv() == run_study(loaded, replications=12).summary.to_csv()


@pytest.mark.parametrize("workers", [1, 2])
def test_ctrl_c_keeps_what_finished_in_order(loaded: Loaded, workers: int) -> None:
    with workforce_of(workers) as workforce:
        struck = interrupted_after(2)
        cut = run_study(loaded, replications=8, workforce=workforce, progress=struck)
    assert (cut.replications, cut.complete) == (2, False)
    assert cut.summary.to_csv() == run_study(loaded, replications=2).summary.to_csv()
    assert multiprocessing.active_children() == []


def test_seeds_differ_and_replications_do_not_depend_on_how_many_there_are(
    loaded: Loaded,
) -> None:
    two, three = run_study(loaded, replications=2), run_study(loaded)
    waits = [
        [float(figures.scopes[0].waits.total_s[0]) for figures in study.figures]
        for study in (two, three, run_study(loaded, seed=8))
    ]
    assert waits[0] == waits[1][:2]
    assert waits[1] != waits[2]


def test_records_stay_in_memory_when_asked_for(loaded: Loaded) -> None:
    study = run_study(loaded, replications=2, in_memory=True)
    jobs = study.jobs()
    assert list(jobs["replication"].unique()) == [1, 2]
    assert (jobs["folder"] == "Even").sum() == 2 * 96
    assert not study.table("occupancy").empty


def test_records_that_were_not_kept_are_missed_in_words(loaded: Loaded) -> None:
    with pytest.raises(ValueError, match="forgotten once measured"):
        run_study(loaded, replications=1).jobs()


def test_an_unknown_table_is_named(loaded: Loaded) -> None:
    with pytest.raises(ValueError, match="there is jobs, occupancy"):
        run_study(loaded, replications=1).table("job")


def test_targets_bring_their_own_thresholds_and_subfolders(tmp_path: Path) -> None:
    """All 96 waits of Even are 0, so none is over 7 minutes."""
    target = "{folder: Even, with_subfolders: true, measure: pending.over, threshold: 7m"
    text = PARALLEL.replace("variants:", f"  - {target}, at_most: 1%}}\nvariants:")
    study = run_study(load(scenario_file(tmp_path, text)), replications=1)
    assert study.verdicts[1].row is not None
    assert study.verdicts[1].row[:5] == ("folder+", "Even", "pending.over(7m)", "ratio", 0.0)


@pytest.mark.parametrize("given", [{"seed": -1}, {"replications": 0}], ids=str)
def test_impossible_numbers_are_refused(loaded: Loaded, given: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="greater than or equal"):
        resolved_run(loaded, **{"seed": None, "replications": None, **given})
