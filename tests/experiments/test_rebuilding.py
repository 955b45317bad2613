"""A study out of the files of its run is the one that the run made, to the last byte."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from builders_busy import busy_scenario
from builders_commands import ROOT
from builders_files import PARALLEL, scenario_file

from simulator.errors import DataFileError, Position
from simulator.experiments.keeping.kept_runs import open_run
from simulator.experiments.keeping.publishing import Kept, run_and_keep
from simulator.experiments.keeping.rebuilding import rebuilt_study
from simulator.experiments.study import Study, run_study
from simulator.experiments.tidy import study_json
from simulator.loading import load
from simulator.records.tables import TABLES
from simulator.report.rendering.page_html import write_report


def keep(file: Path, *overrides: str, stop_after: int | None = None) -> Kept:
    """Run a scenario and keep it beside its file, Ctrl-C striking after so many replications."""

    def progress(done: int, _of: int) -> None:
        if done == stop_after:
            raise KeyboardInterrupt

    loaded = load(file, overrides=overrides, check_variants=False)
    return run_and_keep(loaded, out=file.parent / "out", report=write_report, progress=progress)


def report_of(study: Study, folder: Path) -> bytes:
    write_report(study, folder / "again.html")
    return (folder / "again.html").read_bytes()


def assert_rebuilt(kept: Kept, folder: Path) -> Study:
    """What a folder's files come to is what the run wrote into it, and all it had figured out."""
    study = rebuilt_study(open_run(kept.folder))
    assert report_of(study, folder) == (kept.folder / "report.html").read_bytes()
    assert study_json(study) == (kept.folder / "summary.json").read_text(encoding="utf-8")
    assert study.summary.to_csv() == (kept.folder / "summary.csv").read_text(encoding="utf-8")
    np.testing.assert_equal(
        [asdict(one) for one in study.figures], [asdict(one) for one in kept.study.figures]
    )
    return study


def shipped(name: str) -> Callable[[Path], Path]:
    """What copies a shipped scenario, whose run is kept beside it."""
    return lambda folder: Path(shutil.copy(ROOT / "scenarios" / f"{name}.yaml", folder))


def has_table(name: str) -> Callable[[Study], bool]:
    return lambda study: len(study.table(name)) > 0


ENOUGH = "run.replications={precision: 20%, at_most: 30}"
SCENARIOS: list[tuple[str, Callable[[Path], Path], tuple[str, ...], Callable[[Study], object]]] = [
    (
        "the flagship",
        shipped("flagship-shared-machines"),
        ("time.duration=1w", "run.replications=3"),
        lambda study: study.refusals,
    ),
    ("a trace", busy_scenario, (), lambda study: study.loaded.traces),
    (
        "blocked",
        busy_scenario,
        ("dispatch.blocked=block", "dispatch.latency=20s"),
        lambda study: study.loaded.scenario.dispatch.blocked == "block",
    ),
    ("stopped at the end", busy_scenario, ("time.drain=false",), lambda _study: True),
    ("maintenance", shipped("patch-night"), ("run.replications=2",), lambda one: one.presences),
    (
        "suspended jobs",
        shipped("patch-night"),
        ("run.replications=1",),
        has_table("interruptions"),
    ),
    (
        "an elastic pool",
        shipped("burst-pool"),
        ("run.replications=2",),
        lambda study: any(one.boots for one in study.presences),
    ),
    (
        "queues",
        shipped("invoices-before-the-cut-off"),
        ("run.replications=2",),
        has_table("queue_items"),
    ),
    (
        "items refused",
        shipped("who-lets-invoices-in"),
        ("run.replications=2",),
        lambda study: study.item_refusals,
    ),
    (
        "a warm-up that was found",
        scenario_file,
        ("time.warm_up=auto", "time.duration=4d"),
        lambda study: study.warm_up,
    ),
    ("as many as are enough", scenario_file, (ENOUGH,), lambda study: study.replications >= 10),
    (
        "waits that grow",
        scenario_file,
        ("time.warm_up=6h", "folders.Drawn.processes.P.duration=20m"),
        lambda study: study.long_run.growing,
    ),
]


@pytest.mark.parametrize(
    ("written", "overrides", "is_of_it"),
    [row[1:] for row in SCENARIOS],
    ids=[row[0] for row in SCENARIOS],
)
def test_it_is_the_study_that_was_run(
    written: Callable[[Path], Path],
    overrides: tuple[str, ...],
    is_of_it: Callable[[Study], object],
    tmp_path: Path,
) -> None:
    assert is_of_it(assert_rebuilt(keep(written(tmp_path), *overrides), tmp_path))


