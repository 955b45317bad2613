"""When a queue trigger looks, and how many jobs it then starts: timetables worked out by hand.

Unless a test says otherwise, items last ten minutes, M1 has ten slots, and the trigger, which the
owner made, starts jobs of P, which take items until none is left.
"""

from __future__ import annotations

from typing import Any

import pytest
from engine.runs import Replication, replication
from engine.timelines import at, items, items_of, jobs_of, lines, start, works_at_queue


def filled(arrivals: dict[str, Any], trigger: dict[str, Any], **parts: Any) -> Replication:
    """What a queue trigger with these keys makes of the arrivals; `own` are its other keys."""
    more = {key: parts.pop(key) for key in ("machines", "time", "dispatch") if key in parts}
    own = {"process": "P", "created_by": "owner", **parts.pop("own", {})}
    fill = {"fill": {**own, "queue": {"name": "Q", **trigger}}}
    triggers = {**parts.pop("triggers", {}), **fill}
    slots = {"machines": {"M1": {"slots": 10}}}
    folders = works_at_queue(arrivals=arrivals, triggers=triggers, **parts)
    return replication(**{**slots, **more}, folders=folders)


# --- the vendor's formula -------------------------------------------------------------------------


def test_jobs_of_one_item_each_stall_until_the_re_check() -> None:
    """A first item for the first job, one more for each further one, up to ten jobs.

    The job of 08:10 lasts as long as one item, 20 minutes: it is stopped before it takes another.
    At 08:15 there is one New item and one active job, which asks for two: nothing. At 08:25 there
    are two, so a second job comes; it takes the older one, until 08:45. So the item of 08:25 waits
    with ten slots free, past 08:30, when its turn comes to nothing since one job is active still
    (1 New, 2 wanted), until the check of 09:00, where none is: a wait of 35 minutes.
    """
    run = filled(
        {"mail": items("08:10", "08:15", "08:25", item_duration="20m")},
        {"minimum": 1, "per_job": 1, "at_most": 10},
        process={"stop_after": "20m"},
    )
    assert items_of(run) == lines(
        """
        mail 08:10 08:10-08:30 Successful 0
        mail 08:15 08:25-08:45 Successful 1
        mail 08:25 09:00-09:20 Successful 2
        """
    )
    assert jobs_of(run) == lines(
        """
        fill 08:10 08:10-08:30 Stopped
        fill 08:25 08:25-08:45 Stopped
        fill 09:00 09:00-09:20 Successful
        """
    )


def test_a_second_item_waits_for_a_busy_job_though_slots_are_free() -> None:
    """50 minutes an item: at 08:15, and at the check of 08:30, 1 New and 1 active asks for 2."""
    run = filled(
        {"mail": items("08:10", "08:15", item_duration="50m")},
        {"minimum": 1, "per_job": 1, "at_most": 10},
    )
    assert jobs_of(run) == ["fill 08:10 08:10-09:50 Successful"]
    assert items_of(run) == lines(
        """
        mail 08:10 08:10-09:00 Successful 0
        mail 08:15 09:00-09:50 Successful 0
        """
    )


@pytest.mark.parametrize(
    ("added", "minimum", "per_job", "at_most", "jobs"),
    [
        (1, 2, 3, 3, 0),
        (2, 2, 3, 3, 1),
        (4, 2, 3, 3, 1),
        (5, 2, 3, 3, 2),
        (7, 2, 3, 3, 2),
        (8, 2, 3, 3, 3),
        (100, 2, 3, 3, 3),
        (100, 1, 1, 1, 1),
        (4, 1, 1, 10, 4),
        (4, 4, 4, 10, 1),
        (8, 4, 4, 10, 2),
    ],
)
def test_how_many_jobs_a_batch_of_items_starts(
    added: int, minimum: int, per_job: int, at_most: int, jobs: int
) -> None:
    """Job k needs `minimum` + (k - 1) x `per_job` items: with 2 and 3, these are 2, 5 and 8."""
    activation = {"minimum": minimum, "per_job": per_job, "at_most": at_most, "recheck": "never"}
    run = filled({"mail": items("08:00", jobs=added, item_duration="0s")}, activation)
    assert [line.split()[1] for line in jobs_of(run)] == ["08:00"] * jobs


