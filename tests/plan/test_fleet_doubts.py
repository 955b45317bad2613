"""Warnings of slots without licences, pools that never boot, endless outages and restarts."""

from __future__ import annotations

from typing import Any

import pytest
from builders import catalogue, folder, scenario

from simulator.access.grants import access_of
from simulator.plan.fleet_doubts import fleet_doubts
from simulator.policies.hosting import hosting_of

LONG = {"P": {"duration": {"exponential": "55m"}, "start_up": "5m"}}
WEEKLY = {"cron": "0 0 22 ? * SUN", "duration": "4h"}


def told(machines: dict[str, Any], **more: Any) -> list[tuple[str, str, str]]:
    """Path, code and message of each warning; the folder has all the machines."""
    parts = more.pop("parts", {})
    estate = scenario(
        machines=machines, folders={"F": folder(machines=list(machines), **parts)}, **more
    )
    found = list(fleet_doubts(hosting_of(estate), access_of(estate, catalogue()), {}))
    assert all(issue.severity == "warning" and issue.hint for issue in found)
    return [(".".join(map(str, issue.path)), issue.code, issue.message) for issue in found]


LICENCES: dict[str, tuple[dict[str, Any], dict[str, int], list[str]]] = {
    # The vendor's example (Monitoring machines): 4 licences, 2 slots, 3 hosts
    "the third of three hosts": (
        {"vm": {"hosts": 3, "slots": 2}},
        {"unattended": 4},
        ["'vm' needs 6 'unattended' licences and gets 4: none for 'vm/3'"],
    ),
    "half of one": (
        {"vm": {"hosts": 3, "slots": 2}},
        {"unattended": 3},
        ["'vm' needs 6 'unattended' licences and gets 3: 1 of 2 for 'vm/2', none for 'vm/3'"],
    ),
    "half of the last": (
        {"vm": {"names": ["a", "b"], "slots": 2}},
        {"unattended": 3},
        ["'vm' needs 4 'unattended' licences and gets 3: 1 of 2 for 'vm/b'"],
    ),
    "the later machine": (
        {"vm": {"hosts": 2}, "late": {}},
        {"unattended": 2},
        ["'late' needs 1 'unattended' licence and gets 0: none for 'late/1'"],
    ),
    "of one type": (
        {"vm": {"slots": {"unattended": 2, "headless": 1}}},
        {"headless": 0},
        ["'vm' needs 1 'headless' licence and gets 0: none for 'vm/1'"],
    ),
    "of many hosts": (
        {"vm": {"hosts": 9}},
        {"unattended": 0},
        [
            (
                "'vm' needs 9 'unattended' licences and gets 0: none for "
                "'vm/1', 'vm/2', 'vm/3', 'vm/4', 'vm/5', …"
            )
        ],
    ),
    "a pool's first": (
        {"vm": {"pool": {"min": 2, "max": 2}}},
        {"unattended": 1},
        ["'vm' needs 2 'unattended' licences and gets 1: none for 'vm/2'"],
    ),
    "a pool without any": (
        {"late": {"pool": {"max": 3}}, "vm": {"hosts": 4}},
        {"unattended": 4},
        ["no host of 'late' is ever booted: no 'unattended' licence is left for it"],
    ),
    "a pool without more": (
        {"vm": {"pool": {"min": 2, "max": 3}, "slots": {"unattended": 1, "headless": 1}}},
        {"unattended": 2, "headless": 2},
        [
            (
                "no host of 'vm' is ever booted beyond the first 2: "
                "no 'unattended' or 'headless' licence is left for it"
            )
        ],
    ),
    "a pool with a licence of one of its types": (
        {"vm": {"pool": {"max": 3}, "slots": {"unattended": 1, "headless": 1}}},
        {"unattended": 0},
        [],
    ),
    "a pool with a licence for one host": ({"vm": {"pool": {"max": 3}}}, {"unattended": 1}, []),
    "a pool without slots": (
        {"vm": {"pool": {"max": 3}, "slots": 0}},
        {},
        ["no host of 'vm' is ever booted: it has no slots"],
    ),
    "enough": ({"vm": {"hosts": 3, "slots": 2}}, {"unattended": 6}, []),
    "any number": ({"vm": {"hosts": 3, "slots": 2}}, {"headless": 1}, []),
}


@pytest.mark.parametrize(("machines", "licences", "messages"), LICENCES.values(), ids=LICENCES)
def test_licences(machines: dict[str, Any], licences: dict[str, int], messages: list[str]) -> None:
    assert [message for _, _, message in told(machines, licences=licences)] == messages


