"""The replications of a study that are under way on a cluster."""

from __future__ import annotations

import asyncio
import concurrent.futures
import pickle
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from simulator.experiments.executing.cluster.parcel import done, held, parcel_of
from simulator.experiments.executing.interrupts import interrupts_held
from simulator.experiments.executing.workforce import LOOK_AHEAD, Result, Work

if TYPE_CHECKING:
    from distributed import Client, Future

WITHOUT_WORKERS_S: Final = 30
"""How long a study waits for another worker once the last one is gone."""

_LOOK_S: Final = 2


class GoneError(Exception):
    """Nothing more comes from the cluster."""


class Arriving(NamedTuple):
    """A result that is made on the cluster, and fetched as soon as it is there.

    What has arrived is not lost with the worker that made it, and no slow network is waited for
    result by result.
    """

    made: Future[bytes]
    fetched: concurrent.futures.Future[bytes]


class Task(NamedTuple):
    """A replication under way; `result` is None where nobody took it."""

    replication: int
    worker: str
    result: Arriving | None

    @property
    def is_under_way(self) -> bool:
        """Return whether its worker still has to do with it."""
        return self.result is not None and not self.result.fetched.done()


class Line:
    """The replications of one study that are under way on a cluster, in their order."""

    def __init__(self, client: Client, work: Work[Any], waiting: Iterator[int]) -> None:
        import dask  # noqa: PLC0415 - only who has a cluster needs it

        self.tasks = deque[Task]()
        self._client = client
        self._waiting = waiting
        with dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 TB"}):
            self._parcel = _submitted(client, held, parcel_of(work))

    def results(self) -> Iterator[Any]:
        """Yield until all is done, or the first of `tasks` has cost too many workers their lives.

        Raises:
            GoneError: nothing more comes from the cluster; `tasks` are what is left.
            Exception: whatever the work raises.
        """
        self._top_up()
        while self.tasks:
            content = _content(self._client, self.tasks[0].result)
            if content is None:
                return
            self.tasks.popleft()
            self._top_up()
            yield pickle.loads(content)  # noqa: S301 - a worker wrote it for this very study

    def release(self) -> None:
        """Let the cluster forget all of it."""
        with suppress(Exception):  # whatever there is no more to let go of
            for task in self.tasks:
                if task.result is not None:
                    task.result.fetched.cancel()
                    task.result.made.release()
            if self._parcel is not None:
                self._parcel.release()

    def _top_up(self) -> None:
        workers = _addresses(self._client)
        wanted = max(1, len(workers)) * LOOK_AHEAD - len(self.tasks)
        with interrupts_held():
            for replication in islice(self._waiting, max(0, wanted)):
                worker = self._least_busy(workers)
                result = self._handed_over(replication, worker)
                self.tasks.append(Task(replication, worker, result))

    def _least_busy(self, workers: list[str]) -> str:
        """Return the worker with least to do; Dask itself would choose whoever holds the parcel."""
        busy = Counter(task.worker for task in self.tasks if task.is_under_way)
        return min(workers, key=lambda address: busy[address], default="")

    def _handed_over(self, replication: int, worker: str) -> Arriving | None:
        if self._parcel is None:
            return None
        to = {"workers": [worker], "allow_other_workers": True} if worker else {}
        made = _submitted(self._client, done, self._parcel, replication, **to)
        return None if made is None else Arriving(made, _fetched(self._client, made))


def _fetched(client: Client, made: Future[bytes]) -> concurrent.futures.Future[bytes]:
    async def fetch() -> bytes:
        content: bytes = await made
        return content

    loop: Any = client.loop  # Tornado's, around one of asyncio
    return asyncio.run_coroutine_threadsafe(fetch(), loop.asyncio_loop)


def _submitted(
    client: Client,
    function: Callable[..., Result],
    *arguments: Any,  # noqa: ANN401 - those of the function
    **to: Any,  # noqa: ANN401 - those of Dask
) -> Future[Result] | None:
    """Return a result to be; None where the cluster takes no more."""
    try:
        return client.submit(function, *arguments, pure=False, **to)
    except Exception:  # noqa: BLE001 - of any kind, depending on how far the client has closed
        return None


def _content(client: Client, result: Arriving | None) -> bytes | None:
    """Return a result, pickled; None where each of several workers died of it.

    Raises:
        GoneError: it will not come any more.
        Exception: whatever the work raised.
    """
    from distributed import KilledWorker  # noqa: PLC0415 - only who has a cluster needs it

    if result is None:
        raise GoneError("the connection broke")
    _wait(client, result.fetched)
    try:
        return result.fetched.result()
    except KilledWorker:
        return None
    except Exception as error:
        if result.made.status == "error":
            raise
        raise GoneError("the connection broke") from error


def _wait(client: Client, fetched: concurrent.futures.Future[bytes]) -> None:
    """Wait until something came of it, as long as there is anybody to do it."""
    last_seen_s = time.monotonic()
    while not concurrent.futures.wait([fetched], timeout=_LOOK_S).done:
        if client.status == "closed":
            raise GoneError("the connection broke")
        if _addresses(client):
            last_seen_s = time.monotonic()
        elif time.monotonic() - last_seen_s > WITHOUT_WORKERS_S:
            raise GoneError("it has no workers any more")


def _addresses(client: Client) -> list[str]:
    """Return the workers there are now; none where the scheduler does not tell."""
    try:
        return list(client.nthreads())
    except Exception:  # noqa: BLE001 - of any kind, depending on how far the client has closed
        return []
