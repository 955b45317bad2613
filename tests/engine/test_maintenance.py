"""Maintenance windows: who waits for their end, who is killed as they begin. Worked out by hand.

Unless a test says otherwise, M1 has one slot and its window is from 09:00 to 10:00, and jobs last
ten minutes. Within one instant jobs end, then windows begin and end, then Pending jobs take what is
free, then new ones come (docs/choices.md, Time).
"""

from __future__ import annotations

from typing import Any

import pytest
from engine.timelines import items, items_of, jobs_of, lines
from engine.whereabouts import (
    UNTIL_MIDNIGHT,
    daily,
    fails,
    pressed,
    slots_of,
    spans_of,
    window,
)

AT_NINE = (daily(9, "1h"),)
KILLS_AT_NINE = (daily(9, "1h", "kill"),)
LONG: dict[str, Any] = {"duration": "4h"}

ON_ONE_HOST = {
    "nobody starts in it; who runs already runs to the end": (
        AT_NINE,
        {"A": ["08:55", "09:10"]},
        {},
        """
        A 08:55 08:55-09:05 Successful
        A 09:10 10:00-10:10 Successful
        """,
    ),
    "kill: who runs as it begins is stopped": (
        KILLS_AT_NINE,
        {"A": ["08:55", "09:10"]},
        {},
        """
        A 08:55 08:55-09:00 Stopped
        A 09:10 10:00-10:10 Successful
        """,
    ),
    "kill: who ends as it begins has ended": (
        KILLS_AT_NINE,
        {"A": ["08:50"]},
        {},
        "A 08:50 08:50-09:00 Successful",
    ),
    "what is submitted as it begins waits": (
        AT_NINE,
        {"A": ["09:00"]},
        {},
        "A 09:00 10:00-10:10 Successful",
    ),
    "what could start as it begins does not": (
        AT_NINE,
        {"A": ["08:50", "08:51"]},
        {},
        """
        A 08:50 08:50-09:00 Successful
        A 08:51 10:00-10:10 Successful
        """,
    ),
    "as it ends, whoever waits goes before the newcomer, High or not": (
        AT_NINE,
        {"A": ["09:30"], "B": ["10:00"]},
        {"processes": {"B": {"priority": "High"}}},
        """
        A 09:30 10:00-10:10 Successful
        B 10:00 10:10-10:20 Successful
        """,
    ),
    "who is withdrawn as it ends gets no slot any more": (
        AT_NINE,
        {"A": ["09:10", "09:11"]},
        {"processes": {"A": {"pending_expiry": "50m"}}},
        """
        A 09:10 ...-10:00 Expired
        A 09:11 10:00-10:10 Successful
        """,
    ),
    "one that began before the run lasts into it": (
        (window("0 0 22 ? * SUN", "4h"),),
        {"A": ["00:00"], "B": ["01:00"]},
        {},
        """
        A 00:00 02:00-02:10 Successful
        B 01:00 02:10-02:20 Successful
        """,
    ),
    "one that ends as the run begins is over": (
        (window("0 0 22 ? * SUN", "2h"),),
        {"A": ["00:00"]},
        {},
        "A 00:00 00:00-00:10 Successful",
    ),
    "windows of one entry that overlap are one, to the end of the last": (
        (window("0 0/30 9 ? * *", "1h"),),
        {"A": ["09:10"]},
        {},
        "A 09:10 10:30-10:40 Successful",
    ),
    "and those that touch": (
        (window("0 0 9,10 ? * *", "1h"),),
        {"A": ["09:10"]},
        {},
        "A 09:10 11:00-11:10 Successful",
    ),
    "between two entries that touch nobody starts": (
        (daily(9, "1h"), daily(10, "1h")),
        {"A": ["09:10"]},
        {},
        "A 09:10 11:00-11:10 Successful",
    ),
    "of two that overlap the later end counts, whichever began first": (
        (daily(9, "3h"), daily(10, "30m")),
        {"A": ["09:10", "10:45"]},
        {},
        """
        A 09:10 12:00-12:10 Successful
        A 10:45 12:10-12:20 Successful
        """,
    ),
    "a window that kills within one that does not": (
        (daily(9, "3h"), daily(10, "30m", "kill")),
        {"A": ["08:30", "10:45"]},
        {"processes": {"A": LONG}},
        """
        A 08:30 08:30-10:00 Stopped
        A 10:45 12:00-16:00 Successful
        """,
    ),
    "by the wall clock of its own zone: 09:00 in Berlin is 08:00 UTC in January": (
        (window("0 0 9 ? * *", "1h", zone="Europe/Berlin"),),
        {"A": ["08:30"]},
        {},
        "A 08:30 09:00-09:10 Successful",
    ),
    "kill: what would have followed does not": (
        KILLS_AT_NINE,
        {"A": ["08:55"]},
        {"processes": {"A": {"then": {"start": "B"}}, "B": {}}},
        "A 08:55 08:55-09:00 Stopped",
    ),
    "finish: what follows the end waits": (
        AT_NINE,
        {"A": ["08:55"]},
        {"processes": {"A": {"then": {"start": "B"}}, "B": {}}},
        """
        A 08:55 08:55-09:05 Successful
        A 09:05 10:00-10:10 Successful
        """,
    ),
    "kill: before a failure of the same instant": (
        KILLS_AT_NINE,
        {"A": ["08:55"]},
        {"failures": fails("9h", "2h", "fault")},
        "A 08:55 08:55-09:00 Stopped",
    ),
    "every day, also after the end of the observed one": (
        KILLS_AT_NINE,
        {"A": ["08:00", "08:01"]},
        {"processes": {"A": {"duration": "24h"}}},
        """
        A 08:00 08:00-09:00 Stopped
        A 08:01 10:00-33:00 Stopped
        """,
    ),
}


