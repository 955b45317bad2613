"""Which hosts can ever take a job: small fleets, each counted by hand and against the plan's."""

from __future__ import annotations

from typing import Any

import pytest
from builders import catalogue, folder, scenario

from simulator.access.grants import access_of
from simulator.model.triggers import ExecutionTarget
from simulator.plan.arrivals import wall_of
from simulator.plan.fleet import RUNTIMES, fleet_of
from simulator.policies.admission import Eligible, Request, admit
from simulator.policies.hosting import Hosting, Wanted, hosting_of, lacks_in_words, wanted_by

BACK = Wanted("unattended", foreground=False)
FORE = BACK._replace(foreground=True)
NO_LICENCE = "gets no unattended licence"
THREE = {"hosts": 3, "slots": 2}


def hosting(machines: dict[str, Any], **parts: Any) -> Hosting:
    return hosting_of(scenario(machines=machines, folders={}, **parts))


def four(*machines: dict[str, Any]) -> Hosting:
    """Four licences over machines `a`, `b`, … in this order."""
    return hosting(dict(zip("abc", machines, strict=False)), licences={"unattended": 4})


CASES: dict[str, tuple[Hosting, str, Wanted, str]] = {
    "all of them": (hosting({"a": THREE}), "a", BACK, "1 2 3"),
    "by name": (hosting({"a": {"names": ["x", "y"]}}), "a", BACK, "x y"),
    "an elastic pool": (hosting({"a": {"pool": {"max": 3}}}), "a", BACK, "1 2 3"),
    "4 licences, 2 slots, 3 hosts": (four(THREE), "a", BACK, "1 2"),
    "a host with half its licences": (four({"slots": 3}, THREE), "b", BACK, "1"),
    "none left": (four(THREE, {}), "b", BACK, NO_LICENCE),
    "a pool boots with what is left": (four({"slots": 3}, {"pool": {"max": 2}}), "b", BACK, "1 2"),
    "a pool has none left": (four(THREE, {"pool": {"max": 2}}), "b", BACK, NO_LICENCE),
    "a pool's own hosts come in the file's order": (
        four({"slots": 3}, {"pool": {"min": 1, "max": 2}, "slots": 2}, {}),
        "b",
        BACK,
        "1",
    ),
    "later machines take before a pool boots": (
        four({"pool": {"max": 2}}, {"hosts": 4}),
        "a",
        BACK,
        NO_LICENCE,
    ),
    "another runtime type has any number": (
        four({"slots": {"unattended": 4, "headless": 1}}, {"slots": {"headless": 1}}),
        "b",
        BACK._replace(runtime="headless"),
        "1",
    ),
    "one host that is asked for": (four(THREE), "a", BACK._replace(host="2"), "2"),
    "one that has no licence": (
        four(THREE),
        "a",
        BACK._replace(host="3"),
        NO_LICENCE,
    ),
    "no host": (hosting({"a": {"hosts": 0}}), "a", BACK, "has no host"),
    "no session": (
        hosting({"a": {"windows_sessions": 0}}),
        "a",
        FORE,
        "has no Windows session",
    ),
    "background work needs no session": (hosting({"a": {"windows_sessions": 0}}), "a", BACK, "1"),
    "background only": (
        hosting({"a": {"process_types": "background", "hosts": 0}}),
        "a",
        FORE,
        "takes no foreground jobs and has no host",
    ),
    "foreground only": (
        hosting({"a": {"process_types": "foreground"}}),
        "a",
        BACK,
        "takes no background jobs",
    ),
}


@pytest.mark.parametrize(("of", "machine", "wanted", "expected"), CASES.values(), ids=CASES)
def test_hosts_that_can_take_a_job(
    of: Hosting, machine: str, wanted: Wanted, expected: str
) -> None:
    """The hosts' own names, or why there are none."""
    lacks = of.lacks(machine, wanted)
    assert (lacks_in_words(lacks, wanted) or " ".join(of.hosts(machine, wanted))) == expected
    assert of.serves(((machine, ("robot",)),), wanted) is not bool(lacks)


FLEETS: dict[str, dict[str, Any]] = {
    "fixed": {"a": THREE, "b": {"hosts": 2}, "c": {"slots": 3}},
    "pools first": {"a": {"pool": {"min": 1, "max": 3}, "slots": 2}, "b": THREE},
    "two types": {
        "a": {"hosts": 2, "slots": {"headless": 2, "unattended": 1}},
        "b": {"hosts": 3, "slots": {"unattended": 2, "headless": 1}},
    },
}


@pytest.mark.parametrize("held", range(9))
@pytest.mark.parametrize("machines", FLEETS.values(), ids=FLEETS)
def test_the_hosts_are_those_of_the_plan(machines: dict[str, Any], held: int) -> None:
    """Those with a slot that has a licence in the plan, or that may boot with what is left."""
    made = scenario(machines=machines, folders={}, licences={"unattended": held, "headless": held})
    fleet = fleet_of(made, wall_of(made.time, made.assumptions, made.calendars))
    of = hosting_of(made)
    for (machine, runtime), pools in fleet.by_machine.items():
        left = fleet.licences_left[RUNTIMES.index(runtime)]  # type: ignore[arg-type] # one of them
        expected = [
            fleet.host_names[pool.host]
            for pool in map(fleet.pools.__getitem__, pools)
            if pool.licensed or (left and not fleet.hosts[pool.host].connected)
        ]
        wanted = Wanted(runtime, foreground=False)  # type: ignore[arg-type] # the same
        assert [f"{machine}/{host}" for host in of.hosts(machine, wanted)] == expected


def test_a_job_names_its_host_by_either_name() -> None:
    made = scenario(machines={"vm": {"names": ["x"]}})
    for host in ("x", "vm/x"):
        target = ExecutionTarget(machine="vm", host=host)
        request = Request("F", "P", None, None, target, "unattended", foreground=True)
        assert wanted_by(request, made) == Wanted("unattended", foreground=True, host="x")


NO_PLACE: dict[str, dict[str, Any]] = {
    "process_types": {"machines": {"M1": {"process_types": "foreground"}}},
    "no licence": {"licences": {"unattended": 0}},
    "a pool": {"machines": {"M1": {"pool": {"max": 1}}}},
    "maintenance": {
        "machines": {"M1": {"maintenance": [{"cron": "0 0 * * * ?", "duration": "1h"}]}}
    },
    "failures": {"machines": {"M1": {"failures": {"up": "1s", "down": "1d"}}}},
}


@pytest.mark.parametrize("parts", NO_PLACE.values(), ids=NO_PLACE)
def test_admission_asks_for_no_host(parts: dict[str, Any]) -> None:
    """`process_types` and all else that makes a host useful is asked at the match."""
    made = scenario(folders={"F": folder()}, **parts)
    request = Request("F", "P", "owner", "owner", "dynamic", "unattended", foreground=False)
    found = admit(request, made, access_of(made, catalogue()))
    assert found == Eligible((("M1", ("robot",)),), None)
