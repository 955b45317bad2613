"""The public API, as notebooks use it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from builders_commands import invoked
from builders_files import scenario_file

import simulator


def test_run_hands_out_frames(tmp_path: Path) -> None:
    study = simulator.run(scenario_file(tmp_path), replications=2)
    summary = study.summary_frame()
    even = summary[(summary["name"] == "Even") & (summary["measure"] == "jobs.submitted")]
    assert even["mean"].tolist() == [96.0]
    assert (study.jobs()["state"] == "Refused").sum() == 2 * 24


def test_a_kept_run_is_the_study_that_was_run(tmp_path: Path) -> None:
    """With its jobs, though the scenario is gone; only what it was drawn on is another object."""
    file = scenario_file(tmp_path)
    study = simulator.run(file, replications=2)
    assert invoked("run", file, "--replications", 2, "--quiet", "--out", tmp_path).exit_code == 0
    file.unlink()
    found = simulator.open_run(tmp_path / "estate" / study.run_id)
    assert found.summary_frame().equals(study.summary_frame())
    assert found.jobs().equals(study.jobs())
    assert repr(found) == repr(study)
    assert found.plot().get_title() == study.plot().get_title()


def test_a_kept_run_that_does_not_add_up_is_warned_of(tmp_path: Path) -> None:
    """Its waits are those of one run, its meter that of another with half of them."""
    file = scenario_file(tmp_path)
    for name, options in (("all", ()), ("half", ("--variant", "faster"))):
        out = tmp_path / name
        assert invoked("run", file, *options, "--quiet", "--out", out).exit_code == 0
    (folder,), (other,) = ((tmp_path / name / "estate").iterdir() for name in ("all", "half"))
    (folder / "readings.parquet").write_bytes((other / "readings.parquet").read_bytes())
    with pytest.warns(RuntimeWarning, match="self-check failed"):
        simulator.open_run(folder)


def test_what_jobs_waited_for_adds_up_to_those_pending(tmp_path: Path) -> None:
    """Each Pending job waits for one thing at a time; Even, where none is, has no row."""
    study = simulator.run(scenario_file(tmp_path), replications=2)
    reasons = study.pending_reasons_frame()
    summary = study.summary_frame()
    pending = summary[(summary["name"] == "Drawn") & (summary["measure"] == "pending.jobs")]
    assert reasons[reasons["folder"] == "Drawn"]["pending.jobs"].sum() == pytest.approx(
        pending["mean"].item()
    )
    assert set(reasons["folder"]) == {"", "Drawn"}
    assert (reasons["pending.jobs_low"] <= reasons["pending.jobs_high"]).all()


def test_run_takes_overrides_variants_and_what_load_returned(tmp_path: Path) -> None:
    file = scenario_file(tmp_path)
    changed = simulator.run(file, overrides=["run.replications=1"], variant="second")
    loaded = simulator.load(file, overrides=["run.replications=1"], variant="second")
    assert simulator.run(loaded).run_id == changed.run_id
    with pytest.raises(ValueError, match="loaded already"):
        simulator.run(loaded, variant="second")


def test_compare_hands_out_a_frame(tmp_path: Path) -> None:
    found = simulator.compare(scenario_file(tmp_path), "second", replications=2, seed=1)
    assert found.variants[1:] == ("second",)
    assert (found.replications, found.seed) == (2, 1)
    assert set(found.frame()["variant"]) == {"as written", "second"}


def test_importing_the_package_imports_nothing_heavy() -> None:
    heavy = {"numpy", "pandas", "pydantic", "scipy", "typer", "simpy", "matplotlib"}
    code = f"import sys, simulator; dir(simulator); print(set(sys.modules) & {heavy})"
    command = [sys.executable, "-c", code]
    found = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - ours
    assert found.stdout == "set()\n"


def test_what_is_not_public_is_no_attribute() -> None:
    with pytest.raises(AttributeError, match="no attribute 'simulate_all'"):
        _ = simulator.simulate_all  # type: ignore[attr-defined]
