"""Replications on one process or several, handed out in order.

The same results come in the same order whatever the number of workers: each depends on its number
alone. Worker processes are spawned, not forked, so that Linux, macOS and Windows do the same
(Python library: `concurrent.futures`, and `multiprocessing`, contexts and start methods).
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, TypeVar

from simulator.experiments.interrupts import deaf_children, interrupts_held

Result = TypeVar("Result")
Work = Callable[[int], Result]
"""What is done for each replication; it is sent to every worker once, so it must pickle."""
Notice = Callable[[str], None]
"""Takes a sentence the user ought to read."""

LOOK_AHEAD: Final = 2
"""Replications under way or finished early, for each worker: it bounds what memory holds."""

MOST_BREAKS: Final = 3
"""Broken pools after which the rest is done in this process, one by one."""

_ONE_THREAD: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")

_Running = deque[tuple[int, "Future[str]"]]


def processor_count() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_order(
    work: Work[Result], replications: Sequence[int], workers: int, notice: Notice
) -> Generator[Result]:
    """Yield `work(replication)` for each of `replications`, in their order.

    With one worker everything happens in this process. With more, when a worker process dies, the
    replications it took along are done again in this process, `notice` is told, and nothing is
    lost. Leaving the iterator early, by Ctrl-C too, ends the worker processes at once.

    Raises:
        Exception: whatever `work` raises, at its place in the order.
    """
    waiting = deque(replications)
    if min(workers, len(waiting)) > 1:
        with TemporaryDirectory(prefix="simulator-", ignore_cleanup_errors=True) as folder:
            yield from _in_parallel(_Spooled(work, Path(folder)), waiting, workers, notice)
    for replication in waiting:
        yield work(replication)


@dataclass(frozen=True, slots=True)
class _Spooled:
    """Work whose result goes to a file, and only the file's name through the workers' pipe.

    A worker that dies while a long message of its own is under way leaves the reader waiting for
    the rest for ever; a short message is written in one piece or not at all (POSIX, `write`,
    PIPE_BUF).
    """

    work: Work[Any]
    folder: Path

    def __call__(self, replication: int) -> str:
        path = self.folder / f"{replication}.pickle"
        with path.open("wb") as file:
            pickle.dump(self.work(replication), file, pickle.HIGHEST_PROTOCOL)
        return str(path)


def _fetched(future: Future[str]) -> Any:  # noqa: ANN401 - whatever the work returned
    path = Path(future.result())
    with path.open("rb") as file:
        result = pickle.load(file)  # noqa: S301 - a worker of this very run wrote it
    path.unlink()
    return result


def _in_parallel(
    spooled: _Spooled, waiting: deque[int], workers: int, notice: Notice
) -> Iterator[Any]:
    for _ in range(MOST_BREAKS):
        if min(workers, len(waiting)) > 1:
            left_over = yield from _from_pool(spooled, waiting, min(workers, len(waiting)))
            yield from _rescued(spooled.work, left_over, notice)


def _from_pool(
    spooled: _Spooled, waiting: deque[int], workers: int
) -> Generator[Any, None, _Running]:
    """Yield from a pool until all is done or it breaks; return what was under way by then."""
    running: _Running = deque()
    with _pool(spooled, workers) as pool:
        try:
            while waiting or running:
                _top_up(pool, running, waiting, workers * LOOK_AHEAD)
                result = _fetched(running[0][1])
                running.popleft()
                yield result
        except BrokenProcessPool:
            return running
    return running


def _top_up(pool: ProcessPoolExecutor, running: _Running, waiting: deque[int], most: int) -> None:
    with interrupts_held(), deaf_children():
        while waiting and len(running) < most:
            future = pool.submit(_do, waiting[0])
            running.append((waiting.popleft(), future))


def _rescued(work: Work[Any], left_over: _Running, notice: Notice) -> Iterator[Any]:
    lost = [replication for replication, future in left_over if future.exception() is not None]
    if left_over:
        notice(
            "a worker process died (was it short of memory?); done again in the main process: "
            f"replication {', '.join(map(str, lost))}"
        )
    for replication, future in left_over:
        yield work(replication) if future.exception() is not None else _fetched(future)


@contextmanager
def _pool(work: Work[str], workers: int) -> Iterator[ProcessPoolExecutor]:
    context = multiprocessing.get_context("spawn")
    with _one_thread_each():
        pool = ProcessPoolExecutor(workers, context, initializer=_equip, initargs=(work,))
        try:
            yield pool
        except BaseException:
            _end_workers(pool)
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _end_workers(pool: ProcessPoolExecutor) -> None:
    processes = pool._processes or {}  # noqa: SLF001 - Python 3.14 is the first with kill_workers
    for process in list(processes.values()):
        process.terminate()


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Keep the workers' numerical libraries to one thread: there is one worker a core."""
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


_EQUIPMENT: Final[dict[str, Work[str]]] = {}


def _equip(work: Work[str]) -> None:
    """Make a worker ready; Ctrl-C is for the main process, and without that one none goes on."""
    threading.Thread(target=_end_with_main_process, daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _EQUIPMENT["work"] = work


def _end_with_main_process() -> None:
    main_process = multiprocessing.parent_process()
    if main_process is not None:
        main_process.join()
        os._exit(1)


def _do(replication: int) -> str:
    return _EQUIPMENT["work"](replication)
