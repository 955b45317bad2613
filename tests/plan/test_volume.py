"""A scenario that would not fit into a machine is refused before it runs."""

from __future__ import annotations

from typing import Any

import pytest
from builders import folder, scenario

from simulator.plan.volume import volume

YEAR = {"start": "2026-01-05T00:00", "duration": "365d"}


def of(**trigger: Any) -> list[str]:
    parts = folder(triggers={"T": {"process": "P", "created_by": "owner", **trigger}})
    return [
        ".".join(map(str, issue.path))
        for issue in volume(scenario(folders={"F": parts}, time=YEAR), {})
    ]


@pytest.mark.parametrize(
    ("trigger", "too_many"),
    [
        ({"event": {"poisson": "3 per second"}}, False),  # 94.6 million
        ({"event": {"poisson": "4 per second"}}, True),  # 126 million
        ({"event": {"every": "10m"}, "jobs": 1000}, False),  # 52.6 million
        ({"event": {"every": "5m"}, "jobs": 1000}, True),  # 105 million
        ({"event": {"interarrival": {"exponential": "300ms"}}}, True),
        ({"event": {"users": 1000, "think": "5m"}}, True),
        ({"api": {"poisson": "4 per second", "by": "owner"}}, True),
        (
            {"event": {"profile": {"mon-fri": {"08:00-18:00": "10 per second"}}}},
            False,
        ),  # 94 million
        (
            {"event": {"profile": {"mon-fri": {"08:00-18:00": "11 per second"}}}},
            True,
        ),  # 103 million
        ({"time": {"cron": "* * * * * ?"}}, False),  # 31.5 million
        ({"time": {"cron": "* * * * * ?"}, "jobs": 4}, True),
    ],
)
def test_more_than_a_hundred_million_submissions_are_an_error(
    trigger: dict[str, Any], too_many: bool
) -> None:
    assert of(**trigger) == (["folders.F.triggers.T"] if too_many else [])


def test_an_immense_number_is_told_in_short() -> None:
    parts = folder(starts={"S": {"process": "P", "by": "owner", "stream": {"poisson": HUGE}}})
    (issue,) = volume(scenario(folders={"F": parts}, time=YEAR), {})
    assert "about 3.15e+307 submissions" in issue.message
    assert len(issue.message) < 200


def found(**parts: Any) -> list[tuple[str, str]]:
    """Path and the first words of the message, in a folder with queue I and machine M1."""
    estate = scenario(folders={"F": folder(queues={"I": {"retries": 3}}, **parts)}, time=YEAR)
    return [
        (".".join(map(str, issue.path)), issue.message.partition(" a replication")[0])
        for issue in volume(estate, {})
    ]


MAIL = {"queue": "I", "by": "robot", "items": {"poisson": "3 per second"}, "item_duration": "1m"}
WORKS = {"P": {"duration": "1m", "queue": "I"}}
POST = {"process": "P", "queue": {"name": "I"}, "created_by": "owner"}
START = {"process": "P", "by": "owner", "stream": {"every": "1h"}}
ONCE = {"probability": "50%", "for": "1h"}
TWICE = {"P": {"duration": "0s", "then": {"start": "Q", "jobs": 10_000}}, "Q": {"duration": "1m"}}

