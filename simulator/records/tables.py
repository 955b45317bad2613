"""The records with their names restored: Arrow tables for the files, DataFrames for notebooks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pyarrow as pa

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
    ELSEWHERE,
    OUTSIDE_YOUR_FOLDERS,
    folders_of_processes,
    numbers_of,
    refusals_of,
)
from simulator.records.combinations import combinations
from simulator.records.parts import part_of
from simulator.records.readings import MOMENTS, readings_in_order

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt
    import pandas as pd

    from simulator.records.columns import Codes, Ints, Jobs, Legend, Names, Records, Routes

    Indices = npt.NDArray[np.integer[Any]]
    Labelled = type[
        BlameCause
        | JobState
        | PendingReason
        | SlotState
        | Interruption
        | SourceKind
        | FiringOutcome
        | ItemStatus
        | ItemException
    ]

TABLES: Final = (
    "jobs",
    "occupancy",
    "interruptions",
    "availability",
    "trigger_log",
    "queue_items",
    "blame",
    "readings",
)
"""The names of the tables, in the order in which they are written."""

EVERY_ROW: Final = slice(None)


def to_frame(table: pa.Table) -> pd.DataFrame:
    """Return a table as a DataFrame; `refusal_status` is a nullable integer there."""
    import pandas as pd  # noqa: PLC0415 - slow to import, and workers that only write need it not

    frame: pd.DataFrame = table.to_pandas(types_mapper={pa.int16(): pd.Int16Dtype()}.get)
    return frame


def arrow_table(name: str, legend: Legend, records: Records, rows: slice = EVERY_ROW) -> pa.Table:
    """Return a table of one replication, or some of its rows, by its name in `TABLES`.

    Names and labels are dictionary-encoded; null stands for none: a job that never ran has no host,
    machine or account, one that was admitted no refusal, a firing that was not refused no
    `failed_why`, slots that are usable no `why_not`. A slot held by a job that is not among the
    records has the job -1, and so has an item that no job took. Seconds are float64 since origin,
    NaN where it did not happen. The schema is the same for every replication of a plan.

    Raises:
        KeyError: there is no table of that name.
    """
    return _BUILDERS[name](legend, records, rows)


def _jobs(legend: Legend, records: Records, rows: slice) -> pa.Table:
    jobs = part_of(records.jobs, rows)
    return pa.table(
        {
            "replication": _replication(records, len(jobs.route)),
            "job": _numbers(records.jobs.route, rows),
            **_route_columns(legend.names, legend.routes, jobs.route),
            "submitted_s": jobs.submitted_s,
            "started_s": jobs.started_s,
            "ended_s": jobs.ended_s,
            "pending_s": jobs.pending_s,
            "resumed_s": jobs.resumed_s,
            "running_s": jobs.running_s,
            "state": _labels(JobState, jobs.state),
            "pending_reason": _labels(PendingReason, jobs.reason),
            **_place_columns(legend.names, jobs),
            **_refusal_columns(legend, refusals_of(legend.routes, jobs)),
        }
    )


def _route_columns(names: Names, routes: Routes, route: Ints) -> dict[str, pa.Array]:
    """Return what a job has from its route, worked out once a route and taken for each job."""
    return {
        "folder": _named(names.folders, routes.folder[route]),
        "process": _named(names.processes, routes.process[route]),
        "source": _named(names.sources, routes.source[route]),
        "source_kind": _labels(SourceKind, routes.source_kind[route]),
        "principal": _named(names.principals, routes.principal[route]),
        "run_as": _named(names.run_as, routes.run_as[route]),
        "priority": pa.array(routes.priority[route]),
        "runtime": _named(names.runtimes, routes.runtime[route]),
        "line": _named(names.lines, routes.line[route]),
    }


def _place_columns(names: Names, jobs: Jobs) -> dict[str, pa.Array]:
    machines = np.array([*names.host_machine, -1], dtype=np.int32)
    return {
        "host": _named(names.hosts, jobs.host),
        "machine": _named(names.machines, machines[jobs.host]),
        "account": _named(names.accounts, jobs.account),
    }


def _refusal_columns(legend: Legend, refusal: Ints) -> dict[str, pa.Array]:
    """Return what was refused how; refusal: rows of `Names.refusals`, -1 for none."""
    refusals = legend.names.refusals
    statuses = np.array([*(one.status for one in refusals), 0], dtype=np.int16)
    return {
        "refusal_status": pa.array(statuses[refusal], mask=refusal < 0),
        "refusal_code": _named((one.code for one in refusals), refusal),
        "refusal": _named((one.missing for one in refusals), refusal),
    }


def _occupancy(legend: Legend, records: Records, rows: slice) -> pa.Table:
    names, spans = legend.names, part_of(records.occupancy, rows)
    return pa.table(
        {
            "replication": _replication(records, len(spans.job)),
            "job": spans.job.astype(np.int64),
            "host": _named(names.hosts, spans.host),
            "slot": spans.slot,
            "account": _named(names.accounts, spans.account),
            "from_s": spans.from_s,
            "ran_from_s": spans.ran_from_s,
            "to_s": spans.to_s,
        }
    )


def _interruptions(_legend: Legend, records: Records, rows: slice) -> pa.Table:
    breaks = part_of(records.interruptions, rows)
    return pa.table(
        {
            "replication": _replication(records, len(breaks.job)),
            "job": breaks.job.astype(np.int64),
            "cause": _labels(Interruption, breaks.cause),
            "left_s": breaks.left_s,
            "back_s": breaks.back_s,
            "again_s": breaks.again_s,
        }
    )


def _availability(legend: Legend, records: Records, rows: slice) -> pa.Table:
    names, spans = legend.names, part_of(records.availability, rows)
    return pa.table(
        {
            "replication": _replication(records, len(spans.host)),
            "host": _named(names.hosts, spans.host),
            "runtime": _named(names.runtimes, spans.runtime),
            "slots": spans.slots,
            "from_s": spans.from_s,
            "to_s": spans.to_s,
            "usable": spans.state == SlotState.USABLE.value,
            "why_not": _why_not(spans.state),
        }
    )


def _why_not(state: Codes) -> pa.DictionaryArray:
    """Return the labels of slots' states, null where they are usable, which is state 0."""
    return _named((one.label for one in SlotState if one != SlotState.USABLE), state - 1)


