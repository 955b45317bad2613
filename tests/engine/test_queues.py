"""Who takes which item, when, and how it ends: timetables worked out by hand.

Unless a test says otherwise, items last ten minutes, M1 has one slot, and somebody presses Start at
09:00 for a job of P, which takes items until none is left.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from engine.runs import Replication, replication
from engine.timelines import items, items_of, jobs_of, lines, start, works_at_queue

from simulator.records.codes import ItemException


def worked(arrivals: dict[str, Any], *times: str, **parts: Any) -> Replication:
    """What becomes of the arrivals where Start is pressed at these times, at 09:00 unless told."""
    more = {key: parts.pop(key) for key in ("machines", "time", "dispatch") if key in parts}
    starts = {"press": start("P", *(times or ("09:00",)))}
    return replication(folders=works_at_queue(starts=starts, arrivals=arrivals, **parts), **more)


ORDERS = {
    "with a deadline before without, then priority, deadline, age": (
        {
            "plain": items("08:00", priority="Highest"),
            "late": items("08:10", deadline="4h"),
            "soon": items("08:20", deadline="1h"),
            "high": items("08:30", deadline="8h", priority="High"),
        },
        {},
        """
        plain 08:00 09:30-09:40 Successful 0
        late  08:10 09:20-09:30 Successful 0
        soon  08:20 09:10-09:20 Successful 0
        high  08:30 09:00-09:10 Successful 0
        """,
    ),
    "without any, priority and then age": (
        {"old": items("08:00", "08:20"), "high": items("08:10", "08:30", priority="High")},
        {},
        """
        old  08:00 09:20-09:30 Successful 0
        high 08:10 09:00-09:10 Successful 0
        old  08:20 09:30-09:40 Successful 0
        high 08:30 09:10-09:20 Successful 0
        """,
    ),
    "the queue's sla is the deadline of those without one": (
        {"plain": items("08:30"), "own": items("08:40", deadline="1h")},
        {"queue": {"sla": "2h"}},
        """
        plain 08:30 09:10-09:20 Successful 0
        own   08:40 09:00-09:10 Successful 0
        """,
    ),
    "equal ones in the order of the file, several at once": (
        {"b": items("08:00", jobs=2), "a": items("08:00")},
        {},
        """
        b 08:00 09:00-09:10 Successful 0
        b 08:00 09:10-09:20 Successful 0
        a 08:00 09:20-09:30 Successful 0
        """,
    ),
    "what comes while the job works is worked at too, even at the instant it ends": (
        {"mail": items("08:00", "09:05", "09:20")},
        {},
        """
        mail 08:00 09:00-09:10 Successful 0
        mail 09:05 09:10-09:20 Successful 0
        mail 09:20 ...-... New -
        """,
    ),
    "a deferred item is overtaken, and taken from its moment on": (
        {"defer": items("08:50", defer="15m"), "mail": items("08:55")},
        {},
        """
        defer 08:50 09:10-09:20 Successful 0
        mail  08:55 09:00-09:10 Successful 0
        """,
    ),
    "a moment that falls on the end of the last item is early enough": (
        {"defer": items("08:50", defer="20m"), "mail": items("08:55")},
        {},
        """
        defer 08:50 09:10-09:20 Successful 0
        mail  08:55 09:00-09:10 Successful 0
        """,
    ),
    "no job waits for a deferred item, nor does its moment start one": (
        {"defer": items("08:50", defer="30m"), "mail": items("08:55")},
        {},
        """
        defer 08:50 ...-... New -
        mail  08:55 09:00-09:10 Successful 0
        """,
    ),
    "items of no time": (
        {"mail": items("08:00", jobs=3, item_duration="0s")},
        {},
        """
        mail 08:00 09:00-09:00 Successful 0
        mail 08:00 09:00-09:00 Successful 0
        mail 08:00 09:00-09:00 Successful 0
        """,
    ),
}
"""Arrivals, further parts of the folder, and when each item is worked at."""


@pytest.mark.parametrize(("arrivals", "parts", "expected"), ORDERS.values(), ids=ORDERS)
def test_items_are_taken_in_the_vendors_order(
    arrivals: dict[str, Any], parts: dict[str, Any], expected: str
) -> None:
    assert items_of(worked(arrivals, **parts)) == lines(expected)


ATTEMPTS = {
    "a retry is younger than whatever was there": (
        {"bad": items("08:00", faults="100%"), "mail": items("08:05")},
        2,
        """
        bad  08:00 09:00-09:10 Retried 0
        mail 08:05 09:10-09:20 Successful 0
        bad  09:10 09:20-09:30 Retried 0
        bad  09:30 09:30-09:40 Failed 0
        """,
    ),
    "it keeps its deadline, and so its turn before those without": (
        {"bad": items("08:00", faults="100%", deadline="2h"), "mail": items("08:05")},
        1,
        """
        bad  08:00 09:00-09:10 Retried 0
        mail 08:05 09:20-09:30 Successful 0
        bad  09:10 09:10-09:20 Failed 0
        """,
    ),
    "it is not deferred once more": (
        {"bad": items("08:00", faults="100%", defer="1h")},
        1,
        """
        bad 08:00 09:00-09:10 Retried 0
        bad 09:10 09:10-09:20 Failed 0
        """,
    ),
    "a business exception is final": (
        {"bad": items("08:00", business_faults="100%")},
        2,
        "bad 08:00 09:00-09:10 Failed 0",
    ),
    "as is any where the queue retries nothing": (
        {"bad": items("08:00", faults="100%")},
        0,
        "bad 08:00 09:00-09:10 Failed 0",
    ),
}
"""Arrivals, how often the queue retries, and the attempts."""


@pytest.mark.parametrize(("arrivals", "retries", "expected"), ATTEMPTS.values(), ids=ATTEMPTS)
def test_attempts_that_fail(arrivals: dict[str, Any], retries: int, expected: str) -> None:
    run = worked(arrivals, queue={"retries": retries})
    assert items_of(run) == lines(expected)
    assert [line.split()[-1] for line in jobs_of(run)] == ["Successful"]


def test_a_retry_knows_its_first_attempt_and_its_deadline() -> None:
    run = worked(
        {"mail": items("07:00"), "bad": items("08:00", faults="100%", deadline="2h")},
        queue={"retries": 2},
    )
    rows = run.records.queue_items
    assert rows.first.tolist() == [0, 1, 1, 1]
    assert rows.retry.tolist() == [0, 0, 1, 2]
    np.testing.assert_array_equal(rows.deadline_s / 3600, [np.nan, 10, 10, 10])
    application = ItemException.APPLICATION
    assert rows.exception.tolist() == [ItemException.NONE, application, application, application]


STOPPED = {
    "in the middle of an item, which is Abandoned and not retried": (
        "15m",
        "0s",
        "press 09:00 09:00-09:15 Stopped",
        """
        mail 08:00 09:00-09:10 Successful 0
        mail 08:00 09:10-... Abandoned 0
        mail 08:00 ...-... New -
        """,
    ),
    "at the end of an item, before it takes another": (
        "20m",
        "0s",
        "press 09:00 09:00-09:20 Stopped",
        """
        mail 08:00 09:00-09:10 Successful 0
        mail 08:00 09:10-09:20 Successful 0
        mail 08:00 ...-... New -
        """,
    ),
    "just when it is through": (
        "30m",
        "0s",
        "press 09:00 09:00-09:30 Successful",
        """
        mail 08:00 09:00-09:10 Successful 0
        mail 08:00 09:10-09:20 Successful 0
        mail 08:00 09:20-09:30 Successful 0
        """,
    ),
    "at its own work, so that it takes none": (
        "5m",
        "8m",
        "press 09:00 09:00-09:05 Stopped",
        """
        mail 08:00 ...-... New -
        mail 08:00 ...-... New -
        mail 08:00 ...-... New -
        """,
    ),
}
"""After how long, the process's own work, its job, and the three items."""


