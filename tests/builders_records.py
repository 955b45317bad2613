"""Small records for tests, written job by job: an estate of two folders that share a machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from simulator.access.refusals import Refusal
from simulator.records.codes import (
    BlameCause,
    FiringOutcome,
    Interruption,
    ItemException,
    ItemStatus,
    JobState,
    PendingReason,
    SlotState,
    SourceKind,
)
from simulator.records.columns import (
    Availability,
    Blame,
    Interruptions,
    ItemRoutes,
    Jobs,
    Legend,
    Names,
    Occupancy,
    QueueItems,
    Records,
    Routes,
    TriggerLog,
    Window,
)
from simulator.records.readings import Reading, Readings
from simulator.records.tables import TABLES, arrow_table, to_frame

NAN = float("nan")
MONDAY = 1772409600
"""2026-03-02T00:00 UTC, a Monday, in Unix time."""

ONBOARD, PAYROLL, CLOSE_BOOKS, REFUSED = 0, 1, 2, 3
"""The routes of `legend`: HR's trigger, Payroll's start, Finance's trigger, a refused start."""

NAMES = Names(
    folders=("HR", "HR/Payroll", "Finance", "HRX"),
    processes=("HR:onboard", "HR/Payroll:pay", "Finance:close-books"),
    sources=("HR:nightly", "HR/Payroll:walk-ins", "Finance:hourly", "Finance:by-anna"),
    source_kinds=(
        SourceKind.SCHEDULE,
        SourceKind.MANUAL,
        SourceKind.INTEGRATION_TRIGGER,
        SourceKind.MANUAL,
    ),
    accounts=("hr-bot", "fin-bot", "anna"),
    principals=("hr-bot", "fin-bot", "anna"),
    machines=("shared-vm", "spare"),
    hosts=("shared-vm/1", "shared-vm/2", "spare/1"),
    host_machine=(0, 0, 1),
    machine_slots=(((0, 2), (1, 1)), ((0, 1),)),
    runtimes=("unattended", "headless"),
    run_as=("dynamic", "myself"),
    lines=("HR: unattended, background, dynamic", "Finance: unattended, foreground, dynamic"),
    refusals=(
        Refusal(400, "1100", "access to Finance"),
        Refusal(403, "0", "Jobs.Create in Finance"),
        Refusal(409, "pending_limit", "room for it: of HR:onboard only 4 may be Pending"),
        Refusal(403, "0", "Queues.View in Finance"),
    ),
    queues=("HR:invoices", "Finance:bills"),
    queue_folder=(0, 2),
    queue_sla_s=(600.0, float("inf")),
    arrivals=("HR:mail", "Finance:post"),
)


def ints(*values: int) -> Any:
    return np.array(values, dtype=np.int32)


ROUTES = Routes(
    folder=ints(0, 1, 2, 2),
    process=ints(0, 1, 2, 2),
    source=ints(0, 1, 2, 3),
    source_kind=np.array([1, 0, 3, 0], dtype=np.int8),
    principal=ints(-1, 2, -1, 2),
    run_as=ints(0, 1, 0, 1),
    priority=ints(45, 65, 45, 5),
    runtime=ints(0, 0, 0, 0),
    line=ints(0, 0, 1, -1),
    refusal=ints(-1, -1, -1, 1),
    limit_refusal=ints(2, -1, -1, 2),
)

MAIL, POST, POST_BY_ANNA = 0, 1, 2
"""The item routes of `legend`: HR's arrival, Finance's, and that by anna, who is refused."""

ITEM_ROUTES = ItemRoutes(
    arrival=ints(0, 1, 1),
    queue=ints(0, 1, 1),
    principal=ints(0, 1, 2),
    refusal=ints(-1, -1, 3),
)


def legend(
    from_s: float = 0.0, to_s: float = 3600.0, zone: str = "UTC", origin_epoch_s: int = MONDAY
) -> Legend:
    return Legend(NAMES, ROUTES, ITEM_ROUTES, Window(from_s, to_s, origin_epoch_s, zone))


