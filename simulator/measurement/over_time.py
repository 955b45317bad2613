"""How numbers of jobs go on over time, in equal parts of a run: whether it has settled."""

from __future__ import annotations

import numpy as np

from simulator.measurement.spans import Spans, integrals
from simulator.records.columns import Floats, Records


def numbers_over_time(records: Records, edges_s: Floats) -> Floats:
    """Return the mean numbers of Pending jobs and of busy slots between edges, (2, E - 1).

    edges_s: (E,), increasing, in seconds since origin.
    """
    jobs, held = records.jobs, records.occupancy
    pending = Spans(jobs.submitted_s, jobs.submitted_s + jobs.pending_s)
    busy = Spans(held.ran_from_s, held.to_s)
    ends = float(edges_s[0]), float(edges_s[-1])
    time_s = [integrals(spans.within(*ends), edges_s) for spans in (pending, busy)]
    return np.array(time_s) / np.diff(edges_s)
