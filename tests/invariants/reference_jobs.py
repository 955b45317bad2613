"""Jobs, queue items, firings and what is due, as the reference knows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf, isnan, nan

from simulator.model.distributions import Constant, Distribution
from simulator.plan.items import ItemSource
from simulator.plan.lines import Line
from simulator.plan.sources import Work
from simulator.records.codes import FiringOutcome, ItemException, ItemStatus, JobState


def seconds(constant: Distribution) -> float:
    """How long something lasts that always lasts as long."""
    assert isinstance(constant, Constant)
    return constant.constant


@dataclass(eq=False)
class Item:
    """An attempt at a queue item, and what became of it, by the names of the records' columns."""

    id: int
    route: int
    first: int
    retry: int
    added_s: float
    available_s: float
    deadline_s: float
    source: ItemSource
    status: ItemStatus = ItemStatus.NEW
    exception: ItemException = ItemException.NONE
    taken_s: float = nan
    done_s: float = nan
    job: int = -1

    @property
    def priority(self) -> int:
        return self.source.priority

    @property
    def turn(self) -> tuple[float, ...]:
        """What the order of a queue sorts by: those with a deadline first, the smallest first."""
        if isnan(self.deadline_s):
            return 1, -self.priority, self.id
        return 0, -self.priority, self.deadline_s, self.id

    def ended(self, now: float, *, cut: bool) -> bool:
        """Note how the attempt ended; tell whether there is to be another."""
        work = self.source.work
        if cut:
            self.status = ItemStatus.ABANDONED
            return False
        self.done_s = now
        if work.faults == 1:
            self.exception = ItemException.APPLICATION
            again = self.retry < self.source.retries
            self.status = ItemStatus.RETRIED if again else ItemStatus.FAILED
        elif work.business_faults == 1:
            self.exception, self.status = ItemException.BUSINESS, ItemStatus.FAILED
        else:
            self.status = ItemStatus.SUCCESSFUL
        return self.status is ItemStatus.RETRIED


@dataclass(frozen=True, eq=False)
class Fired:
    """A firing of a trigger: how many jobs it asked for, and those its guard let through."""

    source: int
    fired_s: float
    asked: int
    jobs: Sequence[Job]

    @property
    def created(self) -> int:
        """How many of the jobs were not refused, be it in the end."""
        return sum(job.state is not JobState.REFUSED for job in self.jobs)

    @property
    def outcome(self) -> FiringOutcome:
        if not self.jobs:
            return FiringOutcome.GUARDED
        if not self.created:
            return FiringOutcome.REFUSED
        if self.created < len(self.jobs):
            return FiringOutcome.PARTLY_REFUSED
        guarded = len(self.jobs) < self.asked
        return FiringOutcome.PARTLY_GUARDED if guarded else FiringOutcome.CREATED


@dataclass(eq=False)
class Job:
    """A submission, and what became of it, by the names of the records' columns.

    `stretch_ends_s` is when what it is at ends, an item or its own work; `cut` where `stop_after`
    ends it. `begun` numbers such stretches in the order in which they began. `chain` are the
    processes that led to it, its own the last.
    """

    id: int
    route: int
    source: int
    process: int
    submitted_s: float
    line: Line
    work: Work
    chain: tuple[int, ...]
    state: JobState = JobState.PENDING
    started_s: float = nan
    ended_s: float = nan
    pool: int = -1
    host: int = -1
    account: int = -1
    stretch_ends_s: float = inf
    begun: int = -1
    cut: bool = False
    item: Item | None = field(default=None, repr=False)

    @property
    def withdrawn_s(self) -> float:
        """When it is withdrawn if it is still in line then."""
        patience = self.work.patience
        return inf if patience is None else self.submitted_s + seconds(patience)

    @property
    def pending_s(self) -> float:
        """How long it was Pending, once it is not any more."""
        until_s = self.ended_s if isnan(self.started_s) else self.started_s
        return until_s - self.submitted_s

    @property
    def running_s(self) -> float:
        """How long it was Running, once it has ended."""
        return 0.0 if isnan(self.started_s) else self.ended_s - self.started_s

    def works(self, length_s: float, now: float, begun: int) -> None:
        """Begin a stretch of some length, which `stop_after` may cut."""
        stopped_s = self.started_s + self.work.stop_after_s
        self.cut = now + length_s > stopped_s
        self.stretch_ends_s = min(now + length_s, stopped_s)
        self.begun = begun


@dataclass(frozen=True, eq=False)
class Due:
    """Something that happens at an instant known before it: an arrival, a firing, a look, a child.

    `is_source` where one of the plan's sources is meant by `number`, else one of its arrivals.
    """

    at_s: float
    is_source: bool
    number: int
    turn: int
    parent: Job | None = None

    @property
    def order(self) -> tuple[bool, int, int]:
        """Within one instant: arrivals before sources, each in the order of the plan."""
        return self.is_source, self.number, self.turn
