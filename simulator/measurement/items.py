"""The items of queues: how many there were, how long they waited, which came too late.

A retry is a row of its own. An item is all its rows together, told by that of the first attempt;
once an attempt at it ends Successful or Failed, there is no other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from simulator.measurement.counts import inside
from simulator.measurement.figures import ItemCounts, QueueFigures, Spread
from simulator.measurement.scopes import Keys, Mask, Scope
from simulator.measurement.spans import Spans
from simulator.measurement.spreads import spreads_of
from simulator.records.codes import ItemStatus
from simulator.records.columns import Floats, Legend, QueueItems, Records, Window

_ENDS: Final = (ItemStatus.SUCCESSFUL.value, ItemStatus.FAILED.value)
"""How an item can end: what is Abandoned never does."""


@dataclass(frozen=True, slots=True)
class _Observed:
    """What the figures are made of, a value a row of the items, (I,) each.

    original: first attempts that were let in. observed: first attempts of the window that were, and
    every later one at the same item. ended_s: of an original, when the item ended; NaN elsewhere
    and where it never did. queue: the keys of the rows.
    """

    items: QueueItems
    original: Mask
    observed: Mask
    ended_s: Floats
    queue: Keys


def queue_figures(legend: Legend, records: Records) -> QueueFigures:
    """Return the figures of every queue, in the legend's order."""
    names, window = legend.names.queues, legend.window
    found = _observed(legend, records.queue_items)
    scope = Scope("queue", names, "queue", np.arange(len(names), dtype=np.int32))
    new = _new(records.queue_items, records.end_s)
    waits, turnarounds = _spreads(found, scope)
    return QueueFigures(
        names=names,
        items=_counts(legend, records, found, scope),
        waits=waits,
        turnarounds=turnarounds,
        new_s=scope.total(found.queue.totals(new.within(window.from_s, window.to_s).length_s)),
        backlog=_backlog(found, window, scope),
    )


def _observed(legend: Legend, items: QueueItems) -> _Observed:
    rows = np.arange(len(items.first), dtype=np.int32)
    original = (items.first == rows) & (items.status != ItemStatus.REFUSED.value)
    ended = np.flatnonzero(np.isin(items.status, _ENDS))
    ended_s = np.full(len(rows), np.nan)
    ended_s[items.first[ended]] = items.done_s[ended]
    of_window = original & inside(items.added_s, legend.window)
    queue = legend.item_routes.queue[items.route]
    keys = Keys({"queue": queue}, {"queue": len(legend.names.queues)})
    return _Observed(items, original, of_window[items.first], ended_s, keys)


def _counts(legend: Legend, records: Records, found: _Observed, scope: Scope) -> ItemCounts:
    """Return the numbers of items; whether one is in time is decided by the end of the run."""
    items, window, end_s = found.items, legend.window, records.end_s
    first = found.observed & found.original
    sla_s = np.array(legend.names.queue_sla_s)[found.queue.columns["queue"]]
    due, late = _late(found.ended_s, items.deadline_s, end_s)
    promised, broken = _late(found.ended_s, items.added_s + sla_s, end_s)
    chosen = {
        "added": first,
        "refused": (items.status == ItemStatus.REFUSED.value) & inside(items.added_s, window),
        "successful": found.observed & (items.status == ItemStatus.SUCCESSFUL.value),
        "failed": found.observed & (items.status == ItemStatus.FAILED.value),
        "retried": found.observed & (items.status == ItemStatus.RETRIED.value),
        "due": first & due,
        "late": first & late,
        "promised": first & promised,
        "kept": first & promised & ~broken,
        "ended": inside(found.ended_s, window),
    }
    return ItemCounts(
        **{name: scope.total(found.queue.of(rows).totals()) for name, rows in chosen.items()}
    )


def _late(ended_s: Floats, due_s: Floats, end_s: float) -> tuple[Mask, Mask]:
    """Return of which items it is decided whether they kept a time, and which did not.

    A time that is NaN or infinite binds nobody.
    """
    ended = ~np.isnan(ended_s)
    decided = np.isfinite(due_s) & (ended | (due_s < end_s))
    return decided, decided & ~(ended_s <= due_s)


def _spreads(found: _Observed, scope: Scope) -> tuple[Spread, Spread]:
    """Return how the waits of attempts and the turnarounds of items are spread."""
    items = found.items
    taken = found.observed & ~np.isnan(items.taken_s)
    ended = found.observed & found.original & ~np.isnan(found.ended_s)
    waits_s = items.taken_s[taken] - items.added_s[taken]
    turnarounds_s = found.ended_s[ended] - items.added_s[ended]
    return (
        spreads_of(waits_s, found.queue.of(taken), ()).of(scope),
        spreads_of(turnarounds_s, found.queue.of(ended), ()).of(scope),
    )


def _new(items: QueueItems, end_s: float) -> Spans:
    """Return when each attempt was New: until a job took it, or the end of the run."""
    until_s = np.where(np.isnan(items.taken_s), end_s, items.taken_s)
    refused = items.status == ItemStatus.REFUSED.value
    return Spans(items.added_s, np.where(refused, items.added_s, until_s))


def _backlog(found: _Observed, window: Window, scope: Scope) -> Floats:
    """Return how many New items could be taken at the window's start and at its end, (N, 2)."""
    items = found.items
    let_in = items.status != ItemStatus.REFUSED.value
    numbers = [
        found.queue.of(let_in & (items.available_s <= at_s) & ~(items.taken_s <= at_s)).totals()
        for at_s in (window.from_s, window.to_s)
    ]
    return np.stack([scope.total(number) for number in numbers], axis=1)
