"""Records read back from their files are what was written: names are integers again."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from builders_busy import busy_scenario
from builders_records import Break, Item, Job, legend, ran, readings, records

from simulator.engine import simulate
from simulator.errors import DataFileError
from simulator.loading import load
from simulator.plan.making import make_plan
from simulator.records.codes import ItemStatus, JobState
from simulator.records.columns import Legend, Records
from simulator.records.files import RecordWriter
from simulator.records.reading import read_records

SCENARIOS = Path(__file__).parents[2] / "scenarios"
NOT_WRITTEN = ("blame",)
"""What of records is worked out anew."""


def kept(folder: Path, of: Legend, *runs: Records) -> Path:
    with RecordWriter(folder, of) as writer:
        for run in runs:
            writer.write(run)
    return folder


def differing(one: Any, other: Any, name: str = "records") -> list[str]:
    """The names of the columns that are not the same, value by value and by type."""
    if is_dataclass(one):
        return [
            found
            for field in fields(one)
            if field.name not in NOT_WRITTEN
            for found in differing(
                getattr(one, field.name), getattr(other, field.name), f"{name}.{field.name}"
            )
        ]
    if isinstance(one, np.ndarray):
        same = one.dtype == other.dtype and np.array_equal(
            one, other, equal_nan=one.dtype.kind == "f"
        )
        return [] if same else [name]
    return [] if one == other else [name]


@pytest.mark.parametrize(
    "name",
    ["busy", "burst-pool", "patch-night", "flagship-shared-machines", "who-lets-invoices-in"],
)
def test_a_replication_comes_back_as_it_was(name: str, tmp_path: Path) -> None:
    """Of two that are written, each by itself, though the tables have only names."""
    file = busy_scenario(tmp_path) if name == "busy" else SCENARIOS / f"{name}.yaml"
    loaded = load(file, overrides=("time.duration=1w",), check_variants=False)
    plan = make_plan(loaded.scenario, loaded.access, loaded.columns, loaded.traces)
    nobody = records().blame
    runs = [replace(simulate(plan, 5, number), blame=nobody) for number in (1, 2)]
    folder = kept(tmp_path, plan.legend, *runs)
    for run in runs:
        assert len(run.jobs.route) > 100
        assert differing(run, read_records(folder, plan.legend, run.replication)) == []


BY_HAND = records(
    ran(0.0, 0.0, 600.0, host=1, account=0),
    Job(60.0, ended_s=60.0, route=3, state=JobState.REFUSED),
    Job(70.0, pending_s=5000.0 - 70.0, state=JobState.PENDING),
    items=(Item(0.0, 5.0, 9.0, ItemStatus.FAILED, job=0), Item(10.0, route=2)),
    breaks=[Break(0, 10.0, 20.0, 30.0)],
    end_s=5000.0,
    replication=4,
)


READ = replace(BY_HAND, readings=readings(BY_HAND.end_s))


@pytest.mark.parametrize(
    "run", [BY_HAND, READ, records(replication=9)], ids=["by hand", "with a meter", "empty"]
)
def test_records_by_hand(run: Records, tmp_path: Path) -> None:
    read = read_records(kept(tmp_path, legend(), run), legend(), run.replication)
    assert differing(run, read) == []


def test_a_replication_that_is_not_there_is_empty(tmp_path: Path) -> None:
    read = read_records(kept(tmp_path, legend(), BY_HAND), legend(), 5)
    assert (len(read.jobs.route), read.end_s) == (0, 3600.0)


def test_a_run_that_went_on_after_all_that_is_written_says_until_when(tmp_path: Path) -> None:
    run = replace(READ, end_s=6000.0, readings=readings(6000.0))
    assert read_records(kept(tmp_path, legend(), run), legend(), 4).end_s == 6000.0


def test_an_older_run_has_no_readings(tmp_path: Path) -> None:
    """Its end is that of the last thing that is written: a job Pending until then."""
    folder = kept(tmp_path, legend(), READ)
    (folder / "readings.parquet").unlink()
    read = read_records(folder, legend(), 4)
    assert (read.readings, read.end_s) == (None, 5000.0)


def test_tables_of_another_run_are_told(tmp_path: Path) -> None:
    names = replace(legend().names, hosts=("vm/1", "vm/2", "vm/3"))
    other = replace(legend(), names=names)
    folder = kept(tmp_path, legend(), BY_HAND)
    with pytest.raises(DataFileError, match="its tables name 'shared-vm/1', which its manifest"):
        read_records(folder, other, 4)


def test_a_route_that_nobody_planned_is_told(tmp_path: Path) -> None:
    of = legend()
    other = replace(of, routes=replace(of.routes, priority=of.routes.priority + np.int32(1)))
    with pytest.raises(DataFileError, match="different runs"):
        read_records(kept(tmp_path, of, BY_HAND), other, 4)


def test_a_missing_table_is_told(tmp_path: Path) -> None:
    folder = kept(tmp_path, legend(), BY_HAND)
    (folder / "occupancy.parquet").unlink()
    with pytest.raises(DataFileError, match=r"occupancy\.parquet cannot be read"):
        read_records(folder, legend(), 4)


def test_a_table_without_a_column_is_told(tmp_path: Path) -> None:
    folder = kept(tmp_path, legend(), BY_HAND)
    (folder / "jobs.parquet").write_bytes((folder / "trigger_log.parquet").read_bytes())
    with pytest.raises(DataFileError, match=r"jobs\.parquet cannot be read"):
        read_records(folder, legend(), 4)


TAMPERED: list[tuple[str, str, pa.Array]] = [
    ("jobs", "state", pa.array(["x"])),
    ("jobs", "state", pa.array([None]).cast(pa.dictionary(pa.int8(), pa.string()))),
    ("jobs", "submitted_s", pa.array(["x"])),
    ("jobs", "pending_s", pa.array([np.nan])),
    ("jobs", "started_s", pa.array([np.inf])),
    ("jobs", "ended_s", pa.array([1e15])),
    ("jobs", "priority", pa.array([None], pa.int32())),
    ("jobs", "replication", pa.array(["4"])),
    ("occupancy", "job", pa.array([3])),
    ("occupancy", "job", pa.array([-2])),
    ("occupancy", "slot", pa.array([2**40])),
    ("interruptions", "job", pa.array([99])),
    ("queue_items", "first", pa.array([99])),
    ("readings", "moment", pa.array(["end"]).dictionary_encode()),
    ("readings", "folder", pa.array(["HR"]).dictionary_encode()),
    ("readings", "held", pa.array([0.5])),
]


@pytest.mark.parametrize(("table", "column", "cell"), TAMPERED)
def test_what_no_run_writes_is_told(
    table: str, column: str, cell: pa.Array, tmp_path: Path
) -> None:
    """One cell in all rows of a column: of another type, missing, or out of all bounds."""
    path = kept(tmp_path, legend(), READ) / f"{table}.parquet"
    content = pq.read_table(path)
    column_at = content.schema.get_field_index(column)
    cells = pa.concat_arrays([cell] * len(content))
    pq.write_table(content.set_column(column_at, column, cells), path)
    with pytest.raises(DataFileError, match=rf"{table}\.parquet cannot be read"):
        read_records(tmp_path, legend(), 4)


@pytest.mark.parametrize("priority", [-7, 2**31 - 1])
def test_a_priority_out_of_bounds_is_of_no_route(priority: int, tmp_path: Path) -> None:
    path = kept(tmp_path, legend(), BY_HAND) / "jobs.parquet"
    content = pq.read_table(path)
    cells = pa.array([priority] * len(content), pa.int32())
    at = content.schema.get_field_index("priority")
    pq.write_table(content.set_column(at, "priority", cells), path)
    with pytest.raises(DataFileError, match="different runs"):
        read_records(tmp_path, legend(), 4)
