from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from simulator.model.machines import ElasticPool, Failures, Machine, Maintenance

HOSTS: dict[str, tuple[dict[str, Any], tuple[str, ...]]] = {
    "one by default": ({}, ("1",)),
    "counted": ({"hosts": 3}, ("1", "2", "3")),
    "none": ({"hosts": 0}, ()),
    "named": ({"names": ["vm-b", "vm-a"]}, ("vm-b", "vm-a")),
    "as many as a pool may have": ({"pool": {"max": 2}}, ("1", "2")),
}


@pytest.mark.parametrize(("entry", "names"), HOSTS.values(), ids=HOSTS)
def test_hosts(entry: dict[str, Any], names: tuple[str, ...]) -> None:
    machine = Machine.model_validate(entry)
    assert machine.host_names() == names
    assert machine.host_count == len(names)


FOUND = {
    "its own name": ("1", "1"),
    "with the machine": ("vm/1", "1"),
    "another number": ("3", None),
    "of another machine": ("lab/1", None),
    "nothing": ("vm/", None),
}


@pytest.mark.parametrize(("given", "own"), FOUND.values(), ids=FOUND)
def test_a_host_by_name(given: str, own: str | None) -> None:
    assert Machine(hosts=2).own_host_name("vm", given) == own


SLOTS: dict[str, tuple[Any, dict[str, int]]] = {
    "a bare number means unattended": (2, {"unattended": 2}),
    "by runtime type": ({"headless": 1, "agent": 0}, {"headless": 1, "agent": 0}),
}


@pytest.mark.parametrize(("given", "slots"), SLOTS.values(), ids=SLOTS)
def test_slots(given: object, slots: dict[str, int]) -> None:
    assert Machine.model_validate({"slots": given}).slots == slots
    assert Machine().slots == {"unattended": 1}


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "hosts and names": ({"hosts": 1, "names": ["a"]}, "either hosts or names"),
    "a host twice": ({"names": ["a", "a"]}, "lists a host twice"),
    "too many": ({"hosts": 100_001}, "less than or equal to 100000"),
    "less than none": ({"hosts": -1}, "greater than or equal to 0"),
    "no such runtime type": ({"slots": {"attended": 1}}, "'unattended'"),
    "no slots": ({"slots": -1}, "greater than or equal to 0"),
    "no sessions": ({"windows_sessions": -1}, "greater than or equal to 0"),
    "hosts and a pool": ({"hosts": 1, "pool": {"max": 1}}, "either hosts or pool"),
    "names and a pool": ({"names": ["a"], "pool": {"max": 1}}, "either names or pool"),
    "a pool of no size": ({"pool": {"min": 1}}, "Field required"),
    "a pool of none": ({"pool": {"max": 0}}, "greater than or equal to 1"),
    "a pool too large": ({"pool": {"max": 100_001}}, "less than or equal to 100000"),
    "a pool the wrong way round": ({"pool": {"min": 4, "max": 3}}, "min is 4, more than max, 3"),
    "an endless window": (
        {"maintenance": [{"cron": "0 0 22 ? * SUN", "duration": "367d"}]},
        "a year at most",
    ),
    "no window": (
        {"maintenance": [{"cron": "0 0 22 ? * SUN", "duration": "0s"}]},
        "longer than 0s",
    ),
    "an outage that restarts": (
        {"maintenance": [{"cron": "x", "duration": "1h", "running_jobs": "restart"}]},
        "'finish' or 'kill'",
    ),
    "a failure that is waited for": (
        {"failures": {"up": "1d", "down": "1h", "running_jobs": "finish"}},
        "'restart', 'fault', 'pause' or 'kill'",
    ),
    "a failure without end": ({"failures": {"up": "1d"}}, "Field required"),
    "no work at all": ({"duration_factor": 0}, "greater than 0"),
    "work backwards": ({"duration_factor": -1.5}, "greater than 0"),
    "work without end": ({"duration_factor": float("inf")}, "finite"),
    "work of no length": ({"duration_factor": float("nan")}, "finite"),
    "a thousandfold": ({"duration_factor": 1000.5}, "less than or equal to 1000"),
}


@pytest.mark.parametrize(("entry", "why"), BAD.values(), ids=BAD)
def test_a_machine_that_is_refused(entry: dict[str, Any], why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        Machine.model_validate(entry)


@pytest.mark.parametrize(
    ("process_types", "background", "foreground"),
    [("any", True, True), ("foreground", False, True), ("background", True, False)],
)
def test_which_jobs_its_hosts_take(
    process_types: str, *, background: bool, foreground: bool
) -> None:
    machine = Machine.model_validate({"process_types": process_types})
    assert machine.takes(foreground=False) is background
    assert machine.takes(foreground=True) is foreground


def test_a_pool_begins_with_its_least_and_stops_a_host_after_a_quarter_of_an_hour() -> None:
    machine = Machine.model_validate({"pool": {"min": 2, "max": 5}})
    assert (machine.connected_at_start, machine.host_count) == (2, 5)
    assert machine.pool is not None
    assert machine.pool.idle_stop == 900
    assert ElasticPool.model_validate({"max": 1, "idle_stop": "0s"}).idle_stop == 0
    assert (Machine(hosts=3).connected_at_start, Machine().connected_at_start) == (3, 1)


def test_a_machine_is_never_out_of_use_unless_told() -> None:
    plain = Machine()
    assert (plain.maintenance, plain.failures, plain.duration_factor) == ((), None, 1.0)
    window = Maintenance.model_validate({"cron": "0 0 22 ? * SUN", "duration": "4h"})
    assert (window.running_jobs, window.zone) == ("finish", None)
    failures = Failures.model_validate({"up": {"exponential": "30d"}, "down": "2h"})
    assert failures.running_jobs == "restart"
