"""Who kept whom Pending over all replications: by folder, process, cause, machine, hour of week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from simulator.measurement.figures import BlameFigures
from simulator.measurement.summary import SummaryRow
from simulator.records.columns import Floats, Legend


class Axis(StrEnum):
    """By what blame is told apart: who waited, for what, whose jobs it was, on which machine."""

    FOLDER = "folder"
    PROCESS = "process"
    CAUSE = "cause"
    HELD_BY = "held_by"
    MACHINE = "machine"


class BlameRow(NamedTuple):
    """One thing that kept jobs Pending, with its intervals over replications.

    names: one for each axis asked for, empty where there is none (no folder held it, no machine is
    to blame). jobs: how many were Pending for it at once, the time average, so that all rows add
    up to `pending.jobs`. share: of all the time that jobs were Pending.
    """

    names: tuple[str, ...]
    jobs: SummaryRow
    share: SummaryRow


class BlameOfWeek(NamedTuple):
    """How many jobs one thing kept Pending by local hour of the week, (168,), Monday 00 first.

    Means over replications; NaN for an hour the window does not touch.
    """

    names: tuple[str, ...]
    jobs: Floats


@dataclass(frozen=True, slots=True)
class Blame:
    """What kept jobs Pending in every replication."""

    legend: Legend
    figures: tuple[BlameFigures, ...]
    hours_s: Floats
    confidence: float

    def by(self, *axes: Axis) -> tuple[BlameRow, ...]:
        """Return blame told apart by some axes, what kept most jobs Pending first."""
        raise NotImplementedError

    def over_week(self, *axes: Axis) -> tuple[BlameOfWeek, ...]:
        """Return blame by hour of the week: by folder, cause and held_by, or machine, or process.

        Raises:
            ValueError: machine or process together with another axis.
        """
        raise NotImplementedError


def blame_of_study(
    legend: Legend, figures: Sequence[BlameFigures], hours_s: Floats, confidence: float
) -> Blame:
    """Return the blame of some replications; hours_s: (168,), as in `Figures`."""
    return Blame(legend, tuple(figures), hours_s, confidence)
