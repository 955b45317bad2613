"""The job that a question is about: by its number, or who of a folder was Pending at some time."""

from __future__ import annotations

import datetime as dt
from typing import Final

from simulator.audit.lookups import unknown
from simulator.errors import Issue, ScenarioError
from simulator.explaining.job_story import Told
from simulator.explaining.longest_waits import nearest_waits, pending_at
from simulator.loading.spans import instant_of
from simulator.schedules.zones import resolve_zone


def job_asked(told: Told, job: int) -> int:
    """Return the number of a job.

    Raises:
        ScenarioError: there is no such job.
    """
    count = len(told.records.jobs.route)
    if 0 <= job < count:
        return job
    which = f"replication {told.records.replication}"
    has = f"its {count:,} jobs are numbered from 0 to {count - 1}" if count else "it has no jobs"
    raise _error(f"there is no job {job} in {which}: {has}", "unknown-job", _HINT)


def job_pending(told: Told, folder: str, at: str) -> tuple[int, tuple[Issue, ...]]:
    """Return who of a folder, or its subfolders, was Pending then and waited longest, and doubts.

    `at` is a local time by the tenant's clock. Doubtful is one that the clock shows twice.

    Raises:
        ScenarioError: there is no such folder, it is no local time, or nobody was Pending then.
    """
    if folder not in told.access.folders:
        raise unknown("folder", folder, told.access.folders)
    at_s, doubts = instant_of(told.scenario, "--at", at)
    job = pending_at(told, folder, at_s - told.legend.window.origin_epoch_s)
    if job is None:
        message = f"no job of {folder!r} was Pending at {at}"
        raise _error(message, "nobody-pending", _nearest(told, folder, at_s))
    return job, doubts


_HINT: Final = "simulator explain RUN --worst 10 lists those that waited longest"


def _nearest(told: Told, folder: str, at_s: float) -> str:
    """Return when anybody of a folder was Pending, nearest to an instant in Unix seconds."""
    window, run = told.legend.window, told.records
    before_s, after_s = nearest_waits(told, folder, at_s - window.origin_epoch_s)
    parts = []
    if before_s is not None:
        parts.append(f"the last one before was until {_local(told, before_s)}")
    if after_s is not None:
        parts.append(f"the next one is from {_local(told, after_s)} on")
    if not parts:
        return f"none of it ever was in replication {run.replication}"
    span = f"the run is from {_local(told, 0.0)} to {_local(told, run.end_s)}"
    return f"{'; '.join(parts)}; {span}"


def _local(told: Told, at_s: float) -> str:
    window = told.legend.window
    local = dt.datetime.fromtimestamp(window.origin_epoch_s + at_s, resolve_zone(window.zone))
    return f"{local:%Y-%m-%d %H:%M:%S}"


def _error(message: str, code: str, hint: str) -> ScenarioError:
    return ScenarioError([Issue((), message, code, hint)])
