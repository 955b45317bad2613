"""A self-check that fails is told whatever else is quiet, once everything is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from builders_checks import break_on_purpose
from builders_commands import invoked
from builders_files import scenario_file

from simulator.engine.slots import Slots

LOUD = "self-check failed: little.time in replication "


@pytest.fixture
def _broken(monkeypatch: pytest.MonkeyPatch) -> None:
    """The meter never hears that a job begins, so that Little's law does not add up."""
    break_on_purpose(monkeypatch, Slots, "begin", "meter.waited_s += now", "pass")


@pytest.mark.usefixtures("_broken")
@pytest.mark.parametrize("option", ["--quiet", "--json", "--check"])
def test_a_run_ends_with_4_and_keeps_everything(tmp_path: Path, option: str) -> None:
    found = invoked("run", scenario_file(tmp_path), option)
    assert found.exit_code == 4
    assert LOUD in found.stderr
    assert "do not rely on these figures" in found.stderr
    (folder,) = (tmp_path / "out" / "estate").iterdir()
    rows = json.loads((folder / "summary.json").read_text(encoding="utf-8"))["checks"]
    assert [row["name"] for row in rows if not row["holds"]] == ["little.time"]
    assert (folder / "jobs.parquet").exists()
    assert 'class="alarm" role="alert"' in (folder / "report.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("_broken")
def test_a_comparison_ends_with_4_and_names_the_variant(tmp_path: Path) -> None:
    found = invoked("compare", scenario_file(tmp_path), "second", "--quiet")
    assert found.exit_code == 4
    assert "self-check failed: as written: little.time" in found.stderr
    assert "self-check failed: second: little.time" in found.stderr


def test_a_run_that_adds_up_says_so_in_one_line(tmp_path: Path) -> None:
    found = invoked("run", scenario_file(tmp_path), "--replications", 2)
    assert found.exit_code == 0
    assert "19 self-checks on each of 2 replications hold." in found.stdout
    assert "self-check" not in found.stderr
    (folder,) = (tmp_path / "out" / "estate").iterdir()
    assert 'role="alert"' not in (folder / "report.html").read_text(encoding="utf-8")
