"""Ctrl-C in the middle of a run, as a terminal sends it: to every process of the command."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from builders_commands import ROOT, started
from builders_files import scenario_file

from simulator.cli import main

PATIENCE_S = 60.0


def first_replication_written(out: Path, process: subprocess.Popen[str]) -> None:
    """Wait until the jobs have grown a few times: the first replication is finished by then."""
    end, sizes = time.monotonic() + PATIENCE_S, set[int]()
    while time.monotonic() < end and process.poll() is None:
        sizes.update(path.stat().st_size for path in out.glob("estate/.*/jobs.parquet"))
        if len(sizes) > 4:  # the head alone, and what is written of a replication in pieces
            return
        time.sleep(0.02)
    process.kill()
    pytest.fail(f"the run ended, or wrote nothing in time: {process.communicate()}")


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


def test_workers_and_their_files_do_not_outlive_a_main_process_that_is_killed(
    tmp_path: Path,
) -> None:
    """Workers hold its pipes: `communicate` ends once the last of them has."""
    with started_study(tmp_path, workers=2) as process:
        first_replication_written(tmp_path / "out", process)
        process.kill()
        process.communicate(timeout=PATIENCE_S)
    assert process.returncode == -signal.SIGKILL
    assert list(tmp_path.glob("simulator-*")) == []


SWALLOWING_IMPORT = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)

class Swallower:
    def find_spec(self, name, *_):
        if name == "simulator.experiments.study":
            try:
                signal.raise_signal(signal.SIGINT)
            except KeyboardInterrupt:
                pass

sys.meta_path.insert(0, Swallower())
from simulator.cli import main
main()
"""


@pytest.mark.parametrize("command", ["run", "compare"])
def test_ctrl_c_while_modules_are_imported_is_not_lost(tmp_path: Path, command: str) -> None:
    """C code that imports modules or builds schemas may drop the interrupt, as the finder does."""
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", SWALLOWING_IMPORT, command, str(scenario_file(tmp_path))],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (130, "interrupted\n")


def test_ctrl_c_before_the_command_has_begun_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As it comes while the command line itself is imported, before anything could catch it."""

    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("simulator.cli.outlets.prepare", interrupted)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130
