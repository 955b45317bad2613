"""`simulator explain`: from a run to the story of one of its jobs, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from builders_commands import ROOT, invoked

SCENARIOS = ROOT / "scenarios"


def run_of(out: Path, name: str, *options: str) -> Path:
    """The folder of a run of a shipped scenario."""
    file = SCENARIOS / f"{name}.yaml"
    done = invoked("run", file, "--quiet", "--out", out, "--replications", 2, *options)
    assert done.exit_code == 0, done.stderr
    (folder,) = (out / name).iterdir()
    return folder


@pytest.fixture(scope="module")
def flagship(tmp_path_factory: pytest.TempPathFactory) -> Path:
    short = ("--set", "time.duration=4d", "--set", "time.warm_up=1h")
    return run_of(tmp_path_factory.mktemp("runs"), "flagship-shared-machines", *short)


@pytest.fixture(scope="module")
def patched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run_of(tmp_path_factory.mktemp("runs"), "patch-night", "--set", "time.duration=2w")


def found(*arguments: object) -> dict[str, Any]:
    done = invoked("explain", *arguments, "--json")
    assert (done.exit_code, done.stderr) == (0, "")
    content: dict[str, Any] = json.loads(done.stdout)
    return content


def test_from_the_worst_to_its_story(flagship: Path) -> None:
    """The letters of a morning stand behind Finance; every second of the wait is charged."""
    waits = found(flagship, "--worst", 5)["waits"]
    assert len(waits) == 5
    assert [one["pending_s"] for one in waits] == sorted(
        (one["pending_s"] for one in waits), reverse=True
    )
    told = found(flagship, waits[0]["job"])
    assert told["process"] == waits[0]["process"]
    assert told["pending_s"] == waits[0]["pending_s"] > 600
    assert sum(one["seconds"] for one in told["charges"]) == pytest.approx(
        told["pending_s"], abs=1e-6
    )
    assert told["charges"] == waits[0]["charges"]
    assert told["stretches"][0]["from"] >= told["submitted"]


def test_the_last_of_the_letters_lacked_a_session(flagship: Path) -> None:
    """Each host has one Windows session, so letters leave slots free that others take."""
    waits = found(flagship, "--worst", 1000)["waits"]
    letters = next(one for one in waits if one["process"] == "HR:letters")
    told = found(flagship, letters["job"])
    assert told["needed"]["takes_session"]
    causes = {one["cause"] for one in told["charges"]}
    assert causes <= {"slot held", "session busy", "account busy"}
    text = invoked("explain", flagship, letters["job"])
    assert text.exit_code == 0
    assert text.stdout.startswith(f"Job {letters['job']} of HR:letters, replication 1: Pending for")
    assert "a firing asks nobody; olga made the trigger" in text.stdout


def test_maintenance_is_to_blame_for_the_close(patched: Path) -> None:
    told = found(patched, found(patched, "--worst", 1)["waits"][0]["job"])
    assert told["process"] == "Finance:close"
    assert "maintenance" in {one["cause"] for one in told["charges"]}
    slots = [slot for stretch in told["stretches"] for slot in stretch["slots"]]
    assert {"host": "shared-vm/3", "slot": 1, "cause": "unlicensed", "by": []} in slots


def test_by_folder_and_time_it_is_who_waited_longest_then(flagship: Path) -> None:
    waits = found(flagship, "--worst", 1000)["waits"]
    first = next(one for one in waits if one["folder"] == "HR")
    at = first["submitted"][:19].replace("T", " ")
    minute_later = f"{at[:17]}59" if at[17:] != "59" else at
    assert found(flagship, "--folder", "HR", "--at", minute_later)["job"] == first["job"]


def test_another_replication_has_other_jobs(flagship: Path) -> None:
    one, other = (
        found(flagship, "--worst", 3, "--replication", number)["waits"] for number in (1, 2)
    )
    assert one != other


def test_the_picture_is_a_file(flagship: Path, tmp_path: Path) -> None:
    job = found(flagship, "--worst", 1)["waits"][0]["job"]
    files = [tmp_path / "a.svg", tmp_path / "b.svg"]
    for file in files:
        done = invoked("explain", flagship, job, "--svg", file)
        assert (done.exit_code, done.stderr) == (0, f"picture: {file}\n")
    assert files[0].read_bytes() == files[1].read_bytes()
    assert files[0].read_text(encoding="utf-8").startswith("<svg")


def test_a_job_that_did_not_wait_has_none(flagship: Path, tmp_path: Path) -> None:
    done = invoked("explain", flagship, 0, "--svg", tmp_path / "a.svg")
    assert (done.exit_code, done.stderr) == (0, "no picture: job 0 did not wait\n")
    assert not (tmp_path / "a.svg").exists()


def test_a_picture_that_cannot_be_written_is_told(flagship: Path, tmp_path: Path) -> None:
    job = found(flagship, "--worst", 1)["waits"][0]["job"]
    done = invoked("explain", flagship, job, "--svg", tmp_path / "gone" / "a.svg")
    assert done.exit_code == 3
    assert "cannot be written" in done.stderr


def test_it_needs_no_file_of_the_scenario(flagship: Path, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    for name in ("manifest.json", *(f.name for f in flagship.glob("*.parquet"))):
        (moved / name).write_bytes((flagship / name).read_bytes())
    assert found(moved, 100) == found(flagship, 100)


UNCLEAR: list[tuple[list[str], str]] = [
    ([], "say which job"),
    (["1", "--worst", "3"], "say which job"),
    (["--folder", "HR"], "--folder and --at go together"),
    (["--at", "2026-06-08"], "--folder and --at go together"),
    (["1", "--folder", "HR", "--at", "2026-06-08"], "say which job"),
    (["--worst", "3", "--svg", "a.svg"], "leave out --worst"),
    (["--worst", "0"], "--worst"),
    (["four"], "JOB"),
    (["99999999"], "there is no job 99999999 in replication 1: its"),
    (["1", "--replication", "3"], "there is no replication 3: the run has 1 to 2"),
    (["--folder", "HRR", "--at", "2026-06-08"], "no folder is called 'HRR'"),
    (["--folder", "HR", "--at", "noon"], "expected a local date or time"),
    (["--folder", "HR", "--at", "2020-01-01"], "no job of 'HR' was Pending at 2020-01-01"),
]


@pytest.mark.parametrize(("arguments", "message"), UNCLEAR)
def test_a_question_without_an_answer_is_2(
    arguments: list[str], message: str, flagship: Path
) -> None:
    done = invoked("explain", flagship, *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert message in " ".join(done.stderr.split())


def test_a_folder_that_keeps_no_run_is_3(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "gone"):
        done = invoked("explain", folder, 1)
        assert done.exit_code == 3
        assert done.stderr.startswith(f"error: {folder} ")


def test_a_run_without_records_is_3_and_says_so(tmp_path: Path) -> None:
    short = ("--set", "time.duration=1d", "--no-records")
    folder = run_of(tmp_path, "shared-machine-two-units", *short)
    done = invoked("explain", folder, 1)
    assert done.exit_code == 3
    assert "kept with --no-records" in done.stderr


def test_a_run_as_one_account_sees_it_is_2_and_says_so(tmp_path: Path) -> None:
    short = ("--set", "time.duration=1d", "--as", "anna")
    folder = run_of(tmp_path, "flagship-shared-machines", *short)
    done = invoked("explain", folder, 1)
    assert done.exit_code == 2
    assert "is kept as 'anna' may see it" in done.stderr
    assert "without --as" in done.stderr


def test_a_table_that_is_cut_is_3(flagship: Path, tmp_path: Path) -> None:
    for file in flagship.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "jobs.parquet").write_bytes(b"PAR1 and no more")
    done = invoked("explain", tmp_path, 1)
    assert (done.exit_code, "jobs.parquet cannot be read" in done.stderr) == (3, True)
