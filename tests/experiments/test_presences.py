"""Which machines are watched, and their hosts over several replications."""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from builders import folder, scenario

from simulator.access.grants import access_of
from simulator.experiments.presences import mean_presences, watched
from simulator.loading.catalogue import default_roles
from simulator.measurement.figures import Presence
from simulator.measurement.watching import Watched
from simulator.plan.making import make_plan
from simulator.plan.plan import Plan

ALWAYS = {"constant": "1h"}
START = {"process": "P", "by": "owner", "stream": {"every": "1h"}}


def plan(licences: Mapping[str, int] | None = None, **machines: Any) -> Plan:
    """Two folders, F with all the machines and G with the first of them; each has a start."""
    asked = scenario(
        machines=machines,
        licences=licences or {},
        folders={
            "F": folder(machines=list(machines), starts={"s": START}),
            "G": folder(machines=list(machines)[:1], starts={"s": START}),
        },
    )
    return make_plan(asked, access_of(asked, default_roles()), {})


def test_machines_whose_slots_come_and_go_are_watched() -> None:
    """The second and third could run F's jobs only, whose route is the first."""
    found = watched(
        plan(
            plain={"hosts": 2},
            serviced={"hosts": 3, "maintenance": [{"cron": "0 0 2 * * ?", "duration": "1h"}]},
            elastic={"pool": {"min": 1, "max": 4}},
        )
    )
    assert found == (Watched(1, least=3, most=3, routes=(0,)), Watched(2, 1, 4, (0,)))


def test_hosts_that_fail_are_watched_and_jobs_of_every_folder_they_serve() -> None:
    assert watched(plan(frail={"failures": {"up": ALWAYS, "down": ALWAYS}})) == (
        Watched(0, least=1, most=1, routes=(0, 1)),
    )


@pytest.mark.parametrize(
    ("licences", "most"), [(0, 0), (1, 1), (3, 2), (9, 4)], ids=["none", "half", "odd", "plenty"]
)
def test_a_pool_has_as_many_hosts_as_get_a_licence_for_a_slot(licences: int, most: int) -> None:
    """Four hosts of two slots each at most."""
    pool = {"pool": {"max": 4}, "slots": 2}
    (found,) = watched(plan(licences={"unattended": licences}, elastic=pool))
    assert found.most == most


def presence(fewest: float, most: float, boots: int, full_s: float, usable: float) -> Presence:
    slots = np.zeros((4, 168))
    slots[0] = usable
    return Presence(fewest, most, boots, full_s, slots, np.full(168, usable / 2))


def test_replications_are_told_of_together() -> None:
    """Boots 4 and 5; at its max 1000 s and 2000 s of a week; 2 and 4 slots, half of them busy."""
    figures: list[Any] = [
        SimpleNamespace(hours_s=np.full(168, 3600.0), presences=(one,))
        for one in (presence(1.0, 3.0, 4, 1000.0, 2.0), presence(0.0, 2.0, 5, 2000.0, 4.0))
    ]
    (found,) = mean_presences(["other", "vm"], [Watched(1, 0, 3, ())], figures)
    assert (found.machine, found.fewest, found.most, found.boots) == ("vm", 0.0, 3.0, 4.5)
    assert found.full_share == 3000 / (2 * 168 * 3600)
    assert (found.slots[:, 7].tolist(), found.busy[7]) == ([3.0, 0.0, 0.0, 0.0], 1.5)


def test_without_replications_there_is_nothing() -> None:
    assert mean_presences(["vm"], [Watched(0, 0, 3, ())], []) == ()
