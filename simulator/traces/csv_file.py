"""A CSV file read row by row: no more of it is in memory than the row that is looked at."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TextIO, TypeVar

from simulator.errors import DataFileError, Issue, Position
from simulator.model.suggestions import did_you_mean

LARGEST_BYTES: Final = 200_000_000
"""The size a data file may have whose values are kept in memory."""

MOST_ISSUES: Final = 50
"""Bad cells told of one file or column; the rest is likely of the same kind."""

Value = TypeVar("Value")

_LONGEST_LINE: Final = 1_000_000

_LONGEST_CELL: Final = 200
"""Characters of a cell whose value is asked for: no time, number or duration has more."""

_MOST_NAMES: Final = 20
"""Columns that a message lists before it says `…`."""

_COMMAS: Final = (
    "a comma separates cells: write a decimal number as 1.5, text with a comma in quotes"
)


class BadCell(ValueError):  # noqa: N818 - it is the cell that is bad, and told as an issue
    """A cell that is not what it should be; `issue` says so at its position."""

    def __init__(self, issue: Issue) -> None:
        self.issue = issue
        super().__init__(issue.message)


class CsvFile:
    """An open CSV file: its header, its rows one after the other, and where each cell stands.

    `path` is what positions name, `name` what the scenario calls it; `sha256` is of its bytes.
    """

    def __init__(self, path: str, name: str, source: TextIO, sha256: str) -> None:
        self.path, self.name, self.sha256 = path, name, sha256
        self._source = source
        self._state = _state(source)
        self._lines: list[str] = []
        self._line_count = 0
        self._reader = csv.reader(self._read_lines(), strict=True)
        self.header = [cell.strip() for cell in self._next_row() or ()]

    def rows(self) -> Iterator[list[str]]:
        """Yield the rows below the header; empty lines are left out.

        Raises:
            BadCell: this is no CSV from here on.
            DataFileError: it cannot be read, or is no UTF-8.
        """
        while (row := self._next_row()) is not None:
            if row:
                yield row

    def index(self, column: str) -> int:
        """Return which cell of a row is that of a column.

        Raises:
            BadCell: there is no such column, or more than one; asked before any row is read.
        """
        if self.header.count(column) == 1:
            return self.header.index(column)
        if column in self.header:
            several = f"{self.path} has several columns {column!r}"
            raise self.bad(self.header.index(column), several, code="unknown-column")
        missing = f"{self.path} has no column {column!r}"
        if column in _OTHER_SEPARATORS.split(",".join(self.header)):
            raise self.bad(0, missing, "separate cells by commas", "unknown-column")
        meant = did_you_mean(column, self.header)
        message = f"{missing}{';' if meant else ''}{meant}"
        raise self.bad(0, message, _listed(self.header), "unknown-column")

    def value(
        self, row: Sequence[str], index: int, parse: Callable[[str], Value], hint: str = ""
    ) -> Value:
        """Return what a cell of the row read last says; a row that is too short ends in empty ones.

        Raises:
            BadCell: `parse` raised a ValueError, the cell is longer than any value, or the row is
                longer than the header.
        """
        if len(row) > len(self.header):
            width = len(self.header)
            raise self.bad(width, f"this row has {len(row)} cells, the header {width}", _COMMAS)
        cell = row[index].strip() if index < len(row) else ""
        if len(cell) > _LONGEST_CELL:
            raise self.bad(index, f"a value has at most {_LONGEST_CELL} characters", hint)
        try:
            return parse(cell)
        except ValueError as error:
            raise self.bad(index, str(error), hint) from None

    def bad(self, index: int, message: str, hint: str = "", code: str = "bad-cell") -> BadCell:
        """Return something wrong with a cell of the row read last, ready to be raised."""
        return BadCell(self.issue(index, message, code, hint))

    def issue(self, index: int, message: str, code: str, hint: str = "") -> Issue:
        """Return something to be told of a cell of the row read last, at its position."""
        line, column = _place_of(self._lines, index)
        number = max(1, self._line_count - len(self._lines) + line + 1)
        excerpt = self._lines[line].rstrip("\r\n") if self._lines else ""
        position = Position(self.path, number, column + 1)
        return Issue((), message, code, hint, position=position, excerpt=excerpt)

    def assert_unchanged(self) -> None:
        """Raise if somebody has written to the file since it was opened.

        Raises:
            DataFileError: somebody has.
        """
        if _state(self._source) != self._state:
            raise changed(self.name)

    def _next_row(self) -> list[str] | None:
        before = len(self._lines)
        try:
            row = next(self._reader, None)
        except csv.Error as error:
            del self._lines[:before]
            raise self.bad(0, f"this is no CSV: {error}", code="csv") from None
        if row is not None:
            del self._lines[:before]
        return row

    def _read_lines(self) -> Iterator[str]:
        """Yield the lines of the file, and keep those of the row that is being read."""
        while line := self._source.readline(_LONGEST_LINE + 1):
            self._line_count += 1
            self._lines.append(line)
            if not line.isascii() and not _is_utf_8(line):
                raise self._unreadable("is no UTF-8: save the file as such")
            if len(line) > _LONGEST_LINE:
                raise self._unreadable("is longer than a million characters")
            yield line

    def _unreadable(self, why: str) -> DataFileError:
        line = f"line {self._line_count} {why}"
        return DataFileError(f"cannot read the data file {self.name!r}: {line}")


@contextmanager
def opened(path: Path, name: str, most_bytes: int = LARGEST_BYTES) -> Iterator[CsvFile]:
    """Open a CSV file that the scenario calls `name`, and close it afterwards.

    Raises:
        DataFileError: it is missing, cannot be read, has more than `most_bytes` or is no UTF-8.
        BadCell: its first line is no CSV.
    """
    try:
        if path.stat().st_size > most_bytes:
            raise DataFileError(f"{name!r} has more than {most_bytes // 1_000_000} MB")
        if not path.is_file():
            raise DataFileError(f"the data file {name!r} is no file")
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            with io.TextIOWrapper(file, "utf-8-sig", "surrogateescape", newline="") as text:
                yield CsvFile(str(path), name, text, sha256)
    except OSError as error:
        raise DataFileError(f"cannot read the data file {name!r}: {error.strerror}") from None


def changed(name: str) -> DataFileError:
    """Return the error that a file is no longer what it was when it was checked."""
    return DataFileError(f"the data file {name!r} has changed since it was checked: start again")


def _state(source: TextIO) -> tuple[int, int]:
    found = os.fstat(source.fileno())
    return found.st_size, found.st_mtime_ns


_OTHER_SEPARATORS: Final = re.compile(r"\s*[;\t|]\s*")
"""What exports have between cells where it is no comma."""


def _listed(header: Sequence[str]) -> str:
    """Return what a message tells of the columns there are."""
    some = ", ".join(name[:_LONGEST_CELL] for name in header[:_MOST_NAMES])
    if not some:
        return "its first line names the columns"
    return f"it has {some}, …" if len(header) > _MOST_NAMES else f"it has {some}"


def _is_utf_8(line: str) -> bool:
    """Return whether no byte of a line had to be escaped when it was decoded."""
    try:
        line.encode()
    except UnicodeEncodeError:
        return False
    return True


def _place_of(lines: Sequence[str], index: int) -> tuple[int, int]:
    """Return where the cell `index` of a row begins: which of its lines, and where in that."""
    is_quoted, commas = False, 0
    for number, line in enumerate(lines):
        for column, character in enumerate(line.rstrip("\r\n")):
            if commas == index:
                return number, column
            is_quoted ^= character == '"'
            commas += character == "," and not is_quoted
    return (len(lines) - 1, len(lines[-1].rstrip("\r\n"))) if lines else (0, 0)
