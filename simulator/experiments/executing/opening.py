"""The workforce that somebody asks for."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext

from simulator.experiments.executing.processes import Processes
from simulator.experiments.executing.workforce import ALONE, Notice, Workforce, unheard


def workforce_of(
    workers: int, notice: Notice = unheard, cluster: str | None = None
) -> AbstractContextManager[Workforce]:
    """Return so many workers, for a `with` block, or those of the cluster at that address.

    One worker is this process itself. `notice` is told when a worker dies. With more than one, a
    script needs the `__main__` guard that Python's `multiprocessing` asks for.

    Raises:
        ValueError: fewer workers than one.
        ClusterError: on entering the block, the cluster cannot be used.
    """
    if workers < 1:
        raise ValueError(f"{workers} workers do nothing: give one or more")
    if cluster is not None:
        from simulator.experiments.executing.cluster.cluster import (  # noqa: PLC0415 - rarely used
            Cluster,
        )

        return Cluster(cluster, notice)
    return nullcontext(ALONE) if workers == 1 else Processes(workers, notice)
