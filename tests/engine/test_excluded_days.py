"""Days on which a calendar keeps a trigger from firing, as its log tells of them."""

from __future__ import annotations

from typing import Any

import pytest
from builders import ACCOUNTS, folder
from engine.runs import Firing, Replication, replication

CALENDARS = {"freeze": {"dates": ["2026-01-06"]}, "first": {"dates": ["2026-01-05"]}}
DAILY = {"cron": "0 0 6 ? * *", "calendar": "freeze"}
PLAIN = {"pending_guard": "none", "auto_disable": False}
"""Notes none of its firings: they are read off its jobs."""


def of_trigger(days: int, **trigger: Any) -> Replication:
    """A trigger T over some days from Monday 2026-01-05 on."""
    parts = folder(triggers={"T": {"process": "P", "created_by": "owner", **trigger}})
    return replication(
        accounts={**ACCOUNTS, "spare": {"type": "robot"}},
        calendars=CALENDARS,
        folders={"F": parts},
        time={"start": "2026-01-05", "duration": f"{days}d"},
    )


@pytest.mark.parametrize("kind", [{}, PLAIN], ids=["noted", "read off its jobs"])
def test_an_excluded_day_has_a_row_and_no_jobs(kind: dict[str, Any]) -> None:
    found = of_trigger(3, time=DAILY, jobs=2, **kind)
    assert found.firings() == [
        Firing(6.0, 2, "created", None),
        Firing(30.0, 0, "excluded day", None),
        Firing(54.0, 2, "created", None),
    ]
    assert len(found.jobs()) == 4


@pytest.mark.parametrize(
    ("force", "outcomes"),
    [
        ({"from": "2026-01-06T06:00"}, ["excluded day", "created"]),
        ({"from": "2026-01-06T06:01"}, ["created"]),
        ({"until": "2026-01-06T06:01"}, ["created", "excluded day"]),
        ({"until": "2026-01-06T06:00"}, ["created"]),
    ],
    ids=["from then on", "from a minute later", "until a minute later", "until then"],
)
def test_a_trigger_not_in_force_has_no_excluded_days(
    force: dict[str, str], outcomes: list[str]
) -> None:
    log = of_trigger(3, time=DAILY, **force).firings()
    assert [firing.outcome for firing in log] == outcomes


HOURLY_AS_NOBODY = {"run_as": {"account": "spare"}}
"""The account is not in the folder: every firing fails."""


def test_an_excluded_day_is_no_failure() -> None:
    """All 24 hours of the first day are excluded. From the second on each firing fails: the tenth,
    at 09:00, disables the trigger, which would have been 00:00 had the first day's counted."""
    time = {"cron": "0 0 * ? * *", "calendar": "first"}
    log = of_trigger(3, time=time, **HOURLY_AS_NOBODY).firings()
    outcomes = ["excluded day"] * 24 + ["refused"] * 9 + ["disabled"]
    assert [firing.outcome for firing in log] == outcomes
    assert log[-1].hour == 33.0


def test_a_trigger_that_disabled_itself_has_no_more_excluded_days() -> None:
    """Ten failures at night; the second day's are excluded; the eleventh, at 00:00 of the third,
    disables it. Of the hours excluded later none is told."""
    time = {"cron": "0 0 0-9 ? * *", "calendar": "both"}
    parts = folder(
        triggers={"T": {"process": "P", "created_by": "owner", "time": time, **HOURLY_AS_NOBODY}}
    )
    found = replication(
        accounts={**ACCOUNTS, "spare": {"type": "robot"}},
        calendars={"both": {"dates": ["2026-01-06", "2026-01-08"]}},
        folders={"F": parts},
        time={"start": "2026-01-05", "duration": "5d"},
    )
    outcomes = ["refused"] * 10 + ["excluded day"] * 10 + ["disabled"]
    assert [firing.outcome for firing in found.firings()] == outcomes
