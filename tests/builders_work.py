"""Work to be done in other processes, which import it from here."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import time
from pathlib import Path

import numpy as np
import numpy.typing as npt


def square(number: int) -> int:
    return number * number


def dies_at_four_in_a_worker(number: int) -> int:
    if number == 4 and multiprocessing.parent_process() is not None:
        os.kill(os.getpid(), signal.SIGKILL)
    return square(number)


def always_dies_in_a_worker(number: int) -> int:
    if multiprocessing.parent_process() is not None:
        os.kill(os.getpid(), signal.SIGKILL)
    return square(number)


def fails_at_three(number: int) -> int:
    if number == 3:
        raise ValueError("three is out")
    return square(number)


def twenty_megabytes(number: int) -> bytes:
    return bytes([number]) * 20_000_000


def large_where_files_are_small(_number: int) -> bytes:
    """A worker that may from now on write no file of more than a kilobyte."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, 1_000))
    return bytes(100_000)


def writable_array(number: int) -> npt.NDArray[np.int64]:
    return np.full(100_000, number)


def threads_of_libraries(_number: int) -> str | None:
    return os.environ.get("OPENBLAS_NUM_THREADS")


class DiesElsewhere:
    """Dies of one number, wherever it is done but in one process."""

    def __init__(self, number: int, process: int) -> None:
        self.number, self.process = number, process

    def __call__(self, number: int) -> int:
        if number == self.number and os.getpid() != self.process:
            os.kill(os.getpid(), signal.SIGKILL)
        return square(number)


class Noting:
    """Writes down which numbers were worked on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, number: int) -> int:
        (self.folder / str(number)).touch()
        return number


def where(_number: int) -> int:
    """The process that did it, a moment later."""
    time.sleep(0.2)
    return os.getpid()