def test_items_of_one_instant_are_counted_together_however_they_come() -> None:
    """Two arrivals of one item each at 08:00: two items, and one look, for one job."""
    run = filled(
        {"mail": items("08:00"), "post": items("08:00")}, {"minimum": 2, "recheck": "never"}
    )
    assert jobs_of(run) == ["fill 08:00 08:00-08:20 Successful"]


def test_pending_jobs_are_active_too() -> None:
    """The only slot is held until 08:30. The second item finds 1 job active and 2 New, which is
    enough; the third finds 2 active, and they are as many as there may be."""
    run = filled(
        {"mail": items("08:00", "08:01", "08:02")},
        {"at_most": 2, "recheck": "never"},
        machines={"M1": {"slots": 1}},
        processes={"R": {"duration": "1h"}},
        starts={"press": start("R", "07:30")},
    )
    assert jobs_of(run) == lines(
        """
        press 07:30 07:30-08:30 Successful
        fill  08:00 08:30-09:00 Successful
        fill  08:01 09:00-09:00 Successful
        """
    )


# --- when it looks --------------------------------------------------------------------------------

LOOKS = {
    "deferred items are not counted, and their moment sets nothing off": (
        {"mail": items("08:00", jobs=2, defer="10m")},
        {"minimum": 2},
        {},
        "fill 08:30 08:30-08:50 Successful",
    ),
    "but they count once their moment has come": (
        {"defer": items("08:00", defer="10m"), "mail": items("08:10")},
        {"minimum": 2, "recheck": "never"},
        {},
        "fill 08:10 08:10-08:30 Successful",
    ),
    "the checks are counted from the start of its span, which is one itself": (
        {"mail": items("08:00", "08:45", item_duration="5m")},
        {"recheck": "20m"},
        {"from": "2026-01-05T08:10"},
        """
        fill 08:10 08:10-08:15 Successful
        fill 08:45 08:45-08:50 Successful
        """,
    ),
    "after its span it does not look": (
        {"mail": items("08:00", "08:20", "08:40", item_duration="5m")},
        {},
        {"until": "2026-01-05T08:40"},
        """
        fill 08:00 08:00-08:05 Successful
        fill 08:20 08:20-08:25 Successful
        """,
    ),
    "never means never: an item too few waits for another": (
        {"mail": items("08:00", "11:00")},
        {"minimum": 2, "recheck": "never"},
        {},
        "fill 11:00 11:00-11:20 Successful",
    ),
    "a job stopped with items left is followed at the next check": (
        {"mail": items("08:05", jobs=3)},
        {},
        {"stop_after": "10m"},
        """
        fill 08:05 08:05-08:15 Stopped
        fill 08:30 08:30-08:40 Stopped
        fill 09:00 09:00-09:10 Successful
        """,
    ),
    "at once where it looks when a job of its own has ended": (
        {"mail": items("08:05", jobs=3)},
        {"on_job_end": True},
        {"stop_after": "10m"},
        """
        fill 08:05 08:05-08:15 Stopped
        fill 08:15 08:15-08:25 Stopped
        fill 08:25 08:25-08:35 Successful
        """,
    ),
    "a retry is no item added": (
        {"mail": items("08:05", faults="100%")},
        {},
        {"stop_after": "10m"},
        """
        fill 08:05 08:05-08:15 Stopped
        fill 08:30 08:30-08:40 Successful
        """,
    ),
    "though it counts": (
        {"mail": items("08:05", faults="100%")},
        {"on_job_end": True},
        {"stop_after": "10m"},
        """
        fill 08:05 08:05-08:15 Stopped
        fill 08:15 08:15-08:25 Successful
        """,
    ),
}
"""Arrivals, the activation, the trigger's own keys, and its jobs; the queue retries once."""


