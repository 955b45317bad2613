"""`simulator compare`: variants or files, as tables or JSON."""

from __future__ import annotations

import json
from pathlib import Path

from builders_commands import invoked
from builders_files import PARALLEL, scenario_file


def test_all_variants_by_default_and_some_by_name(tmp_path: Path) -> None:
    file = scenario_file(tmp_path)
    every = json.loads(invoked("compare", file, "--json", "--quiet").stdout)
    one = json.loads(invoked("compare", file, "second", "--json", "--quiet").stdout)
    assert every["variants"] == ["as written", "faster", "second"]
    assert one["variants"] == ["as written", "second"]


def test_json_rows_have_a_value_a_variant_and_differences_to_the_first(tmp_path: Path) -> None:
    """Even is the same in both: no wait, and no difference."""
    found = invoked("compare", scenario_file(tmp_path), "second", "--json")
    content = json.loads(found.stdout)
    rows = {(row["name"], row["measure"]): row for row in content["rows"]}
    assert content["schema_version"] == 1
    assert rows["Even", "pending.mean"] == {
        "scope": "folder",
        "name": "Even",
        "measure": "pending.mean",
        "unit": "s",
        "values": [0, 0],
        "differences": [{"mean": 0, "low": 0, "high": 0}],
    }


def test_two_files_as_a_table(tmp_path: Path) -> None:
    here = scenario_file(tmp_path)
    there = scenario_file(tmp_path, PARALLEL.replace("10m", "5m"), "there.yaml")
    found = invoked("compare", here, there, "--replications", 2, "--seed", 3)
    assert found.exit_code == 0
    assert "there.yaml" in found.stdout
    assert "Drawn" in found.stdout


def test_quiet_prints_nothing(tmp_path: Path) -> None:
    found = invoked("compare", scenario_file(tmp_path), "second", "--quiet")
    assert (found.exit_code, found.stdout, found.stderr) == (0, "", "")


def test_the_warnings_of_every_variant_are_told_once(tmp_path: Path) -> None:
    """The stranger is refused in all of them; the spare machine is there in one."""
    text = PARALLEL.replace("variants:", "variants:\n  third: {machines.spare: {slots: 1}}")
    found = invoked("compare", scenario_file(tmp_path, text), "third", "second")
    assert found.stderr.count("nothing uses the machine 'spare'") == 1
    assert found.stderr.count("estate.yaml:13:7: warning: ") == 1
