"""Replications on several processes of this machine.

Worker processes are spawned, not forked, so that Linux, macOS and Windows do the same (Python
library: `concurrent.futures`, and `multiprocessing`, contexts and start methods). They are kept
from one study to the next, as a new one takes a second to import what it needs.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Any, Final, Self

from simulator.experiments.executing.interrupts import deaf_children, interrupts_held
from simulator.experiments.executing.workforce import ALONE, Notice, Result, Work, unheard

LOOK_AHEAD: Final = 2
"""Replications under way or finished early, for each worker: it bounds what memory holds."""

MOST_BREAKS: Final = 3
"""Broken pools after which the rest is done in this process, one by one."""

_ONE_THREAD: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")

_Running = deque[tuple[int, "Future[str]"]]


class Processes:
    """Worker processes of this machine, to be used in a `with` block, which ends them.

    Work and results go through files, and only their names through the workers' pipe. A worker that
    dies while a long message of its own is under way leaves the reader waiting for the rest for
    ever; a short message is written in one piece or not at all (POSIX, `write`, PIPE_BUF).
    """

    def __init__(self, workers: int, notice: Notice = unheard) -> None:
        """Take how many processes there shall be, and who is told when one dies."""
        self.workers: Final = workers
        self._notice = notice
        self._breaks = 0
        self._pool: ProcessPoolExecutor | None = None
        self._studies = count(1)
        self._files = TemporaryDirectory(prefix="simulator-", ignore_cleanup_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()
        self._files.cleanup()

    def in_order(self, work: Work[Result], replications: Iterable[int]) -> Generator[Result]:
        """Yield `work(replication)` for each of `replications`, in their order.

        When a worker process dies, the replications it took along are done again in this process,
        and who listens is told.

        Raises:
            Exception: whatever `work` raises, at its place in the order.
        """
        waiting = iter(replications)
        folder = Path(self._files.name) / str(next(self._studies))
        folder.mkdir()
        with (folder / "work.pickle").open("wb") as file:
            pickle.dump(work, file, pickle.HIGHEST_PROTOCOL)
        while self._breaks < MOST_BREAKS:
            left_over = yield from self._from_pool(folder, waiting)
            if left_over is None:
                return
            yield from self._rescued(work, left_over)
        yield from ALONE.in_order(work, waiting)

    def _from_pool(
        self, folder: Path, waiting: Iterator[int]
    ) -> Generator[Any, None, _Running | None]:
        """Yield until all is done; return what was under way if the pool breaks before."""
        running: _Running = deque()
        try:
            self._top_up(folder, running, waiting)
            while running:
                result = _fetched(running[0][1])
                running.popleft()
                self._top_up(folder, running, waiting)
                yield result
        except BrokenProcessPool:
            self._breaks += 1
            self._end()
            return running
        finally:
            for _, future in running:
                future.cancel()
        return None

    def _top_up(self, folder: Path, running: _Running, waiting: Iterator[int]) -> None:
        with interrupts_held(), deaf_children():
            while len(running) < self.workers * LOOK_AHEAD:
                replication = next(waiting, None)
                if replication is None:
                    return
                running.append((replication, self._submitted(folder, replication)))

    def _submitted(self, folder: Path, replication: int) -> Future[str]:
        """Return the result to be; of a pool that broke, one that says so."""
        if self._pool is None:
            self._pool = _new_pool(self.workers)
        try:
            with _one_thread_each():  # a pool starts its workers as it needs them
                return self._pool.submit(_do, str(folder), replication)
        except BrokenProcessPool as error:
            broken: Future[str] = Future()
            broken.set_exception(error)
            return broken

    def _rescued(self, work: Work[Result], left_over: _Running) -> Iterator[Result]:
        lost = [number for number, future in left_over if not _is_done(future)]
        self._notice(
            "a worker process died (was it short of memory?); done again in the main process: "
            f"replication {', '.join(map(str, lost))}"
        )
        for replication, future in left_over:
            yield _fetched(future) if _is_done(future) else work(replication)

    def _end(self) -> None:
        if self._pool is None:
            return
        processes = self._pool._processes or {}  # noqa: SLF001 - Python 3.14 has kill_workers
        for process in list(processes.values()):
            process.terminate()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._pool = None


def _is_done(future: Future[str]) -> bool:
    return future.done() and not future.cancelled() and _died_of(future) is None


def _died_of(future: Future[str]) -> BrokenProcessPool | None:
    error = future.exception()
    return error if isinstance(error, BrokenProcessPool) else None


def _fetched(future: Future[str]) -> Any:  # noqa: ANN401 - whatever the work returned
    path = Path(future.result())
    with path.open("rb") as file:
        result = pickle.load(file)  # noqa: S301 - a worker of this very run wrote it
    path.unlink()
    return result


def _new_pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=_equip)


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


def _equip() -> None:
    """Make a worker ready; Ctrl-C is for the main process, and without that one none goes on."""
    threading.Thread(target=_end_with_main_process, daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _end_with_main_process() -> None:
    main_process = multiprocessing.parent_process()
    if main_process is not None:
        main_process.join()
        os._exit(1)


_AT_HAND: Final[dict[str, Work[Any]]] = {}
"""The work a worker did last, by its folder."""


def _do(folder: str, replication: int) -> str:
    path = Path(folder) / f"{replication}.pickle"
    result = _work_in(folder)(replication)
    with path.open("wb") as file:
        pickle.dump(result, file, pickle.HIGHEST_PROTOCOL)
    return str(path)


def _work_in(folder: str) -> Work[Any]:
    if folder not in _AT_HAND:
        with (Path(folder) / "work.pickle").open("rb") as file:
            work = pickle.load(file)  # noqa: S301 - the main process of this very run wrote it
        _AT_HAND.clear()
        _AT_HAND[folder] = work
    return _AT_HAND[folder]
