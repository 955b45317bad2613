"""Files: equal bytes for equal records, and no half-written thing under a final name."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from builders_records import Break, Item, Job, frames, legend, ran, readings, records

from simulator.errors import DataFileError
from simulator.records import files
from simulator.records.codes import JobState
from simulator.records.columns import Records
from simulator.records.files import (
    LONGEST_SAFE_NAME,
    RecordWriter,
    RunFolder,
    read_table,
    safe_name,
    write_text_atomically,
)
from simulator.records.tables import TABLES

REPLICATIONS = (
    replace(
        records(
            ran(0.0, 0.0, 600.0),
            ran(30.0, 90.0, 120.0, host=2, account=1),
            items=[Item(0.0, 5.0, 9.0)],
            breaks=[Break(0, 10.0, 20.0, 30.0)],
        ),
        readings=readings(),
    ),
    records(replication=1),
    records(Job(60.0, pending_s=3540.0, state=JobState.PENDING), replication=2),
)


def written(folder: Path) -> Path:
    folder.mkdir()
    with RecordWriter(folder, legend()) as writer:
        for one in REPLICATIONS:
            writer.write(one)
    return folder


def test_what_is_written_reads_back(tmp_path: Path) -> None:
    folder = written(tmp_path / "run")
    for name in TABLES:
        expected = pd.concat([frames(legend(), one)[name] for one in REPLICATIONS])
        pd.testing.assert_frame_equal(read_table(folder, name), expected.reset_index(drop=True))


def test_each_replication_is_a_row_group(tmp_path: Path) -> None:
    groups = pq.ParquetFile(written(tmp_path / "run") / "jobs.parquet").metadata
    rows = [groups.row_group(number).num_rows for number in range(groups.num_row_groups)]
    assert [number for number in rows if number] == [2, 1]


def test_a_long_replication_is_several_row_groups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of at most as many rows as it takes; together they are the table, rows numbered through."""
    monkeypatch.setattr(files, "MOST_ROWS", 1)
    folder = written(tmp_path / "run")
    groups = pq.ParquetFile(folder / "jobs.parquet").metadata
    rows = [groups.row_group(number).num_rows for number in range(groups.num_row_groups)]
    assert [number for number in rows if number] == [1, 1, 1]
    for name in TABLES:
        expected = pd.concat([frames(legend(), one)[name] for one in REPLICATIONS])
        pd.testing.assert_frame_equal(read_table(folder, name), expected.reset_index(drop=True))


@pytest.mark.parametrize("name", TABLES)
def test_equal_records_are_equal_bytes(tmp_path: Path, name: str) -> None:
    one, other = written(tmp_path / "one"), written(tmp_path / "other")
    assert (one / f"{name}.parquet").read_bytes() == (other / f"{name}.parquet").read_bytes()


def test_what_was_finished_survives_an_error(tmp_path: Path) -> None:
    with suppress(KeyboardInterrupt), RecordWriter(tmp_path, legend()) as writer:
        writer.write(REPLICATIONS[0])
        raise KeyboardInterrupt
    assert len(read_table(tmp_path, "jobs")) == 2


@pytest.mark.parametrize("again", [REPLICATIONS[0], REPLICATIONS[1]], ids=["earlier", "the same"])
def test_replications_come_in_order(tmp_path: Path, again: Records) -> None:
    with RecordWriter(tmp_path, legend()) as writer:
        writer.write(REPLICATIONS[1])
        with pytest.raises(ValueError, match="in the order of the replications"):
            writer.write(again)


def test_a_table_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"jobs\.parquet cannot be read"):
        read_table(tmp_path, "jobs")
    (tmp_path / "jobs.parquet").write_text("no Parquet")
    with pytest.raises(DataFileError, match=r"jobs\.parquet cannot be read"):
        read_table(tmp_path, "jobs")
    with pytest.raises(ValueError, match="there is jobs, occupancy"):
        read_table(tmp_path, "../jobs")


def test_text_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "summary.csv"
    write_text_atomically(path, "a\nb\n")
    with pytest.raises(UnicodeEncodeError):
        write_text_atomically(path, "half \ud800")
    assert path.read_bytes() == b"a\nb\n"
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(DataFileError, match="cannot be written"):
        write_text_atomically(tmp_path / "missing" / "summary.csv", "")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("shared-fleet_1.0", "shared-fleet_1.0"),
        ("HR & Finance", "HR-Finance"),
        ("../../etc/passwd", "etc-passwd"),
        ("..", "unnamed"),
        (".", "unnamed"),
        ("", "unnamed"),
        ("/", "unnamed"),
        ("-rf", "rf"),
        ("a\\b:c\x00d\ne", "a-b-c-d-e"),
        ("Größe", "Größe"),
        ("部署", "部署"),
    ],
)
def test_safe_names(text: str, name: str) -> None:
    assert safe_name(text) == name
    assert safe_name(name) == name


@pytest.mark.parametrize("text", ["x" * 500, "ü" * 500, "部" * 500, "x" * 99 + "." * 9 + "y"])
def test_safe_names_are_short(text: str) -> None:
    name = safe_name(text)
    assert 0 < len(name.encode()) <= LONGEST_SAFE_NAME
    assert safe_name(name) == name


def test_a_run_folder_appears_only_when_it_is_complete(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path / "reports", "run")
    (folder.path / "summary.csv").write_text("whole")
    assert not (tmp_path / "reports" / "run").exists()
    final = folder.commit()
    assert final == tmp_path / "reports" / "run"
    assert (final / "summary.csv").read_text() == "whole"
    assert list((tmp_path / "reports").iterdir()) == [final]


def test_an_equal_run_replaces_its_folder(tmp_path: Path) -> None:
    for text in ("old", "new"):
        folder = RunFolder(tmp_path, "run")
        (folder.path / f"{text}.csv").write_text(text)
        folder.commit()
    assert [path.name for path in (tmp_path / "run").iterdir()] == ["new.csv"]
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_a_folder_stays_when_the_one_to_replace_it_is_gone(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "old.csv").write_text("old")
    folder = RunFolder(tmp_path, "run")
    folder.discard()
    with pytest.raises(DataFileError, match="cannot be written"):
        folder.commit()
    assert (tmp_path / "run" / "old.csv").read_text() == "old"


def test_an_interrupted_run_has_a_name_of_its_own(tmp_path: Path) -> None:
    assert RunFolder(tmp_path, "run").commit(partial=True) == tmp_path / "run-partial"


def test_a_leftover_of_a_dead_process_is_no_obstacle(tmp_path: Path) -> None:
    leftover = tmp_path / f".run.tmp-{os.getpid()}"
    leftover.mkdir()
    (leftover / "half.csv").write_text("half")
    assert not list(RunFolder(tmp_path, "run").path.iterdir())


def test_what_is_not_committed_is_discarded(tmp_path: Path) -> None:
    with RunFolder(tmp_path, "dropped"):
        pass
    with RunFolder(tmp_path, "kept") as folder:
        folder.commit()
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_a_run_folder_wants_a_safe_name_and_a_place(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="safe_name"):
        RunFolder(tmp_path, "../run")
    (tmp_path / "file").write_text("")
    with pytest.raises(DataFileError, match="cannot be written"):
        RunFolder(tmp_path / "file", "run")


def test_a_plain_file_in_the_folder_s_place_is_replaced_without_a_trace(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("no folder")
    folder = RunFolder(tmp_path, "run")
    (folder.path / "summary.csv").write_text("whole")
    final = folder.commit()
    assert list(tmp_path.iterdir()) == [final]
    assert (final / "summary.csv").read_text() == "whole"
