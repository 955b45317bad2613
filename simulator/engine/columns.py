"""The journal of a run put together into the columns of its records."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from simulator.engine.item_columns import queue_items
from simulator.engine.journal import OPEN, Journal
from simulator.engine.logs import codes, floats, ints
from simulator.plan.plan import Plan
from simulator.plan.sources import Firings
from simulator.records.codes import FiringOutcome, JobState, PendingReason
from simulator.records.columns import NONE, Availability, Jobs, Occupancy, Records, TriggerLog


def records(plan: Plan, journal: Journal, replication: int, end_s: float) -> Records:
    """Return all that a journal holds, as columns; `end_s` closes whatever is still open."""
    spans, states = _occupancy(plan, journal)
    jobs = _jobs(plan, journal, spans, states, end_s)
    return Records(
        replication=replication,
        end_s=end_s,
        jobs=jobs,
        occupancy=_closed(spans, end_s),
        availability=_availability(plan, end_s),
        trigger_log=_trigger_log(plan, journal, jobs),
        queue_items=queue_items(journal.items),
    )


def _occupancy(plan: Plan, journal: Journal) -> tuple[Occupancy, npt.NDArray[np.int8]]:
    """Return the spans in the order in which they began, and the state each ended in.

    `to_s` is NaN for those still open.
    """
    pools = _of_pools(plan)
    from_s = floats(journal.span_from_s)
    order = np.lexsort((ints(journal.span_job), from_s))
    pool = ints(journal.span_pool)[order]
    to_s = floats(journal.span_to_s)[order]
    spans = Occupancy(
        job=ints(journal.span_job)[order],
        host=pools[0][pool],
        slot=pools[1][pool] + ints(journal.span_slot)[order],
        account=ints(journal.span_account)[order],
        from_s=from_s[order],
        to_s=np.where(to_s == OPEN, np.nan, to_s),
    )
    return spans, codes(journal.span_state)[order]


def _of_pools(plan: Plan) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Return each pool's host and first slot."""
    hosts = np.array([pool.host for pool in plan.pools], dtype=np.int32)
    return hosts, np.array([pool.first_slot for pool in plan.pools], dtype=np.int32)


def _jobs(
    plan: Plan, journal: Journal, spans: Occupancy, states: npt.NDArray[np.int8], end_s: float
) -> Jobs:
    count = len(journal.route)
    started, ended = np.full(count, np.nan), np.full(count, np.nan)
    host, account = np.full((2, count), NONE, dtype=np.int32)
    state = np.full(count, JobState.PENDING.value, dtype=np.int8)
    began_s = _began(spans, plan.latency_s)
    ran = ~np.isnan(spans.to_s) | (began_s < end_s)
    job = spans.job[ran]
    started[job], ended[job] = began_s[ran], spans.to_s[ran]
    host[job], account[job] = spans.host[ran], spans.account[ran]
    state[job] = states[ran]
    route, submitted = ints(journal.route), floats(journal.submitted_s)
    refused = plan.legend.routes.refusal[route] != NONE
    refused[ints(journal.over_limit)] = True
    state[refused] = JobState.REFUSED.value
    ended[refused] = submitted[refused]
    withdrawn = ints(journal.withdrawn_job)
    state[withdrawn] = JobState.EXPIRED.value
    ended[withdrawn] = floats(journal.withdrawn_s)
    left_s = np.where(np.isnan(ended), end_s, ended)
    pending = np.where(np.isnan(started), left_s, started) - submitted
    running = np.where(np.isnan(ended), end_s, ended) - started
    reason = codes(journal.waits_for)
    return Jobs(
        route=route,
        submitted_s=submitted,
        started_s=started,
        ended_s=ended,
        pending_s=pending,
        resumed_s=np.zeros(count),
        running_s=np.where(np.isnan(started), 0.0, running),
        state=state,
        reason=np.where(pending > 0, reason, np.int8(PendingReason.NONE.value)),
        host=host,
        account=account,
    )


def _began(spans: Occupancy, latency_s: float) -> npt.NDArray[np.float64]:
    """Return when the job of each span began Running: after the latency, if it came to that.

    A job that faulted at once, at a busy session, had no latency.
    """
    return np.asarray(np.fmin(spans.from_s + latency_s, spans.to_s), dtype=np.float64)


