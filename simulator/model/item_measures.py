"""The measures of the items of queues."""

from __future__ import annotations

from typing import Final

from simulator.model.definitions import ITEM_SCOPES, Measure, spread

_ITEM_WAIT = (
    "the time from when an attempt at an item was added to when a job took it, deferral included, "
    "over the attempts that were taken, retries too, at items first added inside the window"
)
_ITEM_TURNAROUND = (
    "the time from when an item was first added to the end of the last attempt at it, over the "
    "items first added inside the window that ended Successful or Failed"
)
_DECIDED = (
    "an item that ended Successful or Failed is decided by when that was, any other once the run "
    "goes on beyond its time"
)

ITEM_MEASURES: Final = (
    Measure(
        "items.added",
        "items",
        "Items first added inside the window, refused ones and retries not counted; the mean over "
        "replications, as for every number of items.",
        ITEM_SCOPES,
    ),
    Measure(
        "items.refused",
        "items",
        "Items that were to be added inside the window and were refused.",
        ITEM_SCOPES,
    ),
    Measure(
        "items.done",
        "items",
        "Items first added inside the window that ended Successful, then or later.",
        ITEM_SCOPES,
    ),
    Measure(
        "items.failed",
        "items",
        "Items first added inside the window that ended Failed: not retried, or for the last time.",
        ITEM_SCOPES,
    ),
    Measure(
        "items.retried",
        "items",
        "Attempts at items first added inside the window that failed and were added anew.",
        ITEM_SCOPES,
    ),
    Measure(
        "items.per_hour",
        "items/h",
        "Items that ended Successful or Failed inside the window, for each hour of it.",
        ITEM_SCOPES,
    ),
    Measure(
        "items.waiting",
        "items",
        "The time average of the number of New items over the window, deferred ones and retries "
        "included.",
        ITEM_SCOPES,
    ),
    *spread("items.wait", _ITEM_WAIT, "attempts", ITEM_SCOPES),
    *spread("items.turnaround", _ITEM_TURNAROUND, "items", ITEM_SCOPES),
    Measure(
        "items.late",
        "items",
        "Items first added inside the window that did not end Successful or Failed by their "
        "deadline, as far as that is decided.",
        ITEM_SCOPES,
    ),
    Measure(
        "items.late_share",
        "ratio",
        f"Late items over those with a deadline that are decided: {_DECIDED}.",
        ITEM_SCOPES,
    ),
    Measure(
        "items.sla_share",
        "ratio",
        "Where the queue has an SLA, the share of the items first added inside the window that "
        "ended Successful or Failed within it, whatever deadlines of their own they have, of those "
        f"that are decided: {_DECIDED}.",
        ITEM_SCOPES,
    ),
)
"""In the order in which summaries list them."""
