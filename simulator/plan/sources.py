"""What submits jobs, ready to run: when, through which routes, and what its jobs take."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from simulator.model.distributions import Distribution
from simulator.model.streams import ClosedLoop, Every, Interarrival, Poisson
from simulator.records.columns import SourceKind


@dataclass(frozen=True, slots=True)
class Firings:
    """Instants known beforehand, in seconds since origin, in order; one may stand twice."""

    times_s: npt.NDArray[np.float64]


Arrivals: TypeAlias = Firings | Every | Poisson | Interarrival | ClosedLoop
"""When a source submits: known instants, or a stream to draw from."""


@dataclass(frozen=True, slots=True)
class Work:
    """How long a job takes and how it ends, before anything interferes.

    `stop_after_s` counts from Running; infinite where nothing stops the job.
    """

    duration: Distribution
    start_up: Distribution
    faults: float
    stop_after_s: float


@dataclass(frozen=True, slots=True)
class Source:
    """A trigger or a start.

    `routes` are the rows of its callers, who take turns. `entity` names its random streams. A
    firing asks for `jobs`; with a guard it tops up to that many Pending, counted by
    `guard_counter` (-1: no guard).
    """

    entity: str
    kind: SourceKind
    routes: tuple[int, ...]
    jobs: int
    arrivals: Arrivals
    work: Work
    guard_counter: int
    disables_itself: bool
    from_s: float
    until_s: float

    @property
    def notes_firings(self) -> bool:
        """Return whether a firing may make fewer than all its jobs, so that it must be noted."""
        return self.guard_counter >= 0 or self.disables_itself
