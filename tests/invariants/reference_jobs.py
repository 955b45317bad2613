"""Jobs, their stays at a place, firings and what is due, as the reference knows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf, isnan, nan

from invariants.reference_items import Item

from simulator.model.distributions import Constant, Distribution
from simulator.plan.lines import Line
from simulator.plan.sources import Work
from simulator.records.codes import FiringOutcome, Interruption, JobState, PendingReason


def seconds(constant: Distribution) -> float:
    """How long something lasts that always lasts as long."""
    assert isinstance(constant, Constant)
    return constant.constant


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
class Span:
    """A span of Running, open while `to_s` is NaN."""

    from_s: float
    to_s: float = nan

    def length_s(self, now: float) -> float:
        return (now if isnan(self.to_s) else self.to_s) - self.from_s


@dataclass(eq=False)
class Stay:
    """A job at a place, from the match on, for one stretch of its running; `spans` are without
    what it was paused. `begins_s` is when its latency is over; `gone` numbers those that left, in
    their order; `lost` where it was restarted.
    """

    job: Job = field(repr=False)
    pool: int
    host: int
    slot: int
    account: int
    from_s: float
    begins_s: float
    to_s: float = nan
    gone: int = -1
    lost: bool = False
    spans: list[Span] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return isnan(self.to_s)

    @property
    def is_paused(self) -> bool:
        return self.is_open and bool(self.spans) and not isnan(self.spans[-1].to_s)

    def running_s(self, now: float) -> float:
        return sum(span.length_s(now) for span in self.spans)

    def pause(self, now: float) -> None:
        if self.spans and isnan(self.spans[-1].to_s):
            self.spans[-1].to_s = now

    def rows(self, end_s: float) -> list[tuple[float, float, float]]:
        """From when, Running from when, and to when it held its slot on a host that was up."""
        to_s = end_s if self.is_open else self.to_s
        if not self.spans:
            return [(self.from_s, to_s, to_s)]
        spans = [(one.from_s, end_s if isnan(one.to_s) else one.to_s) for one in self.spans]
        first, *later = spans
        return [(self.from_s, *first), *((from_s, from_s, to_s) for from_s, to_s in later)]


@dataclass(eq=False)
class Interrupted:
    """A row of `Interruptions`."""

    job: int
    cause: Interruption
    left_s: float
    back_s: float = nan
    again_s: float = nan


@dataclass(eq=False)
class Job:
    """A submission, and what became of it, by the names of the records' columns.

    `number` is that of its line, `first_number` that of its first. `place` is what its age goes by:
    the smallest came first. `stretch_ends_s` is when what it is at ends, an item or its own work,
    infinite while it is paused, with `left_s` to go then; `cut` where `stop_after` ends it. `begun`
    numbers such parts in the order in which they began. `suspensions` are still to come. `chain`
    are the processes that led to it, its own the last.
    """

    id: int
    route: int
    source: int
    process: int
    submitted_s: float
    number: int
    line: Line
    work: Work
    first_number: int
    chain: tuple[int, ...]
    suspensions: int
    place: int
    state: JobState = JobState.PENDING
    reason: PendingReason | None = None
    started_s: float = nan
    ended_s: float = nan
    host: int = -1
    account: int = -1
    stays: list[Stay] = field(default_factory=list, repr=False)
    waits: list[Interrupted] = field(default_factory=list, repr=False)
    stretch_ends_s: float = inf
    left_s: float = nan
    begun: int = -1
    cut: bool = False
    item: Item | None = field(default=None, repr=False)

    @property
    def stay(self) -> Stay:
        """Where it is, or was last."""
        return self.stays[-1]

    @property
    def withdrawn_s(self) -> float:
        """When it is withdrawn if it is still in line then, waiting for the first time."""
        patience = self.work.patience
        if patience is None or self.waits:
            return inf
        return self.submitted_s + seconds(patience)

    def pending_s(self, end_s: float) -> float:
        """How long it was Pending until its first start."""
        ends = (self.started_s, self.ended_s, end_s)
        return next(one for one in ends if not isnan(one)) - self.submitted_s

    def resumed_s(self, end_s: float) -> float:
        """How long it waited later on, all together."""
        total = 0.0
        for wait in self.waits:
            if not isnan(wait.back_s):
                ends = (wait.again_s, self.ended_s, end_s)
                total += next(one for one in ends if not isnan(one)) - wait.back_s
        return total

    def running_s(self, end_s: float) -> float:
        """How long it was Running, in stretches that were lost too."""
        return sum(stay.running_s(end_s) for stay in self.stays)

    def stop_after_left_s(self, now: float) -> float:
        """How much longer it may be Running; a stretch that was lost does not count."""
        counted_s = sum(stay.running_s(now) for stay in self.stays if not stay.lost)
        return self.work.stop_after_s - counted_s

    def works(self, length_s: float, now: float, begun: int) -> None:
        """Begin a part of some length, which `stop_after` may cut."""
        left_s = self.stop_after_left_s(now)
        self.cut = length_s > left_s
        self.stretch_ends_s = now + min(length_s, left_s)
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
