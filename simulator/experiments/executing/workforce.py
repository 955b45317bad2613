"""Who does the replications of studies: this process alone, several of them, or a cluster.

Whoever it is, the same results come in the same order: each depends on its number alone.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterable
from typing import Final, Protocol, TypeVar

Result = TypeVar("Result")
Work = Callable[[int], Result]
"""What is done for each replication; it is sent to the workers, so it must pickle."""
Notice = Callable[[str], None]
"""Takes a sentence the user ought to read."""

LOOK_AHEAD: Final = 2
"""Replications under way or finished early, for each worker: it bounds what memory holds."""

MOST_BREAKS: Final = 3
"""Deaths of workers in a study after which the rest of it is done in this process, one by one."""


def unheard(_sentence: str) -> None:
    """Take a notice, and tell nobody."""


class Workforce(Protocol):
    """Does the replications of one study after another, several at once where it can."""

    @property
    def workers(self) -> int:
        """Return how many replications are done at once."""

    @property
    def where(self) -> str:
        """Return where they are done, in words."""

    def in_order(self, work: Work[Result], replications: Iterable[int]) -> Generator[Result]:
        """Yield `work(replication)` for each of `replications`, in their order.

        `replications` may go on for ever: few more of them are begun than are taken. Whoever leaves
        the generator early loses nothing but these. A worker that dies loses no result.

        Raises:
            Exception: whatever `work` raises, at its place in the order.
        """


class Alone:
    """This process, one replication after the other."""

    workers: Final = 1
    where: Final = "the main process"

    def in_order(self, work: Work[Result], replications: Iterable[int]) -> Generator[Result]:
        """Yield `work(replication)` for each of `replications`."""
        for replication in replications:
            yield work(replication)


ALONE: Final = Alone()


def processor_count() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