ITEMS_AND_FOLLOW_UPS: dict[str, tuple[dict[str, Any], list[tuple[str, str]]]] = {
    "items in bounds": ({"arrivals": {"A": MAIL}}, []),  # 94.6 million
    "a few at once": (
        {"arrivals": {"A": MAIL | {"jobs": 2}}},
        [("folders.F.arrivals.A", "about 189,216,000 items")],
    ),
    # 1 + 0.5 + 0.25 + 0.125 attempts at each
    "retries are items": (
        {"arrivals": {"A": MAIL | {"faults": "50%"}}},
        [("folders.F.arrivals.A", "about 177,390,000 items")],
    ),
    "jobs of a queue trigger, one an item": (
        {"arrivals": {"A": MAIL}, "processes": WORKS, "triggers": {"T": POST}},
        [("folders.F.arrivals.A", "about 94,608,000 items")],
    ),
    # Each of 94.6 million items sets off as many as may be there, and so does each look.
    "jobs that leave the items, as the one slot allows": (
        {"arrivals": {"A": MAIL}, "triggers": {"T": POST | {"queue": {"name": "I", "at_most": 9}}}},
        [],
    ),
    "jobs of no length that leave the items": (
        {
            "processes": {"P": {"duration": "0s"}},
            "arrivals": {"A": MAIL},
            "triggers": {"T": POST | {"queue": {"name": "I", "at_most": 2}}},
        },
        [("folders.F.triggers.T", "about 189,251,040 submissions")],
    ),
    "a look each millisecond": (
        {"triggers": {"T": POST | {"queue": {"name": "I", "recheck": "1ms"}}}},
        [("folders.F.triggers.T.queue.recheck", "about 31,536,000,000 looks")],
    ),
    "no look": ({"triggers": {"T": POST | {"queue": {"name": "I", "recheck": "never"}}}}, []),
    "follow-ups in bounds": ({"starts": {"S": START}, "processes": TWICE}, []),  # 87.6 million
    "follow-ups": (
        {"starts": {"S": START | {"jobs": 2}}, "processes": TWICE},
        [("folders.F.processes.P.then", "about 175,200,000 submissions")],
    ),
    # 8,760 starts of 10,000 follow-ups, of which each is Suspended once
    "suspensions": (
        {
            "starts": {"S": START},
            "processes": TWICE | {"Q": {"duration": "1m", "suspends": ONCE}},
        },
        [("folders.F.processes.P.then", "about 87,600,000 submissions")],
    ),
    "mostly suspensions": (
        {
            "starts": {"S": START | {"jobs": 600}},
            "processes": {"P": {"duration": "1m", "suspends": ONCE | {"probability": "95%"}}},
        },
        [("folders.F.processes.P.suspends", "about 99,864,000 suspensions")],
    ),
    "round and round, as the one slot allows": (
        {
            "starts": {"S": START},
            "processes": {"P": {"duration": "1m", "then": {"start": "P", "jobs": 100}}},
        },
        [],  # 525,600 ends with 100 children each
    ),
    "round and round without a slot": (
        {
            "starts": {"S": START},
            "processes": {"P": {"duration": "0s", "then": {"start": "P", "after": "1m"}}},
        },
        [("folders.F.processes.P.then", "about 4,604,256,000 submissions")],
    ),
}


@pytest.mark.parametrize(
    ("parts", "expected"), ITEMS_AND_FOLLOW_UPS.values(), ids=ITEMS_AND_FOLLOW_UPS
)
def test_items_and_follow_ups_count_too(
    parts: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert found(**parts) == expected


HUGE = "1e300 per second"


FLEETS: dict[str, tuple[dict[str, Any], list[tuple[str, str]]]] = {
    "failures in bounds": (
        {"hosts": 3, "failures": {"up": "1s", "down": "0s"}},
        [],
    ),  # 94.6 million
    "failures": (
        {"hosts": 4, "failures": {"up": "1s", "down": "0s"}},
        [("machines.M1.failures", "about 126,144,000 failures")],
    ),
    "failures of all that a pool may have": (
        {"pool": {"max": 400}, "failures": {"up": "1m", "down": "40s"}},
        [("machines.M1.failures", "about 126,144,000 failures")],
    ),
    # Every minute of 366 days, and the minute before
    "windows": (
        {"hosts": 200, "maintenance": [{"cron": "0 * * * * ?", "duration": "1s"}]},
        [("machines.M1.maintenance.0.cron", "about 105,408,003 outages")],
    ),
    "one window": ({"hosts": 200, "maintenance": [{"cron": "0 * * * * ?", "duration": "1h"}]}, []),
}


@pytest.mark.parametrize(("machine", "expected"), FLEETS.values(), ids=FLEETS)
def test_outages_count_too(machine: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    estate = scenario(machines={"M1": machine}, time=YEAR)
    assert [
        (".".join(map(str, issue.path)), issue.message.partition(" a replication")[0])
        for issue in volume(estate, {})
    ] == expected


def test_failures_in_no_time_are_told_before_any_number() -> None:
    machines = {"M1": {"failures": {"up": "0s", "down": "0s"}}}
    assert [issue.code for issue in volume(scenario(machines=machines), {})] == ["no-time"]
