"""Every measure: its name, unit and one definition. `simulator.measurement` computes them."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from simulator.units import exact_duration

Unit = Literal[
    "s", "ratio", "jobs", "jobs/h", "slots", "hosts", "h", "licences", "items", "items/h"
]

JOB_SCOPES: Final = (
    "tenant",
    "folder",
    "folder+",
    "process",
    "trigger",
    "start",
    "priority",
    "runtime",
    "machine",
    "host",
    "account",
    "principal",
)
"""Scopes of measures over jobs; machine, host and account count the jobs that ran there.

`folder+` is a folder together with its subfolders, worked out for the folders whose target asks.
"""

SUBMISSION_SCOPES: Final = tuple(
    scope for scope in JOB_SCOPES if scope not in {"machine", "host", "account"}
)
"""Scopes a job has from its submission on, whether it ever ran or not."""

OUTSIDE: Final = "outside"
"""The scope of jobs outside the folders that somebody sees, where a run is told as he sees it.

Its names are machines, and none for all of them together.
"""

CAPACITY_SCOPES: Final = ("tenant", "machine", "host", "runtime")
"""Scopes of measures over the slots there are."""

SLOT_SCOPES: Final = (*CAPACITY_SCOPES, OUTSIDE)
"""Scopes of measures over what the slots do."""

HOST_SCOPES: Final = ("tenant", "machine", "host")
"""Scopes of measures over the hosts there are."""

LICENCE_SCOPES: Final = ("machine", "host", "runtime")
"""Scopes of measures over licences, of which each runtime type has its own."""

ITEM_SCOPES: Final = ("queue",)
"""Scopes of measures over the items of queues."""


class Measure(NamedTuple):
    """A measure: what it is called, its unit, how it is defined, where it applies."""

    name: str
    unit: Unit
    definition: str
    scopes: tuple[str, ...]


QUANTILE_PERCENTS: Final = (50, 90, 95, 99)
"""The quantiles a summary reports, in per cent."""

_SUMS = (
    "sums over all replications divided by their counts, with a jackknife interval over "
    "replications"
)
_WAIT = "the wait from submission to first start, over the jobs that started, zeros included"
_RESUMED = (
    "each wait for a slot of a job that was Suspended, from its return to when it was Running "
    "again, or that lost its host and started over, from then on likewise; of the jobs submitted "
    "inside the window, over the waits that ended so, zeros included"
)
_EXISTING = (
    "the slot-time in the window that existed, which is that of the slots of connected hosts that "
    "have a licence"
)
_TURNAROUND = "the time from submission to end, over the jobs that started"
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


def _quantile(prefix: str, what: str, percent: int, scopes: tuple[str, ...]) -> Measure:
    definition = (
        f"The {percent} % quantile (type 7) of {what}; the mean of the replications' own "
        "quantiles, with a Student t interval across them."
    )
    return Measure(f"{prefix}.p{percent}", "s", definition, scopes)


def _spread(
    prefix: str, what: str, of: str = "jobs", scopes: tuple[str, ...] = JOB_SCOPES
) -> tuple[Measure, ...]:
    """Return the measures every time span has: mean, standard deviation, quantiles, largest."""
    return (
        Measure(f"{prefix}.mean", "s", f"The mean of {what}: {_SUMS}.", scopes),
        Measure(
            f"{prefix}.sd",
            "s",
            f"The standard deviation of {what}, all {of} of all replications pooled.",
            scopes,
        ),
        *(_quantile(prefix, what, percent, scopes) for percent in QUANTILE_PERCENTS),
        Measure(
            f"{prefix}.max", "s", f"The largest value of {what}, over all replications.", scopes
        ),
    )


MEASURES: Final = (
    Measure(
        "jobs.submitted",
        "jobs",
        "Submissions inside the window, refused ones too; the mean over replications, as for "
        "every number of jobs.",
        SUBMISSION_SCOPES,
    ),
    Measure(
        "jobs.refused",
        "jobs",
        "Submissions inside the window that were refused.",
        SUBMISSION_SCOPES,
    ),
    Measure(
        "jobs.started",
        "jobs",
        "Jobs submitted inside the window that started, then or later.",
        JOB_SCOPES,
    ),
    Measure(
        "jobs.successful",
        "jobs",
        "Jobs submitted inside the window that ended Successful.",
        JOB_SCOPES,
    ),
    Measure(
        "jobs.faulted", "jobs", "Jobs submitted inside the window that ended Faulted.", JOB_SCOPES
    ),
    Measure(
        "jobs.stopped", "jobs", "Jobs submitted inside the window that ended Stopped.", JOB_SCOPES
    ),
    Measure(
        "jobs.expired",
        "jobs",
        "Jobs submitted inside the window that were withdrawn while Pending.",
        SUBMISSION_SCOPES,
    ),
    Measure(
        "jobs.refused_share",
        "ratio",
        "Refused submissions over all submissions.",
        SUBMISSION_SCOPES,
    ),
    Measure(
        "jobs.expired_share",
        "ratio",
        "Jobs withdrawn while Pending over all submissions.",
        SUBMISSION_SCOPES,
    ),
    Measure(
        "jobs.per_hour",
        "jobs/h",
        "Jobs that ran and ended inside the window, for each hour of it.",
        JOB_SCOPES,
    ),
    *_spread("pending", _WAIT),
    Measure(
        "pending.share",
        "ratio",
        "Of the jobs that started, the share that waited at all.",
        JOB_SCOPES,
    ),
    Measure(
        "pending.over",
        "ratio",
        "Of the jobs that started, the share that waited longer than the threshold.",
        JOB_SCOPES,
    ),
    Measure(
        "pending.jobs",
        "jobs",
        "The time average of the number of Pending jobs over the window, later withdrawn ones "
        "included.",
        SUBMISSION_SCOPES,
    ),
    *_spread("turnaround", _TURNAROUND),
    *_spread("resumed", _RESUMED, "waits"),
    Measure(
        "resumed.share",
        "ratio",
        "Of the waits that `resumed.mean` is of, the share that took any time at all.",
        JOB_SCOPES,
    ),
    Measure(
        "resumed.over",
        "ratio",
        "Of the waits that `resumed.mean` is of, the share that took longer than the threshold.",
        JOB_SCOPES,
    ),
    Measure(
        "resumed.jobs",
        "jobs",
        "The time average over the window of the number of jobs that waited for a slot again, "
        "Resumed or after the loss of their host.",
        SUBMISSION_SCOPES,
    ),
    Measure(
        "suspended.jobs",
        "jobs",
        "The time average of the number of Suspended jobs over the window.",
        SUBMISSION_SCOPES,
    ),
    Measure(
        "running.jobs",
        "jobs",
        "The time average of the number of Running jobs over the window, without those that are "
        "paused on a host that is down.",
        JOB_SCOPES,
    ),
    Measure(
        "slots.busy",
        "slots",
        "The time average of the number of slots executing a job; one whose job is paused on a "
        "host that is down executes nothing.",
        SLOT_SCOPES,
    ),
    Measure(
        "slots.utilisation",
        "ratio",
        f"Busy slot-time over {_EXISTING}, usable or not.",
        SLOT_SCOPES,
    ),
    Measure(
        "slots.connected",
        "slots",
        "The time average of the number of slots that existed, which are those of connected hosts "
        "that have a licence, usable or not.",
        CAPACITY_SCOPES,
    ),
    Measure(
        "slots.usable",
        "ratio",
        f"Of {_EXISTING}, the share with the host up and in service.",
        CAPACITY_SCOPES,
    ),
    Measure(
        "slots.maintenance",
        "ratio",
        f"Of {_EXISTING}, the share with the host in maintenance and not down.",
        CAPACITY_SCOPES,
    ),
    Measure(
        "slots.down",
        "ratio",
        f"Of {_EXISTING}, the share with the host down.",
        CAPACITY_SCOPES,
    ),
    Measure(
        "slots.unlicensed",
        "slots",
        "The time average of the number of slots of connected hosts that had no licence, and so "
        "did not exist.",
        CAPACITY_SCOPES,
    ),
    Measure(
        "slots.booting",
        "slots",
        "The time average of the number of slots of hosts that booted, as far as they had a "
        "licence.",
        CAPACITY_SCOPES,
    ),
    Measure(
        "hosts.connected",
        "hosts",
        "The time average of the number of connected hosts, up or down, with a licence or not; a "
        "host without slots is none.",
        HOST_SCOPES,
    ),
    Measure(
        "hosts.hours",
        "h",
        "The hours of the window for which hosts were connected or booted, added up over the "
        "hosts: what they cost.",
        HOST_SCOPES,
    ),
    Measure(
        "host.utilisation",
        "ratio",
        "The share of the time in the window for which the hosts' slots existed, any of them, with "
        "at least one slot of the host busy.",
        ("machine", "host"),
    ),
    Measure(
        "licences.taken",
        "licences",
        "The time average of the number of licences that hosts held, one a slot, used or not: "
        "connected hosts, and from the beginning of their boot those to come.",
        LICENCE_SCOPES,
    ),
    Measure(
        "licences.peak",
        "licences",
        "The most slots that jobs held at once inside the window, over all replications; a job "
        "that waits out the dispatch latency holds its slot, one paused on a host that is down "
        "does not count.",
        LICENCE_SCOPES,
    ),
    Measure(
        "account.utilisation",
        "ratio",
        "The share of the window with at least one job running under the account.",
        ("account",),
    ),
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
    *_spread("items.wait", _ITEM_WAIT, "attempts", ITEM_SCOPES),
    *_spread("items.turnaround", _ITEM_TURNAROUND, "items", ITEM_SCOPES),
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
"""The catalogue, in the order in which summaries list it."""

BY_NAME: Final = {measure.name: measure for measure in MEASURES}

THRESHOLDS_S: Final = (60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0, 14400.0, 28800.0)
"""The waits for which every summary reports the measures of `OVER`; targets add their own."""

OVER: Final = ("pending.over", "resumed.over")
"""The measures that have a threshold."""


def over(measure: str, threshold_s: float) -> str:
    """Return the summary's name of one of `OVER` at a threshold: `pending.over(10m)`."""
    return f"{measure}({exact_duration(threshold_s)})"
