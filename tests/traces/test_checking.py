"""A look at all rows of a trace before a run."""

from __future__ import annotations

import hashlib
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from traces.files import DAY, look, written

from simulator.records.columns import Window
from simulator.traces.checking import checked
from simulator.traces.csv_file import opened
from simulator.traces.reading import blocks
from simulator.traces.rows import TraceRows

if TYPE_CHECKING:
    from pathlib import Path

BERLIN = Window(0.0, 86400.0, 1792879200, "Europe/Berlin")
"""2026-10-25, a day of 25 hours: the clock shows 02:00 to 03:00 twice."""


def test_what_is_known_of_a_trace(tmp_path: Path) -> None:
    content = "state,submitted_at,priority\nok,-5,High\nok,0,7\nok,5,High\nok,86400,45\n"
    found = look(tmp_path, content)
    assert found.trace == TraceRows(
        name="jobs.csv",
        path=str(tmp_path / "jobs.csv"),
        window=DAY,
        sha256=hashlib.sha256(content.encode()).hexdigest(),
        rows=2,
        has_durations=False,
        priorities=(65, 45, 7),
    )
    assert (found.issues, found.row_count, found.first, found.last) == ((), 4, "-5", "86400")


@pytest.mark.parametrize(
    ("content", "place", "code", "word"),
    [
        ("", "1:1", "unknown-column", "no column 'submitted_at'"),
        ("submitted,duration_s\n", "1:1", "unknown-column", "did you mean"),
        ("submitted_at\n", "1:1", "empty-column", "no rows"),
        ("submitted_at,duration_s,duration_s\n1,2,3\n", "1:14", "unknown-column", "several"),
        ("submitted_at\n0\n2026-02-30\n", "3:1", "bad-cell", "as in the rows above"),
        ("submitted_at\n2026-02-30\n", "2:1", "bad-cell", "day is out of range"),
        ("id,submitted_at\n1\n", "2:2", "bad-cell", "got nothing"),
        ("submitted_at,duration_s\n0,-3\n", "2:3", "bad-cell", "'-3'"),
        ("submitted_at,duration_s\n0,nan\n", "2:3", "bad-cell", "'nan'"),
        ("submitted_at,duration_s\n0,3162240001\n", "2:3", "bad-cell", "a hundred years"),
        ("submitted_at,duration_s\n0,\n", "2:3", "bad-cell", "nothing"),
        ("submitted_at,priority\n0,5\n0,101\n", "3:3", "bad-cell", "'101'|got 101"),
        ("submitted_at,priority\n0,Urgent\n", "2:3", "bad-cell", "'Urgent'"),
        ("submitted_at\n5\n4\n3\n", "3:1", "trace-order", "in the order of time"),
        ("submitted_at\n1,5\n", "2:3", "bad-cell", "2 cells"),
        ('submitted_at\n"1\n', "2:1", "csv", "no CSV"),
    ],
)
def test_what_is_wrong_is_told_at_its_cell(
    content: str, place: str, code: str, word: str, tmp_path: Path
) -> None:
    found = look(tmp_path, content)
    assert found.trace is None
    (issue,) = found.issues
    assert str(issue.position) == f"{tmp_path / 'jobs.csv'}:{place}"
    assert issue.code == code
    assert any(one in issue.message for one in word.split("|"))


def test_no_more_than_fifty_bad_rows_are_told(tmp_path: Path) -> None:
    found = look(tmp_path, "submitted_at\n" + 200 * "soon\n")
    assert len(found.issues) == 50


def test_rows_out_of_order_are_to_be_sorted(tmp_path: Path) -> None:
    (issue,) = look(tmp_path, "submitted_at\n5\n4\n").issues
    assert issue.hint == "sort the file by submitted_at"


def test_a_time_shown_twice_is_one_warning_at_the_first(tmp_path: Path) -> None:
    content = "submitted_at\n2026-10-25T01:00\n2026-10-25T02:10\n2026-10-25T02:20\n"
    found = look(tmp_path, content, BERLIN)
    assert found.trace is not None
    assert found.trace.rows == 3
    (issue,) = found.issues
    assert (issue.severity, issue.code) == ("warning", "time-twice")
    assert str(issue.position) == f"{tmp_path / 'jobs.csv'}:3:1"
    assert issue.message.startswith("2026-10-25T02:10 occurs twice in Europe/Berlin")


def test_rows_of_the_hour_that_comes_twice_need_an_offset_to_be_in_order(tmp_path: Path) -> None:
    content = "submitted_at\n2026-10-25T02:50\n2026-10-25T02:10\n"
    error, _ = look(tmp_path, content, BERLIN).issues
    assert error.code == "trace-order"
    assert error.hint.endswith("only times with an offset can be told apart")
    with_offsets = "submitted_at\n2026-10-25T02:50+02:00\n2026-10-25T02:10+01:00\n"
    trace = look(tmp_path, with_offsets, BERLIN).trace
    assert trace is not None
    (block,) = blocks(trace)
    assert block.at_s.tolist() == [10200.0, 11400.0]  # 02:50, and 20 minutes later


def test_a_long_trace_is_never_in_memory(tmp_path: Path) -> None:
    """20,000 rows of Python's tuples are some 8 MB; a look keeps none, a run a block of them."""
    rows = "".join(
        f"{second},{second % 900},High,a text that goes on\n" for second in range(20_000)
    )
    path = written(tmp_path, "submitted_at,duration_s,priority,text\n" + rows)
    del rows
    tracemalloc.start()
    try:
        with opened(path, "jobs.csv") as file:
            trace = checked(file, DAY).trace
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
        assert trace is not None
        assert sum(len(block.at_s) for block in blocks(trace)) == 20_000
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()
