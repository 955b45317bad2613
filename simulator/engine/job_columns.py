"""What became of each job, put together from the spans it held slots and the times it left them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.engine.journal import Journal
from simulator.engine.logs import codes, floats, ints
from simulator.engine.span_log import OPEN
from simulator.plan.plan import Plan
from simulator.records.codes import Interruption, JobState, PendingReason
from simulator.records.columns import NONE, Codes, Floats, Interruptions, Ints, Jobs

Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Spans:
    """The spans of all jobs, those of one after the other, in the order of time.

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


def spans_of(plan: Plan, journal: Journal, end_s: float) -> Spans:
    """Return the spans of a journal, ordered by job."""
    rows = journal.spans.rows()
    order = np.lexsort((rows["from_s"], rows["job"]))
    job, from_s = rows["job"][order], rows["from_s"][order]
    to_s, state = rows["to_s"][order], rows["state"][order]
    to_s[to_s == OPEN] = np.nan
    latency_s = np.where(_goes_on(job, state), 0.0, plan.latency_s)
    # A job that faulted at once, at a busy session, had no latency.
    ran_from_s = np.fmin(from_s + latency_s, to_s)
    is_put_off = (state == JobState.PENDING.value) & (ran_from_s >= to_s)
    is_too_late = np.isnan(to_s) & (ran_from_s >= end_s)
    return Spans(
        job=job,
        pool=rows["pool"][order],
        slot=rows["slot"][order],
        account=rows["account"][order],
        from_s=from_s,
        ran_from_s=ran_from_s,
        to_s=to_s,
        state=state,
        ran=~is_put_off & ~is_too_late,
    )


def _goes_on(job: Ints, state: Codes) -> Bools:
    """Return which spans follow a pause: only there is a job left Running."""
    goes_on = np.zeros(len(job), dtype=np.bool_)
    goes_on[1:] = (state[:-1] == JobState.RUNNING.value) & (job[1:] == job[:-1])
    return goes_on


def interruptions_of(journal: Journal, spans: Spans) -> Interruptions:
    """Return when jobs left their slots, were back in line, and ran again, in the order of time.

    The n-th interruption of a job is how the n-th span ended in which it ran and was not over.
    """
    job, back_s = ints(journal.left_job), floats(journal.back_s)
    back_s[back_s == OPEN] = np.nan
    again_s = np.full(len(job), np.nan)
    is_left = (spans.state == JobState.SUSPENDED.value) | (spans.state == JobState.PENDING.value)
    again_s[np.argsort(job, kind="stable")] = _next_runs_s(spans)[is_left & spans.ran]
    return Interruptions(
        job=job,
        cause=codes(journal.left_cause),
        left_s=floats(journal.left_s),
        back_s=back_s,
        again_s=again_s,
    )


def _next_runs_s(spans: Spans) -> Floats:
    """Return for each span when its job ran again after it, NaN where it did not."""
    count = len(spans.job)
    numbers = np.where(spans.ran, np.arange(count), count)
    following = np.append(np.minimum.accumulate(numbers[::-1])[::-1][1:], count)[:count]
    is_same = np.append(spans.job, np.int32(NONE))[following] == spans.job
    return np.where(is_same, np.append(spans.ran_from_s, np.nan)[following], np.nan)


def jobs_of(
    plan: Plan, journal: Journal, spans: Spans, interruptions: Interruptions, end_s: float
) -> Jobs:
    """Return the jobs of a journal; whatever is still open lasts to `end_s`."""
    route, submitted = ints(journal.route), floats(journal.submitted_s)
    started, running = _first_starts(spans, len(route)), _running(spans, len(route), end_s)
    host, account = _last_places(plan, spans, len(route))
    state, ended = _ends(spans, interruptions, len(route))
    refused = plan.legend.routes.refusal[route] != NONE
    refused[ints(journal.over_limit)] = True
    state[refused] = JobState.REFUSED.value
    ended[refused] = submitted[refused]
    withdrawn = ints(journal.withdrawn_job)
    state[withdrawn] = JobState.EXPIRED.value
    ended[withdrawn] = floats(journal.withdrawn_s)
    left_s = np.where(np.isnan(ended), end_s, ended)
    pending = np.where(np.isnan(started), left_s, started) - submitted
    # What is submitted in the last instant of all, and never starts, has waited for no time yet.
    waits = (pending > 0) | (state == JobState.PENDING.value)
    return Jobs(
        route=route,
        submitted_s=submitted,
        started_s=started,
        ended_s=ended,
        pending_s=pending,
        resumed_s=_resumed(interruptions, len(route), end_s),
        running_s=running,
        state=state,
        reason=np.where(waits, codes(journal.waits_for), np.int8(PendingReason.NONE.value)),
        host=host,
        account=account,
    )


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
