"""What kept jobs Pending, on timelines one can follow on paper; all figures are in minutes.

A row reads `B:P | slot held | A | M1`: jobs of B:P waited for slots of M1 that jobs of A held. Each
timeline is told in its case, and holds of the plain reference too.
"""

from __future__ import annotations

from typing import Any

import pytest
from builders_blame import Hand, Minutes, agrees, at, works
from builders_records import Job
from builders_waits import Estate, Held, Slots, a_line, waiting

from simulator.measurement.blaming.blame import blame_figures, charges_of
from simulator.measurement.waits import Lines, waits_of
from simulator.records.codes import BlameCause

ONE_SLOT = {"M1": {"slots": 1}}
NEVER = "24h"

EIGHT_TO_NINE = {"start": "2026-01-05T08:00", "duration": "1h"}

CASES: dict[str, tuple[dict[str, Any], Minutes]] = {
    # A has the slot from 8:00 to 8:10; B comes at 8:04.
    "two folders on one slot": (
        {"machines": ONE_SLOT, "folders": {"A": works("10m", "08:00"), "B": works("1m", "08:04")}},
        {"B:P | slot held | A | M1": 6},
    ),
    # The same, but both are of A.
    "a folder behind itself": (
        {"machines": ONE_SLOT, "folders": {"A": works("10m", "08:00", "08:04")}},
        {"A:P | slot held | A | M1": 6},
    ),
    # A runs on M1 and M2 until 8:30, B comes at 8:10 and may go to M2 alone: 20 minutes. A's third
    # comes at 8:20, waits for both until 8:30: 5 and 5. Then B has M2 until 9:10, A has M1 until
    # 9:00; A's fourth comes at 8:50: 5 for itself on M1, 5 for B on M2.
    "an N: A on both, B on one": (
        {
            "machines": {"M1": {"slots": 1}, "M2": {"slots": 1}},
            "folders": {
                "A": works("30m", "08:00", "08:00", "08:20", "08:50", machines=("M1", "M2")),
                "B": works("40m", "08:10", machines=("M2",)),
            },
        },
        {
            "B:P | slot held | A | M2": 20,
            "A:P | slot held | A | M1": 5 + 5,
            "A:P | slot held | A | M2": 5,
            "A:P | slot held | B | M2": 5,
        },
    ),
    # D waits from 8:03 to 8:30, when A is done: 27 minutes for three slots, one of each folder.
    "three slots held by three folders": (
        {
            "machines": {"M1": {"slots": 3}},
            "folders": {
                "A": works("30m", "08:00"),
                "B": works("1h", "08:00"),
                "C": works("2h", "08:00"),
                "D": works("1m", "08:03"),
            },
        },
        {f"D:P | slot held | {folder} | M1": 9 for folder in "ABC"},
    ),
    # A third of 10 seconds is nothing that a float can say.
    "thirds of ten seconds": (
        {
            "machines": {"M1": {"slots": 3}},
            "folders": {
                "A": works("10s", "08:00"),
                "B": works("1h", "08:00"),
                "C": works("1h", "08:00"),
                "D": works("1m", "08:00"),
            },
        },
        {f"D:P | slot held | {folder} | M1": round(10 / 3 / 60, 9) for folder in "ABC"},
    ),
    # C waits from 8:02 to 8:10: three of its four slots are A's, one B's.
    "parts go by slots, not by machines": (
        {
            "machines": {"M1": {"slots": 3}, "M2": {"slots": 1}},
            "folders": {
                "A": works("10m", "08:00", "08:00", "08:00"),
                "B": works("1h", "08:00", machines=("M2",)),
                "C": works("1m", "08:02", machines=("M1", "M2")),
            },
        },
        {"C:P | slot held | A | M1": 6, "C:P | slot held | B | M2": 2},
    ),
    # B waits from 8:02 to 8:10 for the one unattended slot, whatever the headless ones do.
    "slots of another runtime type are none of its own": (
        {
            "machines": {"M1": {"slots": {"unattended": 1, "headless": 2}}},
            "folders": {
                "A": works("10m", "08:00"),
                "B": works("1m", "08:02"),
                "C": works("1h", "08:00", runtime="headless"),
            },
        },
        {"B:P | slot held | A | M1": 8},
    ),
    # A's job fails with its host at 8:05 and starts again at 8:10 at its own place, so that B waits
    # from 8:02 for it (3), for the host (5) and for it again (10). What A waits then is no first
    # wait.
    "a restarted job waits as Resumed": (
        {
            "machines": {"M1": {"slots": 1, "failures": {"up": "8h5m", "down": "5m"}}},
            "folders": {"A": works("10m", "08:00"), "B": works("1m", "08:02")},
        },
        {"B:P | slot held | A | M1": 3 + 10, "B:P | host down | - | M1": 5},
    ),
    # The run stops at 9:00, with A running and B Pending since 8:10.
    "still Pending at the end": (
        {
            "time": {**EIGHT_TO_NINE, "drain": False},
            "machines": ONE_SLOT,
            "folders": {"A": works(NEVER, "08:00"), "B": works("1m", "08:10")},
        },
        {"B:P | slot held | A | M1": 50},
    ),
    # B gives up at 8:25.
    "withdrawn": (
        {
            "machines": ONE_SLOT,
            "folders": {
                "A": works("1h", "08:00"),
                "B": works("1m", "08:10", pending_expiry="15m"),
            },
        },
        {"B:P | slot held | A | M1": 15},
    ),
    # It finds no place, and does not become a job.
    "refused over the limit": (
        {
            "machines": ONE_SLOT,
            "folders": {
                "A": works("1h", "08:00"),
                "B": works("1m", "08:10", pending_limit=0),
            },
        },
        {},
    ),
}


