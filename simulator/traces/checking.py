"""A look at all rows of a trace before a run, of which little is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from simulator.errors import Issue
from simulator.records.columns import Window
from simulator.traces.csv_file import MOST_ISSUES, BadCell, CsvFile
from simulator.traces.reading import SUBMITTED_AT, Row, RowReader
from simulator.traces.rows import TraceRows


class Checked(NamedTuple):
    """What the look found: the trace, None if it cannot be replayed, and what there is to say.

    It has `row_count` rows, from that of the instant `first` to that of `last`.
    """

    trace: TraceRows | None
    issues: tuple[Issue, ...]
    row_count: int
    first: str
    last: str


@dataclass
class _Tally:
    """What is kept of the rows so far."""

    window: Window
    count: int = 0
    inside: int = 0
    total_s: float = 0.0
    first: str = ""
    last: str = ""
    priorities: set[int] = field(default_factory=set)

    def add(self, row: Row) -> None:
        """Count a row."""
        self.count += 1
        if 0 <= row.at_s < self.window.to_s:
            self.inside += 1
            self.total_s += row.duration_s or 0.0
        self.first = self.first or row.text
        self.last = row.text
        if row.priority is not None:
            self.priorities.add(row.priority)


def checked(file: CsvFile, window: Window) -> Checked:
    """Look at all rows of a trace for a run.

    Raises:
        DataFileError: the file cannot be read to its end.
        ValueError: the zone of the run does not exist.
    """
    tally, issues = _Tally(window), list[Issue]()
    try:
        reader = RowReader(file, window)
        _look(file, reader, tally, issues)
        if not tally.count and not issues:
            at = file.index(SUBMITTED_AT)
            issues.append(file.issue(at, "this trace has no rows", "empty-column"))
    except BadCell as error:
        return Checked(None, (*issues, error.issue), tally.count, tally.first, tally.last)
    trace = None if issues else _trace(file, reader, tally)
    doubts = () if reader.twice is None else (reader.twice,)
    return Checked(trace, (*issues, *doubts), tally.count, tally.first, tally.last)


def _look(file: CsvFile, reader: RowReader, tally: _Tally, issues: list[Issue]) -> None:
    """Count every row, and note bad ones until there are enough of them."""
    for cells in file.rows():
        try:
            tally.add(reader.read(cells))
        except BadCell as error:
            issues.append(error.issue)
            if len(issues) == MOST_ISSUES:
                return


def _trace(file: CsvFile, reader: RowReader, tally: _Tally) -> TraceRows:
    return TraceRows(
        name=file.name,
        path=str(Path(file.path).absolute()),
        window=tally.window,
        sha256=file.sha256,
        rows=tally.inside,
        has_durations=reader.has_durations,
        priorities=tuple(sorted(tally.priorities, reverse=True)),
        total_s=tally.total_s,
    )
