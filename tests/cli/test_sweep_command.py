"""`simulator sweep`: a table, a report, JSON; and one that is killed goes on where it stopped."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from builders_commands import ROOT, invoked, started
from builders_files import scenario_file
from builders_sweeps import HOSTS, LOADED, contents

PATIENCE_S = 60.0


def sweep(folder: Path, *options: object, vary: str = HOSTS, text: str = LOADED) -> object:
    out = ("--out", folder / "out", "--workers", 1)
    return invoked("sweep", scenario_file(folder, text), "--vary", vary, *out, *options)


def swept(folder: Path, *options: object, vary: str = HOSTS, text: str = LOADED) -> tuple[int, str]:
    found = sweep(folder, *options, vary=vary, text=text)
    return found.exit_code, found.stdout  # type: ignore[attr-defined]  # a result of Typer's


def kept(folder: Path) -> Path:
    (found,) = (folder / "out" / "loaded").iterdir()
    return found


def test_a_table_says_where_the_targets_are_met(tmp_path: Path) -> None:
    code, told = swept(tmp_path)
    lines = told.splitlines()
    assert code == 0
    assert lines[0] == "How many hosts does HR need?"
    assert lines[2].startswith(
        "All targets are met at 2 of 4 points, the first of them machines.sh"
    )
    (header,) = (line for line in lines if "HR P95" in line)
    assert header.split()[0] == "shared.hosts"
    assert [line.split()[0] for line in lines if line.endswith("best")] == ["3", "4"]
    assert lines[-1] == f"Report: {kept(tmp_path)}/report.html"


def test_what_is_kept(tmp_path: Path) -> None:
    swept(tmp_path, "--quiet")
    folder = kept(tmp_path)
    assert set(contents(folder)) == {
        *("manifest.json", "page.json", "report.html", "sweep.csv", "sweep.json")
    }
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["points"] == [["1"], ["2"], ["3"], ["4"]]
    assert manifest["sweep_id"] == folder.name
    assert (folder / "sweep.csv").read_text(encoding="utf-8").startswith("point,machines.shared.")


def test_json_is_what_is_kept_and_nothing_else_is_printed(tmp_path: Path) -> None:
    code, told = swept(tmp_path, "--json")
    assert code == 0
    assert told == (kept(tmp_path) / "sweep.json").read_text(encoding="utf-8")


def test_standard_input_is_read_once(tmp_path: Path) -> None:
    out = ("--out", tmp_path / "out", "--workers", 1, "--json")
    found = invoked("sweep", "-", "--vary", HOSTS, *out, input=LOADED)
    assert [one["values"] for one in json.loads(found.stdout)["points"]] == [
        {"machines.shared.hosts": hosts} for hosts in range(1, 5)
    ]


@pytest.mark.parametrize(
    ("vary", "text", "code", "told"),
    [
        (HOSTS, LOADED, 0, ""),
        ("machines.shared.hosts=1,2", LOADED, 1, "--check: at no point are all targets met"),
        (HOSTS, LOADED.partition("targets:")[0], 0, "the scenario has no targets"),
    ],
)
def test_check_asks_for_a_point_that_meets_all(
    tmp_path: Path, vary: str, text: str, code: int, told: str
) -> None:
    found = sweep(tmp_path, "--check", vary=vary, text=text)
    assert found.exit_code == code  # type: ignore[attr-defined]
    assert told in found.stderr  # type: ignore[attr-defined]


def test_long_sweeps_show_their_first_rows(tmp_path: Path) -> None:
    _, told = swept(tmp_path, "--replications", 1, vary="machines.shared.hosts=1..23")
    assert "… and 3 more; all of it is in the report, and in sweep.csv" in told


def test_designs_take_points_out_of_ranges(tmp_path: Path) -> None:
    path = "folders.HR.processes.onboard.duration.exponential"
    options = ("--vary", f"{path}=5m..20m", "--design", "sobol", "--points", 4, "--json")
    _, told = swept(tmp_path, *options)
    content = json.loads(told)
    assert (content["design"], len(content["points"])) == ("sobol", 4)


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        (("--set", "machines.shared.hosts=x"), 2, "--set:1:23: expected a whole number"),
        (("--vary", "machines.shared.slots=1..x"), 2, "--vary:1:23: expected a whole number"),
        (("--design", "square"), 2, "'square' is not one of"),
        (("--strict", "--vary", "machines.spare={}"), 2, "nothing uses the machine 'spare'"),
    ],
)
def test_errors_are_told_before_anything_is_run(
    tmp_path: Path, options: tuple[str, ...], code: int, message: str
) -> None:
    found = sweep(tmp_path, *options)
    assert found.exit_code == code  # type: ignore[attr-defined]
    assert message in found.stderr  # type: ignore[attr-defined]
    assert not (tmp_path / "out").exists()


SLOW = LOADED.replace("replications: 2", "replications: 20")
COMMAND = ("sweep", "estate.yaml", "--vary", HOSTS, "--out", "out", "--quiet", "--workers")


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of the sweep that nothing interrupted."""
    folder = tmp_path_factory.mktemp("uninterrupted")
    swept(folder, "--quiet", text=SLOW)
    return contents(folder / "out")


