"""One replication measured: its records, walked over a few times, become a handful of arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from simulator.measurement.capacity import Capacities
from simulator.measurement.chunks import parts_of
from simulator.measurement.counts import Counts, additions_of, firings_of, inside
from simulator.measurement.figures import Figures, ScopeFigures, Spread
from simulator.measurement.halves import mean_in_halves
from simulator.measurement.hours import hours_s, mean_by_hour
from simulator.measurement.interruptions import Absences
from simulator.measurement.items import queue_figures
from simulator.measurement.kinds import Kinds
from simulator.measurement.loads import Loads
from simulator.measurement.longer_waits import longer_waits
from simulator.measurement.scopes import Groups, Keys, Scope, keys_of, scopes_of
from simulator.measurement.spreads import Spreads
from simulator.measurement.watching import Watched, presences_of
from simulator.measurement.worst_hours import worst_hours
from simulator.records.columns import Floats, Jobs, Legend, Records, Window


def measure(
    legend: Legend,
    records: Records,
    thresholds_s: Sequence[float],
    subtrees: Sequence[str] = (),
    watched: Sequence[Watched] = (),
    *,
    in_detail: bool = True,
) -> Figures:
    """Return the figures of one replication: of the jobs and items of the window, and its time.

    thresholds_s: the waits for which the measures of `OVER` are counted. subtrees: the folders for
    which the scope `folder+`, the folder with its subfolders, is worked out. watched: the machines
    whose hosts come and go, or go out of use. in_detail: with its worst hours.
    """
    thresholds_s, window = tuple(sorted(set(thresholds_s))), legend.window
    scopes = scopes_of(legend, subtrees)
    parts = _parts(legend, records, thresholds_s, scopes)
    counts, loads = parts.counts, parts.loads
    items_added, items_refused = additions_of(legend, records.queue_items)
    return Figures(
        replication=records.replication,
        thresholds_s=thresholds_s,
        scopes=tuple(parts.of(*each) for each in enumerate(scopes)),
        queues=queue_figures(legend, records),
        hours_pending=mean_by_hour(loads.pending_s, window),
        hours_busy=mean_by_hour(loads.running_s, window),
        hours_s=hours_s(window),
        halves_pending=mean_in_halves(loads.halves_s, window),
        submissions=counts.submissions,
        refusals=counts.refusals,
        executions=counts.executions,
        items_added=items_added,
        items_refused=items_refused,
        firings=firings_of(legend, records.trigger_log),
        longer_waits=longer_waits(legend, records.jobs),
        worst_hours=worst_hours(legend, records, loads.pending_s) if in_detail else None,
        presences=presences_of(legend, records, watched),
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the figures of scopes are made of, each added up once, for any of them.

    waits, turnarounds: of each scope already, as all that they come from takes much memory.
    """

    counts: Counts
    waits: tuple[Spread, ...]
    turnarounds: tuple[Spread, ...]
    absences: Absences
    loads: Loads
    capacities: Capacities

    def of(self, number: int, scope: Scope) -> ScopeFigures:
        return ScopeFigures(
            scope=scope.scope,
            names=scope.names,
            jobs=self.counts.of(scope),
            waits=self.waits[number],
            resumes=self.absences.waits(scope),
            turnarounds=self.turnarounds[number],
            load=self.loads.of(scope, self.absences),
            capacity=self.capacities.of(scope),
        )


def _parts(
    legend: Legend, records: Records, thresholds_s: tuple[float, ...], scopes: Sequence[Scope]
) -> _Parts:
    jobs, window, keys = records.jobs, legend.window, keys_of(legend, records.jobs)
    kinds, thresholds_s = Kinds(keys, len(jobs.route)), (0.0, *thresholds_s)
    return _Parts(
        counts=Counts(jobs, keys, window),
        waits=tuple(map(_waits(jobs, kinds, keys, window, thresholds_s).of, scopes)),
        turnarounds=tuple(map(_turnarounds(jobs, kinds, keys, window).of, scopes)),
        absences=Absences(records, keys, window, thresholds_s),
        loads=Loads(legend, records, keys),
        capacities=Capacities(legend, records.availability),
    )


def _waits(
    jobs: Jobs, kinds: Kinds, keys: Keys, window: Window, thresholds_s: Sequence[float]
) -> Spreads:
    """Return the waits of the jobs of the window that started."""
    spans_s, kind = _spans(jobs, kinds, keys, window, lambda some: some.started_s)
    return Spreads(spans_s, kinds, kind, thresholds_s)


def _turnarounds(jobs: Jobs, kinds: Kinds, keys: Keys, window: Window) -> Spreads:
    """Return how long the jobs of the window that started and ended took from their submission."""
    spans_s, kind = _spans(jobs, kinds, keys, window, _ended_s)
    return Spreads(spans_s, kinds, kind, ())


def _ended_s(jobs: Jobs) -> Floats:
    """Return when jobs ended that had started; NaN for others."""
    return np.where(np.isnan(jobs.started_s), np.nan, jobs.ended_s)


def _spans(
    jobs: Jobs, kinds: Kinds, keys: Keys, window: Window, until_s: Callable[[Jobs], Floats]
) -> tuple[Floats, Groups]:
    """Return the time from its submission on of each job of the window, and its kind.

    until_s: returns up to when; NaN for a job that is left out.
    """
    size, count = len(jobs.route), 0
    spans_s, kind = np.empty(size), np.empty(size, dtype=kinds.of(keys.of(slice(0))).dtype)
    for rows, some in parts_of(jobs):
        ends_s = until_s(some)
        chosen = np.flatnonzero(inside(some.submitted_s, window) & ~np.isnan(ends_s))
        found = slice(count, count + len(chosen))
        spans_s[found] = ends_s[chosen] - some.submitted_s[chosen]
        kind[found] = kinds.of(keys.of(rows).of(chosen))
        count = found.stop
    return spans_s[:count], kind[:count]
