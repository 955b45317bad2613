"""The rows of a trace, read from its file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from simulator.errors import Issue
from simulator.records.columns import Window
from simulator.schedules.zones import twice_in_words
from simulator.traces.cells import SECONDS, Instants, priority_in, seconds_of
from simulator.traces.csv_file import BadCell, CsvFile, changed, opened
from simulator.traces.rows import Block, TraceRows

SUBMITTED_AT: Final = "submitted_at"
DURATION: Final = "duration_s"
PRIORITY: Final = "priority"

LARGEST_TRACE_BYTES: Final = 2_000_000_000
"""The size a trace may have; it is never in memory."""

_BLOCK_ROWS: Final = 4096

_TIMES: Final = (
    "write local times of the tenant's zone, or times with an offset, or seconds from the start "
    "of the run; the same in all rows"
)
_SORT: Final = f"sort the file by {SUBMITTED_AT}"
_OFFSETS: Final = "where the clock is put back, only times with an offset can be told apart"


class Row(NamedTuple):
    """What a row says: seconds since origin, a duration and a priority if it has them.

    `text` is how the file writes the instant.
    """

    at_s: float
    duration_s: float | None
    priority: int | None
    text: str


class RowReader:
    """Reads the rows of one trace, each after the one before.

    Other columns than the three it knows are ignored: exports have many. `twice` is a warning of
    the first local time that the clock shows twice, None before there is one.

    Raises:
        BadCell: the header has no column of instants, or one of the three more than once.
        ValueError: there is no such zone.
    """

    def __init__(self, file: CsvFile, window: Window) -> None:
        self._file, self._zone = file, window.zone
        self._instants = Instants(window)
        self._at = file.index(SUBMITTED_AT)
        self._duration = _optional(file, DURATION)
        self._priority = _optional(file, PRIORITY)
        self._last_s = float("-inf")
        self._is_sorted = True
        self.twice: Issue | None = None

    @property
    def has_durations(self) -> bool:
        """Return whether the file has a column of durations."""
        return self._duration is not None

    def read(self, cells: Sequence[str]) -> Row:
        """Return what the row says that the file gave last.

        Raises:
            BadCell: a cell is not what it should be; or the row comes before the one above, which
                is told once, since to sort the file mends all of it.
        """
        value, duration, priority = self._file.value, self._duration, self._priority
        row = Row(
            value(cells, self._at, self._instants.read, _TIMES),
            None if duration is None else value(cells, duration, seconds_of, SECONDS),
            None if priority is None else value(cells, priority, priority_in),
            cells[self._at],
        )
        self._look_at_time(row.text.strip(), row.at_s)
        return row

    def _look_at_time(self, text: str, at_s: float) -> None:
        if self._instants.is_twice and self.twice is None:
            message = twice_in_words(text, self._zone)
            issue = self._file.issue(self._at, message, "time-twice", _OFFSETS)
            self.twice = replace(issue, severity="warning")
        if at_s < self._last_s and self._is_sorted:
            self._is_sorted = False
            message = f"{text} comes after a later time: rows must be in the order of time"
            hint = _SORT if self.twice is None else f"{_SORT}; {_OFFSETS}"
            raise self._file.bad(self._at, message, hint, "trace-order")
        self._last_s = max(self._last_s, at_s)


def _optional(file: CsvFile, column: str) -> int | None:
    return file.index(column) if column in file.header else None


def blocks(trace: TraceRows) -> Iterator[Block]:
    """Yield the rows of a trace that lie inside the run, a block at a time, in order.

    Raises:
        DataFileError: the file cannot be read, or is no longer what it was when it was checked.
    """
    try:
        for rows in _rows(trace):
            yield _block(rows, trace).between(0.0, trace.window.to_s)
    except BadCell:
        raise changed(trace.name) from None


def _rows(trace: TraceRows) -> Iterator[list[Row]]:
    """Yield the rows of a trace up to the end of the run; the file is closed before the last."""
    with opened(Path(trace.path), trace.name, LARGEST_TRACE_BYTES) as file:
        if file.sha256 != trace.sha256:
            raise changed(trace.name)
        reader = RowReader(file, trace.window)
        rows = map(reader.read, file.rows())
        while block := list(islice(rows, _BLOCK_ROWS)):
            file.assert_unchanged()
            if len(block) < _BLOCK_ROWS or block[-1].at_s >= trace.window.to_s:
                break
            yield block
    if block:
        yield block


def _block(rows: Sequence[Row], trace: TraceRows) -> Block:
    at_s, durations, priorities, _ = zip(*rows, strict=True)
    return Block(
        np.array(at_s),
        np.array(durations) if trace.has_durations else None,
        np.array(priorities, dtype=np.int32) if trace.priorities else None,
    )
