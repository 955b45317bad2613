"""How many jobs waited longer than each of a row of times, folder by folder.

The row is the same for every run, so that the waits of any two can be laid beside each other.
"""

from __future__ import annotations

from typing import Final

import numpy as np

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
    rows = inside(jobs.submitted_s, legend.window) & ~np.isnan(jobs.started_s)
    passed = np.searchsorted(TIMES_S, jobs.started_s[rows] - jobs.submitted_s[rows], side="left")
    shape = (len(legend.names.folders), len(TIMES_S) + 1)
    places = legend.routes.folder[jobs.route[rows]] * shape[1] + passed
    counts = np.bincount(places, minlength=shape[0] * shape[1]).reshape(shape)
    at_least = counts[:, ::-1].cumsum(axis=1)[:, ::-1].astype(np.float64)
    return LongerWaits(at_least[:, 0], at_least[:, 1:])
