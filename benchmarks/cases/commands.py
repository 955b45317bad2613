"""Whole commands, each in a process of its own, start-up included.

Nothing here imports the simulator or numpy, so that the memory told is the command's alone.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.apart import peak_mb
from benchmarks.estates.access_tree import SUBMISSIONS, access_tree
from benchmarks.estates.large import FOLDERS, large
from benchmarks.estates.single_line import mm3
from benchmarks.samples import Sample


def help_page() -> Sample:
    """Time `simulator --help`."""
    return _timed(1, "--help")


def run_mm3(jobs: int) -> Sample:
    """Time `simulator run` of M/M/3, records and report included."""
    return _run(jobs, mm3(jobs))


def run_access_tree(run_as: str) -> Sample:
    """Time `simulator run` of the tree of folders."""
    return _run(SUBMISSIONS, access_tree(run_as=run_as))


def run_large(duration: str) -> Sample:
    """Time `simulator run` of the large tenant; the work is its folders."""
    return _run(FOLDERS, large(duration))


def _run(work: float, text: str) -> Sample:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "scenario.yaml")
        path.write_text(text, encoding="utf-8")
        return _timed(work, "run", str(path), "--out", str(Path(folder, "out")), "--quiet")


def _timed(work: float, *arguments: str) -> Sample:
    command = [sys.executable, "-m", "simulator", *arguments]
    begin = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
    seconds = time.perf_counter() - begin
    return Sample(work, seconds, peak_mb=peak_mb(resource.RUSAGE_CHILDREN))