@pytest.mark.parametrize(("arrivals", "activation", "own", "expected"), LOOKS.values(), ids=LOOKS)
def test_when_a_queue_trigger_looks(
    arrivals: dict[str, Any], activation: dict[str, Any], own: dict[str, Any], expected: str
) -> None:
    run = filled(arrivals, activation, own=own, queue={"retries": 1})
    assert jobs_of(run) == lines(expected)


def test_the_end_of_anothers_job_is_no_reason_to_look() -> None:
    """Somebody else's job of the same process is stopped with an item left: only a check helps."""
    run = filled(
        {"mail": items("08:00", jobs=2)},
        {"minimum": 3, "on_job_end": True, "recheck": "never"},
        process={"stop_after": "10m"},
        starts={"press": start("P", "08:05")},
    )
    assert jobs_of(run) == ["press 08:05 08:05-08:15 Stopped"]
    assert [line.split()[-2] for line in items_of(run)] == ["Successful", "New"]


def test_a_withdrawn_job_is_no_end_of_a_job() -> None:
    """The only slot is taken until 08:30; the job of 08:05 is withdrawn at 08:15."""
    run = filled(
        {"mail": items("08:05")},
        {"on_job_end": True, "recheck": "40m"},
        process={"pending_expiry": "10m"},
        machines={"M1": {"slots": 1}},
        starts={"press": start("P", "08:00")},
        own={"priority": "Low"},
        dispatch={"latency": "30m"},
    )
    # Pressed at 08:00, the job has its place and waits out the latency till 08:30.
    assert jobs_of(run) == lines(
        """
        press 08:00 08:30-08:40 Successful
        fill  08:05 ...-08:15 Expired
        """
    )


def test_what_is_refused_is_not_active_and_sets_nothing_off() -> None:
    """No slot of the runtime type in the folder: each look makes a Refused row for each job."""
    run = filled(
        {"mail": items("08:05", "08:10")},
        {"at_most": 2, "on_job_end": True},
        own={"runtime": "headless"},
        time={"start": "2026-01-05T00:00", "duration": "8h45m"},
    )
    assert jobs_of(run) == lines(
        """
        fill 08:05 ...-08:05 Refused
        fill 08:10 ...-08:10 Refused
        fill 08:10 ...-08:10 Refused
        fill 08:30 ...-08:30 Refused
        fill 08:30 ...-08:30 Refused
        """
    )


def test_after_the_window_it_looks_no_more() -> None:
    """It ends at 08:15, when the first job is stopped: neither that nor a check starts another."""
    run = filled(
        {"mail": items("08:05", jobs=3)},
        {"on_job_end": True, "recheck": "5m"},
        own={"stop_after": "10m"},
        time={"start": "2026-01-05T00:00", "duration": "8h15m"},
    )
    assert jobs_of(run) == ["fill 08:05 08:05-08:15 Stopped"]


def test_its_turn_comes_after_time_triggers_and_before_streams() -> None:
    """All at 08:00, on one slot, by age: the order of submission decides."""
    run = filled(
        {"mail": items("08:00")},
        {"recheck": "never"},
        machines={"M1": {"slots": 1}},
        starts={"press": start("P", "08:00")},
        triggers={
            "event": {"process": "P", "created_by": "owner", "event": at("08:00")},
            "clock": {"process": "P", "created_by": "owner", "time": {"cron": "0 0 8 * * ?"}},
        },
    )
    assert jobs_of(run) == lines(
        """
        clock 08:00 08:00-08:10 Successful
        fill  08:00 08:10-08:10 Successful
        event 08:00 08:10-08:10 Successful
        press 08:00 08:10-08:10 Successful
        """
    )
