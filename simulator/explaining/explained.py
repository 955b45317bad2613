"""What is told of one job: its submission, what it needed, what kept it Pending, how it ended.

Times are seconds since origin, as in the records.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from simulator.access.refusals import Refusal
from simulator.records.codes import BlameCause, Interruption, JobState, SourceKind
from simulator.records.columns import Window


class JobName(NamedTuple):
    """A job by its number, the full name of its process, and the path of its folder."""

    job: int
    process: str
    folder: str


class Holding(NamedTuple):
    """A job that had a slot, an account or a session, or the turn to go first, and how long.

    `account` is the one it ran under; empty where it only had the turn.
    """

    who: JobName
    account: str
    from_s: float
    to_s: float


class SlotFinding(NamedTuple):
    """What was with one slot that a Pending job could use: the cause, and the jobs behind it.

    `host` is the machine where that has no host, empty where no machine takes such jobs; `slot`
    counts from 0 within the host, and is -1 where there is no host.
    """

    host: str
    slot: int
    cause: BlameCause
    by: tuple[Holding, ...] = ()


class Stretch(NamedTuple):
    """A part of a wait throughout which the same jobs held the same slots."""

    from_s: float
    to_s: float
    slots: tuple[SlotFinding, ...]

    @property
    def length_s(self) -> float:
        """Return how long it is, in seconds."""
        return self.to_s - self.from_s


class Reason(StrEnum):
    """Why a job that was submitted later got a slot first; the value is a short text for tables."""

    PRIORITY = "higher priority"
    ACCOUNT = "account busy"
    SESSION = "session busy"
    HELD_BACK = "held back"
    ORDER = "order"


class Overtaking(NamedTuple):
    """A job submitted later that got a slot first which the other could use, where, and why.

    `by` are the jobs that had the accounts or sessions the other lacked there, or held it back.
    """

    who: JobName
    priority: int
    host: str
    at_s: float
    reason: Reason
    by: tuple[Holding, ...]


class Overtakings(NamedTuple):
    """The first of those who overtook a job, and how many there were of each folder, most first."""

    first: tuple[Overtaking, ...]
    by_folder: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """Return how many there were."""
        return sum(count for _, count in self.by_folder)


class Submission(NamedTuple):
    """By what a job was submitted, for whom, and by what right.

    `account` is whose right was asked at the submission; where `is_asked` is False nobody was, and
    it is who made the trigger. `by` says which roles give the right, or what is missing in them.
    """

    at_s: float
    source: str
    kind: SourceKind
    account: str
    is_asked: bool
    by: str


class NeededPlace(NamedTuple):
    """A machine that could run a job: its hosts that could, their slots, and the accounts."""

    machine: str
    hosts: tuple[str, ...]
    slots: int
    accounts: tuple[str, ...]


class Needed(NamedTuple):
    """What a job needed to start, and where it could have."""

    runtime: str
    priority: int
    run_as: str
    takes_session: bool
    takes_account: bool
    places: tuple[NeededPlace, ...]


class Charge(NamedTuple):
    """Seconds of a wait, and what kept the job Pending: whose jobs it was, empty for none."""

    cause: BlameCause
    held_by: str
    seconds: float


class Span(NamedTuple):
    """A span for which the job held a slot; until `ran_from_s` it waited out the latency."""

    host: str
    slot: int
    account: str
    from_s: float
    ran_from_s: float
    to_s: float


class Break(NamedTuple):
    """A time it left its slot before it was over; NaN for what had not happened by the end."""

    cause: Interruption
    left_s: float
    back_s: float
    again_s: float


class Bar(NamedTuple):
    """A span of a slot in a picture: held by a job, or not to be had for another cause."""

    from_s: float
    to_s: float
    cause: BlameCause
    who: JobName | None = None


class SlotRow(NamedTuple):
    """A slot in a picture; bars of jobs come last, and lie over the others."""

    host: str
    slot: int
    bars: tuple[Bar, ...]


class Picture(NamedTuple):
    """The slots that a job could use, the first of `slot_count`, over a span of time."""

    from_s: float
    to_s: float
    rows: tuple[SlotRow, ...]
    slot_count: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """The life of one job.

    `needed` is None for one that admission refused. `waited_s` is `pending_s` of the records,
    `pending_reason` the vendor's code as of submission, empty for one that did not wait.
    `stretches` are the longest of `stretch_count`, in order of time. `picture` is None for a job
    that did not wait. `refusal` tells what a refused one was told. started_s and ended_s are NaN
    where it did not; end_s is the end of the run. host and account are where it ran last, empty
    where it never did. `order` is the scenario's `dispatch.order`.
    """

    replication: int
    window: Window
    who: JobName
    submission: Submission
    needed: Needed | None
    refusal: Refusal | None
    state: JobState
    pending_reason: str
    waited_s: float
    resumed_s: float
    running_s: float
    started_s: float
    ended_s: float
    end_s: float
    host: str
    account: str
    stretches: tuple[Stretch, ...]
    stretch_count: int
    overtakings: Overtakings
    charges: tuple[Charge, ...]
    spans: tuple[Span, ...]
    breaks: tuple[Break, ...]
    order: str
    picture: Picture | None