@dataclass(frozen=True)
class Job:
    """A job that runs once, at once and without a break, unless it says otherwise."""

    submitted_s: float
    started_s: float = NAN
    ended_s: float = NAN
    route: int = ONBOARD
    host: int = -1
    account: int = -1
    state: JobState = JobState.SUCCESSFUL
    held_from_s: float = NAN
    pending_s: float = NAN

    @property
    def waited_s(self) -> float:
        if not np.isnan(self.pending_s):
            return self.pending_s
        return 0.0 if np.isnan(self.started_s) else self.started_s - self.submitted_s


def ran(
    submitted_s: float,
    started_s: float,
    ended_s: float,
    host: int = 0,
    account: int = 0,
    **more: Any,
) -> Job:
    """A job that ran: as one reads it, submitted, started, ended, where and as whom."""
    return Job(submitted_s, started_s, ended_s, host=host, account=account, **more)


@dataclass(frozen=True)
class Break:
    """A time a job left its slot before it was over, Suspended unless it says otherwise.

    `job` is its row. Without `back_s` it is still Suspended, without `again_s` it never ran again.
    """

    job: int
    left_s: float
    back_s: float = NAN
    again_s: float = NAN
    cause: Interruption = Interruption.SUSPENDED


@dataclass(frozen=True)
class Item:
    """An attempt at an item that a job could take at once, the first one unless it says otherwise.

    `first` is the row of the first attempt.
    """

    added_s: float
    taken_s: float = NAN
    done_s: float = NAN
    status: ItemStatus = ItemStatus.SUCCESSFUL
    route: int = MAIL
    first: int = -1
    retry: int = 0
    deadline_s: float = NAN
    deferred_s: float = 0.0
    job: int = -1
    exception: ItemException = ItemException.NONE


def records(
    *jobs: Job,
    slots: Sequence[int] = (2, 2, 1),
    end_s: float = 3600.0,
    replication: int = 0,
    items: Sequence[Item] = (),
    breaks: Sequence[Break] = (),
) -> Records:
    """Records of these jobs; the hosts offer `slots` unattended slots each until the end.

    `breaks` are in order; between them a job runs where it ran before.
    """
    return Records(
        replication=replication,
        end_s=end_s,
        jobs=_jobs(jobs, breaks, end_s),
        occupancy=_occupancy(jobs, breaks, end_s),
        interruptions=_interruptions(breaks),
        availability=_availability(slots, end_s),
        trigger_log=TriggerLog(
            source=ints(0, 2),
            fired_s=np.array([0.0, 60.0]),
            created=ints(2, 0),
            outcome=np.array([FiringOutcome.CREATED, FiringOutcome.GUARDED], dtype=np.int8),
            refusal=ints(-1, -1),
        ),
        queue_items=_queue_items(items),
        blame=_blame(),
    )


def _blame() -> Blame:
    """A minute that jobs of the first process waited on its own folder's, on the first machine."""
    nothing = ints(0)
    cause = np.array([BlameCause.JOB], dtype=np.int8)
    minute = np.array([60.0])
    return Blame(nothing, cause, nothing, nothing, minute, minute)


def _column(
    jobs: Iterable[Job | Item | Break], name: str, kind: type[np.generic] = np.float64
) -> Any:
    return np.array([getattr(job, name) for job in jobs], dtype=kind)


def _jobs(jobs: Sequence[Job], breaks: Sequence[Break], end_s: float) -> Jobs:
    started, ended = _column(jobs, "started_s"), _column(jobs, "ended_s")
    resumed, away = np.zeros(len(jobs)), np.zeros(len(jobs))
    for one in breaks:
        again_s = np.fmin(one.again_s, end_s)
        resumed[one.job] += np.nan_to_num(again_s - one.back_s)
        away[one.job] += again_s - one.left_s
    pending = _column(jobs, "waited_s")
    reason = np.where(pending > 0, PendingReason.TEMPLATE_FULL_CAPACITY, PendingReason.NONE)
    return Jobs(
        route=_column(jobs, "route", np.int32),
        submitted_s=_column(jobs, "submitted_s"),
        started_s=started,
        ended_s=ended,
        pending_s=pending,
        resumed_s=resumed,
        running_s=np.nan_to_num(np.where(np.isnan(ended), end_s, ended) - started - away),
        state=_column(jobs, "state", np.int8),
        reason=reason.astype(np.int8),
        host=_column(jobs, "host", np.int32),
        account=_column(jobs, "account", np.int32),
    )


