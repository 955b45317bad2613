"""What a legend says of the fleet."""

from __future__ import annotations

from builders import catalogue, scenario

from simulator.access.grants import access_of
from simulator.plan.fleet import RUNTIMES
from simulator.plan.making import make_plan


def test_slots_are_those_of_each_hosts_template_licensed_or_not() -> None:
    """In the order of the file, whatever the order of the types; types without slots are none."""
    whole = scenario(
        machines={
            "none": {"hosts": 0, "slots": 9},
            "M1": {"hosts": 2, "slots": {"headless": 1, "app_test": 0, "unattended": 2}},
            "pool": {"pool": {"max": 3}, "slots": 4},
        },
        licences={"unattended": 1},
    )
    names = make_plan(whole, access_of(whole, catalogue()), {}).legend.names
    told = [[(RUNTIMES[runtime], slots) for runtime, slots in each] for each in names.machine_slots]
    assert told == [[], [("headless", 1), ("unattended", 2)], [("unattended", 4)]]
