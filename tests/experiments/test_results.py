"""Results as files: the same when they are read, their long columns left where they are."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulator.experiments.executing.results import read_result, write_result
from simulator.records.mapped import Column, MappedTable, release

LONG = 1 << 18
"""Rows of seconds that stand beside the rest: 2 MB."""


def _sent(result: Any, folder: Path) -> Any:
    """Return a result as it is received, its file removed."""
    path = folder / "result"
    with path.open("wb") as file:
        write_result(file, result)
    with path.open("rb") as file:
        found = read_result(file)
    if sys.platform != "win32":
        path.unlink()
    return found


def _on_disk(column: Column) -> Column:
    table = MappedTable(len(column))
    table.add({"column": column})
    return table.columns()["column"]


def _read_only(column: Column) -> Column:
    column.setflags(write=False)
    return column


COLUMNS = {
    "short": np.arange(5),
    "short, read-only": _read_only(np.arange(5)),
    "long": np.arange(LONG) * 0.5,
    "long, read-only": _read_only(np.arange(LONG) * 0.5),
    "long, of codes": np.ones(8 * LONG + 5, dtype=np.int8),
    "long, on disk": _on_disk(np.arange(LONG) * 0.5),
    "long, every other": np.arange(2 * LONG)[::2],
    "one value": np.broadcast_to(np.float64(7.0), LONG),
    "none": np.empty(0),
}


@pytest.mark.parametrize("column", COLUMNS.values(), ids=COLUMNS)
def test_a_column_arrives_as_it_was_sent(column: Column, tmp_path: Path) -> None:
    found = _sent({"first": 1, "column": column, "last": (2.5, "x")}, tmp_path)
    assert (found["first"], found["last"]) == (1, (2.5, "x"))
    assert (found["column"].dtype, found["column"].shape) == (column.dtype, column.shape)
    assert found["column"].tobytes() == column.tobytes()


def test_each_of_several_long_columns_is_found(tmp_path: Path) -> None:
    columns = [np.full(LONG + number, float(number)) for number in range(4)]
    found = _sent(columns, tmp_path)
    assert [(len(one), one[0], one[-1]) for one in found] == [
        (LONG + number, number, number) for number in range(4)
    ]


def test_what_was_read_only_stays_so_and_what_was_not_can_be_changed(tmp_path: Path) -> None:
    mine, theirs = _sent([COLUMNS["long"], COLUMNS["long, read-only"]], tmp_path)
    assert not theirs.flags.writeable
    mine[0] = -1.0
    release(mine)  # which would bring back what the file holds
    assert mine[0] == -1.0


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_long_column_takes_no_memory_on_either_side_until_it_is_read(tmp_path: Path) -> None:
    column = _on_disk(np.ones(1 << 22))  # 32 MB
    before_mb = _resident_mb()
    found = _sent([column], tmp_path)[0]
    assert _resident_mb() - before_mb < 20
    assert found.sum() == 1 << 22


def _resident_mb() -> float:
    """Return how much memory this process has (proc(5), `VmRSS`)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))
