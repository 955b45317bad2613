"""Records as one account may see them: jobs and items of its folders, and that slots are held.

What a run recorded elsewhere is taken out before anything is measured or written, and its names
with it. Of a job elsewhere one thing is left: that a slot of a machine in sight was held, from
when to when.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final, TypeVar

import numpy as np
import numpy.typing as npt

from simulator.access.sight import Sight
from simulator.records.columns import (
    ELSEWHERE,
    NONE,
    Availability,
    Blame,
    BlameOfMachines,
    BlameOfWeek,
    Interruptions,
    Ints,
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

_NONE: Final = np.int32(NONE)
_ALL: Final = slice(None)

_Thing = TypeVar("_Thing")
_Table = TypeVar(
    "_Table",
    Routes,
    ItemRoutes,
    Jobs,
    Occupancy,
    Interruptions,
    Availability,
    TriggerLog,
    QueueItems,
    Blame,
    BlameOfWeek,
)
_Blame = TypeVar("_Blame", Blame, BlameOfWeek, BlameOfMachines)
_Rows = npt.NDArray[np.bool_] | npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class _Numbers:
    """The new number of each old one, -1 for what is out of sight; one array a list of names."""

    folders: Ints
    processes: Ints
    sources: Ints
    accounts: Ints
    principals: Ints
    machines: Ints
    hosts: Ints
    run_as: Ints
    lines: Ints
    refusals: Ints
    queues: Ints
    arrivals: Ints


@dataclass(frozen=True, slots=True)
class View:
    """How one account sees records: the `legend` of what it sees, and the way there.

    Built by `view_of`. It can be sent to another process.
    """

    legend: Legend
    _routes: Ints
    _item_routes: Ints
    _numbers: _Numbers

    def of(self, records: Records) -> Records:
        """Return what is in sight, jobs numbered anew; spans of jobs outside have the job -1.

        Such a span begins when its job began Running, as utilisation counts it: what went before
        (`dispatch.latency`) could not be told from the jobs any more.
        """
        jobs = _renumbered(self.sees(records.jobs))
        seen = replace(
            records,
            jobs=self._jobs(records.jobs, jobs),
            occupancy=self._occupancy(records.occupancy, jobs),
            interruptions=_interruptions(records.interruptions, jobs),
            availability=self._availability(records.availability),
            trigger_log=self._trigger_log(records.trigger_log),
            queue_items=self._queue_items(records.queue_items, jobs),
            blame=None if records.blame is None else self.blame(records.blame),
            readings=None,
        )
        return _ended(seen, self.legend.window)

    def blame(self, blame: _Blame) -> _Blame:
        """Return why jobs in sight were Pending; `ELSEWHERE` stands for folders out of sight.

        By machine alone jobs cannot be told apart any more: such blame must be of those in sight.
        """
        seen: dict[str, Any] = {}
        if not isinstance(blame, BlameOfWeek):
            seen["machine"] = _looked_up(self._numbers.machines, blame.machine)
        if isinstance(blame, BlameOfMachines):
            return replace(blame, **seen)
        held_by = _looked_up(self._numbers.folders, blame.held_by)
        hidden = (blame.held_by >= 0) & (held_by < 0)
        seen["held_by"] = np.where(hidden, np.int32(ELSEWHERE), held_by)
        seen["process"] = self._numbers.processes[blame.process]
        return _rows(replace(blame, **seen), seen["process"] >= 0)

    def sees(
        self, jobs: Jobs, rows: npt.NDArray[np.integer[Any]] | slice = _ALL
    ) -> npt.NDArray[np.bool_]:
        """Return which jobs, or which of some of them, are in sight."""
        return self._routes[jobs.route[rows]] >= 0

    def _jobs(self, jobs: Jobs, numbers: Ints) -> Jobs:
        seen = _rows(jobs, numbers >= 0)
        return replace(
            seen,
            route=self._routes[seen.route],
            host=_looked_up(self._numbers.hosts, seen.host),
            account=_looked_up(self._numbers.accounts, seen.account),
        )

    def _occupancy(self, spans: Occupancy, jobs: Ints) -> Occupancy:
        job, host = jobs[spans.job], self._numbers.hosts[spans.host]
        from_s = np.where(job < 0, spans.ran_from_s, spans.from_s)
        account = np.where(job < 0, _NONE, _looked_up(self._numbers.accounts, spans.account))
        found = replace(spans, job=job, host=host, account=account, from_s=from_s)
        order = np.lexsort((job, from_s))
        return _rows(found, order[((host >= 0) & (from_s < spans.to_s))[order]])

    def _availability(self, spans: Availability) -> Availability:
        host = self._numbers.hosts[spans.host]
        return _rows(replace(spans, host=host), host >= 0)

    def _trigger_log(self, log: TriggerLog) -> TriggerLog:
        source = self._numbers.sources[log.source]
        refusal = _looked_up(self._numbers.refusals, log.refusal)
        return _rows(replace(log, source=source, refusal=refusal), source >= 0)

    def _queue_items(self, items: QueueItems, jobs: Ints) -> QueueItems:
        """Return the items in sight; every attempt at one has the route of the first."""
        numbers = _renumbered(self._item_routes[items.route] >= 0)
        seen = _rows(items, numbers >= 0)
        return replace(
            seen,
            route=self._item_routes[seen.route],
            first=numbers[seen.first],
            job=_looked_up(jobs, seen.job),
        )


def view_of(legend: Legend, sight: Sight) -> View:
    """Return how an account of this sight sees records with this legend."""
    folders = _among(legend.names.folders, frozenset(sight.folders))
    in_sight = folders[legend.routes.folder] >= 0
    routes = _rows(legend.routes, in_sight)
    items_in_sight = _queues(legend.names, sight)[legend.item_routes.queue] >= 0
    item_routes = _rows(legend.item_routes, items_in_sight)
    numbers = _numbers(legend.names, routes, item_routes, sight)
    seen = Legend(
        _names(legend.names, numbers),
        _routes(routes, numbers),
        _item_routes(item_routes, numbers),
        legend.window,
        partial=True,
    )
    return View(seen, _renumbered(in_sight), _renumbered(items_in_sight), numbers)


def _interruptions(breaks: Interruptions, jobs: Ints) -> Interruptions:
    """Return the interruptions of jobs in sight."""
    job = jobs[breaks.job]
    return _rows(replace(breaks, job=job), job >= 0)


def _ended(records: Records, window: Window) -> Records:
    """Return records that end with what is in sight, though not before the window does.

    Where a run drains, its own end would tell when the last job elsewhere ended.
    """
    breaks, slots = records.interruptions, records.availability
    own_s = (records.jobs.ended_s, records.occupancy.to_s, breaks.left_s, breaks.back_s)
    last_s = np.concatenate(([window.to_s], *own_s))
    end_s = min(float(np.nanmax(last_s)), records.end_s)
    clipped = replace(slots, to_s=np.minimum(slots.to_s, end_s))
    return replace(
        records,
        end_s=end_s,
        jobs=_waiting_until(end_s, records),
        availability=_rows(clipped, clipped.from_s < end_s),
    )


def _waiting_until(end_s: float, records: Records) -> Jobs:
    """Return the jobs of records that end at `end_s`: those that still waited do so until then."""
    jobs, breaks = records.jobs, records.interruptions
    waits = np.isnan(breaks.again_s) & ~np.isnan(breaks.back_s)
    resumed_s = jobs.resumed_s.copy()
    resumed_s[breaks.job[waits]] -= records.end_s - end_s
    pending_s = np.minimum(jobs.pending_s, end_s - jobs.submitted_s)
    return replace(jobs, pending_s=pending_s, resumed_s=resumed_s)


def _queues(names: Names, sight: Sight) -> Ints:
    """Number the queues whose items are in sight."""
    of_queues = (names.folders[folder] for folder in names.queue_folder)
    return _among(of_queues, sight.queue_folders)


def _numbers(names: Names, routes: Routes, items: ItemRoutes, sight: Sight) -> _Numbers:
    """Number what is in sight; of what routes point at, that which those in sight do."""
    machines = _among(names.machines, sight.machines)
    principals = np.concatenate((routes.principal, items.principal))
    callers = {names.principals[number] for number in principals if number >= 0}
    told = np.concatenate((routes.refusal, routes.limit_refusal, items.refusal))
    return _Numbers(
        folders=_among(names.folders, frozenset(sight.folders)),
        processes=_used(routes.process, names.processes),
        sources=_used(routes.source, names.sources),
        accounts=_among(names.accounts, sight.accounts | callers),
        principals=_among(names.principals, sight.accounts | callers),
        machines=machines,
        hosts=_renumbered(machines[list(names.host_machine)] >= 0),
        run_as=_used(routes.run_as, names.run_as),
        lines=_used(routes.line, names.lines),
        refusals=_used(told, names.refusals),
        queues=_queues(names, sight),
        arrivals=_used(items.arrival, names.arrivals),
    )


def _names(names: Names, numbers: _Numbers) -> Names:
    of_hosts = (numbers.machines[machine] for machine in names.host_machine)
    of_queues = _seen(names.queue_folder, numbers.queues)
    return Names(
        folders=_seen(names.folders, numbers.folders),
        processes=_seen(names.processes, numbers.processes),
        sources=_seen(names.sources, numbers.sources),
        source_kinds=_seen(names.source_kinds, numbers.sources),
        accounts=_seen(names.accounts, numbers.accounts),
        principals=_seen(names.principals, numbers.principals),
        machines=_seen(names.machines, numbers.machines),
        hosts=_seen(names.hosts, numbers.hosts),
        host_machine=tuple(int(machine) for machine in of_hosts if machine >= 0),
        machine_slots=_seen(names.machine_slots, numbers.machines),
        runtimes=names.runtimes,
        run_as=_seen(names.run_as, numbers.run_as),
        lines=_seen(names.lines, numbers.lines),
        refusals=_seen(names.refusals, numbers.refusals),
        queues=_seen(names.queues, numbers.queues),
        queue_folder=tuple(int(numbers.folders[folder]) for folder in of_queues),
        queue_sla_s=_seen(names.queue_sla_s, numbers.queues),
        arrivals=_seen(names.arrivals, numbers.arrivals),
    )


def _routes(routes: Routes, numbers: _Numbers) -> Routes:
    return replace(
        routes,
        folder=numbers.folders[routes.folder],
        process=numbers.processes[routes.process],
        source=numbers.sources[routes.source],
        principal=_looked_up(numbers.principals, routes.principal),
        run_as=numbers.run_as[routes.run_as],
        line=_looked_up(numbers.lines, routes.line),
        refusal=_looked_up(numbers.refusals, routes.refusal),
        limit_refusal=_looked_up(numbers.refusals, routes.limit_refusal),
    )


def _item_routes(routes: ItemRoutes, numbers: _Numbers) -> ItemRoutes:
    return ItemRoutes(
        arrival=numbers.arrivals[routes.arrival],
        queue=numbers.queues[routes.queue],
        principal=_looked_up(numbers.principals, routes.principal),
        refusal=_looked_up(numbers.refusals, routes.refusal),
    )


def _among(names: Iterable[str], seen: Collection[str]) -> Ints:
    return _renumbered(np.array([name in seen for name in names], dtype=np.bool_))


def _used(column: Ints, things: Sequence[object]) -> Ints:
    """Number the things that a column of the routes in sight points at."""
    return _renumbered(np.isin(np.arange(len(things)), column))


def _renumbered(kept: npt.NDArray[np.bool_]) -> Ints:
    """Return the new number of each row that is kept, -1 for the others."""
    return np.where(kept, np.cumsum(kept, dtype=np.int32) - 1, _NONE)


def _seen(things: Sequence[_Thing], numbers: Ints) -> tuple[_Thing, ...]:
    return tuple(thing for thing, number in zip(things, numbers, strict=True) if number >= 0)


def _looked_up(numbers: Ints, column: Ints) -> Ints:
    """Return the new numbers of a column in which -1 stands for none."""
    return np.append(numbers, _NONE)[column]


def _rows(table: _Table, rows: _Rows) -> _Table:
    columns: dict[str, Any] = {
        column.name: getattr(table, column.name)[rows] for column in fields(table)
    }
    return replace(table, **columns)
