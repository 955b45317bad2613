"""Columns of data files."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from simulator.errors import DataFileError, ScenarioError
from simulator.loading import Loaded, load

if TYPE_CHECKING:
    from pathlib import Path

FILE = """\
version: 1
time: {{start: 2026-01-05, duration: 1d}}
folders:
  HR:
    processes: {{P: {{duration: {{empirical: {{file: {file}, column: {column}}}}}}}}}
"""


def loaded(
    folder: Path, content: str = "", *, file: str = "d.csv", column: str = "seconds"
) -> Loaded:
    if content:
        (folder / "d.csv").write_bytes(content.encode())
    scenario = folder / "s.yaml"
    scenario.write_text(FILE.format(file=file, column=column))
    return load(scenario)


def test_numbers_are_seconds_and_text_has_units(tmp_path: Path) -> None:
    content = 'name,seconds\na,90\n"b,c",1.5m\n\nd, 2e1 \n'
    result = loaded(tmp_path, content)
    assert result.columns == {("d.csv", "seconds"): (90.0, 90.0, 20.0)}
    assert result.data_files == {"d.csv": hashlib.sha256(content.encode()).hexdigest()}


@pytest.mark.parametrize(
    ("content", "place", "word"),
    [
        ("name,secs\na,1\n", "1:1", "'secs'"),
        ("seconds,seconds\n1,2\n", "1:1", "several"),
        ("name,seconds\na,5x\n", "2:3", "'5x'"),
        ('name,seconds\n"a,b",5x\n', "2:7", "'5x'"),
        ("name,seconds\na,\n", "2:3", "nothing"),
        ("name,seconds\na\n", "2:2", "nothing"),
        ("seconds\n1\n-3\n", "3:1", "'-3'"),
        ("seconds\ninf\n", "2:1", "'inf'"),
        ("seconds\n", "1:1", "no values"),
        ('seconds\n"1\n', "2:1", "no CSV"),
    ],
)
def test_a_bad_column_or_cell_is_an_error_in_the_data_file(
    content: str, place: str, word: str, tmp_path: Path
) -> None:
    with pytest.raises(ScenarioError) as caught:
        loaded(tmp_path, content)
    first = caught.value.issues[0]
    assert str(first.position) == f"d.csv:{place}"
    assert word in f"{first.message} {first.hint}"


@pytest.mark.parametrize(
    "file", ["/etc/passwd", "../d.csv", "x/../../d.csv", r"C:\d.csv", r"..\d.csv"]
)
def test_a_path_may_not_leave_the_scenarios_folder(file: str, tmp_path: Path) -> None:
    with pytest.raises(ScenarioError) as caught:
        loaded(tmp_path, file=file)
    assert caught.value.issues[0].code == "file-outside"
    assert caught.value.issues[0].position.line == 5


def test_a_link_may_not_leave_the_scenarios_folder(tmp_path: Path) -> None:
    outside = tmp_path / "outside.csv"
    outside.write_text("seconds\n1\n")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "d.csv").symlink_to(outside)
    with pytest.raises(ScenarioError, match="link"):
        loaded(folder)


def test_a_missing_or_unreadable_file_is_a_data_file_error(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"d\.csv"):
        loaded(tmp_path)
    (tmp_path / "d.csv").mkdir()
    with pytest.raises(DataFileError, match="no file"):
        loaded(tmp_path)
    (tmp_path / "d.csv").rmdir()
    (tmp_path / "d.csv").write_bytes(b"seconds\n\xff\n")
    with pytest.raises(DataFileError, match="UTF-8"):
        loaded(tmp_path)


def test_what_is_wrong_in_the_scenario_comes_before_a_missing_file(tmp_path: Path) -> None:
    scenario = tmp_path / "s.yaml"
    scenario.write_text(FILE.format(file="d.csv", column="c") + "machine: {}\n")
    with pytest.raises(ScenarioError):
        load(scenario)
