"""Jobs that go on only where they ran before: as many lines as there are places, within reason."""

from __future__ import annotations

from typing import Any

import pytest
from builders import ACCOUNTS, catalogue, folder, scenario

from simulator.access.grants import access_of
from simulator.plan.same_place import same_place
from simulator.records.columns import Window
from simulator.traces.rows import TraceRows

STAYS = {
    "P": {"duration": "1m", "suspends": {"probability": "1%", "for": "1h", "same_place": True}}
}
ROAMS = {"P": {"duration": "1m", "suspends": {"probability": "1%", "for": "1h"}}}
START = {"process": "P", "by": "owner", "stream": {"every": "1h"}}


def told(
    hosts: int, bots: int, traces: dict[str, TraceRows] | None = None, **parts: Any
) -> list[str]:
    """The message for a folder with so many hosts, and so many accounts that may run its jobs."""
    whole = folder(
        **{"processes": STAYS, "starts": {"S": START}, **parts},
        assign={"bot": ["Automation User"], "owner": ["Folder Administrator"]},
    )
    estate = scenario(
        machines={"M1": {"hosts": hosts}},
        accounts=ACCOUNTS | {"bot": {"type": "robot", "count": bots}},
        folders={"F": whole},
    )
    issues = same_place(estate, access_of(estate, catalogue()), traces or {})
    assert all(issue.severity == "error" and issue.hint for issue in issues)
    assert all(
        issue.path == ("folders", "F", "processes", "P", "suspends", "same_place")
        for issue in issues
    )
    return [issue.message for issue in issues]


def test_fifty_thousand_places_are_enough() -> None:
    assert told(500, 100) == []
    (message,) = told(501, 100)
    assert message == (
        "a job of 'P' may have run in any of 50,100 places, each a host and an account on it; "
        "50,100 in all, more than 50,000"
    )


@pytest.mark.parametrize(
    "parts",
    [
        {"processes": ROAMS},
        {"starts": {}},
        {"starts": {"S": START | {"run_as": {"account": "bot-7"}}}},
        {"starts": {"S": START | {"run_as": {"machine": "M1", "host": "7"}}}},
        {"machines": {"M1": {"accounts": ["bot-7"]}}},
        {"machines": {"M1": {"accounts": ["bot-7", "bot-8"]}}},
    ],
    ids=["anywhere", "never", "one account", "one host", "a mapping", "a mapping of two"],
)
def test_only_places_where_a_job_may_have_run_count(parts: dict[str, Any]) -> None:
    """Of 60,000 pairs of a host and an account."""
    assert told(600, 100, **parts) == []


def test_starts_that_are_alike_share_their_places() -> None:
    assert told(300, 100, starts={"S": START, "T": START}) == []


def test_starts_that_differ_have_places_of_their_own() -> None:
    starts = {"S": START, "T": START | {"priority": "High"}}
    (message,) = told(300, 100, starts=starts)
    assert "any of 60,000 places" in message


def test_each_priority_of_a_trace_has_places_of_its_own() -> None:
    window = Window(0.0, 86_400.0, 0, "UTC")
    traces = {"t.csv": TraceRows("t.csv", "/t.csv", window, "", 9, False, (65, 45))}  # noqa: FBT003 - a row of the table
    starts = {"S": START | {"stream": {"trace": "t.csv"}}}
    (message,) = told(300, 100, traces, starts=starts)
    assert "any of 60,000 places" in message
