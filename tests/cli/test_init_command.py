"""`simulator init`: a scenario that runs as it is, and nothing of anybody's is overwritten."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from builders_commands import invoked

from simulator.cli.init import starter
from simulator.loading import load, scenario_schema
from simulator.model.scenario import Scenario


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_it_writes_a_scenario_and_the_schema_that_its_first_line_names() -> None:
    found = invoked("init")
    assert found.exit_code == 0, found.stderr
    assert "simulator run scenario.yaml" in found.stdout
    text = Path("scenario.yaml").read_text(encoding="utf-8")
    first = re.fullmatch(r"# yaml-language-server: \$schema=\./(\S+)", text.splitlines()[0])
    assert first is not None
    assert json.loads(Path(first[1]).read_text(encoding="utf-8")) == scenario_schema()


def test_a_file_that_looks_like_an_option_is_named_as_a_file() -> None:
    found = invoked("init", "--", "-x.yaml")
    assert "simulator run ./-x.yaml " in found.stdout
    assert "simulator run ./-x.yaml" in Path("-x.yaml").read_text(encoding="utf-8")


def test_the_scenario_is_free_of_doubts() -> None:
    invoked("init")
    loaded = load("scenario.yaml")
    assert (loaded.warnings, loaded.variant_warnings) == ((), ())
    assert loaded.variants == ("two-sessions", "second-host", "shorter-reports")


def test_it_shows_every_part_a_scenario_usually_has() -> None:
    """It leaves out what a first scenario can do without: description, licences, own roles, …."""
    shown = set(re.findall(r"^(\w+):", starter(), re.MULTILINE))
    known = {field.alias or name for name, field in Scenario.model_fields.items()}
    assert shown < known
    assert known - shown == {"description", "licences", "roles", "dispatch", "assumptions"}


def test_it_has_no_more_lines_than_one_reads_at_once() -> None:
    assert 70 <= len(starter().splitlines()) <= 100
    assert max(map(len, starter().splitlines())) <= 100


def test_what_it_says_to_try_next_works() -> None:
    """Its commands in their order; with a single host HR waits too long, a second is enough.

    Fewer replications than its own tell it as well.
    """
    invoked("init")
    lines = re.findall(r"^#   .*?simulator (\w+ scenario\.yaml.*)$", starter(), re.MULTILINE)
    assert [line.split()[0] for line in lines] == ["validate", "run", "compare", "size"]
    told = {}
    for line in lines:
        fewer = [] if "size" in line else ["--set", "run.replications=4"]
        done = invoked(*line.split(), *fewer)
        assert done.exit_code == 0, done.stderr
        told[line.split()[0]] = done.stdout
    assert "✗ missed" in told["run"]
    assert "two-sessions makes HR wait" in told["compare"]
    assert told["size"].startswith("2 hosts of M1, at a cost of 1,800")


def test_its_commands_name_the_file_that_is_written() -> None:
    invoked("init", "my estate.yaml")
    text = Path("my estate.yaml").read_text(encoding="utf-8")
    assert "simulator compare 'my estate.yaml'" in text
    assert "scenario.yaml" not in text
    load("my estate.yaml")


def test_a_name_that_is_no_comment_stays_in_its_line() -> None:
    invoked("init", "a\nversion: 2")
    load("a\nversion: 2")


def test_a_dash_writes_to_standard_output_and_no_file(tmp_path: Path) -> None:
    found = invoked("init", "-")
    assert found.stdout == starter()
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_left_as_it_is_without_force() -> None:
    Path("scenario.yaml").write_text("mine", encoding="utf-8")
    found = invoked("init")
    assert found.exit_code == 2
    assert "--force replaces it" in found.stderr
    assert Path("scenario.yaml").read_text(encoding="utf-8") == "mine"
    assert not Path("scenario.schema.json").exists()


def test_force_replaces_scenario_and_schema() -> None:
    for name in ("scenario.yaml", "scenario.schema.json"):
        Path(name).write_text("mine", encoding="utf-8")
    assert invoked("init", "--force").exit_code == 0
    assert Path("scenario.yaml").read_text(encoding="utf-8") == starter()
    assert Path("scenario.schema.json").read_text(encoding="utf-8") != "mine"


def test_a_schema_that_is_there_stays_without_force() -> None:
    Path("scenario.schema.json").write_text("mine", encoding="utf-8")
    assert invoked("init").exit_code == 0
    assert Path("scenario.schema.json").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("file", "code", "told"),
    [
        ("nowhere/estate.yaml", 3, "make the folder nowhere first"),
        (".", 2, "is a folder"),
        ("/dev/null", 2, "is not a file"),
        ("scenario.schema.json", 2, "is the schema"),
    ],
    ids=["no-folder", "folder", "device", "schema"],
)
def test_where_nothing_can_be_written(file: str, code: int, told: str) -> None:
    found = invoked("init", file, "--force")
    assert (found.exit_code, found.stdout) == (code, "")
    assert told in found.stderr