def _queue_items(items: Sequence[Item]) -> QueueItems:
    first = _column(items, "first", np.int32)
    added_s = _column(items, "added_s")
    return QueueItems(
        route=_column(items, "route", np.int32),
        first=np.where(first < 0, np.arange(len(items), dtype=np.int32), first),
        retry=_column(items, "retry", np.int32),
        priority=np.full(len(items), 45, dtype=np.int32),
        added_s=added_s,
        available_s=added_s + _column(items, "deferred_s"),
        deadline_s=_column(items, "deadline_s"),
        taken_s=_column(items, "taken_s"),
        done_s=_column(items, "done_s"),
        status=_column(items, "status", np.int8),
        exception=_column(items, "exception", np.int8),
        job=_column(items, "job", np.int32),
    )


def _interruptions(breaks: Sequence[Break]) -> Interruptions:
    return Interruptions(
        job=_column(breaks, "job", np.int32),
        cause=_column(breaks, "cause", np.int8),
        left_s=_column(breaks, "left_s"),
        back_s=_column(breaks, "back_s"),
        again_s=_column(breaks, "again_s"),
    )


def _occupancy(jobs: Sequence[Job], breaks: Sequence[Break], end_s: float) -> Occupancy:
    spans = sorted(
        (from_s, row, ran_from_s, to_s)
        for row, job in enumerate(jobs)
        if job.host >= 0
        for from_s, ran_from_s, to_s in _held(job, [one for one in breaks if one.job == row], end_s)
    )
    held = [jobs[row] for _, row, _, _ in spans]
    return Occupancy(
        job=ints(*(row for _, row, _, _ in spans)),
        host=_column(held, "host", np.int32),
        slot=ints(*([0] * len(spans))),
        account=_column(held, "account", np.int32),
        from_s=np.array([from_s for from_s, _, _, _ in spans], dtype=np.float64),
        ran_from_s=np.array([ran_from_s for _, _, ran_from_s, _ in spans], dtype=np.float64),
        to_s=np.array([to_s for _, _, _, to_s in spans], dtype=np.float64),
    )


def _held(job: Job, breaks: Sequence[Break], end_s: float) -> Iterator[tuple[float, float, float]]:
    """From when to when a job held its slot, and from when it ran, once for each stretch."""
    over_s = end_s if np.isnan(job.ended_s) else job.ended_s
    ends_s = [*(one.left_s for one in breaks), over_s]
    first_s = job.started_s if np.isnan(job.held_from_s) else job.held_from_s
    yield first_s, float(np.fmin(job.started_s, ends_s[0])), ends_s[0]
    for one, to_s in zip(breaks, ends_s[1:], strict=True):
        if not np.isnan(one.again_s):
            yield one.again_s, one.again_s, to_s


def _availability(slots: Sequence[int], end_s: float) -> Availability:
    count = len(slots)
    return Availability(
        host=np.arange(count, dtype=np.int32),
        runtime=np.zeros(count, dtype=np.int32),
        slots=ints(*slots),
        from_s=np.zeros(count),
        to_s=np.full(count, end_s),
        state=np.full(count, SlotState.USABLE, dtype=np.int8),
    )


def readings(end_s: float = 3600.0) -> Readings:
    """What a meter might read: the n-th time 3n wait, two thirds of them in the last folder.

    Twice as many run, and three times as many slots are held.
    """
    counts = (np.array([number, 0, 0, 2 * number]) for number in (1, 2, 3))
    every = zip((0.0, 3600.0, end_s), counts, strict=True)
    return Readings(*(Reading(at_s, one, 2 * one, 3 * one, 1e3, 1e12) for at_s, one in every))


def arrow_tables(of: Legend, run: Records) -> dict[str, pa.Table]:
    """Every table of one replication."""
    return {name: arrow_table(name, of, run) for name in TABLES}


def frames(of: Legend, run: Records) -> dict[str, pd.DataFrame]:
    """The same as DataFrames."""
    return {name: to_frame(table) for name, table in arrow_tables(of, run).items()}
