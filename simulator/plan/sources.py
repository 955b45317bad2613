"""What submits jobs, ready to run: when, through which routes, and what its jobs take."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from simulator.model.distributions import Distribution
from simulator.model.processes import Suspends
from simulator.model.streams import ClosedLoop, Every, Interarrival, Poisson
from simulator.records.codes import SourceKind
from simulator.traces.rows import TraceRows


@dataclass(frozen=True, slots=True)
class Firings:
    """Instants known beforehand, in seconds since origin, in order; one may stand twice.

    On `excluded_s` a cron is due too, but a calendar keeps it from firing.
    """

    times_s: npt.NDArray[np.float64]
    excluded_s: npt.NDArray[np.float64] = field(default_factory=lambda: np.empty(0))


@dataclass(frozen=True, slots=True)
class Rates:
    """Arrivals at random at a rate that changes: a non-homogeneous Poisson process.

    From `edges_s[k]` to `edges_s[k + 1]`, in seconds since origin, the rate is `per_s[k]`, which
    may be zero; there are none outside the edges.
    """

    edges_s: npt.NDArray[np.float64]
    per_s: npt.NDArray[np.float64]


ComputedArrivals: TypeAlias = Firings | Every | Poisson | Interarrival | Rates
"""Instants that are worked out, or drawn."""

OpenArrivals: TypeAlias = ComputedArrivals | TraceRows
"""Instants that do not depend on what becomes of what they bring."""


@dataclass(frozen=True, slots=True)
class Activation:
    """When a queue trigger looks at its queue, and how many jobs it then starts.

    With `active` jobs Pending or Running and fewer than `at_most`, another is started while there
    are `minimum + active * per_job` New items. `recheck_s` is infinite where it never looks by
    itself.
    """

    queue: int
    minimum: int
    per_job: int
    at_most: int
    recheck_s: float
    on_job_end: bool


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Submitted by the Successful end of a job, `after` it, as the account it ran under.

    `executors` are the accounts the source's routes belong to, in their order.
    """

    after: Distribution
    executors: tuple[int, ...]


Arrivals: TypeAlias = OpenArrivals | ClosedLoop | Activation | FollowUp
"""When a source submits."""


@dataclass(frozen=True, slots=True)
class Work:
    """How long a job takes and how it ends, before anything interferes.

    `stop_after_s` counts from Running; infinite where nothing stops the job. `patience` is how long
    it stays Pending before it is withdrawn, None for ever. `suspends` where its stretches of
    running may end Suspended.
    """

    duration: Distribution
    start_up: Distribution
    faults: float
    stop_after_s: float
    patience: Distribution | None = None
    suspends: Suspends | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A trigger, a start, or what the end of a job submits.

    `routes` are the rows of its callers, who take turns; of a trace with priorities there are as
    many rows for each caller, one after the other, in the order of the trace's `priorities`.
    `process` is what it starts. `entity` names its random streams. A firing asks for `jobs`; with a
    guard it tops up to that many Pending, counted by `guard_counter` (-1: no guard). `is_limited`
    where the process has a pending limit, which may refuse some of them.
    """

    entity: str
    kind: SourceKind
    routes: tuple[int, ...]
    process: int
    jobs: int
    arrivals: Arrivals
    work: Work
    guard_counter: int
    disables_itself: bool
    is_limited: bool
    from_s: float
    until_s: float

    @property
    def notes_firings(self) -> bool:
        """Return whether a firing may make fewer than all its jobs, so that it must be noted."""
        guarded = self.guard_counter >= 0 or self.disables_itself or self.is_limited
        return self.fires and (guarded or isinstance(self.arrivals, Activation))

    @property
    def fires(self) -> bool:
        """Return whether it is a trigger, whose firings the trigger log has."""
        return self.kind not in {SourceKind.MANUAL, SourceKind.JOB}
