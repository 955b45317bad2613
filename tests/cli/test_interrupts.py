"""Ctrl-C in the middle of a run, as a terminal sends it: to every process of the command."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest
from builders_commands import started
from builders_files import scenario_file

PATIENCE_S = 60.0


def first_replication_written(out: Path, process: subprocess.Popen[str]) -> None:
    """Wait until the record tables hold something."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and process.poll() is None:
        if any(path.stat().st_size > 4 for path in out.glob("estate/.*/jobs.parquet")):
            return
        time.sleep(0.02)
    pytest.fail("the run ended, or wrote nothing in time")


def started_study(folder: Path, workers: int) -> subprocess.Popen[str]:
    """A study that takes long, in a process group of its own."""
    options = ("--replications", 5000, "--workers", workers, "--out", "out")
    return started("run", scenario_file(folder), *options, folder=folder, start_new_session=True)


@pytest.mark.parametrize("workers", [1, 2])
def test_what_is_finished_is_kept_as_partial_and_nothing_else_is_left(
    tmp_path: Path, workers: int
) -> None:
    with started_study(tmp_path, workers) as process:
        first_replication_written(tmp_path / "out", process)
        os.killpg(process.pid, signal.SIGINT)
        # Workers hold the pipes too: they close only once the last of them has ended.
        stdout, stderr = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, stdout) == (130, "")
    assert "of 5000 replications finished, kept in" in stderr
    assert "Traceback" not in stderr
    (folder,) = (tmp_path / "out" / "estate").iterdir()
    assert folder.name.endswith("-partial")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["complete"] is False
    assert 0 < manifest["replications_finished"] < 5000


def test_workers_do_not_outlive_a_main_process_that_is_killed(tmp_path: Path) -> None:
    """They hold its pipes: `communicate` ends once the last worker has."""
    with started_study(tmp_path, workers=2) as process:
        first_replication_written(tmp_path / "out", process)
        process.kill()
        process.communicate(timeout=PATIENCE_S)
    assert process.returncode == -signal.SIGKILL
