"""What became of some jobs, put together from the spans they held slots and the times they left.

Jobs are numbered here from the first of them on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.engine.span_log import OPEN, SpanRows
from simulator.plan.plan import Plan
from simulator.records.codes import Interruption, JobState, PendingReason
from simulator.records.columns import NONE, Codes, Floats, Interruptions, Ints
from simulator.records.mapped import Column

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Spans:
    """Spans of the log, in any order.

    `to_s` is NaN where a span is still open. `ran` tells in which the job came to run, from
    `ran_from_s` on; `state` is the one that it was left in.
    """

    job: Ints
    pool: Ints
    slot: Ints
    account: Ints
    from_s: Floats
    ran_from_s: Floats
    to_s: Floats
    state: Codes
    ran: Bools


class Submissions(NamedTuple):
    """The submissions of the jobs; which were refused over a pending limit, or withdrawn, when."""

    route: Ints
    submitted_s: Floats
    waits_for: Codes
    over_limit: Ints
    withdrawn: Ints
    withdrawn_s: Floats


def spans_of(rows: SpanRows, latency_s: Floats, end_s: float) -> Spans:
    """Return rows of the log of spans; `latency_s` is what each had, if nothing came between."""
    from_s, to_s, state = rows["from_s"].copy(), rows["to_s"].copy(), rows["state"].copy()
    to_s[to_s == OPEN] = np.nan
    # A job that faulted at once, at a busy session, had no latency.
    ran_from_s = np.fmin(from_s + latency_s, to_s)
    is_put_off = (state == JobState.PENDING.value) & (ran_from_s >= to_s)
    is_too_late = np.isnan(to_s) & (ran_from_s >= end_s)
    return Spans(
        job=rows["job"].copy(),
        pool=rows["pool"].copy(),
        slot=rows["slot"].copy(),
        account=rows["account"].copy(),
        from_s=from_s,
        ran_from_s=ran_from_s,
        to_s=to_s,
        state=state,
        ran=~is_put_off & ~is_too_late,
    )


def goes_on(rows: SpanRows) -> Bools:
    """Return which of the spans, by job and time, follow a pause: only there is a job left Running.

    Such a span has no latency.
    """
    follows = np.zeros(len(rows), dtype=np.bool_)
    was_running = rows["state"][:-1] == JobState.RUNNING.value
    follows[1:] = was_running & (rows["job"][1:] == rows["job"][:-1])
    return follows


def next_runs_s(spans: Spans) -> Floats:
    """Return for each span, by job and time, when its job ran again after it, NaN if it did not."""
    count = len(spans.job)
    numbers = np.where(spans.ran, np.arange(count), count)
    following = np.append(np.minimum.accumulate(numbers[::-1])[::-1][1:], count)[:count]
    is_same = np.append(spans.job, np.int32(NONE))[following] == spans.job
    return np.where(is_same, np.append(spans.ran_from_s, np.nan)[following], np.nan)


def jobs_of(
    plan: Plan, made: Submissions, spans: Spans, interruptions: Interruptions, end_s: float
) -> dict[str, Column]:
    """Return the columns of `Jobs`; whatever is still open lasts to `end_s`.

    The spans, by job and time, and the interruptions are those of these jobs.
    """
    count = len(made.route)
    started, running = _first_starts(spans, count), _running(spans, count, end_s)
    host, account = _last_places(plan, spans, count)
    state, ended = _ends(spans, interruptions, count)
    refused = plan.legend.routes.refusal[made.route] != NONE
    refused[made.over_limit] = True
    state[refused] = JobState.REFUSED.value
    ended[refused] = made.submitted_s[refused]
    state[made.withdrawn] = JobState.EXPIRED.value
    ended[made.withdrawn] = made.withdrawn_s
    left_s = np.where(np.isnan(ended), end_s, ended)
    pending = np.where(np.isnan(started), left_s, started) - made.submitted_s
    # What is submitted in the last instant of all, and never starts, has waited for no time yet.
    waits = (pending > 0) | (state == JobState.PENDING.value)
    return {
        "route": made.route,
        "submitted_s": made.submitted_s,
        "started_s": started,
        "ended_s": ended,
        "pending_s": pending,
        "resumed_s": _resumed(interruptions, count, end_s),
        "running_s": running,
        "state": state,
        "reason": np.where(waits, made.waits_for, np.int8(PendingReason.NONE.value)),
        "host": host,
        "account": account,
    }


def _first_starts(spans: Spans, count: int) -> Floats:
    started = np.full(count, np.nan)
    started[spans.job[spans.ran][::-1]] = spans.ran_from_s[spans.ran][::-1]
    return started


def _running(spans: Spans, count: int, end_s: float) -> Floats:
    """Return how long each job was Running; the total of none is 0."""
    to_s = np.where(np.isnan(spans.to_s), end_s, spans.to_s)
    ran_s = np.where(spans.ran, to_s - spans.ran_from_s, 0.0)
    return np.bincount(spans.job, ran_s, minlength=count).astype(np.float64)


def _last_places(plan: Plan, spans: Spans, count: int) -> tuple[Ints, Ints]:
    host, account = np.full((2, count), NONE, dtype=np.int32)
    of_pools = np.array([pool.host for pool in plan.pools], dtype=np.int32)
    host[spans.job[spans.ran]] = of_pools[spans.pool[spans.ran]]
    named = spans.ran & (spans.account != NONE)  # whoever faults at a busy session takes none
    account[spans.job[named]] = spans.account[named]
    return host, account


def _ends(spans: Spans, interruptions: Interruptions, count: int) -> tuple[Codes, Floats]:
    """Return the state of each job as its last span left it, and when it ended, if it did."""
    state = np.full(count, JobState.PENDING.value, dtype=np.int8)
    ended = np.full(count, np.nan)
    job, left_in = spans.job[spans.ran], spans.state[spans.ran]
    state[job] = left_in
    is_over = np.isin(
        left_in, (JobState.SUCCESSFUL.value, JobState.FAULTED.value, JobState.STOPPED.value)
    )
    ended[job] = np.where(is_over, spans.to_s[spans.ran], np.nan)
    waits = ~np.isnan(interruptions.back_s) & np.isnan(interruptions.again_s)
    is_resumed = waits & (interruptions.cause == Interruption.SUSPENDED.value)
    state[interruptions.job[is_resumed]] = JobState.RESUMED.value
    return state, ended


def _resumed(interruptions: Interruptions, count: int, end_s: float) -> Floats:
    """Return how long each job was back in line before it ran again, all its waits together."""
    until_s = np.where(np.isnan(interruptions.again_s), end_s, interruptions.again_s)
    waits_s = np.nan_to_num(until_s - interruptions.back_s)
    return np.bincount(interruptions.job, waits_s, minlength=count).astype(np.float64)
