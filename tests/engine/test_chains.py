"""What the end of a job submits: timetables worked out by hand.

Unless a test says otherwise, M1 has ten slots, and Start is pressed at 09:00 for a job of A, which
lasts ten minutes as all do.
"""

from __future__ import annotations

from typing import Any

import pytest
from builders import folder
from engine.runs import Replication, replication
from engine.timelines import at, jobs_of, lines, start

TEN: dict[str, Any] = {"duration": "10m"}


def chained(processes: dict[str, Any], *times: str, **parts: Any) -> Replication:
    """What follows where Start is pressed at these times; triggers and starts stand in F."""
    own = {key: parts.pop(key) for key in ("triggers", "assign") if key in parts}
    starts = {"press": start("A", *(times or ("09:00",))), **parts.pop("starts", {})}
    here = folder(processes=processes, starts=starts, **own)
    slots = {"machines": {"M1": {"slots": 10}}}
    return replication(**{**slots, **parts}, folders={"F": here})


def then(process: str, **more: Any) -> dict[str, Any]:
    """A process of ten minutes whose end submits another."""
    return TEN | {"then": {"start": process, **more}}


CHAINS = {
    "at once": (
        {"A": then("B"), "B": TEN},
        """
        press 09:00 09:00-09:10 Successful
        A     09:10 09:10-09:20 Successful
        """,
    ),
    "some time later": (
        {"A": then("B", after="5m"), "B": TEN},
        """
        press 09:00 09:00-09:10 Successful
        A     09:15 09:15-09:25 Successful
        """,
    ),
    "several at a time, each of which goes on": (
        {"A": then("B", jobs=2), "B": then("C", after="1m"), "C": TEN},
        """
        press 09:00 09:00-09:10 Successful
        A     09:10 09:10-09:20 Successful
        A     09:10 09:10-09:20 Successful
        B     09:21 09:21-09:31 Successful
        B     09:21 09:21-09:31 Successful
        """,
    ),
    "not of a job that faulted": (
        {"A": then("B") | {"faults": "100%"}, "B": TEN},
        "press 09:00 09:00-09:10 Faulted",
    ),
    "nor of one that was stopped": (
        {"A": then("B") | {"stop_after": "5m"}, "B": TEN},
        "press 09:00 09:00-09:05 Stopped",
    ),
    "with a limit of its own": (
        {"A": then("B", stop_after="5m"), "B": TEN},
        """
        press 09:00 09:00-09:10 Successful
        A     09:10 09:10-09:15 Stopped
        """,
    ),
    "what takes no time may be a chain within one instant": (
        {
            "A": then("B"),
            "B": {"duration": "0s", "then": {"start": "C"}},
            "C": {"duration": "0s", "then": {"start": "D"}},
            "D": TEN,
        },
        """
        press 09:00 09:00-09:10 Successful
        A     09:10 09:10-09:10 Successful
        B     09:10 09:10-09:10 Successful
        C     09:10 09:10-09:20 Successful
        """,
    ),
}
"""The processes of a folder, and the jobs."""


@pytest.mark.parametrize(("processes", "expected"), CHAINS.values(), ids=CHAINS)
def test_what_follows_the_end_of_a_job(processes: dict[str, Any], expected: str) -> None:
    assert jobs_of(chained(processes)) == lines(expected)


UNTIL = {
    "coming back to itself ends with the window": (
        {"A": then("A", after="20m")},
        ("09:00",),
        """
        press 09:00 09:00-09:10 Successful
        A     09:30 09:30-09:40 Successful
        """,
    ),
    "as does a circle of two": (
        {"A": then("B", after="5m"), "B": then("A", after="5m")},
        ("09:10",),
        """
        press 09:10 09:10-09:20 Successful
        A     09:25 09:25-09:35 Successful
        B     09:40 09:40-09:50 Successful
        A     09:55 09:55-10:05 Successful
        """,
    ),
    "on the window's end is after it": (
        {"A": then("A", after="10m")},
        ("09:40",),
        "press 09:40 09:40-09:50 Successful",
    ),
    "to where the chain has not been it goes on after the window": (
        {"A": then("B", after="2m"), "B": then("C"), "C": then("B", after="1h")},
        ("09:55",),
        """
        press 09:55 09:55-10:05 Successful
        A     10:07 10:07-10:17 Successful
        B     10:17 10:17-10:27 Successful
        """,
    ),
}
"""Processes, when Start is pressed, and the jobs; the window ends at 10:00."""


