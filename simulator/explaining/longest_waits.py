"""Which jobs of a run to ask about: those that waited longest, or of one folder at some time."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.explaining.explained import Charge, JobName
from simulator.explaining.job_story import Told, charges_of_wait
from simulator.explaining.scene import Wait
from simulator.plan.eligibility import eligibility_of


class LongWait(NamedTuple):
    """The first wait of a job, in seconds since origin, and what kept it Pending, most first."""

    who: JobName
    from_s: float
    waited_s: float
    charges: tuple[Charge, ...]


def longest_waits(told: Told, most: int) -> tuple[LongWait, ...]:
    """Return the jobs that waited longest for their first start; of equal ones the older first."""
    jobs, lines = told.records.jobs, told.legend.routes.line
    longest = np.argsort(-jobs.pending_s, kind="stable")[:most]
    eligibility = eligibility_of(told.plan)
    found = []
    for job in longest[jobs.pending_s[longest] > 0].tolist():
        from_s, waited_s = float(jobs.submitted_s[job]), float(jobs.pending_s[job])
        wait = Wait(job, int(lines[jobs.route[job]]), from_s, from_s + waited_s)
        charges = charges_of_wait(eligibility, told.legend, told.records, wait)
        found.append(LongWait(told.name(job), from_s, waited_s, charges))
    return tuple(found)


def pending_at(told: Told, folder: str, at_s: float) -> int | None:
    """Return who of a folder, or its subfolders, was Pending then and in all waited longest.

    None where nobody was. Of several that waited as long, it is the one submitted first.
    """
    jobs = told.records.jobs
    since_s = jobs.submitted_s
    waits = _of_folder(told, folder) & (since_s <= at_s) & (at_s < since_s + jobs.pending_s)
    rows = np.flatnonzero(waits)
    return int(rows[np.argmax(jobs.pending_s[rows])]) if len(rows) else None


def nearest_waits(told: Told, folder: str, at_s: float) -> tuple[float | None, float | None]:
    """Return when the last wait of a folder before an instant ended, and the next one begins."""
    jobs = told.records.jobs
    rows = np.flatnonzero(_of_folder(told, folder) & (jobs.pending_s > 0))
    since_s, until_s = jobs.submitted_s[rows], (jobs.submitted_s + jobs.pending_s)[rows]
    before, after = until_s[until_s <= at_s], since_s[since_s > at_s]
    return (
        float(before.max()) if len(before) else None,
        float(after.min()) if len(after) else None,
    )


def _of_folder(told: Told, folder: str) -> npt.NDArray[np.bool_]:
    """Return which jobs are of a folder or its subfolders."""
    names, routes = told.legend.names, told.legend.routes
    inside = [one == folder or one.startswith(f"{folder}/") for one in names.folders]
    found: npt.NDArray[np.bool_] = np.array(inside, dtype=np.bool_)[
        routes.folder[told.records.jobs.route]
    ]
    return found
