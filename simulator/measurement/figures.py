"""What one replication comes to: sums, counts and quantiles, small enough to send and to keep.

Every array has one value a name of its scope, in the order of the names. Figures of a replication
are ingredients, not results: a mean over all replications is made from sums and counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from simulator.measurement.checking.checks import Check
from simulator.measurement.worst_figures import WorstHours
from simulator.records.codes import SlotState
from simulator.records.columns import Floats

Counts = npt.NDArray[np.int64]
Present = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class JobCounts:
    """Numbers of jobs, (N,) each; of those submitted in the window, but `ended`.

    `ended` counts the jobs that ran and ended in the window, whenever they were submitted.
    """

    submitted: Floats
    refused: Floats
    started: Floats
    successful: Floats
    faulted: Floats
    stopped: Floats
    expired: Floats
    ended: Floats


@dataclass(frozen=True, slots=True)
class Spread:
    """How a time span is spread over the jobs, or items, of each name.

    count, total_s, squares_s2 (the sum of squared distances from the name's own mean), largest_s:
    (N,). quantiles_s: (N, Q), one column each of `QUANTILE_PERCENTS`. over: (N, T), the number of
    spans longer than each of the thresholds asked for. largest_s and quantiles_s are NaN where
    count is 0.
    """

    count: Floats
    total_s: Floats
    squares_s2: Floats
    quantiles_s: Floats
    largest_s: Floats
    over: Floats


@dataclass(frozen=True, slots=True)
class Load:
    """Time spent inside the window, in seconds, (N,) each; zero where a scope has no such thing.

    pending_s: Pending jobs, until their first start; suspended_s: Suspended jobs; resumed_s: jobs
    that wait for a slot again; running_s: Running jobs; busy_s: busy slots, which Running jobs
    hold, those included that are not among the records; host_busy_s: hosts with a slot busy;
    account_busy_s: accounts with a job running under them. most_held is no time: the most slots
    that jobs held at once.
    """

    pending_s: Floats
    suspended_s: Floats
    resumed_s: Floats
    running_s: Floats
    busy_s: Floats
    host_busy_s: Floats
    account_busy_s: Floats
    most_held: Floats


EXISTING: Final = [SlotState.USABLE.value, SlotState.MAINTENANCE.value, SlotState.DOWN.value]
"""The states of slots that exist: of connected hosts, and with a licence."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """What there was inside the window to run jobs on, in seconds; zero where a scope has no slots.

    slots_s: (N, S), the time of slots, one column each `SlotState`. host_s: (N,), hosts of which
    slots existed; connected_s: connected hosts; hired_s: hosts that were connected or booted.
    """

    slots_s: Floats
    host_s: Floats
    connected_s: Floats
    hired_s: Floats

    @property
    def slot_s(self) -> Floats:
        """Return the time of slots that existed, (N,)."""
        return np.asarray(self.slots_s[:, EXISTING].sum(axis=1))

    @property
    def licensed_s(self) -> Floats:
        """Return the time of slots with a licence, those of hosts that boot included, (N,)."""
        return self.slot_s + self.slots_s[:, SlotState.BOOTING.value]


@dataclass(frozen=True, slots=True)
class ScopeFigures:
    """The figures of one scope; `names` says what each place in the arrays stands for.

    waits: of jobs for their first start; resumes: of interrupted jobs, for each later one. The
    `over` of both has a first column for a threshold of zero: the waits that took any time.
    """

    scope: str
    names: tuple[str, ...]
    jobs: JobCounts
    waits: Spread
    resumes: Spread
    turnarounds: Spread
    load: Load
    capacity: Capacity

    @property
    def present(self) -> Present:
        """Return which names have jobs, time or slots, in whatever state, (N,)."""
        jobs, load = self.jobs, self.load
        time_s = load.pending_s + load.suspended_s + load.resumed_s + load.running_s
        everything: Floats = (
            jobs.submitted + jobs.ended + time_s + self.capacity.slots_s.sum(axis=1)
        )
        return everything.astype(np.bool_)


@dataclass(frozen=True, slots=True)
class ItemCounts:
    """Numbers of items, (N,) each; of those first added in the window, but `refused` and `ended`.

    An item counts once, however often it was retried; `retried` counts the attempts that were.
    `due` have a deadline and are decided, `late` of them missed it; `promised` are in a queue with
    an SLA and are decided, `kept` of them within it. `ended` counts the items that ended Successful
    or Failed in the window, whenever they were added.
    """

    added: Floats
    refused: Floats
    successful: Floats
    failed: Floats
    retried: Floats
    due: Floats
    late: Floats
    promised: Floats
    kept: Floats
    ended: Floats


@dataclass(frozen=True, slots=True)
class QueueFigures:
    """The figures of the queues; `names` says what each place in the arrays stands for.

    waits are of attempts, turnarounds of items. new_s: (N,), the time that attempts were New inside
    the window, in seconds. backlog: (N, 2), how many of them a job could have taken at the window's
    start and at its end.
    """

    names: tuple[str, ...]
    items: ItemCounts
    waits: Spread
    turnarounds: Spread
    new_s: Floats
    backlog: Floats

    @property
    def present(self) -> Present:
        """Return which names have items, (N,)."""
        everything = self.items.added + self.items.refused + self.items.ended + self.new_s
        return everything.astype(np.bool_)


@dataclass(frozen=True, slots=True)
class Presence:
    """How the hosts of one machine came and went.

    fewest, most: hosts connected at once in the window. boots: hosts that began to boot in it.
    full_s: the seconds of it in which there were, or booted, as many hosts as there may be, while a
    job without a slot was Pending that they could run. hours_slots: (4, 168), the mean numbers of
    slots USABLE, in MAINTENANCE, DOWN and BOOTING by local hour of the week; hours_busy: (168,),
    those executing a job; NaN for an hour the window does not touch.
    """

    fewest: float
    most: float
    boots: int
    full_s: float
    hours_slots: Floats
    hours_busy: Floats


@dataclass(frozen=True, slots=True)
class ReasonFigures:
    """What the jobs of each folder waited for, (F, C) each, a column each of `PendingReason`.

    folders: their names. submitted: the jobs of the window that had to wait, by the code they had
    at submission. pending_s: the time of first waits inside the window, by the code of each moment;
    resumed_s: that of later waits, of Resumed and restarted jobs.
    """

    folders: tuple[str, ...]
    submitted: Floats
    pending_s: Floats
    resumed_s: Floats

    def of(self, folders: tuple[str, ...]) -> ReasonFigures:
        """Return the figures of some of the folders, in their order."""
        rows = [self.folders.index(folder) for folder in folders]
        tables = self.submitted, self.pending_s, self.resumed_s
        return ReasonFigures(folders, *(table[rows] for table in tables))


@dataclass(frozen=True, slots=True)
class BlameFigures:
    """What kept jobs Pending inside the window, in seconds; see `measurement.blaming`.

    keys: (K, 4), a process, a `BlameCause`, the folder that held (-1: none, `ELSEWHERE`: not told)
    and a machine (-1: none), in ascending order; window_s: (K,). week: (H, 3), a folder that
    waited, a cause and a folder that held; week_s: (H, 168), by local hour of the week.
    machines_s: (machines + 1, 168), the last row for none; processes_s: (processes, 168).
    unexplained_s: what of the whole run had to be put right, as no rounding could explain it.
    """

    keys: npt.NDArray[np.int32]
    window_s: Floats
    week: npt.NDArray[np.int32]
    week_s: Floats
    machines_s: Floats
    processes_s: Floats
    unexplained_s: float


@dataclass(frozen=True, slots=True)
class IdleFigures:
    """What stood free while jobs waited inside the window; see `measurement.idling`.

    seconds: (O,), of slots or of accounts, one for each of the openings that were looked at.
    """

    seconds: Floats


@dataclass(frozen=True, slots=True)
class LongerWaits:
    """The jobs of the window that started: how many by folder, (F,), and how many waited longer.

    over: (F, T), a column for each of `measurement.longer_waits.TIMES_S`.
    """

    started: Floats
    over: Floats


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of one replication.

    thresholds_s: ascending. hours_pending, hours_busy: (168,), the mean numbers of Pending jobs and
    busy slots by local hour of the week, Monday 00 first, NaN for an hour the window does not
    touch; hours_s: (168,), the seconds of the window in each. halves_pending: (2,), the mean
    numbers of Pending jobs in the two halves of the window. submissions, refusals: (routes,), those
    of the window by route, refused ones among the submissions. executions: (K, 3), a route, an
    account, and how many of the route's jobs of the window started under it. items_added,
    items_refused: (item routes,), the items added in the window, refused ones among them; retries
    are not added. firings: (sources, outcomes), the firings noted in the whole run, warm-up too, by
    `FiringOutcome`; only triggers with a guard of their own note any. presences: one of each
    machine watched. reasons: what Pending jobs waited for, where that was worked out; blame: what
    kept them so, and whose jobs it was. checks: whether the records can be right, each check of
    `measurement.checking`.
    longer_waits: how many jobs waited longer than each of a row of times. worst_hours: the hours in
    which most jobs were Pending; None where none ever was.
    """

    replication: int
    thresholds_s: tuple[float, ...]
    scopes: tuple[ScopeFigures, ...]
    queues: QueueFigures
    hours_pending: Floats
    hours_busy: Floats
    hours_s: Floats
    submissions: Counts
    refusals: Counts
    executions: Counts
    items_added: Counts
    items_refused: Counts
    firings: Counts
    halves_pending: Floats
    longer_waits: LongerWaits
    worst_hours: WorstHours | None = None
    presences: tuple[Presence, ...] = ()
    reasons: ReasonFigures | None = None
    blame: BlameFigures | None = None
    idle: IdleFigures | None = None
    checks: tuple[Check, ...] = ()
