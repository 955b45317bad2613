"""Pools at their max and machines out of use are told of."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from builders import scenario

from simulator.experiments.doubting.fleet_cautions import fleet_cautions
from simulator.experiments.presences import MachinePresence
from simulator.measurement import Summary, SummaryRow

NO_FIGURES = Summary(())


def shares(**values: float) -> Summary:
    """A summary with these shares of the slot-time of vm."""
    return Summary(
        tuple(
            SummaryRow("machine", "vm", f"slots.{of}", "ratio", mean, mean, mean, 0.0, 0.95, 20)
            for of, mean in values.items()
        )
    )


def presence(full_share: float, limit: int = 3) -> MachinePresence:
    nothing = np.zeros(168)
    return MachinePresence("vm", limit, 0.0, 3.0, 5.0, full_share, np.zeros((4, 168)), nothing)


def told(machine: dict[str, Any], summary: Summary = NO_FIGURES, **more: Any) -> tuple[str, ...]:
    seen = more.pop("seen", ())
    return fleet_cautions(scenario(machines={"vm": machine}, folders={}, **more), summary, seen)


def test_a_pool_at_its_max_while_jobs_are_pending() -> None:
    assert told({"pool": {"max": 3}}, seen=[presence(0.123)]) == (
        (
            "vm stood at its max of 3 hosts for 12 % of the window while jobs were Pending that "
            "it serves; raise max if they wait too long"
        ),
    )


def test_a_pool_that_cannot_grow_for_want_of_licences() -> None:
    assert told({"pool": {"max": 3}}, seen=[presence(0.5, limit=2)]) == (
        (
            "vm stood at 2 hosts, the most it has licences for, for 50 % of the window while jobs "
            "were Pending that it serves; raise the licences if they wait too long"
        ),
    )


def test_a_pool_seldom_at_its_max_or_hosts_that_only_fail_are_nothing_to_tell_of() -> None:
    assert told({"pool": {"max": 3}}, seen=[presence(0.05)]) == ()
    assert told({"hosts": 3}, seen=[presence(0.9)]) == ()


def test_a_machine_out_of_use_more_than_half_of_its_time() -> None:
    assert told({}, shares(usable=0.3, maintenance=0.6, down=0.1)) == (
        (
            "vm could be used for only 30 % of its slot-time: 60 % in maintenance and 10 % down; "
            "check its maintenance and failures"
        ),
    )
    assert told({}, shares(usable=0.4, maintenance=0.0, down=0.6)) == (
        (
            "vm could be used for only 40 % of its slot-time: 60 % down; check its maintenance and "
            "failures"
        ),
    )


@pytest.mark.parametrize("usable", [0.5, 1.0, float("nan")])
def test_a_machine_mostly_in_use_is_nothing_to_tell_of(usable: float) -> None:
    assert told({}, shares(usable=usable)) == ()
