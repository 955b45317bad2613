"""Queues, and what adds items to them, ready to run."""

from __future__ import annotations

from dataclasses import dataclass

from simulator.model.distributions import Distribution
from simulator.plan.sources import OpenArrivals
from simulator.traces.rows import TraceRows


@dataclass(frozen=True, slots=True)
class ItemWork:
    """How long a job works at an item, and how an attempt ends.

    `faults` is the share of application exceptions, `business_faults` that of business exceptions.
    """

    duration: Distribution
    faults: float
    business_faults: float


@dataclass(frozen=True, slots=True)
class ItemSource:
    """What adds items to a queue, `items` at a time.

    `routes` are rows of `ItemRoutes`, of whoever adds, in turn. `deadline_s` counts from adding,
    infinite where there is none; so does `defer_s`, before which no job takes the item.
    `retries` is how often an attempt that failed of an application exception is made anew.
    """

    entity: str
    routes: tuple[int, ...]
    queue: int
    items: int
    arrivals: OpenArrivals
    work: ItemWork
    priority: int
    deadline_s: float
    defer_s: float
    retries: int

    @property
    def has_given_durations(self) -> bool:
        """Return whether a trace says how long a job works at each item."""
        return isinstance(self.arrivals, TraceRows) and self.arrivals.has_durations


@dataclass(frozen=True, slots=True)
class ProcessRules:
    """What a process asks of the run beyond its jobs' own work; -1 for none.

    `queue` is whose items its jobs take, `pending_limit` how many of them may wait, `then` the
    source that a Successful end sets off.
    """

    queue: int
    pending_limit: int
    then: int