@pytest.mark.parametrize(
    ("maintenance", "presses", "parts", "expected"), ON_ONE_HOST.values(), ids=ON_ONE_HOST.keys()
)
def test_on_one_host(
    maintenance: tuple[dict[str, Any], ...],
    presses: dict[str, list[str]],
    parts: dict[str, Any],
    expected: str,
) -> None:
    failures = parts.get("failures")
    machine = {"slots": 1, "maintenance": list(maintenance)} | (
        {"failures": failures} if failures else {}
    )
    run = pressed(presses, machines={"M1": machine}, processes=parts.get("processes"))
    assert jobs_of(run) == lines(expected)


@pytest.mark.parametrize(
    ("cron", "duration"), [("0 0 0 * * ?", "1d"), ("0 0 * * * ?", "1h"), ("0 0 0 1 * ?", "31d")]
)
def test_nobody_ever_starts_where_windows_follow_each_other_without_end(
    cron: str, duration: str
) -> None:
    """Over more than a year, as that is as long as one window may be."""
    run = pressed(
        {"A": ["08:00"]},
        machines={"M1": {"maintenance": [window(cron, duration)]}},
        time=UNTIL_MIDNIGHT | {"duration": "400d"},
    )
    assert jobs_of(run) == ["A 08:00 ...-... Pending"]
    assert slots_of(run) == ["M1/1 1 maintenance 00:00-9600:00"]


def test_other_machines_serve_meanwhile_and_all_hosts_of_one_rest_together() -> None:
    """M1 has two hosts, M2 one slot: at 09:10 only M2 is there, and then both of M1."""
    machines = {"M1": {"hosts": 2, "maintenance": list(AT_NINE)}, "M2": {}}
    run = pressed({"A": ["09:10", "09:55", "09:56", "09:57"]}, machines=machines)
    assert spans_of(run) == lines(
        """
        A 09:10 M2/1 09:10-09:20
        A 09:55 M2/1 09:55-10:05
        A 09:56 M1/1 10:00-10:10
        A 09:57 M1/2 10:00-10:10
        """
    )


@pytest.mark.parametrize(
    ("patience", "expected"),
    [
        ("29m", "B 08:31 ...-09:00 Expired"),
        ("30m", "B 08:31 09:00-09:10 Successful"),
    ],
    ids=["withdrawn as another is killed: too late", "a minute more, and the killed gives way"],
)
def test_whoever_is_killed_gives_back_the_account_at_once(patience: str, expected: str) -> None:
    """The robot runs one job at a time, A on M1 until it is killed; B waits for it beside M2."""
    run = pressed(
        {"A": ["08:00"], "B": ["08:31"]},
        machines={"M1": {"maintenance": list(KILLS_AT_NINE)}, "M2": {}},
        processes={
            "A": {"duration": "4h", "type": "foreground"},
            "B": {"type": "foreground", "pending_expiry": patience},
        },
        accounts={
            "robot": {"type": "robot", "one_job_at_a_time": True},
            "owner": {"type": "user"},
        },
    )
    assert jobs_of(run) == ["A 08:00 08:00-09:00 Stopped", *lines(expected)]


def test_a_killed_worker_abandons_its_item_and_its_end_sets_its_trigger_off() -> None:
    """The first job takes items at 08:45 and 08:55 and is killed in the second; one New item is
    left, so the look at its end starts another job, which waits for the end of the window."""
    looks = {"name": "Q", "minimum": 1, "at_most": 1, "recheck": "never", "on_job_end": True}
    run = pressed(
        {},
        machines={"M1": {"maintenance": list(KILLS_AT_NINE)}},
        processes={"W": {"duration": "0s", "queue": "Q"}},
        queues={"Q": {"retries": 3}},
        arrivals={"mail": items("08:45", "08:46", "08:47")},
        triggers={"look": {"process": "W", "queue": looks, "created_by": "owner"}},
    )
    assert jobs_of(run) == lines(
        """
        look 08:45 08:45-09:00 Stopped
        look 09:00 10:00-10:10 Successful
        """
    )
    assert items_of(run) == lines(
        """
        mail 08:45 08:45-08:55 Successful 0
        mail 08:46 08:55-... Abandoned 0
        mail 08:47 10:00-10:10 Successful 1
        """
    )


def test_slots_exist_in_maintenance_and_are_told_apart() -> None:
    """A job that runs on into the window changes nothing: its slot is in maintenance too."""
    run = pressed({"A": ["08:55"]}, machines={"M1": {"slots": 2, "maintenance": list(AT_NINE)}})
    assert slots_of(run) == lines(
        """
        M1/1 2 usable 00:00-09:00
        M1/1 2 maintenance 09:00-10:00
        M1/1 2 usable 10:00-24:00
        """
    )


def test_a_host_both_down_and_in_maintenance_is_down() -> None:
    """Down 08:30-09:30, in maintenance 09:00-11:00: failures go on in maintenance."""
    machine = {"maintenance": [daily(9, "2h")], "failures": fails("8h30m", "1h")}
    run = pressed({"A": ["09:40"]}, machines={"M1": machine})
    assert slots_of(run)[:4] == lines(
        """
        M1/1 1 usable 00:00-08:30
        M1/1 1 down 08:30-09:30
        M1/1 1 maintenance 09:30-11:00
        M1/1 1 usable 11:00-18:00
        """
    )
    assert spans_of(run) == ["A 09:40 M1/1 11:00-11:10"]
