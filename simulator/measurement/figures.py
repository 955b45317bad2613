"""What one replication comes to: sums, counts and quantiles, small enough to send and to keep.

Every array has one value a name of its scope, in the order of the names. Figures of a replication
are ingredients, not results: a mean over all replications is made from sums and counts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

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

    pending_s: Pending jobs; running_s: Running jobs; busy_s: busy slots, which Running jobs hold,
    those included that are not among the records; slot_s: slots that existed; host_s: hosts that
    existed; host_busy_s: of these, with a slot busy; account_busy_s: accounts with a job running
    under them.
    """

    pending_s: Floats
    running_s: Floats
    busy_s: Floats
    slot_s: Floats
    host_s: Floats
    host_busy_s: Floats
    account_busy_s: Floats


@dataclass(frozen=True, slots=True)
class ScopeFigures:
    """The figures of one scope; `names` says what each place in the arrays stands for.

    `waits.over` has a first column for a threshold of zero: the jobs that waited at all.
    """

    scope: str
    names: tuple[str, ...]
    jobs: JobCounts
    waits: Spread
    turnarounds: Spread
    load: Load

    @property
    def present(self) -> Present:
        """Return which names have jobs, time or slots, (N,)."""
        jobs, load = self.jobs, self.load
        everything = jobs.submitted + jobs.ended + load.pending_s + load.running_s + load.slot_s
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
class Figures:
    """All figures of one replication.

    thresholds_s: ascending. hours_pending, hours_busy: (168,), the mean numbers of Pending jobs and
    busy slots by local hour of the week, Monday 00 first, NaN for an hour the window does not
    touch; hours_s: (168,), the seconds of the window in each. submissions, refusals: (routes,),
    those of the window by route, refused ones among the submissions. executions: (K, 3), a route,
    an account, and how many of the route's jobs of the window started under it. items_added,
    items_refused: (item routes,), the items added in the window, refused ones among them; retries
    are not added. firings: (sources, outcomes), the firings noted in the whole run, warm-up too, by
    `FiringOutcome`; only triggers with a guard of their own note any.
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