@pytest.mark.parametrize(
    ("stop_after", "duration", "job", "expected"), STOPPED.values(), ids=STOPPED
)
def test_a_job_is_stopped(stop_after: str, duration: str, job: str, expected: str) -> None:
    process = {"stop_after": stop_after, "duration": duration}
    run = worked({"mail": items("08:00", jobs=3)}, process=process, queue={"retries": 2})
    assert (jobs_of(run), items_of(run)) == ([job], lines(expected))


def test_start_up_and_duration_come_before_the_first_item_and_faults_after_the_last() -> None:
    """2 + 3 + 10 minutes; the item is done all the same."""
    process = {"start_up": "2m", "duration": "3m", "faults": "100%"}
    run = worked({"mail": items("08:00")}, process=process)
    assert jobs_of(run) == ["press 09:00 09:00-09:15 Faulted"]
    assert items_of(run) == ["mail 08:00 09:05-09:15 Successful 0"]
    assert run.records.jobs.running_s.tolist() == [900]


def test_two_jobs_share_a_queue() -> None:
    """Three items: the first job takes the third, and the second finds none at 09:10."""
    machines = {"M1": {"slots": 2}}
    run = worked({"mail": items("08:00", jobs=3)}, "09:00", "09:00", machines=machines)
    assert jobs_of(run) == lines(
        """
        press 09:00 09:00-09:20 Successful
        press 09:00 09:00-09:10 Successful
        """
    )
    assert items_of(run) == lines(
        """
        mail 08:00 09:00-09:10 Successful 0
        mail 08:00 09:00-09:10 Successful 1
        mail 08:00 09:10-09:20 Successful 0
        """
    )


