"""Mean numbers of Pending jobs and busy slots in parts of a run, counted by hand."""

from __future__ import annotations

import numpy as np
from builders import folder, scenario

from simulator.access.grants import access_of
from simulator.engine import simulate
from simulator.loading import default_roles
from simulator.measurement.over_time import numbers_over_time
from simulator.plan.making import make_plan


def test_two_jobs_at_once_on_one_slot() -> None:
    """Both come at 00:00 and take 10 minutes: one runs, one waits; then that one runs."""
    start = {"process": "P", "by": "owner", "stream": {"at": ["2026-01-05T00:00"] * 2}}
    estate = scenario(folders={"F": folder(starts={"S": start})})
    plan = make_plan(estate, access_of(estate, default_roles()), {})
    edges_s = np.array([0.0, 300.0, 900.0, 1_500.0, 1_800.0])
    assert numbers_over_time(simulate(plan, 1, 1), edges_s).tolist() == [
        [1.0, 0.5, 0.0, 0.0],
        [1.0, 1.0, 0.5, 0.0],
    ]


def test_what_lasts_beyond_the_last_edge_counts_up_to_it() -> None:
    start = {"process": "P", "by": "owner", "stream": {"at": ["2026-01-05T00:00"]}}
    estate = scenario(folders={"F": folder(starts={"S": start})})
    plan = make_plan(estate, access_of(estate, default_roles()), {})
    assert numbers_over_time(simulate(plan, 1, 1), np.array([60.0, 300.0])).tolist() == [[0], [1]]
