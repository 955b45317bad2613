"""Every measure: its name, unit and one definition. `simulator.measurement` computes them."""

from __future__ import annotations

from typing import Final

from simulator.model.capacity_measures import CAPACITY_MEASURES
from simulator.model.definitions import JOB_SCOPES, SUBMISSION_SCOPES, Measure, spread
from simulator.model.item_measures import ITEM_MEASURES
from simulator.units import exact_duration

_WAIT = "the wait from submission to first start, over the jobs that started, zeros included"
_RESUMED = (
    "the wait for a slot again, from the return of a Suspended job, or a job's loss of its host, "
    "to when it was Running again, over all such waits of the jobs submitted inside the window, "
    "zeros included"
)
_TURNAROUND = "the time from submission to end, over the jobs that started"

_JOB_MEASURES: Final = (
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
    *spread("pending", _WAIT),
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
    *spread("turnaround", _TURNAROUND),
    *spread("resumed", _RESUMED, "waits"),
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
)

MEASURES: Final = (*_JOB_MEASURES, *CAPACITY_MEASURES, *ITEM_MEASURES)
"""The catalogue, in the order in which summaries list it."""

BY_NAME: Final = {measure.name: measure for measure in MEASURES}

THRESHOLDS_S: Final = (60.0, 120.0, 300.0, 600.0, 900.0, 1800.0, 3600.0, 7200.0, 14400.0, 28800.0)
"""The waits for which every summary reports the measures of `OVER`; targets add their own."""

OVER: Final = ("pending.over", "resumed.over")
"""The measures that have a threshold."""

LARGEST: Final = tuple(name for name in BY_NAME if name.endswith((".max", ".peak")))
"""The measures that are the largest of all values, which has no interval."""


def over(measure: str, threshold_s: float) -> str:
    """Return the summary's name of one of `OVER` at a threshold: `pending.over(10m)`."""
    return f"{measure}({exact_duration(threshold_s)})"
