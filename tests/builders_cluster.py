"""A Dask cluster on this machine alone: a scheduler and workers, each a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from builders_commands import ROOT
from distributed import Client

PATIENCE_S = 30.0
SCHEDULER = ("scheduler", "--no-dashboard")
EXAMPLE = "tcp://host:8786"
WORKER = ("worker", EXAMPLE, "--nthreads", "1", "--no-nanny", "--no-dashboard")

Process = subprocess.Popen[bytes]


class Started(NamedTuple):
    """The scheduler's address and process, and the processes of workers."""

    address: str
    scheduler: Process
    workers: list[Process]


@contextmanager
def cluster(
    folder: Path,
    scheduler: Sequence[str] = SCHEDULER,
    workers: Sequence[Sequence[str]] = (WORKER, WORKER),
    *,
    count: int = 2,
    **settings: str,
) -> Iterator[Started]:
    """Give a cluster started by these commands, on loopback, at a port that is free.

    Workers are given its address where their command has `EXAMPLE`.
    count: how many workers come of it. settings: environment variables of its processes.
    """
    file = folder / "scheduler.json"
    own = ("--port", "0", "--scheduler-file", str(file))
    with ExitStack() as ending:

        def started(command: Sequence[str], *more: str) -> Process:
            return ending.enter_context(_process(folder, [*command, *more], settings))

        first = started(scheduler, *own)
        address = _address(file, first)
        others = [
            started([part.replace(EXAMPLE, address) for part in command]) for command in workers
        ]
        with Client(address, timeout=PATIENCE_S, set_as_default=False) as client:
            if workers:
                client.wait_for_workers(count, timeout=PATIENCE_S)
        yield Started(address, first, others)


@contextmanager
def _process(folder: Path, command: Sequence[str], settings: dict[str, str]) -> Iterator[Process]:
    """Run `dask …` in a group of its own, all of which ends with the block."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")]),
        "DASK_TEMPORARY_DIRECTORY": str(folder),
        "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "2s",  # a dead worker is looked for so long
        **settings,
    }
    process = subprocess.Popen(  # noqa: S603 - a command of our own
        [sys.executable, "-m", "dask", *command, "--host", "127.0.0.1"],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _address(file: Path, scheduler: Process) -> str:
    """Wait until the scheduler has written where it is to be found."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end and scheduler.poll() is None:
        with suppress(FileNotFoundError, json.JSONDecodeError):
            address: str = json.loads(file.read_text(encoding="utf-8"))["address"]
            return address
        time.sleep(0.05)
    raise AssertionError("the scheduler did not start")
