"""How often hosts fail or are in maintenance, and how many slots there are: worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from simulator.model.machines import Machine
from simulator.plan.fleet_volume import endless_failures, most_slots, outages

DAY = 86_400.0
NIGHTLY = "0 0 22 * * ?"

SLOTS: dict[str, tuple[dict[str, Any], dict[str, int], int]] = {
    "each host's": ({"a": {"hosts": 3, "slots": 2}, "b": {"names": ["x"]}}, {}, 7),
    "all a pool may have": ({"a": {"pool": {"min": 1, "max": 5}}}, {}, 5),
    "no more than licences": ({"a": {"hosts": 3, "slots": 2}}, {"unattended": 4}, 4),
    "licences nobody needs": ({"a": {"hosts": 3}}, {"unattended": 9}, 3),
    "of one type": (
        {"a": {"slots": {"unattended": 3, "headless": 2}}, "b": {"slots": {"headless": 1}}},
        {"headless": 1},
        4,
    ),
    "no machine": ({}, {"unattended": 9}, 0),
}


@pytest.mark.parametrize(("entries", "licences", "expected"), SLOTS.values(), ids=SLOTS)
def test_most_slots(entries: dict[str, Any], licences: Any, expected: int) -> None:
    machines = {name: Machine.model_validate(entry) for name, entry in entries.items()}
    assert most_slots(machines, licences) == expected


OUTAGES: dict[str, tuple[dict[str, Any], list[tuple[tuple[Any, ...], float]]]] = {
    "never": ({"hosts": 3}, []),
    # Every 6 hours, on three hosts, in ten days
    "failures": (
        {"hosts": 3, "failures": {"up": {"exponential": "5h"}, "down": "1h"}},
        [(("failures",), 120.0)],
    ),
    "failures repaired at once": ({"failures": {"up": "1h", "down": "0s"}}, [(("failures",), 240)]),
    "no host": ({"hosts": 0, "failures": {"up": "1h", "down": "1h"}}, [(("failures",), 0)]),
    # Upper bounds: 11 days and the window before the run
    "windows": (
        {"hosts": 2, "maintenance": [{"cron": NIGHTLY, "duration": "1d"}]},
        [(("maintenance", 0, "cron"), 22.0)],
    ),
    # 24 a day on 12 days, but only 6 that do not touch fit into ten days
    "windows that touch": (
        {"hosts": 100, "maintenance": [{"cron": "0 0 * * * ?", "duration": "2d"}]},
        [(("maintenance", 0, "cron"), 600.0)],
    ),
    "a cron due more often than there are windows": (
        {"maintenance": [{"cron": "* * * * * ?", "duration": "1d"}]},
        [(("maintenance", 0, "cron"), 12 * DAY)],
    ),
    "two entries on all of a pool": (
        {
            "pool": {"max": 10},
            "maintenance": [
                {"cron": NIGHTLY, "duration": "12h"},
                {"cron": "0 0 1,2 * * ?", "duration": "12h"},
            ],
        },
        [(("maintenance", 0, "cron"), 115.0), (("maintenance", 1, "cron"), 210.0)],
    ),
}


@pytest.mark.parametrize(("entry", "expected"), OUTAGES.values(), ids=OUTAGES)
def test_outages_in_ten_days(
    entry: dict[str, Any], expected: list[tuple[tuple[Any, ...], float]]
) -> None:
    found = outages(Machine.model_validate(entry), 10 * DAY, {})
    assert [(one.path, one.number) for one in found] == expected


@pytest.mark.parametrize(
    ("up", "down", "endless"),
    [("0s", "0s", True), ("0s", "1s", False), ("1s", "0s", False)],
)
def test_failures_have_to_let_time_pass(up: str, down: str, *, endless: bool) -> None:
    machine = Machine.model_validate({"hosts": 0, "failures": {"up": up, "down": down}})
    found = [(issue.path, issue.code) for issue in endless_failures({"vm": machine}, {})]
    assert found == ([(("machines", "vm", "failures"), "no-time")] if endless else [])
