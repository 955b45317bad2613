"""A run opened again by its folder alone, and folders that keep none."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from builders_busy import busy_scenario
from builders_files import scenario_file

from simulator.errors import DataFileError, ScenarioError
from simulator.experiments.keeping.kept_runs import open_run
from simulator.experiments.keeping.publishing import run_and_keep
from simulator.loading import load
from simulator.plan.making import make_plan


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a run whose scenario and trace are gone."""
    folder = tmp_path_factory.mktemp("busy")
    file = busy_scenario(folder)
    kept = run_and_keep(load(file), out=folder / "out", report=lambda _study, _path: None)
    file.unlink()
    (folder / "jobs.csv").unlink()
    return kept.folder


def changed(folder: Path, to: Path, **more: Any) -> Path:
    """A folder with that manifest, in which some keys are other ones; None takes a key away."""
    content = json.loads((folder / "manifest.json").read_text(encoding="utf-8")) | more
    told = {key: value for key, value in content.items() if value is not None}
    (to / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
    return to


def test_its_plan_is_the_one_that_was_run(busy: Path, tmp_path: Path) -> None:
    """Names, routes and lines are those of the scenario, though no file of it is left."""
    loaded = load(busy_scenario(tmp_path))
    planned = make_plan(loaded.scenario, loaded.access, loaded.columns, loaded.traces)
    found = open_run(busy).told(2)
    assert found.legend.names == planned.legend.names
    assert found.plan.lines == planned.lines
    for column in found.legend.routes.__slots__:
        one, other = (getattr(plan.legend.routes, column) for plan in (found.plan, planned))
        assert np.array_equal(one, other)
    assert found.records.replication == 2
    assert len(found.records.jobs.route) > 1000


@pytest.mark.parametrize("replication", [0, 3])
def test_a_replication_that_is_not_there_is_told(busy: Path, replication: int) -> None:
    with pytest.raises(ScenarioError, match=f"no replication {replication}: the run has 1 to 2"):
        open_run(busy).told(replication)


BROKEN: list[tuple[str, dict[str, Any], str]] = [
    ("no scenario", {"scenario": None}, "none of this version"),
    ("no traces", {"traces": None}, "none of this version"),
    ("another shape", {"scenario": {"version": 1}}, "none of this version"),
    ("no number", {"replications_finished": "many"}, "none of this version"),
    ("no object", {"traces": [1]}, "none of this version"),
    ("endless", {"replications_finished": float("inf")}, "none of this version"),
    (
        "no priority",
        {"traces": {"jobs": {"rows": 1, "has_durations": True, "priorities": [10**30]}}},
        "none of this version",
    ),
]


@pytest.mark.parametrize(
    ("more", "message"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN]
)
def test_a_manifest_that_cannot_be_used_is_told(
    more: dict[str, Any], message: str, busy: Path, tmp_path: Path
) -> None:
    with pytest.raises(DataFileError, match=message):
        open_run(changed(busy, tmp_path, **more))


def test_a_scenario_that_does_not_fit_together_is_told(busy: Path, tmp_path: Path) -> None:
    scenario = json.loads((busy / "manifest.json").read_text(encoding="utf-8"))["scenario"]
    scenario["folders"]["HR"]["machines"] = ["gone"]
    with pytest.raises(DataFileError, match="does not fit together"):
        open_run(changed(busy, tmp_path, scenario=scenario))


def test_a_cron_that_is_none_is_told(busy: Path, tmp_path: Path) -> None:
    manifest = (busy / "manifest.json").read_text(encoding="utf-8")
    assert "0 0 2,14 * * ?" in manifest
    scenario = json.loads(manifest.replace("0 0 2,14 * * ?", "at two"))["scenario"]
    with pytest.raises(DataFileError, match="does not fit together"):
        open_run(changed(busy, tmp_path, scenario=scenario))


def test_of_much_that_is_wrong_the_first_is_told(busy: Path, tmp_path: Path) -> None:
    folders = {f"F{number}": {"wrong": 1} for number in range(500)}
    with pytest.raises(DataFileError, match="none of this version") as told:
        open_run(changed(busy, tmp_path, scenario={"folders": folders}))
    assert len(str(told.value)) < 400 + len(str(tmp_path))


@pytest.mark.parametrize(
    "text", ["{", "[]", "\x00", "[" * 100_000], ids=["cut", "list", "NUL", "deep"]
)
def test_what_is_no_manifest_is_told(text: str, tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError, match=r"manifest\.json"):
        open_run(tmp_path)


def test_a_folder_without_a_run_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="keeps no run"):
        open_run(tmp_path)
    with pytest.raises(DataFileError, match="no folder of a run"):
        open_run(tmp_path / "gone")


def test_the_folder_above_will_do_where_it_has_one_run(busy: Path, tmp_path: Path) -> None:
    assert open_run(busy.parent).folder == busy
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        changed(busy, tmp_path / name)
    with pytest.raises(ScenarioError, match="keeps 2 runs: name one"):
        open_run(tmp_path)


def test_a_run_without_records_is_told(tmp_path: Path) -> None:
    kept = run_and_keep(
        load(scenario_file(tmp_path)),
        out=tmp_path / "out",
        report=lambda _study, _path: None,
        with_records=False,
    )
    with pytest.raises(DataFileError, match="--no-records"):
        open_run(kept.folder).told(1)
