"""How many jobs waited longer than each of a row of times, folder by folder.

The row is the same for every run, so that the waits of any two can be laid beside each other.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from simulator.measurement.chunks import parts_of
from simulator.measurement.counts import inside
from simulator.measurement.figures import LongerWaits
from simulator.model.measures import THRESHOLDS_S
from simulator.records.columns import Jobs, Legend
from simulator.units import DAY_S, HOUR_S

TIMES_S: Final = (
    *(0.0, 10.0, 30.0),
    *THRESHOLDS_S,
    *(16.0 * HOUR_S, 1.0 * DAY_S, 2.0 * DAY_S, 7.0 * DAY_S),
)
"""The times, ascending: those of every summary, and shorter and longer ones.

Longer than zero is every wait that there was.
"""


def longer_waits(legend: Legend, jobs: Jobs) -> LongerWaits:
    """Return how many jobs of each folder waited longer than each of `TIMES_S` for their start."""
    counts = np.zeros((len(legend.names.folders), len(TIMES_S) + 1), dtype=np.int64)
    for _, some in parts_of(jobs):
        _count(legend, some, counts)
    at_least = counts[:, ::-1].cumsum(axis=1)[:, ::-1].astype(np.float64)
    return LongerWaits(at_least[:, 0], at_least[:, 1:])


def _count(legend: Legend, jobs: Jobs, counts: npt.NDArray[np.int64]) -> None:
    """Add some jobs to how many of each folder passed just so many of the times."""
    rows = inside(jobs.submitted_s, legend.window) & ~np.isnan(jobs.started_s)
    passed = np.searchsorted(TIMES_S, jobs.started_s[rows] - jobs.submitted_s[rows], side="left")
    places = legend.routes.folder[jobs.route[rows]] * counts.shape[1] + passed
    counts += np.bincount(places, minlength=counts.size).reshape(counts.shape)
