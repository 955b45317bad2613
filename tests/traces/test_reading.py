"""The rows of a trace, a block at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from traces.files import look, written

from simulator.errors import DataFileError
from simulator.traces.reading import blocks
from simulator.traces.rows import Block, TraceRows

if TYPE_CHECKING:
    from pathlib import Path


def trace_of(folder: Path, content: str) -> TraceRows:
    trace = look(folder, content).trace
    assert trace is not None
    return trace


def test_rows_inside_the_run_come_with_what_the_file_says(tmp_path: Path) -> None:
    content = "submitted_at,duration_s,priority\n-1,1,1\n0,2m,High\n86399.5,3,7\n86400,4,4\n"
    (block,) = blocks(trace_of(tmp_path, content))
    assert block.at_s.tolist() == [0.0, 86399.5]
    assert block.durations_s is not None
    assert block.durations_s.tolist() == [120.0, 3.0]
    assert block.priorities is not None
    assert block.priorities.tolist() == [65, 7]


def test_columns_that_are_not_there_are_none(tmp_path: Path) -> None:
    (block,) = blocks(trace_of(tmp_path, "submitted_at\n1\n"))
    assert (block.durations_s, block.priorities) == (None, None)


def test_a_block_has_some_thousand_rows(tmp_path: Path) -> None:
    content = "submitted_at\n" + "".join(f"{second}\n" for second in range(10_000))
    found = [block.at_s for block in blocks(trace_of(tmp_path, content))]
    assert [len(times) for times in found] == [4096, 4096, 1808]
    assert np.concatenate(found).tolist() == list(range(10_000))


def test_rows_between_two_instants() -> None:
    block = Block(np.array([0.0, 1.0, 1.0, 2.0]), np.array([4.0, 5.0, 6.0, 7.0]), None)
    inside = block.between(1.0, 2.0)
    assert inside.at_s.tolist() == [1.0, 1.0]
    assert inside.durations_s is not None
    assert inside.durations_s.tolist() == [5.0, 6.0]


@pytest.mark.parametrize("content", ["submitted_at\n1\n3\n", "submitted_at\n1\n2\n3\n", "x\n"])
def test_a_file_that_was_changed_is_not_replayed(content: str, tmp_path: Path) -> None:
    trace = trace_of(tmp_path, "submitted_at\n1\n2\n")
    written(tmp_path, content)
    with pytest.raises(DataFileError, match=r"'jobs\.csv' has changed since it was checked"):
        next(blocks(trace))


def test_a_file_that_is_gone_is_not_replayed(tmp_path: Path) -> None:
    trace = trace_of(tmp_path, "submitted_at\n1\n2\n")
    (tmp_path / "jobs.csv").unlink()
    with pytest.raises(DataFileError, match=r"cannot read the data file 'jobs\.csv'"):
        next(blocks(trace))


def test_a_file_written_to_while_it_is_read_is_not_read_on(tmp_path: Path) -> None:
    content = "submitted_at\n" + "".join(f"{second}\n" for second in range(20_000))
    reading = blocks(trace_of(tmp_path, content))
    next(reading)
    with (tmp_path / "jobs.csv").open("a") as file:
        file.write("20000\n")
    with pytest.raises(DataFileError, match="has changed"):
        next(reading)