def _closed(spans: Occupancy, end_s: float) -> Occupancy:
    """Return the spans that lasted, those still open at the end of the run cut off there."""
    to_s = np.where(np.isnan(spans.to_s), end_s, spans.to_s)
    lasting = to_s > spans.from_s
    columns = (spans.job, spans.host, spans.slot, spans.account)
    job, host, slot, account = (column[lasting] for column in columns)
    return Occupancy(job, host, slot, account, spans.from_s[lasting], to_s[lasting])


def _availability(plan: Plan, end_s: float) -> Availability:
    return Availability(
        host=np.array([pool.host for pool in plan.pools], dtype=np.int32),
        runtime=np.array([pool.runtime for pool in plan.pools], dtype=np.int32),
        slots=np.array([pool.slots for pool in plan.pools], dtype=np.int32),
        from_s=np.zeros(len(plan.pools)),
        to_s=np.full(len(plan.pools), end_s),
        usable=np.ones(len(plan.pools), dtype=np.int8),
    )


def _trigger_log(plan: Plan, journal: Journal, jobs: Jobs) -> TriggerLog:
    """Return every firing: noted by its trigger, read off the jobs, or kept off by a calendar."""
    source, row, created, outcome = _plain_firings(plan, jobs)
    idle, idle_s = _excluded(plan, journal)
    none = np.full(len(idle), NONE, dtype=np.int32)
    on_no_day = np.full(len(idle), FiringOutcome.EXCLUDED_DAY.value, dtype=np.int8)
    noted = codes(journal.fired_outcome)
    all_source = np.concatenate([ints(journal.fired_source), source, idle])
    fired_s = np.concatenate([floats(journal.fired_s), jobs.submitted_s[row], idle_s])
    route = np.concatenate([ints(journal.fired_refused), jobs.route[row], none])
    order = np.lexsort((all_source, fired_s))
    return TriggerLog(
        source=all_source[order],
        fired_s=fired_s[order],
        created=np.concatenate([ints(journal.fired_created), created, np.zeros_like(idle)])[order],
        outcome=np.concatenate([noted, outcome, on_no_day])[order],
        refusal=np.append(plan.legend.routes.told, np.int32(NONE))[route][order],
    )


def _excluded(
    plan: Plan, journal: Journal
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float64]]:
    """Return when a calendar kept a trigger that was in force from firing: source, instant."""
    disabled = codes(journal.fired_outcome) == FiringOutcome.DISABLED.value
    until_s = np.array([one.until_s for one in plan.sources])
    until_s[ints(journal.fired_source)[disabled]] = floats(journal.fired_s)[disabled]
    found = [np.empty(0)]
    for one, ends_s in zip(plan.sources, until_s, strict=True):
        due_s = one.arrivals.excluded_s if isinstance(one.arrivals, Firings) else found[0]
        found.append(due_s[(due_s >= one.from_s) & (due_s < ends_s)])
    source = np.repeat(np.arange(-1, len(plan.sources), dtype=np.int32), list(map(len, found)))
    return source, np.concatenate(found)


def _plain_firings(
    plan: Plan, jobs: Jobs
) -> tuple[
    npt.NDArray[np.int32], npt.NDArray[np.intp], npt.NDArray[np.int32], npt.NDArray[np.int8]
]:
    """Return the firings of triggers that note nothing: each made all its jobs, or none.

    Columns: source, row of the firing's first job, jobs created, outcome.
    """
    plain = [one.fires and not one.notes_firings for one in plan.sources]
    batch = np.array([one.jobs for one in plan.sources], dtype=np.int32)
    sources = plan.legend.routes.source[jobs.route]
    rows = _first_rows(sources, np.array(plain, dtype=bool), batch)
    refused = jobs.state[rows] == JobState.REFUSED.value
    created = np.where(refused, 0, batch[sources[rows]]).astype(np.int32)
    outcome = np.where(refused, FiringOutcome.REFUSED.value, FiringOutcome.CREATED.value)
    return sources[rows], rows, created, outcome.astype(np.int8)


def _first_rows(
    sources: npt.NDArray[np.int32], plain: npt.NDArray[np.bool_], batch: npt.NDArray[np.int32]
) -> npt.NDArray[np.intp]:
    """Return the rows that are the first job of a firing of a plain source."""
    rows = np.flatnonzero(plain[sources])
    rows = rows[np.argsort(sources[rows], kind="stable")]
    of_source = sources[rows]
    place = np.arange(len(rows)) - np.searchsorted(of_source, of_source, side="left")
    first: npt.NDArray[np.intp] = rows[place % batch[of_source] == 0]
    return first
