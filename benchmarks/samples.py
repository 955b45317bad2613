"""What is measured of one fresh process, and who runs in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Argument: TypeAlias = float | str


@dataclass(frozen=True, slots=True)
class Sample:
    """What one process did, and what that took.

    `work` counts jobs or whatever the case says; `seconds` is the part of the process that counts,
    without its imports. `mean_wait_s` and `most_pending` are there to see that two contestants did
    the same; None where there is nothing to wait for. `peak_mb` is the most memory in MiB.
    """

    work: float
    seconds: float
    mean_wait_s: float | None = None
    most_pending: int | None = None
    peak_mb: float = 0.0

    @property
    def per_second(self) -> float:
        """Return the work done for each second."""
        return self.work / self.seconds


@dataclass(frozen=True, slots=True)
class Contestant:
    """A case by its name in this package, such as `cases.mm3.simulated`, and its arguments."""

    case: str
    arguments: tuple[tuple[str, Argument], ...] = ()


def contestant(case: str, **arguments: Argument) -> Contestant:
    """Return the contestant that runs a case with these arguments."""
    return Contestant(case, tuple(arguments.items()))