@pytest.mark.parametrize(("processes", "times", "expected"), UNTIL.values(), ids=UNTIL)
def test_chains_at_the_end_of_the_window(
    processes: dict[str, Any], times: tuple[str, ...], expected: str
) -> None:
    window = {"start": "2026-01-05T00:00", "duration": "10h"}
    assert jobs_of(chained(processes, *times, time=window)) == lines(expected)


def test_each_chain_is_asked_for_itself_where_it_has_been() -> None:
    """The press of 09:00 has been at A and B by 10:15; the one of 09:50 has not been at A yet."""
    window = {"start": "2026-01-05T00:00", "duration": "10h"}
    processes = {"A": then("B", after="55m"), "B": then("A", after="1m")}
    run = chained(processes, starts={"also": start("B", "09:50")}, time=window)
    assert jobs_of(run) == lines(
        """
        press 09:00 09:00-09:10 Successful
        also  09:50 09:50-10:00 Successful
        B     10:01 10:01-10:11 Successful
        A     10:05 10:05-10:15 Successful
        """
    )


def test_without_drain_nothing_follows_the_end_of_the_window() -> None:
    window = {"start": "2026-01-05T00:00", "duration": "9h10m", "drain": False}
    run = chained({"A": then("B"), "B": TEN}, time=window)
    assert jobs_of(run) == ["press 09:00 09:00-09:10 Successful"]


def test_children_come_last_within_an_instant_in_the_order_of_their_parents_processes() -> None:
    """At 09:10 a job of A and one of B end; the streams of 09:10 go before the children of both."""
    processes = {"A": then("C"), "B": then("C"), "C": TEN}
    starts = {"also": start("B", "09:00"), "late": start("C", "09:10")}
    triggers = {"event": {"process": "C", "created_by": "owner", "event": at("09:10")}}
    run = chained(processes, starts=starts, triggers=triggers)
    assert jobs_of(run) == lines(
        """
        press 09:00 09:00-09:10 Successful
        also  09:00 09:00-09:10 Successful
        event 09:10 09:10-09:20 Successful
        late  09:10 09:10-09:20 Successful
        A     09:10 09:10-09:20 Successful
        B     09:10 09:10-09:20 Successful
        """
    )


def test_a_child_starts_the_next_one_at_its_own_priority() -> None:
    """One slot: at 09:10 the child of priority 90 goes before an older job of 45."""
    processes = {"A": then("B", priority=90), "B": TEN}
    run = chained(
        processes, starts={"late": start("B", "09:05", "09:10")}, machines={"M1": {"slots": 1}}
    )
    assert jobs_of(run) == lines(
        """
        press 09:00 09:00-09:10 Successful
        late  09:05 09:10-09:20 Successful
        late  09:10 09:30-09:40 Successful
        A     09:10 09:20-09:30 Successful
        """
    )


@pytest.mark.parametrize(("allowed", "state"), [(True, "Successful"), (False, "Refused")])
def test_a_child_is_submitted_as_its_parents_executor(
    allowed: bool,
    state: str,
) -> None:
    """Robot two, who needs Jobs.Create there; whoever is first, robot one, then runs the child."""
    run = chained(
        {"A": then("B"), "B": TEN},
        starts={"press": start("A", "09:00", run_as={"account": "two"})},
        assumptions={"automation_user_starts_jobs": allowed},
        accounts={"one": {"type": "robot"}, "two": {"type": "robot"}, "owner": {"type": "user"}},
        assign={
            "one": ["Automation User"],
            "two": ["Automation User"],
            "owner": ["Folder Administrator"],
        },
    )
    names, routes, jobs = run.legend.names, run.legend.routes, run.records.jobs
    _, child = jobs.route
    assert names.accounts[jobs.account[0]] == "two"
    assert names.principals[routes.principal[child]] == "two"
    assert jobs_of(run)[1].split()[-1] == state
    if allowed:
        assert names.accounts[jobs.account[1]] == "one"
    else:
        refusal = names.refusals[routes.refusal[child]]
        assert (refusal.status, refusal.code) == (403, "0")
