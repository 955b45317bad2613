"""Pending limits: how many jobs of a process wait, and which of them came last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


class Limits:
    """The jobs in line of each process with a limit; `limits` has -1 for one without.

    A job that has its place counts no more, even while it waits out the dispatch latency.
    """

    def __init__(self, limits: Sequence[int]) -> None:
        self.fresh: list[tuple[int, int, int]] = []
        """Jobs submitted in this instant: job, line, process."""

        self._limits = limits
        self._in_line = [0] * len(limits)

    def came(self, job: int, line: int, process: int) -> None:
        """Count a job that has come to stand in a line."""
        if self._limits[process] >= 0:
            self._in_line[process] += 1
            self.fresh.append((job, line, process))

    def came_again(self, process: int) -> None:
        """Count a job that stands in a line again; it is not refused for it."""
        self._in_line[process] += 1

    def left(self, process: int) -> None:
        """Count a job off that has left its line."""
        self._in_line[process] -= 1

    def is_over(self, process: int) -> bool:
        """Return whether more jobs of a process wait than may."""
        return self._in_line[process] > self._limits[process]

    def youngest_first(self) -> Iterator[tuple[int, int, int]]:
        """Yield the jobs submitted in this instant, and forget them: the instant is over."""
        fresh, self.fresh = self.fresh, []
        return reversed(fresh)
