"""Columns of data files."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from simulator.errors import DataFileError, MissingDataFilesError, ScenarioError
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
        ("seconds\n1\n1,5\n", "3:3", "2 cells"),
        ("name,seconds\na,1,5\n", "2:5", "1.5"),
    ],
)
def test_a_bad_column_or_cell_is_an_error_in_the_data_file(
    content: str, place: str, word: str, tmp_path: Path
) -> None:
    with pytest.raises(ScenarioError) as caught:
        loaded(tmp_path, content)
    first = caught.value.issues[0]
    assert str(first.position) == f"{tmp_path / 'd.csv'}:{place}"
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
    with pytest.raises(MissingDataFilesError, match="no file"):
        loaded(tmp_path)
    (tmp_path / "d.csv").rmdir()
    (tmp_path / "d.csv").write_bytes(b"seconds\n\xff\n")
    with pytest.raises(DataFileError, match="UTF-8"):
        loaded(tmp_path)


PROCESSES = """\
version: 1
time: {start: 2026-01-05, duration: 1d}
folders:
  HR:
    processes:
      P: {duration: {empirical: {file: one.csv, column: s}, at_least: 1m}}
      Q: {duration: {mixture: [{share: 1, of: {empirical: {file: two.csv, column: s}}}]}}
      R: {duration: {empirical: {file: two.csv, column: t}}}
"""


def test_all_missing_files_are_told_at_the_lines_that_name_them(tmp_path: Path) -> None:
    scenario = tmp_path / "s.yaml"
    scenario.write_text(PROCESSES)
    with pytest.raises(MissingDataFilesError) as caught:
        load(scenario)
    places = [str(issue.position) for issue in caught.value.issues]
    assert places == [f"{scenario}:6:40", f"{scenario}:7:66"]
    assert ["one.csv" in issue.message for issue in caught.value.issues] == [True, False]
    assert caught.value.exit_code == 3


def test_missing_files_are_told_together_with_everything_else(tmp_path: Path) -> None:
    scenario = tmp_path / "s.yaml"
    scenario.write_text(PROCESSES + "machine: {}\n")
    with pytest.raises(ScenarioError) as caught:
        load(scenario)
    codes = [issue.code for issue in caught.value.issues]
    assert codes == ["data-file", "data-file", "unknown-key"]
    assert caught.value.exit_code == 2


def test_a_variant_needs_its_own_files_alone(tmp_path: Path) -> None:
    """The file itself names one that is not there; the variant does without."""
    scenario = tmp_path / "s.yaml"
    variants = "variants: {a: {folders.HR.processes: {P: {duration: 5m}}}}\n"
    scenario.write_text(PROCESSES + variants)
    (tmp_path / "one.csv").write_text("s\n60\n")
    found = load(scenario, variant="a")
    assert (found.columns, found.data_files) == ({}, {})


def test_a_cell_is_told_by_a_path_from_the_working_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "estates").mkdir()
    (tmp_path / "estates" / "d.csv").write_text("s\nx\n")
    (tmp_path / "estates" / "s.yaml").write_text(FILE.format(file="d.csv", column="s"))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ScenarioError) as caught:
        load("estates/s.yaml")
    assert str(caught.value.issues[0].position) == "estates/d.csv:2:1"