def _trigger_log(legend: Legend, records: Records, rows: slice) -> pa.Table:
    names, log = legend.names, part_of(records.trigger_log, rows)
    return pa.table(
        {
            "replication": _replication(records, len(log.source)),
            "trigger": _named(names.sources, log.source),
            "fired_s": log.fired_s,
            "created": log.created,
            "outcome": _labels(FiringOutcome, log.outcome),
            "failed_why": _named((one.in_words for one in names.refusals), log.refusal),
        }
    )


def _queue_items(legend: Legend, records: Records, rows: slice) -> pa.Table:
    items = part_of(records.queue_items, rows)
    return pa.table(
        {
            "replication": _replication(records, len(items.route)),
            "item": _numbers(records.queue_items.route, rows),
            **_item_route_columns(legend, items.route),
            "priority": items.priority,
            "retry": items.retry,
            "first": items.first.astype(np.int64),
            "added_s": items.added_s,
            "available_s": items.available_s,
            "deadline_s": items.deadline_s,
            "taken_s": items.taken_s,
            "done_s": items.done_s,
            "status": _labels(ItemStatus, items.status),
            "exception": _labels(ItemException, items.exception),
            "job": items.job.astype(np.int64),
            **_refusal_columns(legend, legend.item_routes.refusal[items.route]),
        }
    )


def _item_route_columns(legend: Legend, route: Ints) -> dict[str, pa.Array]:
    """Return what an item has from its route: where it was added, by what, and by whom."""
    names, routes = legend.names, legend.item_routes
    queue = routes.queue[route]
    return {
        "queue": _named(names.queues, queue),
        "folder": _named(names.folders, np.array(names.queue_folder, dtype=np.int32)[queue]),
        "arrival": _named(names.arrivals, routes.arrival[route]),
        "principal": _named(names.principals, routes.principal[route]),
    }