def test_a_run_that_was_interrupted_comes_back_as_far_as_it_got(tmp_path: Path) -> None:
    study = assert_rebuilt(keep(scenario_file(tmp_path), stop_after=2), tmp_path)
    assert (study.complete, study.replications) == (False, 2)


DRAWN_FROM_A_FILE = PARALLEL.replace(
    "processes: {P: {duration: {exponential: 10m}}}",
    "processes: {P: {duration: {empirical: {file: spans.csv, column: duration}}}}",
).replace("duration: 1d", "duration: 1d, warm_up: 6h")


def test_whose_waits_grow_is_known_without_the_data_files(tmp_path: Path) -> None:
    """Four jobs an hour of 20 minutes each are more than one slot has room for."""
    (tmp_path / "spans.csv").write_text("duration\n10m\n30m\n", encoding="utf-8")
    kept = keep(scenario_file(tmp_path, DRAWN_FROM_A_FILE))
    assert kept.study.long_run.growing
    (tmp_path / "spans.csv").unlink()
    study = assert_rebuilt(kept, tmp_path)
    assert study.long_run == kept.study.long_run


def test_what_looked_doubtful_is_told_but_for_the_file(tmp_path: Path) -> None:
    """So equal runs of files that lie elsewhere are equal bytes."""
    kept = keep(scenario_file(tmp_path))
    (told,) = (one for one in kept.study.loaded.warnings if "strangers" in one.path)
    (found,) = (
        one
        for one in rebuilt_study(open_run(kept.folder)).loaded.warnings
        if "strangers" in one.path
    )
    assert told.position is not None
    at = Position("", told.position.line, told.position.column)
    assert found == replace(told, position=at, excerpt="")
    other = tmp_path / "other"
    other.mkdir()
    again = keep(scenario_file(other))
    names = ("beforehand.json", "manifest.json")
    assert all(
        (kept.folder / one).read_bytes() == (again.folder / one).read_bytes() for one in names
    )


def test_its_tables_come_from_the_files(tmp_path: Path) -> None:
    """They are those of the same run in memory, value by value and, of what has any, by type."""
    file = busy_scenario(tmp_path)
    study = rebuilt_study(open_run(keep(file).folder))
    in_memory = run_study(load(file), in_memory=True)
    for name in TABLES:
        found, expected = study.table(name), in_memory.table(name)
        is_any = len(expected) > 0
        pd.testing.assert_frame_equal(found, expected, check_dtype=is_any, check_categorical=is_any)
    with pytest.raises(ValueError, match="no table is called 'nothing'"):
        study.table("nothing")


def test_its_versions_are_those_it_was_made_with(tmp_path: Path) -> None:
    kept = keep(scenario_file(tmp_path))
    changed(kept.folder, versions={"simulator": "0.0.1", "numpy": "1.0"})
    assert b"simulator 0.0.1, numpy 1.0" in report_of(
        rebuilt_study(open_run(kept.folder)), tmp_path
    )


def changed(folder: Path, **more: Any) -> None:
    """Change some keys of a manifest."""
    path = folder / "manifest.json"
    content = json.loads(path.read_text(encoding="utf-8")) | more
    path.write_text(json.dumps(content), encoding="utf-8")


def _without(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).unlink()


def _reseeded(folder: Path) -> None:
    scenario = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["scenario"]
    changed(folder, scenario=scenario | {"run": scenario["run"] | {"seed": 8}})


BROKEN: list[tuple[str, Callable[[Path], object], str]] = [
    ("no records", _without("jobs.parquet"), "--no-records"),
    ("another table gone", _without("occupancy.parquet"), r"occupancy\.parquet cannot be read"),
    ("of an older version", _without("readings.parquet"), "no readings of replication 1"),
    ("nothing known", _without("beforehand.json"), r"beforehand\.json cannot be read"),
    (
        "something else known",
        lambda folder: (folder / "beforehand.json").write_text('{"warnings": 1}'),
        r"beforehand\.json cannot be read",
    ),
    ("more replications", lambda folder: changed(folder, replications_finished=4), "replication 4"),
    ("none", lambda folder: changed(folder, replications_finished=0), "no replication"),
    ("fewer than none", lambda folder: changed(folder, replications_finished=-1), "no replication"),
    ("another scenario", _reseeded, "is not the one that was run"),
]


@pytest.mark.parametrize(
    ("broken", "message"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN]
)
def test_a_folder_that_is_not_whole_is_told(
    broken: Callable[[Path], object], message: str, tmp_path: Path
) -> None:
    kept = keep(scenario_file(tmp_path))
    broken(kept.folder)
    with pytest.raises(DataFileError, match=message):
        rebuilt_study(open_run(kept.folder))
