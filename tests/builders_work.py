"""Work to be done in other processes, which import it from here."""

from __future__ import annotations

import multiprocessing
import os
import signal
from pathlib import Path


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


def threads_of_libraries(_number: int) -> str | None:
    return os.environ.get("OPENBLAS_NUM_THREADS")


class Noting:
    """Writes down which numbers were worked on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __call__(self, number: int) -> int:
        (self.folder / str(number)).touch()
        return number
