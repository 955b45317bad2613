"""Jobs that lose their host: what is done again, what is lost, what follows. Worked out by hand.

M1 has one slot and is down from 09:00 to 10:00; jobs last ten minutes unless a test says otherwise.
"""

from __future__ import annotations

from typing import Any

import pytest
from engine.timelines import items, items_of, jobs_of, lines
from engine.whereabouts import (
    failing,
    pressed,
    spans_of,
)

RESTARTS = {
    "at its own place, before the younger and behind the better": (
        {"A": ["08:55"], "B": ["08:56"], "C": ["09:30"]},
        {"C": {"priority": "High"}},
        {},
        """
        A 08:55 08:55-10:20 Successful
        B 08:56 10:20-10:30 Successful
        C 09:30 10:00-10:10 Successful
        """,
    ),
    "at once on another host": (
        {"A": ["08:55"]},
        {},
        {"M2": {}},
        "A 08:55 08:55-09:10 Successful",
    ),
    "never withdrawn while it waits again": (
        {"A": ["08:55"]},
        {"A": {"pending_expiry": "30m"}},
        {},
        "A 08:55 08:55-10:10 Successful",
    ),
    "never refused, though none may be Pending": (
        {"A": ["08:55"]},
        {"A": {"pending_limit": 0}},
        {},
        "A 08:55 08:55-10:10 Successful",
    ),
    "but as one that is Pending it counts for others' limit": (
        {"A": ["08:55", "09:30"]},
        {"A": {"pending_limit": 1}},
        {},
        """
        A 08:55 08:55-10:10 Successful
        A 09:30 ...-09:30 Refused
        """,
    ),
    "those that were Pending already stay, though with it they are too many": (
        {"A": ["08:55", "08:56", "09:30"]},
        {"A": {"pending_limit": 1}},
        {},
        """
        A 08:55 08:55-10:10 Successful
        A 08:56 10:10-10:20 Successful
        A 09:30 ...-09:30 Refused
        """,
    ),
    "what follows comes after its end": (
        {"A": ["08:55"]},
        {"A": {"then": {"start": "B"}}, "B": {}},
        {},
        """
        A 08:55 08:55-10:10 Successful
        A 10:10 10:10-10:20 Successful
        """,
    ),
}


@pytest.mark.parametrize(
    ("presses", "processes", "others", "expected"), RESTARTS.values(), ids=RESTARTS.keys()
)
def test_a_restarted_job(
    presses: dict[str, list[str]],
    processes: dict[str, Any],
    others: dict[str, Any],
    expected: str,
) -> None:
    run = failing("restart", presses, processes=processes, others=others)
    assert jobs_of(run) == lines(expected)


def test_a_restarted_job_that_once_started_at_once_is_before_the_younger_by_resume_time_too() -> (
    None
):
    """Under `resume_time` a job's place in line is a number of its own, where any is Suspended."""
    suspends = {"probability": "99%", "for": "30m"}
    run = failing(
        "restart",
        {"A": ["08:55"], "B": ["08:56"], "S": ["12:00"]},
        processes={"S": {"suspends": suspends}},
        assumptions={"resumed_place": "resume_time"},
    )
    assert jobs_of(run)[:2] == lines(
        """
        A 08:55 08:55-10:10 Successful
        B 08:56 10:10-10:20 Successful
        """
    )


@pytest.mark.parametrize(
    ("kind", "followed"), [("restart", 1), ("fault", 0), ("kill", 0), ("pause", 1)]
)
def test_only_a_successful_end_is_followed(kind: str, followed: int) -> None:
    processes: dict[str, Any] = {"A": {"then": {"start": "B"}}, "B": {}}
    assert len(jobs_of(failing(kind, {"A": ["08:55"]}, processes=processes))) == 1 + followed


@pytest.mark.parametrize(
    ("kind", "created"), [("restart", [1, 0]), ("fault", [1, 1]), ("pause", [1, 1])]
)
def test_a_restarted_job_is_pending_to_the_guard_a_paused_one_is_not(
    kind: str, created: list[int]
) -> None:
    """Fired at 08:45 and 09:30; the first job, of 30 min, is lost at 09:00."""
    trigger = {"process": "P", "time": {"cron": "0 45 8 ? * *"}, "created_by": "owner"}
    again = trigger | {"time": {"cron": "0 30 9 ? * *"}, "pending_guard": "per_process"}
    run = failing(
        kind,
        {},
        processes={"P": {"duration": "30m"}},
        triggers={"T": trigger, "U": again},
    )
    assert run.records.trigger_log.created.tolist() == created


