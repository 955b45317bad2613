"""The journal of a run put together into the columns of its records."""

from __future__ import annotations

import numpy as np

from simulator.engine.drafts import draft, kept
from simulator.engine.firing_columns import trigger_log
from simulator.engine.item_columns import queue_items
from simulator.engine.job_columns import spans_of
from simulator.engine.job_tables import JobTables, job_tables, latency_of
from simulator.engine.journal import Journal
from simulator.engine.logs import codes, floats, ints
from simulator.engine.span_order import by_start
from simulator.plan.plan import Plan
from simulator.records.columns import Availability, Ints, Occupancy, Records
from simulator.records.mapped import Column


def records(plan: Plan, journal: Journal, replication: int, end_s: float) -> Records:
    """Return all that a journal holds, as columns; `end_s` closes whatever is still open.

    They take over the journal's memory or, where it is long, leave it empty: it is of no use
    afterwards.

    Raises:
        DataFileError: a long run's temporary files cannot be written or read.
    """
    on_disk = journal.is_long
    tables = job_tables(plan, journal, end_s, on_disk=on_disk)
    jobs = tables.jobs
    occupancy = _occupancy(plan, journal, tables, end_s, on_disk=on_disk)
    journal.spans.clear()
    found = Records(
        replication=replication,
        end_s=end_s,
        jobs=jobs,
        occupancy=occupancy,
        availability=_availability(plan, journal, end_s, on_disk=on_disk),
        trigger_log=trigger_log(plan, journal, jobs, on_disk=on_disk),
        queue_items=queue_items(journal.items, on_disk=on_disk),
        interruptions=tables.interruptions,
    )
    if on_disk:
        journal.clear()
    return found


def _occupancy(
    plan: Plan, journal: Journal, tables: JobTables, end_s: float, *, on_disk: bool
) -> Occupancy:
    """Return the spans that lasted, those still open at the end of the run cut off there."""
    hosts, _, first_slots = _of_pools(plan)
    jobs = tables.jobs
    alike = {"from_s": jobs.started_s, "ran_from_s": jobs.started_s, "to_s": jobs.ended_s}
    table = draft(len(journal.spans), on_disk=on_disk, alike=alike)
    for rows, places in by_start(journal.spans):
        spans = spans_of(rows, latency_of(plan, tables.goes_on[places]), end_s)
        to_s = np.where(np.isnan(spans.to_s), end_s, spans.to_s)
        columns = {
            "job": spans.job,
            "host": hosts[spans.pool],
            "slot": first_slots[spans.pool] + spans.slot,
            "account": spans.account,
            "from_s": spans.from_s,
            "to_s": to_s,
        }
        if plan.latency_s:
            columns["ran_from_s"] = np.minimum(spans.ran_from_s, to_s)
        lasted = np.flatnonzero(to_s > spans.from_s)
        table.add({name: column[lasted] for name, column in columns.items()})
    found = table.columns()
    return Occupancy(**{"ran_from_s": found["from_s"], **found})


def _of_pools(plan: Plan) -> tuple[Ints, Ints, Ints]:
    """Return each pool's host, runtime type and first slot."""
    rows = [(pool.host, pool.runtime, pool.first_slot) for pool in plan.pools]
    hosts, runtimes, first_slots = np.array(rows, dtype=np.int32).reshape(-1, 3).T
    return hosts, runtimes, first_slots


def _availability(plan: Plan, journal: Journal, end_s: float, *, on_disk: bool) -> Availability:
    """Return the states of slots in the order of pools, and for each in the order of time."""
    pool, from_s = ints(journal.state_pool), floats(journal.state_from_s)
    state, to_s = codes(journal.state_code), np.minimum(floats(journal.state_to_s), end_s)
    order = np.lexsort((state, from_s, pool))
    order = order[(from_s < to_s)[order]]
    hosts, runtimes, _ = _of_pools(plan)
    columns: dict[str, Column] = {
        "host": hosts[pool[order]],
        "runtime": runtimes[pool[order]],
        "slots": ints(journal.state_slots)[order],
        "from_s": from_s[order],
        "to_s": to_s[order],
        "state": state[order],
    }
    return Availability(**kept(columns, on_disk=on_disk))
