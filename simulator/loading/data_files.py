"""Data files: the columns that `empirical: {file, column}` draws from, and traces."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Final, NamedTuple, TypeVar

from simulator.errors import DataFileError, Issue
from simulator.errors import Path as Place
from simulator.model.distributions import FileColumn
from simulator.records.columns import Window
from simulator.traces.cells import SECONDS, seconds_of
from simulator.traces.checking import Checked, checked
from simulator.traces.csv_file import LARGEST_BYTES, MOST_ISSUES, BadCell, CsvFile, opened
from simulator.traces.reading import LARGEST_TRACE_BYTES
from simulator.traces.rows import Traces

Found = TypeVar("Found")


class Column(NamedTuple):
    """The values of a column in seconds, and what is wrong with it."""

    values: tuple[float, ...]
    issues: tuple[Issue, ...]


@dataclass
class DataFiles:
    """The data files beside a scenario; each column and each trace is read once."""

    folder: Path
    _columns: dict[FileColumn, Column | Issue] = field(default_factory=dict)
    _traces: dict[tuple[str, Window], Checked | Issue] = field(default_factory=dict)
    _sha256: dict[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> Mapping[tuple[str, str], tuple[float, ...]]:
        """Return the values in seconds of all columns read so far, by file and column."""
        return {
            (wanted.file, wanted.column): found.values
            for wanted, found in self._columns.items()
            if isinstance(found, Column)
        }

    def traces(self, window: Window) -> Traces:
        """Return the traces checked so far for a run that can be replayed, by file."""
        return {
            name: found.trace
            for (name, run), found in self._traces.items()
            if run == window and isinstance(found, Checked) and found.trace is not None
        }

    def fingerprints(self, names: Container[str]) -> Mapping[str, str]:
        """Return the SHA-256 of the files of those names, as far as they were read."""
        return {name: sha256 for name, sha256 in self._sha256.items() if name in names}

    def has_read(self, wanted: FileColumn) -> bool:
        """Return whether a column was read, with nothing wrong in it."""
        found = self._columns.get(wanted)
        return isinstance(found, Column) and bool(found.values) and not found.issues

    def read(self, wanted: Iterable[tuple[Place, FileColumn]]) -> list[Issue]:
        """Read columns; return what is wrong with them.

        A file that cannot be used is told of once, where it is named first; one that is missing
        or cannot be read has the code `UNREADABLE`.
        """
        issues: list[Issue] = []
        refused: set[str] = set()
        for place, column in wanted:
            found = self._column(column)
            if isinstance(found, Column):
                issues += found.issues
            elif column.file not in refused:
                refused.add(column.file)
                issues.append(replace(found, path=(*place, "file")))
        return issues

    def check(self, name: str, window: Window) -> Checked | Issue:
        """Look at all rows of a trace for a run; or return what is wrong with its file.

        Raises:
            ValueError: the zone of the run does not exist.
        """
        if (name, window) not in self._traces:
            self._traces[name, window] = self._looked_at(
                name, lambda file: checked(file, window), LARGEST_TRACE_BYTES
            )
        return self._traces[name, window]

    def _column(self, wanted: FileColumn) -> Column | Issue:
        if wanted not in self._columns:
            self._columns[wanted] = self._looked_at(
                wanted.file, lambda file: column_of(file, wanted.column), LARGEST_BYTES
            )
        return self._columns[wanted]

    def _looked_at(
        self, name: str, look: Callable[[CsvFile], Found], most_bytes: int
    ) -> Found | Issue:
        """Return what is found in a file, or what is wrong with the file, without the path."""
        outside = _leads_outside(name, self.folder)
        if outside:
            return Issue((), outside, "file-outside", _INSIDE)
        path = self.folder / name
        try:
            with opened(path, name, most_bytes) as file:
                self._sha256[name] = file.sha256
                return look(file)
        except BadCell as error:
            return error.issue
        except DataFileError as error:
            hint = f"files are named relative to the scenario's folder: this is {path}"
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


def column_of(file: CsvFile, name: str) -> Column:
    """Return a column's values in seconds, and what is wrong with it.

    Numbers are seconds, text has units.
    """
    values, issues = list[float](), list[Issue]()
    try:
        index = file.index(name)
        for row in file.rows():
            try:
                values.append(file.value(row, index, seconds_of, SECONDS))
            except BadCell as error:
                issues.append(error.issue)
            if len(issues) == MOST_ISSUES:
                break
        if not values and not issues:
            issues.append(file.issue(index, "this column has no values", "empty-column"))
    except BadCell as error:
        issues.append(error.issue)
    return Column(tuple(values), tuple(issues))
