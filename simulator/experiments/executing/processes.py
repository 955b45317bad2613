"""Replications on several processes of this machine.

Worker processes are spawned, not forked, so that Linux, macOS and Windows do the same (Python
library: `concurrent.futures`, and `multiprocessing`, contexts and start methods). They are kept
from one study to the next, as a new one takes a second to import what it needs.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from simulator.errors import WorkersError
from simulator.experiments.executing.interrupts import deaf_children, interrupts_held
from simulator.experiments.executing.spool import done, fetched, spool, spooled
from simulator.experiments.executing.workforce import (
    ALONE,
    LOOK_AHEAD,
    MOST_BREAKS,
    Notice,
    Result,
    Work,
    unheard,
)

_ONE_THREAD: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")

_Running = deque[tuple[int, "Future[str]"]]


class Processes:
    """Worker processes of this machine, to be used in a `with` block, which ends them.

    They are started as there is work for them, never more than there are replications at once.
    """

    where: Final = "processes of this machine"

    def __init__(self, workers: int, notice: Notice = unheard) -> None:
        """Take how many processes there may be, and who is told when one dies."""
        self.workers: Final = workers
        self._notice = notice
        self._pool: ProcessPoolExecutor | None = None
        self._files = ExitStack()
        self._spool: Path | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with interrupts_held():
            self._end()
            self._files.close()

    def in_order(self, work: Work[Result], replications: Iterable[int]) -> Generator[Result]:
        """Yield `work(replication)` for each of `replications`, in their order.

        When a worker process dies, the replications it took along are done in this process, and who
        listens is told. Of a generator that is left early, the workers end what they have begun.

        Raises:
            TypeError: the work cannot be sent to other processes.
            WorkersError: the machine has no room for so many processes.
            DataFileError: temporary files cannot be written.
            Exception: whatever `work` raises, at its place in the order.
        """
        waiting = iter(replications)
        if self._spool is None:
            with interrupts_held():
                self._spool = self._files.enter_context(spool())
        with spooled(work, self._spool) as folder:
            for _ in range(MOST_BREAKS):
                left_over = yield from self._from_pool(folder, waiting)
                if left_over is None:
                    return
                yield from self._rescued(work, left_over)
        self._notice("worker processes keep dying: the rest is done in the main process")
        yield from ALONE.in_order(work, waiting)

    def _from_pool(
        self, folder: Path, waiting: Iterator[int]
    ) -> Generator[Any, None, _Running | None]:
        """Yield until all is done; return what was under way if the pool breaks before.

        Nothing is ever cancelled: Python 3.11's pool leaves everybody waiting when it breaks with
        cancelled work in it. The work of a folder that is gone is passed over instead.
        """
        running: _Running = deque()
        try:
            self._top_up(folder, running, waiting)
            while running:
                result = fetched(running[0][1].result())
                running.popleft()
                self._top_up(folder, running, waiting)
                yield result
        except BrokenProcessPool:
            with interrupts_held():
                self._end()
            return running
        return None

    def _top_up(self, folder: Path, running: _Running, waiting: Iterator[int]) -> None:
        with interrupts_held():
            for replication in islice(waiting, self.workers * LOOK_AHEAD - len(running)):
                running.append((replication, self._submitted(folder, replication)))

    def _submitted(self, folder: Path, replication: int) -> Future[str]:
        """Return the result to be; of a pool that broke, one that says so."""
        if self._pool is None:  # before `deaf_children`: the pool's tracker unblocks signals
            self._pool = _new_pool(self.workers, folder.parent)
        try:
            with _one_thread_each(), deaf_children():  # a pool starts its workers as it needs them
                return self._pool.submit(done, str(folder), replication)
        except BrokenProcessPool as error:
            broken: Future[str] = Future()
            broken.set_exception(error)
            return broken
        except OSError as error:
            raise WorkersError(
                f"no more worker processes can be started ({error.strerror or error}): ask for "
                f"fewer than {self.workers:,} with --workers or SIMULATOR_WORKERS"
            ) from error

    def _rescued(self, work: Work[Result], left_over: _Running) -> Iterator[Result]:
        lost = [number for number, future in left_over if not _is_done(future)]
        self._notice(
            "a worker process died (was it short of memory?); done in the main process instead: "
            f"replication {', '.join(map(str, lost))}"
        )
        for replication, future in left_over:
            yield fetched(future.result()) if _is_done(future) else work(replication)

    def _end(self) -> None:
        if self._pool is None:
            return
        processes = self._pool._processes or {}  # noqa: SLF001 - Python 3.14 has kill_workers
        for process in list(processes.values()):
            process.terminate()
        self._pool.shutdown(wait=True, cancel_futures=True)
        self._pool = None


def _is_done(future: Future[str]) -> bool:
    """Return whether the work came to an end, be it an error of its own."""
    if future.cancelled():
        return False
    return future.done() and not isinstance(future.exception(), BrokenProcessPool)


def _new_pool(workers: int, files: Path) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, context, initializer=_equip, initargs=(files,))


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


def _equip(files: Path) -> None:
    """Make a worker ready; Ctrl-C is for the main process, and without that one none goes on."""
    threading.Thread(target=_end_with_main_process, args=(files,), daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _end_with_main_process(files: Path) -> None:
    """Wait for the main process to end, be it killed; do what it could not, and end as well."""
    main_process = multiprocessing.parent_process()
    if main_process is not None:
        main_process.join()
        shutil.rmtree(files, ignore_errors=True)
        os._exit(1)
