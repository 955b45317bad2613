"""Data files: columns of CSV files that `empirical: {file, column}` draws from."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Final, NamedTuple, Protocol

from simulator.errors import DataFileError, Issue, Position
from simulator.errors import Path as Place
from simulator.model.distributions import FileColumn
from simulator.model.suggestions import did_you_mean
from simulator.units import LONGEST_S, parse_duration, to_grid

LARGEST_BYTES: Final = 200_000_000
"""The size a data file may have."""

_MOST_ISSUES: Final = 50
"""Bad cells told of one column; the rest is likely of the same kind."""

_NUMBER: Final = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?", re.ASCII)


class Reader(Protocol):
    """What `csv.reader` returns."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]: ...


class Cell(NamedTuple):
    """A place in a table: the line, counted from 1, and the column, counted from 0."""

    line: int
    column: int


@dataclass(frozen=True)
class Table:
    """A CSV file: its path from the working folder, its text, and the SHA-256 of its bytes."""

    name: str
    text: str
    sha256: str

    @cached_property
    def _lines(self) -> list[str]:
        return re.split("\r\n|\r|\n", self.text)

    def issue(self, cell: Cell, message: str, code: str, hint: str = "") -> Issue:
        """Return something wrong with a cell, at its position."""
        line = self._lines[cell.line - 1] if cell.line <= len(self._lines) else ""
        position = Position(self.name, cell.line, _column_number(line, cell.column))
        return Issue((), message, code, hint, position=position, excerpt=line)


@dataclass
class DataFiles:
    """The data files beside a scenario; each is read once."""

    folder: Path
    _tables: dict[str, Table | Issue] = field(default_factory=dict)
    _columns: dict[tuple[str, str], tuple[tuple[float, ...], tuple[Issue, ...]]] = field(
        default_factory=dict
    )

    @property
    def columns(self) -> Mapping[tuple[str, str], tuple[float, ...]]:
        """Return the values in seconds of all columns read so far, by file and column."""
        return {key: values for key, (values, _) in self._columns.items()}

    def fingerprints(self, names: Container[str]) -> Mapping[str, str]:
        """Return the SHA-256 of the files of those names, as far as they were read."""
        return {
            name: table.sha256
            for name, table in self._tables.items()
            if isinstance(table, Table) and name in names
        }

    def has_read(self, wanted: FileColumn) -> bool:
        """Return whether a column was read, with nothing wrong in it."""
        values, issues = self._columns.get((wanted.file, wanted.column), ((), ()))
        return bool(values) and not issues

    def read(self, wanted: Iterable[tuple[Place, FileColumn]]) -> list[Issue]:
        """Read columns; return what is wrong with them.

        A file that cannot be used is told of once, where it is named first; one that is missing
        or cannot be read has the code `UNREADABLE`.
        """
        issues: list[Issue] = []
        refused: set[str] = set()
        for place, column in wanted:
            table = self._table(column.file)
            if isinstance(table, Table):
                issues += self._read(table, column.column, column.file)
            elif column.file not in refused:
                refused.add(column.file)
                issues.append(replace(table, path=(*place, "file")))
        return issues

    def _table(self, name: str) -> Table | Issue:
        """Return a file, or what is wrong with it, without the path."""
        if name not in self._tables:
            outside = _leads_outside(name, self.folder)
            if outside:
                self._tables[name] = Issue((), outside, "file-outside", _INSIDE)
            else:
                self._tables[name] = _table_or_issue(self.folder, name)
        return self._tables[name]

    def _read(self, table: Table, column: str, file: str) -> tuple[Issue, ...]:
        if (file, column) not in self._columns:
            values, issues = column_of(table, column)
            self._columns[file, column] = (values, tuple(issues))
        return self._columns[file, column][1]


def _table_or_issue(folder: Path, name: str) -> Table | Issue:
    try:
        return read_table(folder, name)
    except DataFileError as error:
        hint = f"files are named relative to the scenario's folder: this is {folder / name}"
        return Issue((), str(error), UNREADABLE, hint)


UNREADABLE: Final = "data-file"
"""The code of an issue about a data file that is missing or cannot be read."""

_INSIDE: Final = "put the file into the scenario's folder and name it relative to that"