def test_a_job_without_items_lasts_its_own_time() -> None:
    assert jobs_of(worked({}, process={"duration": "4m"})) == ["press 09:00 09:00-09:04 Successful"]


def test_whoever_may_not_add_items_adds_none() -> None:
    """The robot may (Automation User), nobody else without a role in the folder."""
    stranger = items("08:00", by="guest") | {"jobs": 2}
    run = replication(
        accounts={
            "robot": {"type": "robot"},
            "owner": {"type": "user"},
            "guest": {"type": "user"},
        },
        folders=works_at_queue(
            starts={"press": start("P", "09:00")},
            arrivals={"stranger": stranger, "mail": items("08:00", by="robot")},
        ),
    )
    assert items_of(run) == lines(
        """
        stranger 08:00 ...-... Refused -
        stranger 08:00 ...-... Refused -
        mail     08:00 09:00-09:10 Successful 0
        """
    )
    table = run.legend.item_routes
    refusal = run.legend.names.refusals[table.refusal[run.records.queue_items.route[0]]]
    assert (refusal.status, refusal.code) == (400, "1100")


ENDS = {
    "with drain, jobs go on with what is left": (
        True,
        """
        mail 08:00 09:00-09:10 Successful 0
        mail 08:00 09:10-09:20 Successful 0
        mail 08:00 09:20-09:30 Successful 0
        """,
    ),
    "without, the run stops amid an item": (
        False,
        """
        mail 08:00 09:00-09:10 Successful 0
        mail 08:00 09:10-... InProgress 0
        mail 08:00 ...-... New -
        """,
    ),
}
"""Whether the run drains, and the items of a window that ends at 09:15."""


@pytest.mark.parametrize(("drain", "expected"), ENDS.values(), ids=ENDS)
def test_the_end_of_the_window(drain: bool, expected: str) -> None:
    time = {"start": "2026-01-05T00:00", "duration": "9h15m", "drain": drain}
    run = worked({"mail": items("08:00", "09:15", jobs=3)}, time=time)
    assert items_of(run) == lines(expected)