def _blame(legend: Legend, records: Records, _rows: slice) -> pa.Table:
    """Return blame by folder, the processes of each added up."""
    blame, names = records.blame, legend.names
    if blame is None:
        raise ValueError("blame was not worked out: see measurement.blame")
    folder = folders_of_processes(legend)[blame.process]
    keys, row = combinations(folder, blame.cause, blame.held_by, blame.machine)
    folder, cause, held_by, machine = keys
    holders = np.where(held_by == ELSEWHERE, len(names.folders), held_by)
    seconds = np.bincount(row, blame.seconds, minlength=len(folder))
    return pa.table(
        {
            "replication": _replication(records, len(folder)),
            "folder": _named(names.folders, folder),
            "cause": _labels(BlameCause, cause),
            "held_by": _named((*names.folders, OUTSIDE_YOUR_FOLDERS), holders),
            "machine": _named(names.machines, machine),
            "seconds": seconds.astype(np.float64),  # of no rows NumPy counts whole numbers
        }
    )


def _readings(legend: Legend, records: Records, _rows: slice) -> pa.Table:
    """Return what the meter read at each of its moments, by folder and, without one, of all."""
    taken, folders = readings_in_order(records.readings), len(legend.names.folders)
    rows = len(taken) * (folders + 1)
    every = np.append(np.arange(folders), -1)
    return pa.table(
        {
            "replication": _replication(records, rows),
            "moment": _named(MOMENTS, np.repeat(np.arange(len(taken)), len(every))),
            "folder": _named(legend.names.folders, np.tile(every, len(taken))),
            "at_s": np.repeat(_floats(one.at_s for one in taken), len(every)),
            "waiting": _with_sums(one.waiting for one in taken),
            "running": _with_sums(one.running for one in taken),
            "held": _with_sums(one.held for one in taken),
            "waited_s": _of_all(folders, (one.waited_s for one in taken)),
            "held_s": _of_all(folders, (one.held_s for one in taken)),
        }
    )


def _with_sums(counts: Iterable[npt.NDArray[np.int64]]) -> npt.NDArray[np.int64]:
    """Return counts by folder, those of each moment followed by their sum."""
    nothing = np.empty(0, dtype=np.int64)
    return np.concatenate([nothing, *(np.append(one, one.sum()) for one in counts)])


def _of_all(folders: int, totals: Iterable[float]) -> npt.NDArray[np.float64]:
    """Return numbers of all folders together, each preceded by NaN for every single one."""
    of_all = _floats(totals)
    alone = np.full((len(of_all), folders), np.nan)
    return np.column_stack([alone, of_all]).ravel()


def _floats(numbers: Iterable[float]) -> npt.NDArray[np.float64]:
    return np.array([*numbers], dtype=np.float64)


def _numbers(column: Ints, rows: slice) -> npt.NDArray[np.int64]:
    """Return the numbers of some rows of a table, which has this column."""
    return np.arange(*rows.indices(len(column)), dtype=np.int64)


def _replication(records: Records, rows: int) -> npt.NDArray[np.int32]:
    return np.full(rows, records.replication, dtype=np.int32)


def _labels(kind: Labelled, codes: Indices) -> pa.DictionaryArray:
    """Return an enumeration's labels; its members count from 0."""
    return _named((member.label for member in kind), codes)


def _named(names: Iterable[str], index: Indices) -> pa.DictionaryArray:
    """Return `names[index]`, null where the index is -1; a dictionary holds each name once."""
    every = tuple(names)
    number = numbers_of(dict.fromkeys(every))
    place = np.array([*(number[name] for name in every), 0], dtype=_index_type(len(number)))
    return pa.DictionaryArray.from_arrays(
        pa.array(place[index], mask=index < 0), pa.array(number, type=pa.string())
    )


def _index_type(size: int) -> type[np.signedinteger[Any]]:
    """Return the shortest integers that number `size` names: a long run is mostly these."""
    for short in (np.int8, np.int16):
        if size <= np.iinfo(short).max + 1:
            return short
    return np.int32


_BUILDERS: Final = {
    "jobs": _jobs,
    "occupancy": _occupancy,
    "interruptions": _interruptions,
    "availability": _availability,
    "trigger_log": _trigger_log,
    "queue_items": _queue_items,
    "blame": _blame,
    "readings": _readings,
}
