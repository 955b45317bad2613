"""Columns in temporary files: as they were written, gone with nobody to look, let go of."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest

from simulator.errors import DataFileError
from simulator.records.mapped import MappedTable, release, temporary_file


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder where temporary files are made, which is empty."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def _table(rows: int, *blocks: dict[str, list[float]]) -> dict[str, np.ndarray]:
    table = MappedTable(rows)
    for block in blocks:
        table.add(
            {
                "job": np.array(block["job"], dtype=np.int32),
                "at_s": np.array(block["at_s"], dtype=np.float64),
            }
        )
    return table.columns()


def test_columns_hold_their_blocks_one_after_the_other() -> None:
    found = _table(9, {"job": [3, 1], "at_s": [0.5, np.nan]}, {"job": [2], "at_s": [-0.0]})
    assert (found["job"].tolist(), found["job"].dtype) == ([3, 1, 2], np.int32)
    assert found["at_s"].tobytes() == np.array([0.5, np.nan, -0.0]).tobytes()
    assert not found["job"].flags.writeable


def test_a_table_without_rows_has_columns_of_their_types() -> None:
    found = _table(0, {"job": [], "at_s": []})
    assert [(name, len(column), column.dtype) for name, column in found.items()] == [
        ("job", 0, np.int32),
        ("at_s", 0, np.float64),
    ]
    assert not found["job"].flags.writeable


def test_every_other_value_can_be_written() -> None:
    """A column that is a view with gaps."""
    table = MappedTable(2)
    table.add({"job": np.arange(4, dtype=np.int32)[::2]})
    assert table.columns()["job"].tolist() == [0, 2]


@pytest.mark.skipif(os.name == "nt", reason="Windows removes a file when it is closed")
def test_nothing_is_seen_in_the_folder(folder: Path) -> None:
    table = MappedTable(2)
    table.add({"job": np.arange(2, dtype=np.int32)})
    assert list(folder.iterdir()) == []
    assert table.columns()["job"].tolist() == [0, 1]
    assert list(folder.iterdir()) == []


def test_a_folder_that_is_missing_is_told_with_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere/at/all")
    with pytest.raises(DataFileError, match=r"temporary files of a long run.*let TMPDIR name"):
        temporary_file()


def _mapped_mb() -> float:
    """Return how much of mapped files this process has in memory (proc(5), `RssFile`)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("RssFile"))


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("rows", [slice(None), slice(1000, None)], ids=["whole", "slice"])
def test_pages_that_were_read_are_let_go_of(rows: slice) -> None:
    table = MappedTable(1 << 22)
    table.add({"at_s": np.ones(1 << 22)})  # 32 MB
    column = table.columns()["at_s"]
    before_mb = _mapped_mb()
    assert column.sum() == 1 << 22
    assert _mapped_mb() - before_mb > 30
    release(column[rows])
    assert _mapped_mb() - before_mb < 1
    assert column.sum() == 1 << 22


def test_columns_in_memory_are_left_alone() -> None:
    own = np.ones(1 << 16)
    release(own, own[5:], np.broadcast_to(own[0], 9), np.empty(0))
    assert own.sum() == 1 << 16
