"""What a run leaves on disk."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from builders_files import scenario_file

from simulator.experiments.executing.opening import workforce_of
from simulator.experiments.keeping.publishing import Kept, run_and_keep
from simulator.experiments.study import Study
from simulator.loading import load
from simulator.records.files import read_table

FILES = {
    "manifest.json",
    "timing.json",
    "summary.csv",
    "summary.json",
    "report.html",
    "beforehand.json",
    "jobs.parquet",
    "occupancy.parquet",
    "availability.parquet",
    "interruptions.parquet",
    "trigger_log.parquet",
    "queue_items.parquet",
    "blame.parquet",
    "readings.parquet",
}


def report(study: Study, path: Path) -> None:
    path.write_text(study.run_id, encoding="utf-8")


def keep(folder: Path, *, workers: int = 1, stop_after: int = 99, **more: bool) -> Kept:
    """Run the test scenario, Ctrl-C striking after so many replications, and keep it in out/."""

    def progress(done: int, _of: int) -> None:
        if done == stop_after:
            raise KeyboardInterrupt

    loaded = load(scenario_file(folder))
    with workforce_of(workers) as workforce:
        return run_and_keep(
            loaded,
            out=folder / "out",
            report=report,
            workforce=workforce,
            progress=progress,
            **more,
        )


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def manifest(folder: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return found


def test_everything_lies_in_a_folder_named_after_scenario_and_run(tmp_path: Path) -> None:
    kept = keep(tmp_path)
    assert kept.folder == tmp_path / "out" / "estate" / kept.study.run_id
    assert {path.name for path in kept.folder.iterdir()} == FILES
    assert manifest(kept.folder)["complete"] is True
    assert len(read_table(kept.folder, "jobs")) > 3 * 96


def test_one_and_two_workers_give_the_same_bytes(tmp_path: Path) -> None:
    """All but timing.json, which is where wall time and workers are told."""
    one = contents(keep(tmp_path).folder)
    two = contents(keep(tmp_path, workers=2).folder)
    timing = [json.loads(found.pop("timing.json")) for found in (one, two)]
    assert [(found["workers"], found["where"]) for found in timing] == [
        (1, "the main process"),
        (2, "processes of this machine"),
    ]
    assert one == two


def test_an_equal_run_replaces_its_folder(tmp_path: Path) -> None:
    first = keep(tmp_path).folder
    (first / "jobs.parquet").write_bytes(b"stale")
    (first / "left-over.txt").touch()
    assert keep(tmp_path).folder == first
    assert {path.name for path in first.iterdir()} == FILES
    assert len(read_table(first, "jobs")) > 0
    assert [path.name for path in first.parent.iterdir()] == [first.name]


@pytest.mark.parametrize("workers", [1, 2])
def test_an_interrupted_run_is_kept_as_partial(tmp_path: Path, workers: int) -> None:
    kept = keep(tmp_path, workers=workers, stop_after=2)
    assert [path.name for path in kept.folder.parent.iterdir()] == [f"{kept.study.run_id}-partial"]
    found = manifest(kept.folder)
    assert (found["complete"], found["replications"], found["replications_finished"]) == (
        False,
        3,
        2,
    )
    assert sorted(read_table(kept.folder, "jobs")["replication"].unique()) == [1, 2]


def test_a_run_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def broken(_study: Study, _path: Path) -> None:
        raise OSError("the disk is full")

    loaded = load(scenario_file(tmp_path))
    with pytest.raises(OSError, match="disk is full"):
        run_and_keep(loaded, out=tmp_path / "out", report=broken)
    assert list((tmp_path / "out" / "estate").iterdir()) == []


def test_record_tables_can_be_left_out(tmp_path: Path) -> None:
    folder = keep(tmp_path, with_records=False).folder
    assert {path.name for path in folder.iterdir()} == {
        name for name in FILES - {"beforehand.json"} if not name.endswith(".parquet")
    }


def test_the_manifest_says_what_was_run(tmp_path: Path) -> None:
    """5 January 2026, midnight UTC, is where the warm-up begins; one day is observed."""
    found = manifest(keep(tmp_path).folder)
    assert (found["origin"], found["zone"]) == ("2026-01-05T00:00:00+00:00", "UTC")
    assert found["window_s"] == [0.0, 86400.0]
    assert found["scenario"]["run"] == {"replications": 3, "seed": 7, "confidence": 0.95}  # type: ignore[index]
    assert {"python", "numpy", "scipy", "simpy", "tzdata"} <= set(found["versions"])  # type: ignore[call-overload]


def test_summary_json_has_null_where_there_is_no_number(tmp_path: Path) -> None:
    kept = keep(tmp_path)
    found = json.loads((kept.folder / "summary.json").read_text(encoding="utf-8"))
    assert found["schema_version"] == 1
    largest = next(row for row in found["summary"] if row["measure"] == "pending.max")
    assert largest["low"] is None
    assert found["targets"][0]["outcome"] == "met"