def ended_at(folder: Path, points: int, workers: int, how: signal.Signals) -> tuple[int, str]:
    """Start the sweep and send it a signal once so many points are written."""
    scenario_file(folder, SLOW)
    with started(*COMMAND, workers, folder=folder) as process:
        end = time.monotonic() + PATIENCE_S
        while len(list(folder.glob("out/loaded/*-partial/points/[0-9]*.json"))) < points:
            if process.poll() is not None or time.monotonic() > end:
                process.kill()
                pytest.fail(f"the sweep ended, or wrote too little: {process.communicate()}")
            time.sleep(0.005)
        process.send_signal(how)
        _, stderr = process.communicate(timeout=PATIENCE_S)
    return process.returncode, stderr


def resumed(folder: Path, workers: int) -> dict[str, bytes]:
    with started(*COMMAND, workers, folder=folder) as process:
        process.communicate(timeout=PATIENCE_S)
    return contents(folder / "out")


@pytest.mark.parametrize(("points", "workers"), [(1, 1), (2, 2)])
def test_a_sweep_killed_between_points_goes_on_and_ends_in_the_same_bytes(
    tmp_path: Path, uninterrupted: dict[str, bytes], points: int, workers: int
) -> None:
    code, _ = ended_at(tmp_path, points, workers, signal.SIGKILL)
    assert code == -signal.SIGKILL
    written = len(contents(tmp_path / "out"))
    assert points <= written <= points + 1, "with what the next one may have begun to write"
    assert resumed(tmp_path, workers) == uninterrupted


KILLED_AT_THE_END = """
import os, signal
from simulator.records.files import RunFolder
RunFolder.commit = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)
from simulator.cli import main
main()
"""


def test_a_sweep_killed_before_its_folder_gets_its_name_goes_on(
    tmp_path: Path, uninterrupted: dict[str, bytes]
) -> None:
    """What it had written under a temporary name stays behind, as its id is another's by then."""
    scenario_file(tmp_path, SLOW)
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", KILLED_AT_THE_END, *COMMAND, "1"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        check=False,
        timeout=PATIENCE_S,
    )
    assert done.returncode == -signal.SIGKILL
    (partial,) = (tmp_path / "out" / "loaded").glob("*-partial")
    assert len(contents(partial)) == 4
    found = resumed(tmp_path, 1)
    assert {name: text for name, text in found.items() if "/." not in name} == uninterrupted


def test_ctrl_c_says_how_to_go_on(tmp_path: Path, uninterrupted: dict[str, bytes]) -> None:
    code, told = ended_at(tmp_path, 2, 1, signal.SIGINT)
    assert code == 130
    assert "interrupted: 2 of 4 points are done; they are kept in out/loaded/sweep-" in told
    assert told.endswith("-partial, and the same command goes on from there\n")
    assert resumed(tmp_path, 2) == uninterrupted
