"""One replication measured: its records, walked over a few times, become a handful of arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from simulator.measurement.counts import Counts, additions_of, firings_of, inside
from simulator.measurement.figures import Figures, ScopeFigures
from simulator.measurement.hours import hours_s, mean_numbers
from simulator.measurement.items import queue_figures
from simulator.measurement.loads import Loads
from simulator.measurement.scopes import Keys, Scope, keys_of, scopes_of
from simulator.measurement.spreads import Spreads
from simulator.records.columns import Jobs, Legend, Records, Window


def measure(
    legend: Legend,
    records: Records,
    thresholds_s: Sequence[float],
    subtrees: Sequence[str] = (),
) -> Figures:
    """Return the figures of one replication: of the jobs and items of the window, and its time.

    thresholds_s: the waits for which `pending.over` is counted. subtrees: the folders for which
    the scope `folder+`, the folder with its subfolders, is worked out.
    """
    thresholds_s = tuple(sorted(set(thresholds_s)))
    window, keys = legend.window, keys_of(legend, records.jobs)
    counts = Counts(records.jobs, keys, window)
    loads = Loads(legend, records, keys)
    spreads = _spreads(records.jobs, keys, window, thresholds_s)
    items_added, items_refused = additions_of(legend, records.queue_items)
    return Figures(
        replication=records.replication,
        thresholds_s=thresholds_s,
        scopes=tuple(
            _scope_figures(scope, counts, spreads, loads) for scope in scopes_of(legend, subtrees)
        ),
        queues=queue_figures(legend, records),
        hours_pending=mean_numbers(loads.pending, window),
        hours_busy=mean_numbers(loads.running, window),
        hours_s=hours_s(window),
        submissions=counts.submissions,
        refusals=counts.refusals,
        executions=counts.executions,
        items_added=items_added,
        items_refused=items_refused,
        firings=firings_of(legend, records.trigger_log),
    )


def _scope_figures(
    scope: Scope, counts: Counts, spreads: tuple[Spreads, Spreads], loads: Loads
) -> ScopeFigures:
    waits, turnarounds = spreads
    return ScopeFigures(
        scope=scope.scope,
        names=scope.names,
        jobs=counts.of(scope),
        waits=waits.of(scope),
        turnarounds=turnarounds.of(scope),
        load=loads.of(scope),
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
