"""The records around a moment: all jobs, and only those spans that have to do with it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from simulator.records.columns import Interruptions, Occupancy, Records


def around(records: Records, from_s: float, to_s: float) -> Records:
    """Return records with the spans and interruptions of those alone who were there in a while.

    Of each job that held a slot in [from_s, to_s), or was between two that it held, all rows are
    kept. So work on a single wait does not grow with the length of the run.
    """
    jobs, held, left = records.jobs, records.occupancy, records.interruptions
    is_there = (jobs.started_s < to_s) & ~(jobs.ended_s <= from_s)
    overlaps = (held.from_s < to_s) & (held.to_s > from_s) & (held.job >= 0)
    is_there[held.job[overlaps]] = True
    rows = np.flatnonzero(is_there[held.job] & (held.job >= 0))
    breaks = np.flatnonzero(is_there[left.job])
    return replace(
        records,
        occupancy=Occupancy(*(getattr(held, name)[rows] for name in Occupancy.__slots__)),
        interruptions=Interruptions(
            *(getattr(left, name)[breaks] for name in Interruptions.__slots__)
        ),
    )