MAINTENANCE: dict[str, tuple[list[dict[str, str]], bool]] = {
    "once a week": ([WEEKLY], False),
    "each hour for an hour": ([{"cron": "0 0 * * * ?", "duration": "1h"}], True),
    "each hour but for a second": ([{"cron": "0 0 * * * ?", "duration": "59m59s"}], False),
    "two that take turns": (
        [
            {"cron": "0 0 0/2 * * ?", "duration": "1h"},
            {"cron": "0 0 1/2 * * ?", "duration": "1h"},
        ],
        True,
    ),
    "two at the same time": (
        [
            {"cron": "0 0 0/2 * * ?", "duration": "1h"},
            {"cron": "0 0 0/2 * * ?", "duration": "90m"},
        ],
        False,
    ),
    # The run is the 5th of January.
    "one that began before the run": ([{"cron": "0 0 0 1 1 ?", "duration": "5d"}], True),
    "one that ends before it": ([{"cron": "0 0 0 1 1 ?", "duration": "4d23h"}], False),
}


@pytest.mark.parametrize(("entries", "always"), MAINTENANCE.values(), ids=MAINTENANCE)
def test_maintenance_without_end(entries: list[dict[str, str]], *, always: bool) -> None:
    found = [(path, code) for path, code, _ in told({"vm": {"maintenance": entries}})]
    assert found == ([("machines.vm.maintenance", "always-in-maintenance")] if always else [])


def test_a_cron_of_each_second_is_not_worked_out() -> None:
    """That it is due each second is told where it is read; its windows would take seconds."""
    assert told({"vm": {"maintenance": [{"cron": "* * * * * ?", "duration": "1s"}]}}) == []


FAILURES: dict[str, tuple[dict[str, Any], dict[str, Any], bool]] = {
    "sooner than the job ends": ({"up": "59m"}, {}, True),
    "not sooner": ({"up": "1h"}, {}, False),
    "sooner than on a slow host": ({"up": "90m"}, {"duration_factor": 2}, True),
    "not sooner than on a fast one": ({"up": "40m"}, {"duration_factor": 0.5}, False),
    "jobs that do not start again": ({"up": "59m", "running_jobs": "pause"}, {}, False),
    "where it cannot run": ({"up": "59m"}, {"process_types": "foreground"}, False),
    "where it has no slot": ({"up": "59m"}, {"slots": {"headless": 1}}, False),
}


@pytest.mark.parametrize(("failures", "machine", "hardly"), FAILURES.values(), ids=FAILURES)
def test_hosts_that_fail_before_a_job_ends(
    failures: dict[str, Any], machine: dict[str, Any], *, hardly: bool
) -> None:
    machines = {"vm": {"failures": {"down": "1m", **failures}, **machine}}
    found = [(path, code) for path, code, _ in told(machines, parts={"processes": LONG})]
    assert found == ([("machines.vm.failures.up", "hardly-ends")] if hardly else [])


@pytest.mark.parametrize("running_jobs", ["restart", "pause"])
def test_hosts_that_are_never_up(running_jobs: str) -> None:
    machines = {"vm": {"failures": {"up": "0s", "down": "1h", "running_jobs": running_jobs}}}
    assert told(machines, parts={"processes": LONG}) == [
        (
            "machines.vm.failures.up",
            "never-up",
            "the hosts of 'vm' are never in service: they fail as soon as they are up",
        )
    ]


def test_a_machine_without_a_licence_fails_nobody() -> None:
    machines = {"vm": {"failures": {"up": "59m", "down": "1m"}}}
    found = told(machines, licences={"unattended": 0}, parts={"processes": LONG})
    assert [code for _, code, _ in found] == ["unlicensed"]


def test_of_several_processes_the_longest_is_named() -> None:
    processes = {**LONG, "Q": {"duration": "2h"}, "R": {"duration": "3h", "stop_after": "10m"}}
    machines = {"vm": {"failures": {"up": "30m", "down": "1m"}}}
    ((_, _, message),) = told(machines, parts={"processes": processes})
    assert message == (
        "jobs of 'F:Q' may hardly ever end on 'vm': on average they take 2h there, "
        "and after 30m its host fails and they start from zero"
    )


def test_one_host_of_many_that_fails_sooner_is_no_doubt_about_the_others() -> None:
    machines = {"vm": {"failures": {"up": "30m", "down": "1m"}}, "sound": {"hosts": 2}}
    assert [path for path, _, _ in told(machines, parts={"processes": LONG})] == [
        "machines.vm.failures.up"
    ]
