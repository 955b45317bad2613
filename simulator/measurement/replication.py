"""One replication measured: its records, walked over a few times, become a handful of arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.measurement.capacity import Capacities
from simulator.measurement.counts import Counts, additions_of, firings_of, inside
from simulator.measurement.figures import Figures, ScopeFigures
from simulator.measurement.halves import mean_in_halves
from simulator.measurement.hours import hours_s, local_hours, mean_by_hour, mean_numbers
from simulator.measurement.interruptions import Absences
from simulator.measurement.items import queue_figures
from simulator.measurement.loads import Loads
from simulator.measurement.longer_waits import longer_waits
from simulator.measurement.scopes import Keys, Scope, keys_of, scopes_of
from simulator.measurement.spans import integrals
from simulator.measurement.spreads import Spreads
from simulator.measurement.watching import Watched, presences_of
from simulator.measurement.worst_hours import worst_hours
from simulator.records.columns import Jobs, Legend, Records, Window


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
    thresholds_s = tuple(sorted(set(thresholds_s)))
    parts, window = _parts(legend, records, thresholds_s), legend.window
    counts, loads = parts.counts, parts.loads
    items_added, items_refused = additions_of(legend, records.queue_items)
    pending_s = integrals(loads.pending, local_hours(window).edges)
    return Figures(
        replication=records.replication,
        thresholds_s=thresholds_s,
        scopes=tuple(parts.of(scope) for scope in scopes_of(legend, subtrees)),
        queues=queue_figures(legend, records),
        hours_pending=mean_by_hour(pending_s, window),
        hours_busy=mean_numbers(loads.running, window),
        hours_s=hours_s(window),
        halves_pending=mean_in_halves(loads.pending, window),
        submissions=counts.submissions,
        refusals=counts.refusals,
        executions=counts.executions,
        items_added=items_added,
        items_refused=items_refused,
        firings=firings_of(legend, records.trigger_log),
        longer_waits=longer_waits(legend, records.jobs),
        worst_hours=worst_hours(legend, records, loads.pending, pending_s) if in_detail else None,
        presences=presences_of(legend, records, watched),
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    """What the figures of a scope are made of, each added up once, for any of them."""

    counts: Counts
    waits: Spreads
    turnarounds: Spreads
    absences: Absences
    loads: Loads
    capacities: Capacities

    def of(self, scope: Scope) -> ScopeFigures:
        return ScopeFigures(
            scope=scope.scope,
            names=scope.names,
            jobs=self.counts.of(scope),
            waits=self.waits.of(scope),
            resumes=self.absences.waits(scope),
            turnarounds=self.turnarounds.of(scope),
            load=self.loads.of(scope, self.absences),
            capacity=self.capacities.of(scope),
        )


def _parts(legend: Legend, records: Records, thresholds_s: tuple[float, ...]) -> _Parts:
    jobs, window, keys = records.jobs, legend.window, keys_of(legend, records.jobs)
    waits, turnarounds = _spreads(jobs, keys, window, thresholds_s)
    return _Parts(
        counts=Counts(jobs, keys, window),
        waits=waits,
        turnarounds=turnarounds,
        absences=Absences(records, keys, window, (0.0, *thresholds_s)),
        loads=Loads(legend, records, keys),
        capacities=Capacities(legend, records.availability),
    )


def _spreads(
    jobs: Jobs, keys: Keys, window: Window, thresholds_s: tuple[float, ...]
) -> tuple[Spreads, Spreads]:
    """Return the waits of the jobs that started, and the turnarounds of those that also ended."""
    started = inside(jobs.submitted_s, window) & ~np.isnan(jobs.started_s)
    ended = started & ~np.isnan(jobs.ended_s)
    waits_s = jobs.started_s[started] - jobs.submitted_s[started]
    turnarounds_s = jobs.ended_s[ended] - jobs.submitted_s[ended]
    return (
        Spreads(waits_s, keys.of(started), (0.0, *thresholds_s)),
        Spreads(turnarounds_s, keys.of(ended), ()),
    )