@pytest.mark.parametrize(("parts", "expected"), CASES.values(), ids=CASES.keys())
def test_what_kept_jobs_pending(parts: dict[str, Any], expected: Minutes) -> None:
    agrees(parts, expected)


# --- the window -----------------------------------------------------------------------------------


def test_the_window_has_what_of_each_wait_lies_in_it() -> None:
    """It is from 8:30 to 9:30. B's first job waits from 8:20 to 8:50, 20 minutes of that in it; the
    second from 9:20 to 9:50, 10 of that in it; A's slot is held from 8:00 and from 9:10 on.
    """
    hand = Hand(
        time={**EIGHT_TO_NINE, "warm_up": "30m"},
        machines=ONE_SLOT,
        folders={
            "A": {
                **works("50m", "08:00"),
                "starts": {
                    "S": {"process": "P", "by": "owner", "stream": at("08:00")},
                    "T": {"process": "Q", "by": "owner", "stream": at("09:10")},
                },
                "processes": {"P": {"duration": "50m"}, "Q": {"duration": "40m"}},
            },
            "B": works("1m", "08:20", "09:20"),
        },
    )
    assert hand.table() == hand.expected() == {"B:P | slot held | A | M1": 30 + 30}
    assert hand.window() == {"B:P | slot held | A | M1": 20 + 10}
    assert hand.figures.unexplained_s == 0


MONDAY, SUNDAY = 0, 144
"""When these days begin, in hours of the week."""

HOURS: dict[str, tuple[str, str, str, str, str, dict[int, float]]] = {
    # zone, day, when A begins and how long it takes, when B comes, the minutes it waits by hour
    "across an hour": (
        *("UTC", "2026-01-05", "08:40", "30m", "08:50"),
        {MONDAY + 8: 10, MONDAY + 9: 10},
    ),
    # From 1:50 to 3:10 by the clock, which are 20 minutes.
    "the skipped hour has nothing": (
        *("Europe/Berlin", "2026-03-29", "01:40", "30m", "01:50"),
        {SUNDAY + 1: 10, SUNDAY + 3: 10},
    ),
    # From 1:50 to 3:10 by the clock, which are 140 minutes.
    "the hour that comes twice has both": (
        *("Europe/Berlin", "2026-10-25", "01:40", "150m", "01:50"),
        {SUNDAY + 1: 10, SUNDAY + 2: 120, SUNDAY + 3: 10},
    ),
    # Hours begin at a quarter past those of UTC.
    "a zone of three quarters": (
        *("Asia/Kathmandu", "2026-01-05", "00:40", "30m", "00:50"),
        {MONDAY: 10, MONDAY + 1: 10},
    ),
}


