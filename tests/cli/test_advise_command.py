"""`simulator advise`: tables, JSON, what is kept, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from builders_advice import estate_file, folder
from builders_commands import invoked


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two folders on two hosts, which could be one each."""
    folders = {name: folder("[vm]") for name in "AB"}
    return estate_file(tmp_path, "{vm: {hosts: 2}}", folders)


def test_json_has_each_alternative_with_its_changes(file: Path, tmp_path: Path) -> None:
    found = invoked("advise", file, "--out", tmp_path / "out", "--workers", 1, "--json", "--quiet")
    content = json.loads(found.stdout)
    assert (found.exit_code, content["schema_version"], content["best"]) == (0, 1, None)
    (one,) = content["alternatives"]
    assert one["words"] == "Dedicating vm (1 host each)"
    assert one["set"] == [
        "machines.vm.hosts=1",
        'machines."vm, B"={hosts: 1}',
        'folders.B.machines=["vm, B"]',
    ]
    assert [each["folder"] for each in one["folders"]] == ["A", "B"]


def test_what_is_kept_is_the_same_bytes_on_any_number_of_workers(
    file: Path, tmp_path: Path
) -> None:
    kept = []
    for workers in (1, 2):
        out = tmp_path / str(workers)
        assert invoked("advise", file, "--out", out, "--workers", workers, "-q").exit_code == 0
        (folder,) = (out / "estate").iterdir()
        assert folder.name.startswith("advise-")
        assert folder.name.endswith("-s7")
        kept.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert kept[0] == kept[1]
    assert set(kept[0]) == {
        *("advice.json", "advice.csv", "manifest.json", "page.json", "report.html")
    }


def test_the_changes_can_be_pasted_into_another_run(file: Path, tmp_path: Path) -> None:
    advised = invoked("advise", file, "--out", tmp_path, "--json", "-q", "--workers", 1)
    (one,) = json.loads(advised.stdout)["alternatives"]
    options = [part for text in one["set"] for part in ("--set", text)]
    ran = invoked("run", file, "--out", tmp_path, "--json", "-q", "--workers", 1, *options)
    rows = {
        (row["scope"], row["name"], row["measure"]): row["mean"]
        for row in json.loads(ran.stdout)["summary"]
    }
    for each in one["folders"]:
        assert rows["folder", each["folder"], "pending.p95"] == each["p95_after_s"]


@pytest.mark.parametrize(
    ("window", "said"),
    [("soon", "--window"), ("13h", "at most 12h"), ("15", "--window")],
    ids=["no duration", "too far", "no unit"],
)
def test_a_window_has_to_be_a_duration_of_half_a_day(file: Path, window: str, said: str) -> None:
    found = invoked("advise", file, "--window", window)
    assert found.exit_code == 2
    assert said in found.stderr


def test_tables_end_with_where_the_report_is(file: Path, tmp_path: Path) -> None:
    found = invoked("advise", file, "--out", tmp_path, "--workers", 1)
    assert found.exit_code == 0
    assert found.stdout.startswith("Nothing is better than today, of all that was tried.")
    assert found.stdout.splitlines()[-1].startswith("Report: ")
    assert "Dedicating vm (1 host each)" in found.stdout


def test_a_scenario_that_is_not_valid_is_told(file: Path) -> None:
    found = invoked("advise", file, "--set", "machines.vm.hosts=-1")
    assert found.exit_code == 2
    assert "hosts" in found.stderr