def _leads_outside(name: str, folder: Path) -> str:
    """Return why a file's name may not be used, empty if it may."""
    windows, posix = PureWindowsPath(name), PurePosixPath(name)
    if windows.is_absolute() or windows.drive or windows.root or posix.is_absolute():
        return f"{name!r} is an absolute path"
    if ".." in windows.parts or ".." in posix.parts:
        return f"{name!r} leaves the scenario's folder"
    try:
        is_inside = (folder / name).resolve().is_relative_to(folder.resolve())
    except (OSError, ValueError, RuntimeError) as error:  # a NUL character, a ring of links
        return f"{name!r} is no file name: {error}"
    return "" if is_inside else f"{name!r} is a link that leaves the scenario's folder"


def read_table(folder: Path, name: str) -> Table:
    """Return a CSV file of `folder`.

    Raises:
        DataFileError: it is missing, cannot be read, is over the size cap or no UTF-8.
    """
    path = folder / name
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise DataFileError(f"{name!r} has more than {LARGEST_BYTES // 1_000_000} MB")
        if not path.is_file():
            raise DataFileError(f"the data file {name!r} is no file")
        content = path.read_bytes()
    except OSError as error:
        raise DataFileError(f"cannot read the data file {name!r}: {error.strerror}") from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        why = f"the byte at {error.start} is no UTF-8"
        raise DataFileError(f"cannot read the data file {name!r}: {why}") from None
    return Table(str(path), text, hashlib.sha256(content).hexdigest())


def column_of(table: Table, column: str) -> tuple[tuple[float, ...], list[Issue]]:
    """Return a column's values in seconds, and what is wrong with it.

    Numbers are seconds, text has units.
    """
    reader = csv.reader(io.StringIO(table.text, newline=""), strict=True)
    try:
        header = [cell.strip() for cell in next(reader, ())]
        if header.count(column) != 1:
            return (), [_no_column(table, header, column)]
        return _values(table, reader, Cell(1, header.index(column)), len(header))
    except csv.Error as error:
        cell = Cell(max(1, reader.line_num), 0)
        return (), [table.issue(cell, f"this is no CSV: {error}", "csv")]


def _values(
    table: Table, rows: Reader, head: Cell, width: int
) -> tuple[tuple[float, ...], list[Issue]]:
    values: list[float] = []
    issues: list[Issue] = []
    for row in rows:
        try:
            if len(row) > width:
                cell = Cell(rows.line_num, width)
                message = f"this row has {len(row)} cells, the header {width}"
                issues.append(table.issue(cell, message, "bad-cell", _COMMAS))
            elif row:
                values.append(_seconds(row[head.column] if head.column < len(row) else ""))
        except ValueError as error:
            cell = Cell(rows.line_num, head.column)
            issues.append(table.issue(cell, str(error), "bad-cell", _NUMBERS))
        if len(issues) == _MOST_ISSUES:
            break
    if not values and not issues:
        issues.append(table.issue(head, "this column has no values", "empty-column"))
    return tuple(values), issues


_COMMAS: Final = (
    "a comma separates cells: write a decimal number as 1.5, text with a comma in quotes"
)
_NUMBERS: Final = "numbers are seconds, text has a unit"


def _no_column(table: Table, header: list[str], column: str) -> Issue:
    if column in header:
        cell = Cell(1, header.index(column))
        return table.issue(cell, f"{table.name} has several columns {column!r}", "unknown-column")
    message = f"{table.name} has no column {column!r};{did_you_mean(column, header)}"
    hint = f"it has {', '.join(header)}" if header else "its first line names the columns"
    return table.issue(Cell(1, 0), message.rstrip(";"), "unknown-column", hint)


def _seconds(cell: str) -> float:
    text = cell.strip()
    if not text:
        raise ValueError("expected a number of seconds or a duration such as '15m', got nothing")
    if _NUMBER.fullmatch(text) is None:
        return parse_duration(text)
    seconds = float(text)
    if not 0 <= seconds <= LONGEST_S:
        raise ValueError(f"expected seconds from 0 to a hundred years, got {text!r}")
    return to_grid(seconds)


def _column_number(line: str, index: int) -> int:
    """Return where the cell number `index` of a line begins, counted from 1."""
    is_quoted, commas = False, 0
    for number, character in enumerate(line):
        if commas == index:
            return number + 1
        is_quoted ^= character == '"'
        commas += character == "," and not is_quoted
    return len(line) + 1