@pytest.mark.parametrize(
    ("zone", "day", "begins", "duration", "comes", "expected"), HOURS.values(), ids=HOURS.keys()
)
def test_blame_by_hour_of_the_week(
    zone: str, day: str, begins: str, duration: str, comes: str, expected: dict[int, float]
) -> None:
    hand = Hand(
        time={"start": f"{day}T00:00", "duration": "1d", "zone": zone},
        machines=ONE_SLOT,
        folders={"A": works(duration, begins, day=day), "B": works("1m", comes, day=day)},
    )
    assert hand.hours() == expected
    folders = hand.names.folders
    assert hand.figures.week.tolist() == [[folders.index("B"), BlameCause.JOB, folders.index("A")]]
    of_machines, of_processes = (
        {row: total for row, total in enumerate((table.sum(axis=1) / 60).tolist()) if total}
        for table in (hand.figures.machines_s, hand.figures.processes_s)
    )
    assert of_machines == {0: sum(expected.values())}
    assert of_processes == {hand.names.processes.index("B:P"): sum(expected.values())}


# --- rows by hand ---------------------------------------------------------------------------------

ONE_LINE = Estate([a_line(0)])
WAITS = Job(600.0, 3000.0, route=0)
"""A job that waits from 600 s to 3000 s."""


def test_a_job_that_waits_beside_a_free_slot_is_told_of() -> None:
    """No run has it; where records do, nothing is made up. The slot is held until 1000 s."""
    run = waiting(WAITS, Job(0.0, 0.0, 1000.0, route=0), held=[Held(1, 0.0, 1000.0)])
    blame = charges_of(ONE_LINE.eligibility, ONE_LINE.legend(), run).blame
    assert dict(zip(blame.cause.tolist(), blame.seconds.tolist(), strict=True)) == {
        BlameCause.JOB: 400,
        BlameCause.FREE: 2000,
    }


def test_of_some_waits_alone() -> None:
    """Of two jobs, which wait from 600 s and from 2000 s to 3000 s, the second."""
    holds = Job(0.0, 0.0, 3000.0, route=0)
    run = waiting(WAITS, Job(2000.0, 3000.0, route=0), holds, held=[Held(2, 0.0, 3600.0)])
    estate = ONE_LINE.eligibility, ONE_LINE.legend()
    waits = waits_of(Lines(*estate, run), run)
    blame = charges_of(*estate, run, waits.of(waits.job == 1)).blame
    assert blame.seconds.tolist() == [1000.0]


def test_where_nobody_waits_there_is_no_blame() -> None:
    run = waiting(Job(0.0, 0.0, 100.0, route=0), held=[Held(0, 0.0, 100.0)])
    estate = ONE_LINE.eligibility, ONE_LINE.legend()
    charges = charges_of(*estate, run)
    assert charges.blame.seconds.tolist() == []
    figures = blame_figures(ONE_LINE.legend(), charges)
    assert figures.window_s.tolist() == []
    assert not figures.machines_s.any()
    assert not figures.processes_s.any()


def test_slots_of_a_host_that_come_and_go_count_while_they_are_there() -> None:
    """Host 1 has a slot from 1000 s to 2000 s, held by the other folder."""
    estate = Estate([a_line(0, 1), a_line(1, folder=2)], slots=(1, 1))
    run = waiting(
        WAITS,
        Job(1000.0, 1000.0, 2000.0, route=1, host=1),
        Job(0.0, 0.0, route=0, host=0),
        held=[Held(2, 0.0, 3600.0), Held(1, 1000.0, 2000.0, host=1)],
        slots=[Slots(), Slots(1, from_s=1000.0, to_s=2000.0)],
    )
    blame = charges_of(estate.eligibility, estate.legend(), run).blame
    assert dict(zip(blame.held_by.tolist(), blame.seconds.tolist(), strict=True)) == {
        0: 400 + 500 + 1000,
        2: 500,
    }
