"""Which machine of several boots a host, and with which licences. Timetables worked out by hand.

A pool has at most two hosts with one slot, which boot for two minutes and are stopped after fifteen
idle ones, unless a test says otherwise; jobs last ten minutes.
"""

from __future__ import annotations

from typing import Any

import pytest
from engine.timelines import jobs_of, lines
from engine.whereabouts import (
    daily,
    elastic,
    pressed,
    robots,
    slots_of,
    spans_of,
)

ON_EAST, ON_WEST = ({"run_as": {"machine": name}} for name in ("east", "west"))

LICENCES = {
    "beyond its licences a pool does not grow": (
        {"burst": elastic()},
        {"A": ["08:00", "08:00"]},
        {},
        1,
        """
        A 08:00 burst/1 08:02-08:12
        A 08:00 burst/1 08:12-08:22
        """,
        """
        burst/1 1 booting 08:00-08:02
        burst/1 1 usable 08:02-08:37
        """,
    ),
    "a host may boot with licences for a part of its slots": (
        {"burst": elastic(slots=2)},
        {"A": ["08:00"] * 4},
        {},
        3,
        """
        A 08:00 burst/1 08:02-08:12
        A 08:00 burst/1 08:02-08:12
        A 08:00 burst/2 08:02-08:12
        A 08:00 burst/1 08:12-08:22
        """,
        """
        burst/1 2 booting 08:00-08:02
        burst/1 2 usable 08:02-08:37
        burst/2 1 booting 08:00-08:02
        burst/2 1 usable 08:02-08:27
        burst/2 1 unlicensed 08:02-08:27
        """,
    ),
    "a host that is stopped gives its licence back, to whoever waits for it": (
        {"east": elastic(), "west": elastic()},
        {"A": ["08:00"], "B": ["08:05"]},
        {"A": ON_EAST, "B": ON_WEST},
        1,
        """
        A 08:00 east/1 08:02-08:12
        B 08:05 west/1 08:29-08:39
        """,
        """
        east/1 1 booting 08:00-08:02
        east/1 1 usable 08:02-08:27
        west/1 1 booting 08:27-08:29
        west/1 1 usable 08:29-08:54
        """,
    ),
    "of two that want the last one the better job's machine has it": (
        {"east": elastic(), "west": elastic()},
        {"A": ["08:00"], "B": ["08:00"]},
        {"A": ON_EAST | {"priority": "Low"}, "B": ON_WEST | {"priority": "High"}},
        1,
        """
        A 08:00 east/1 08:29-08:39
        B 08:00 west/1 08:02-08:12
        """,
        """
        east/1 1 booting 08:27-08:29
        east/1 1 usable 08:29-08:54
        west/1 1 booting 08:00-08:02
        west/1 1 usable 08:02-08:27
        """,
    ),
}


@pytest.mark.parametrize(
    ("machines", "presses", "starts", "licences", "spans", "slots"),
    LICENCES.values(),
    ids=LICENCES.keys(),
)
def test_licences(
    machines: dict[str, Any],
    presses: dict[str, list[str]],
    starts: dict[str, Any],
    licences: int,
    spans: str,
    slots: str,
) -> None:
    run = pressed(presses, machines=machines, starts=starts, licences={"unattended": licences})
    assert spans_of(run) == lines(spans)
    assert slots_of(run) == lines(slots)


def test_a_host_boots_only_for_a_slot_that_is_wanted() -> None:
    """Licences for headless slots are left, but unattended ones are asked for."""
    machine = elastic() | {"slots": {"unattended": 1, "headless": 1}}
    run = pressed(
        {"A": ["08:00"]}, machines={"burst": machine}, licences={"unattended": 0, "headless": 5}
    )
    assert jobs_of(run) == ["A 08:00 ...-... Pending"]
    assert slots_of(run) == []


MACHINES_IN_TURN = {
    "fixed hosts first, then pools in the order of the folder, each to its maximum": (
        {"M1": {}, "east": elastic(1), "west": elastic(5)},
        """
        A 08:00 M1/1 08:00-08:10
        A 08:00 east/1 08:02-08:12
        A 08:00 west/1 08:02-08:12
        A 08:00 west/2 08:02-08:12
        """,
    ),
    "none in maintenance": (
        {"east": elastic(5, slots=4) | {"maintenance": [daily(7, "2h")]}, "west": elastic(5)},
        """
        A 08:00 west/1 08:02-08:12
        A 08:00 west/2 08:02-08:12
        A 08:00 west/3 08:02-08:12
        A 08:00 west/4 08:02-08:12
        """,
    ),
    "a pool before a fixed host that is busy": (
        {"east": elastic(1), "M1": {"slots": 3}},
        """
        A 08:00 M1/1 08:00-08:10
        A 08:00 M1/1 08:00-08:10
        A 08:00 M1/1 08:00-08:10
        A 08:00 east/1 08:02-08:12
        """,
    ),
}


@pytest.mark.parametrize(
    ("machines", "spans"), MACHINES_IN_TURN.values(), ids=MACHINES_IN_TURN.keys()
)
def test_which_machine_boots(machines: dict[str, Any], spans: str) -> None:
    run = pressed({"A": ["08:00"] * 4}, machines=machines)
    assert spans_of(run) == lines(spans)


def test_nothing_boots_for_a_job_that_a_slot_has_just_come_free_for() -> None:
    """B may use M1 and west, and waits for L on M1, as east has the one licence that is left. At
    08:27 L ends and east is stopped: B takes M1, and only who waits after that could have west."""
    run = pressed(
        {"A": ["08:00"], "L": ["08:07"], "B": ["08:20"]},
        machines={
            "M1": {"accounts": ["robot-1"]},
            "east": elastic() | {"accounts": ["robot-2"]},
            "west": elastic() | {"accounts": ["robot-1"]},
        },
        processes={"L": {"duration": "20m"}},
        starts={
            "A": {"run_as": {"account": "robot-2"}},
            "L": {"run_as": {"account": "robot-1", "machine": "M1"}},
            "B": {"run_as": {"account": "robot-1"}},
        },
        accounts=robots(2),
        licences={"unattended": 2},
    )
    assert spans_of(run)[-1] == "B 08:20 M1/1 08:27-08:37"
    assert not [text for text in slots_of(run) if text.startswith("west")]
