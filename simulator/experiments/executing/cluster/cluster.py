"""Replications on a cluster of Dask: the same results as on one machine."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from contextlib import ExitStack
from itertools import chain
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from simulator.experiments.executing.cluster.connecting import connected, equal_workers
from simulator.experiments.executing.cluster.line import GoneError, Line
from simulator.experiments.executing.interrupts import interrupts_held
from simulator.experiments.executing.workforce import (
    ALONE,
    MOST_BREAKS,
    Notice,
    Result,
    Work,
    unheard,
)

if TYPE_CHECKING:
    from distributed import Client


class Cluster:
    """The workers of a Dask cluster, to be used in a `with` block.

    Work is sent once a study and held by the cluster, whose workers get it from each other. What a
    worker takes along that dies, Dask has done again by another.
    """

    def __init__(self, address: str, notice: Notice = unheard) -> None:
        """Take the scheduler's address, `tcp://host:8786`, and who is told of what is lost."""
        self.workers = 0
        self.where: Final = f"the cluster at {address}"
        self._address = address
        self._notice = notice
        self._open = ExitStack()
        self._client: Client | None = None

    def __enter__(self) -> Self:
        """Connect; `workers` are those there are by then.

        Raises:
            ClusterError: it cannot be reached, has no worker, or one that differs from here.
        """
        with ExitStack() as opening:
            client = opening.enter_context(connected(self._address))
            self.workers = equal_workers(client, self._address)
            self._client = client
            self._open = opening.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with interrupts_held():
            self._open.close()

    def in_order(self, work: Work[Result], replications: Iterable[int]) -> Generator[Result]:
        """Yield `work(replication)` for each of `replications`, in their order.

        What the cluster cannot bring to an end is done in this process, and who listens is told.

        Raises:
            TypeError: the work cannot be sent to other processes.
            ClusterError: a worker that came later differs from this process.
            Exception: whatever `work` raises, at its place in the order.
        """
        waiting, left_over = iter(replications), list[int]()
        if self._client is not None:
            left_over = yield from self._from(self._client, work, waiting)
        yield from ALONE.in_order(work, chain(left_over, waiting))

    def _from(
        self, client: Client, work: Work[Result], waiting: Iterator[int]
    ) -> Generator[Result, None, list[int]]:
        """Yield until all is done; return what was under way once the cluster is of no more use."""
        line = Line(client, work, waiting)
        try:
            for _ in range(MOST_BREAKS):
                yield from line.results()
                if not line.tasks:
                    return []
                deadly = line.tasks.popleft().replication
                self._notice(
                    f"the workers of {self.where} keep dying of replication {deadly} (are they "
                    "short of memory?); done in the main process instead"
                )
                yield work(deadly)
            self._notice("that was too often: the rest is done in the main process")
        except GoneError as error:
            self._client = None
            self._notice(f"{self.where} is lost, {error}: the rest is done in the main process")
        finally:
            line.release()
        return [task.replication for task in line.tasks]
