"""A scenario made ready to run: names are integers, admissions are decided, lines are drawn.

Everything here is frozen data that can be sent to another process. The engine reads it, and so
does whoever must know afterwards where a job could have run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from simulator.model.dispatch import Assumptions, Dispatch
from simulator.model.distributions import Distribution
from simulator.model.streams import ClosedLoop, Every, Interarrival, Poisson
from simulator.records.columns import Legend, SourceKind
from simulator.sampling.inversion import Columns


@dataclass(frozen=True, slots=True)
class Firings:
    """Instants known beforehand, in seconds since origin, in order; one may stand twice."""

    times_s: npt.NDArray[np.float64]


Arrivals: TypeAlias = Firings | Every | Poisson | Interarrival | ClosedLoop
"""When a source submits: known instants, or a stream to draw from."""


@dataclass(frozen=True, slots=True)
class Host:
    """A connected host; `windows_sessions` is None where sessions are unlimited."""

    machine: int
    windows_sessions: int | None


@dataclass(frozen=True, slots=True)
class Pool:
    """The slots of one runtime type on one host; slots are numbered from `first_slot` on."""

    host: int
    runtime: int
    slots: int
    first_slot: int


@dataclass(frozen=True, slots=True)
class Place:
    """The pools of one machine that a line may use, and the accounts that may run there.

    Both in the order of the search.
    """

    pools: tuple[int, ...]
    accounts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """Jobs with the same needs: any of them can start wherever any other could.

    Lines are numbered by falling priority. `takes_session`: a job needs a Windows session on its
    host. `takes_account`: it keeps its account to itself on that host while it runs.
    """

    folder: int
    priority: int
    takes_session: bool
    takes_account: bool
    places: tuple[Place, ...]


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


@dataclass(frozen=True, slots=True)
class Plan:
    """All that the engine needs.

    `sources` stand in the order in which they submit within one instant. `single` marks the
    accounts under one_job_at_a_time. `counters` gives for each route the pending counters its
    jobs are counted in; there are `counter_count` of them. `until_s` is where arrivals end.
    """

    legend: Legend
    hosts: tuple[Host, ...]
    pools: tuple[Pool, ...]
    lines: tuple[Line, ...]
    sources: tuple[Source, ...]
    single: frozenset[int]
    counters: tuple[tuple[int, ...], ...]
    counter_count: int
    dispatch: Dispatch
    assumptions: Assumptions
    columns: Columns
    until_s: float
    drain: bool
