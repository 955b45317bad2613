"""The journal of a run put together into the columns of its records."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from simulator.engine.item_columns import queue_items
from simulator.engine.job_columns import Spans, interruptions_of, jobs_of, spans_of
from simulator.engine.journal import Journal
from simulator.engine.logs import codes, floats, ints
from simulator.plan.plan import Plan
from simulator.plan.sources import Firings
from simulator.records.codes import FiringOutcome, JobState
from simulator.records.columns import NONE, Availability, Ints, Jobs, Occupancy, Records, TriggerLog


def records(plan: Plan, journal: Journal, replication: int, end_s: float) -> Records:
    """Return all that a journal holds, as columns; `end_s` closes whatever is still open."""
    spans = spans_of(plan, journal, end_s)
    interruptions = interruptions_of(journal, spans)
    jobs = jobs_of(plan, journal, spans, interruptions, end_s)
    return Records(
        replication=replication,
        end_s=end_s,
        jobs=jobs,
        occupancy=_occupancy(plan, spans, end_s),
        availability=_availability(plan, journal, end_s),
        trigger_log=_trigger_log(plan, journal, jobs),
        queue_items=queue_items(journal.items),
        interruptions=interruptions,
    )


def _occupancy(plan: Plan, spans: Spans, end_s: float) -> Occupancy:
    """Return the spans that lasted, those still open at the end of the run cut off there."""
    to_s = np.where(np.isnan(spans.to_s), end_s, spans.to_s)
    order = np.lexsort((spans.job, spans.from_s))
    order = order[(to_s > spans.from_s)[order]]
    hosts, _, first_slots = _of_pools(plan)
    pool = spans.pool[order]
    return Occupancy(
        job=spans.job[order],
        host=hosts[pool],
        slot=first_slots[pool] + spans.slot[order],
        account=spans.account[order],
        from_s=spans.from_s[order],
        ran_from_s=np.minimum(spans.ran_from_s, to_s)[order],
        to_s=to_s[order],
    )


def _of_pools(plan: Plan) -> tuple[Ints, Ints, Ints]:
    """Return each pool's host, runtime type and first slot."""
    rows = [(pool.host, pool.runtime, pool.first_slot) for pool in plan.pools]
    hosts, runtimes, first_slots = np.array(rows, dtype=np.int32).reshape(-1, 3).T
    return hosts, runtimes, first_slots


def _availability(plan: Plan, journal: Journal, end_s: float) -> Availability:
    """Return the states of slots in the order of pools, and for each in the order of time."""
    pool, from_s = ints(journal.state_pool), floats(journal.state_from_s)
    state, to_s = codes(journal.state_code), np.minimum(floats(journal.state_to_s), end_s)
    order = np.lexsort((state, from_s, pool))
    order = order[(from_s < to_s)[order]]
    hosts, runtimes, _ = _of_pools(plan)
    return Availability(
        host=hosts[pool[order]],
        runtime=runtimes[pool[order]],
        slots=ints(journal.state_slots)[order],
        from_s=from_s[order],
        to_s=to_s[order],
        state=state[order],
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
