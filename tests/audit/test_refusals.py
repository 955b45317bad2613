"""Who was refused what: submissions by admission and over a limit, and items beside them.

An estate of a day of 24 hours; everything comes hourly, so that it can be counted by hand.
"""

from __future__ import annotations

from typing import Any

import pytest
from builders import catalogue, scenario

from simulator.access.grants import access_of
from simulator.audit.refusals import ItemRefusalRow, RefusalRow, item_refusal_rows, refusal_rows
from simulator.engine import simulate
from simulator.measurement import Figures, measure
from simulator.plan.making import make_plan
from simulator.records.columns import Legend

ROLES = {
    "Starter": {"type": "folder", "permissions": {"Jobs": ["Create"]}},
    "Looker": {"type": "folder", "permissions": {"Queues": ["View"]}},
}
ACCOUNTS = {
    "bot": {"type": "robot"},
    "anna": {"type": "user", "groups": ["clerks"]},
    "ben": {"type": "user", "groups": ["clerks"]},
}
HOURLY = {"every": "1h"}
FOLDER: dict[str, Any] = {
    "assign": {"bot": [], "anna": ["Starter"], "ben": ["Looker"]},
    "machines": ["M1"],
    "processes": {
        "first": {"duration": "1m", "then": {"start": "second"}},
        "second": {"duration": "1m"},
        "tight": {"duration": "1m", "pending_limit": 0},
        "post": {"duration": "1m", "queue": "Q"},
    },
    "queues": {"Q": {}},
    "starts": {
        "first": {"process": "first", "by": "anna", "stream": HOURLY},
        "tight": {
            "process": "tight",
            "by": "anna",
            "stream": {"every": "1h", "first": "30m"},
            "jobs": 3,
        },
    },
    "arrivals": {"mail": {"queue": "Q", "by": "clerks", "items": HOURLY, "item_duration": "1m"}},
}


def measured(**parts: Any) -> tuple[Legend, list[Figures]]:
    estate = scenario(folders={"HR": {**FOLDER, **parts}}, accounts=ACCOUNTS, roles=ROLES)
    plan = make_plan(estate, access_of(estate, catalogue()), {})
    return plan.legend, [measure(plan.legend, simulate(plan, 1, number), ()) for number in (1, 2)]


def test_submissions_refused_by_admission_and_over_a_limit_are_told_in_words() -> None:
    """Each first starts a second as bot, who may not; of three tight ones two would have to wait.

    The start and the process whose end submits are both called HR:first.
    """
    over = "room for it: of HR:tight none may be Pending"
    assert refusal_rows(*measured()) == (
        RefusalRow(
            *("HR", "HR:tight", "HR:tight", "Manual", "anna"),
            *(409, "pending_limit", over, 48.0, 96),
        ),
        RefusalRow(
            *("HR", "HR:second", "HR:first", "Job", "bot"),
            *(403, "0", "Jobs.Create in HR", 24.0, 48),
        ),
    )


def test_items_are_refused_apart_from_submissions() -> None:
    """The clerks add 24 a day in turn: anna lacks both permissions, ben the one to create."""
    rows = item_refusal_rows(*measured())
    both = "Queues.View and Transactions.Create in HR"
    assert rows == (
        ItemRefusalRow("HR", "HR:Q", "HR:mail", "anna", 403, "0", both, 0.5, 12.0, 24),
        ItemRefusalRow(
            *("HR", "HR:Q", "HR:mail", "ben", 403, "0"),
            *("Transactions.Create in HR", 0.5, 12.0, 24),
        ),
    )
    assert [(row.status, row.code) for row in rows] == [(403, "0"), (403, "0")]


@pytest.mark.parametrize("rows", [refusal_rows, item_refusal_rows])
def test_without_replications_nothing_was_refused(rows: Any) -> None:
    legend, _ = measured()
    assert rows(legend, []) == ()
