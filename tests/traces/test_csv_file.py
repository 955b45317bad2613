"""CSV files read row by row."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from simulator.errors import DataFileError
from simulator.traces.csv_file import BadCell, opened

if TYPE_CHECKING:
    from pathlib import Path


def written(folder: Path, content: bytes) -> Path:
    path = folder / "d.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        b"a,b\n1,2\n\n3,4\n",
        b"\xef\xbb\xbfa,b\r\n1,2\r\n3,4\r\n",
        b"a,b\r1,2\r3,4",
        b' a ,"b"\n"1",2\n3,4\n',
    ],
    ids=["lines", "mark and Windows", "old Macintosh", "quotes and spaces"],
)
def test_rows_are_the_same_however_a_file_is_written(content: bytes, tmp_path: Path) -> None:
    with opened(written(tmp_path, content), "d.csv") as file:
        assert file.header == ["a", "b"]
        assert list(file.rows()) == [["1", "2"], ["3", "4"]]
        assert file.sha256 == hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize(
    ("index", "place"), [(0, "4:1"), (1, "4:3"), (2, "5:7"), (3, "5:9"), (4, "5:10")]
)
def test_a_cell_has_its_place_in_a_row_of_several_lines(
    index: int, place: str, tmp_path: Path
) -> None:
    """Exports have text with line breaks; the row after it is at the line where it stands."""
    content = b'a,b,c,d\n"one,\ntwo",x,y,z\n1,"2,\nmore",3,4\n'
    with opened(written(tmp_path, content), "d.csv") as file:
        rows = list(file.rows())
        assert rows == [["one,\ntwo", "x", "y", "z"], ["1", "2,\nmore", "3", "4"]]
        issue = file.issue(index, "wrong", "bad-cell")
    assert str(issue.position) == f"{tmp_path / 'd.csv'}:{place}"
    assert issue.excerpt == ('1,"2,' if place.startswith("4") else 'more",3,4')


@pytest.mark.parametrize(
    ("row", "place", "message"),
    [
        (b"1,x", "2:3", "invalid literal for int() with base 10: 'x'"),
        (b"1", "2:2", "invalid literal for int() with base 10: ''"),
        (b"1,2,3", "2:5", "this row has 3 cells, the header 2"),
        (b"1," + 5_000 * b"9", "2:3", "a value has at most 200 characters"),
        (b'1,"2', "2:1", "this is no CSV: unexpected end of data"),
        (b'1,"2"x', "2:1", "this is no CSV: ',' expected after '\"'"),
        (b'1,"' + 200_000 * b"2" + b'"', "2:1", "this is no CSV: field larger than field limit"),
    ],
    ids=[
        "value",
        "short",
        "long",
        "digits without end",
        "open quote",
        "text after a quote",
        "huge",
    ],
)
def test_a_bad_cell_is_told_at_its_place(
    row: bytes, place: str, message: str, tmp_path: Path
) -> None:
    with opened(written(tmp_path, b"a,b\n" + row + b"\n"), "d.csv") as file:
        values = (file.value(cells, 1, int) for cells in file.rows())
        with pytest.raises(BadCell) as caught:
            next(values)
    issue = caught.value.issue
    assert str(issue.position) == f"{tmp_path / 'd.csv'}:{place}"
    assert issue.message.startswith(message)


@pytest.mark.parametrize(
    ("content", "message", "hint"),
    [
        (b"submited_at,x\n", "no column 'submitted_at'; did you mean 'submited_at'?", "it has"),
        (b"submitted_at;x\n", "no column 'submitted_at'", "separate cells by commas"),
        (b"x\tsubmitted_at\n", "no column 'submitted_at'", "separate cells by commas"),
        (b",".join([b"c"] * 300), "no column 'submitted_at'", f"it has {20 * 'c, '}…"),
        (b"submitted_at,submitted_at\n", "several columns 'submitted_at'", ""),
        (b"", "no column 'submitted_at'", "its first line names the columns"),
        (b"\n\nsubmitted_at\n", "no column 'submitted_at'", "its first line names the columns"),
    ],
    ids=["misspelt", "semicolons", "tabs", "many", "twice", "empty", "blank first"],
)
def test_a_column_must_be_there_once(
    content: bytes, message: str, hint: str, tmp_path: Path
) -> None:
    with (
        opened(written(tmp_path, content), "d.csv") as file,
        pytest.raises(BadCell) as caught,
    ):
        file.index("submitted_at")
    issue = caught.value.issue
    assert (str(issue.position), issue.code) == (f"{tmp_path / 'd.csv'}:1:1", "unknown-column")
    assert message in issue.message
    assert hint in issue.hint


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"a\n1\n\xff\n", "line 3 is no UTF-8"),
        (b"\xff\xfea\x00", "line 1 is no UTF-8"),
        (b"a\n" + 1_000_001 * b"1" + b"\n", "line 2 is longer than a million characters"),
        (60 * b"a", "has more than 0 MB"),
    ],
    ids=["byte", "UTF-16", "line", "size"],
)
def test_a_file_that_cannot_be_read_is_a_data_file_error(
    content: bytes, why: str, tmp_path: Path
) -> None:
    most = 50 if "MB" in why else 2_000_000
    with (
        pytest.raises(DataFileError, match=why),
        opened(written(tmp_path, content), "d.csv", most) as file,
    ):
        list(file.rows())


def test_a_missing_file_and_a_folder_are_data_file_errors(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match="No such file"), opened(tmp_path / "d.csv", "d.csv"):
        pass
    with pytest.raises(DataFileError, match="no file"), opened(tmp_path, "d.csv"):
        pass


def test_a_file_somebody_writes_to_has_changed(tmp_path: Path) -> None:
    path = written(tmp_path, b"a\n1\n")
    with opened(path, "d.csv") as file:
        file.assert_unchanged()
        with path.open("ab") as other:
            other.write(b"2\n")
        with pytest.raises(DataFileError, match=r"'d\.csv' has changed"):
            file.assert_unchanged()
