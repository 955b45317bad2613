"""Streams that are closed, full, or left by their reader, as a shell sets them up."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from builders_commands import ROOT
from builders_files import SOUND, scenario_file

FULL = Path("/dev/full")
NO_SPACE = "error: cannot write to standard output: No space left on device\n"
needs_full = pytest.mark.skipif(not FULL.exists(), reason="a system without /dev/full")


def shell(folder: Path, line: str) -> subprocess.CompletedProcess[str]:
    """A shell's line, with `simulator` for our command; the exit code is the command's own."""
    scenario_file(folder, SOUND)
    scenario_file(folder, SOUND.replace("slots: 1", "slts: 1"), "bad.yaml")
    command = f"{shlex.quote(sys.executable)} -m simulator"
    return subprocess.run(  # noqa: S603 - our own command
        ["/bin/sh", "-c", line.replace("simulator", command)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SIMULATOR_WORKERS": "1"},
        check=False,
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("simulator validate bad.yaml 2>&-", 2),
        ("(simulator validate bad.yaml 2>&1; echo $? >code) | true", 2),
        ("(simulator rum 2>&1; echo $? >code) | true", 2),
        ("(simulator --help; echo $? >code) | true", 0),
        ("(simulator schema; echo $? >code) | true", 0),
        pytest.param("simulator validate bad.yaml 2>/dev/full", 2, marks=needs_full),
    ],
    ids=["closed", "reader-left", "usage-reader-left", "help", "schema", "full"],
)
def test_what_nobody_hears_changes_no_exit_code(tmp_path: Path, line: str, code: int) -> None:
    done = shell(tmp_path, line)
    told = tmp_path / "code"
    assert (int(told.read_text()) if told.exists() else done.returncode) == code
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr


@needs_full
@pytest.mark.parametrize(
    "command", ["schema", "run estate.yaml", "run estate.yaml --json", "--help"]
)
def test_a_full_standard_output_is_told_and_is_not_our_fault(tmp_path: Path, command: str) -> None:
    done = shell(tmp_path, f"simulator {command} >/dev/full")
    assert (done.returncode, done.stderr) == (3, NO_SPACE)


@pytest.mark.parametrize("command", ["schema", "run estate.yaml"])
def test_a_closed_standard_output_is_told(tmp_path: Path, command: str) -> None:
    done = shell(tmp_path, f"simulator {command} >&-")
    assert done.returncode == 3
    assert done.stderr == "error: cannot write to standard output: it is closed\n"
