"""A fleet laid out: who has which slots, and which of these have a licence."""

from __future__ import annotations

import math
from typing import Any

import pytest
from builders import scenario

from simulator.model.machines import Failures
from simulator.plan.arrivals import wall_of
from simulator.plan.fleet import RUNTIMES, Fleet, fleet_of

UNATTENDED, HEADLESS = RUNTIMES.index("unattended"), RUNTIMES.index("headless")


def fleet(machines: dict[str, Any], **licences: int) -> Fleet:
    made = scenario(machines=machines, folders={}, licences=licences)
    return fleet_of(made, wall_of(made.time, made.assumptions, {}))


def licensed(of: Fleet) -> dict[str, list[int]]:
    """The licensed slots of each host, by runtime type in the order of its machine."""
    found: dict[str, list[int]] = {name: [] for name in of.host_names}
    for pool in of.pools:
        found[of.host_names[pool.host]].append(pool.licensed)
    return found


THREE = {"vm": {"hosts": 3, "slots": 2}}
POOL = {"burst": {"pool": {"min": 1, "max": 3}, "slots": 2}}
ROWS: dict[str, tuple[dict[str, Any], dict[str, int], dict[str, list[int]]]] = {
    "any number": (THREE, {}, {"vm/1": [2], "vm/2": [2], "vm/3": [2]}),
    "the vendor's example": (
        THREE,
        {"unattended": 4},
        {"vm/1": [2], "vm/2": [2], "vm/3": [0]},
    ),
    "one host in part": (THREE, {"unattended": 5}, {"vm/1": [2], "vm/2": [2], "vm/3": [1]}),
    "machines in the order of the file": (
        {"late": {"slots": 2}, "early": {"hosts": 2, "slots": 1}},
        {"unattended": 3},
        {"late/1": [2], "early/1": [1], "early/2": [0]},
    ),
    "runtime types apart": (
        {
            "mixed": {"hosts": 2, "slots": {"headless": 2, "unattended": 1}},
            "plain": {"slots": 2},
        },
        {"unattended": 2, "headless": 3},
        {"mixed/1": [2, 1], "mixed/2": [1, 1], "plain/1": [0]},
    ),
    "one type without a limit": (
        {"mixed": {"slots": {"headless": 2, "unattended": 2}}},
        {"unattended": 1},
        {"mixed/1": [2, 1]},
    ),
    "of a pool those always there": (
        POOL | THREE,
        {"unattended": 5},
        {
            "burst/1": [2],
            "burst/2": [0],
            "burst/3": [0],
            "vm/1": [2],
            "vm/2": [1],
            "vm/3": [0],
        },
    ),
}


@pytest.mark.parametrize(("machines", "licences", "expected"), ROWS.values(), ids=ROWS)
def test_hosts_are_licensed_in_the_order_of_the_file(
    machines: dict[str, Any], licences: dict[str, int], expected: dict[str, list[int]]
) -> None:
    """The vendor's page Monitoring machines: of 3 hosts of 2 slots 4 licences leave one bare."""
    assert licensed(fleet(machines, **licences)) == expected


def test_what_is_left_is_for_hosts_that_boot() -> None:
    left = fleet(POOL, unattended=5, headless=7).licences_left
    assert (left[UNATTENDED], left[HEADLESS]) == (3, 7)
    assert {count for runtime, count in enumerate(left) if runtime > HEADLESS} == {math.inf}


def test_hosts_of_a_pool_beyond_its_min_are_not_there_yet() -> None:
    found = fleet(POOL | {"vm": {"slots": 1}})
    assert [host.connected for host in found.hosts] == [True, False, False, True]
    assert [machine.hosts for machine in found.machines] == [range(3), range(3, 4)]
    burst, vm = found.machines
    assert vm.elastic is None
    assert burst.elastic is not None
    assert (burst.elastic.least, burst.elastic.idle_stop_s) == (1, 900.0)


def test_slots_are_numbered_over_the_types_of_a_host_licensed_or_not() -> None:
    found = fleet({"vm": {"hosts": 2, "slots": {"headless": 3, "unattended": 2}}}, headless=1)
    columns = [(pool.host, pool.runtime, pool.first_slot, pool.slots) for pool in found.pools]
    assert columns == [
        (0, HEADLESS, 0, 3),
        (0, UNATTENDED, 3, 2),
        (1, HEADLESS, 0, 3),
        (1, UNATTENDED, 3, 2),
    ]


def test_a_type_with_no_slots_has_no_pool_and_takes_no_licence() -> None:
    found = fleet({"vm": {"slots": {"headless": 0, "unattended": 1}}}, headless=2)
    assert [pool.runtime for pool in found.pools] == [UNATTENDED]
    assert found.licences_left[HEADLESS] == 2


def test_pools_are_found_by_machine_type_and_host() -> None:
    found = fleet({"one": {"slots": 1}, "two": {"names": ["a", "b"], "slots": 1}})
    assert found.pools_of("two", "unattended", None) == (1, 2)
    assert found.pools_of("two", "unattended", "b") == (2,)
    assert found.pools_of("two", "headless", None) == ()


def test_a_machine_keeps_what_its_hosts_have_in_common() -> None:
    failures = {"up": {"exponential": "30d"}, "down": "2h", "running_jobs": "pause"}
    made = {
        "maintenance": [
            {"cron": "0 0 22 ? * SUN", "duration": "4h"},
            {"cron": "0 0 3 1 * ?", "duration": "1h", "running_jobs": "kill"},
        ],
        "failures": failures,
        "duration_factor": 1.5,
    }
    (machine,) = fleet({"vm": made}).machines
    assert machine.duration_factor == 1.5
    assert [window.kills for window in machine.windows] == [False, True]
    assert machine.failures == Failures.model_validate(failures)