def test_a_restarted_stretch_lasts_as_drawn_wherever_it_is_run() -> None:
    """The job of 08:55 lasts 10 to 20 min: lost at 09:00 at M1, run through on M2, and the same in
    an estate where nothing fails."""
    drawn: dict[str, Any] = {"processes": {"A": {"duration": {"uniform": ["10m", "20m"]}}}}
    lost = failing("restart", {"A": ["08:55"]}, others={"M2": {}}, **drawn)
    sound = pressed({"A": ["08:55"]}, **drawn)
    assert [text.split()[2] for text in spans_of(lost)] == ["M1/1", "M2/1"]
    rows = lost.records.occupancy
    assert rows.to_s[1] - rows.from_s[1] == sound.records.jobs.running_s[0]
    assert lost.records.jobs.running_s[0] == 300 + sound.records.jobs.running_s[0]


WORKERS = {
    "restart: the item at hand is Abandoned, those done stay done": (
        "restart",
        "press 08:45 08:45-10:12 Successful",
        """
        mail 08:00 08:47-08:57 Successful 0
        mail 08:01 08:57-... Abandoned 0
        mail 08:02 10:02-10:12 Successful 0
        """,
    ),
    "fault": (
        "fault",
        "press 08:45 08:45-09:00 Faulted",
        """
        mail 08:00 08:47-08:57 Successful 0
        mail 08:01 08:57-... Abandoned 0
        mail 08:02 ...-... New -
        """,
    ),
    "kill": (
        "kill",
        "press 08:45 08:45-09:00 Stopped",
        """
        mail 08:00 08:47-08:57 Successful 0
        mail 08:01 08:57-... Abandoned 0
        mail 08:02 ...-... New -
        """,
    ),
    "pause: the item goes on with the job": (
        "pause",
        "press 08:45 08:45-10:17 Successful",
        """
        mail 08:00 08:47-08:57 Successful 0
        mail 08:01 08:57-10:07 Successful 0
        mail 08:02 10:07-10:17 Successful 0
        """,
    ),
}


@pytest.mark.parametrize(("kind", "job", "work"), WORKERS.values(), ids=WORKERS.keys())
def test_a_job_that_works_a_queue(kind: str, job: str, work: str) -> None:
    """Its own work takes two minutes, also when it starts anew, then each item takes ten."""
    run = failing(
        kind,
        {"press": ["08:45"]},
        processes={"press": {"duration": "2m", "queue": "Q"}},
        queues={"Q": {"retries": 3}},
        arrivals={"mail": items("08:00", "08:01", "08:02")},
    )
    assert jobs_of(run) == [job]
    assert items_of(run) == lines(work)


def test_an_item_that_is_done_as_the_host_fails_is_done_and_the_next_one_lost() -> None:
    """A job takes its next item in the instant it ended the last: the second is lost at 09:00."""
    run = failing(
        "kill",
        {"press": ["08:50"]},
        processes={"press": {"duration": "0s", "queue": "Q"}},
        queues={"Q": {}},
        arrivals={"mail": items("08:00", "08:01", "08:02")},
    )
    assert items_of(run) == lines(
        """
        mail 08:00 08:50-09:00 Successful 0
        mail 08:01 09:00-... Abandoned 0
        mail 08:02 ...-... New -
        """
    )


@pytest.mark.parametrize("kind", ["fault", "kill"])
def test_a_lost_worker_sets_off_the_trigger_that_looks_at_the_end_of_its_jobs(kind: str) -> None:
    looks = {"name": "Q", "minimum": 1, "at_most": 1, "recheck": "never", "on_job_end": True}
    run = failing(
        kind,
        {},
        processes={"W": {"duration": "0s", "queue": "Q"}},
        queues={"Q": {}},
        arrivals={"mail": items("08:55", "08:56")},
        triggers={"look": {"process": "W", "queue": looks, "created_by": "owner"}},
    )
    assert [text.split()[:3] for text in jobs_of(run)] == [
        ["look", "08:55", "08:55-09:00"],
        ["look", "09:00", "10:00-10:10"],
    ]
