"""Which jobs to ask about: the longest waits, and who of a folder was Pending at a time."""

from __future__ import annotations

import pytest
from builders_explained import of_folder, told

from simulator.explaining.longest_waits import longest_waits, nearest_waits, pending_at

HOUR_S = 3600.0
FOUND = told(
    folders={
        "F": of_folder(
            "08:00", "08:01", folders={"Sub": {**of_folder("08:02"), "machines": ["M1"]}}
        ),
        "Fx": of_folder("08:03"),
    }
)
"""One slot: F's 0 till 8:10, F's 1 till 8:20, F/Sub's 2 till 8:30, then Fx's 3, the longest."""


def at(hour: int, minute: int) -> float:
    return hour * HOUR_S + minute * 60


def test_the_longest_come_first_and_nobody_who_did_not_wait() -> None:
    waits = longest_waits(FOUND, 10)
    assert [(one.who.job, one.from_s, one.waited_s) for one in waits] == [
        (3, at(8, 3), 27 * 60.0),
        (2, at(8, 2), 18 * 60.0),
        (1, at(8, 1), 9 * 60.0),
    ]
    assert [len(longest_waits(FOUND, most)) for most in (1, 2)] == [1, 2]


def test_what_made_it_wait_most_comes_first_of_its_charges() -> None:
    """3 waits for 27 minutes: F's jobs have the slot for 17 of them, F/Sub's for 10."""
    charges = longest_waits(FOUND, 1)[0].charges
    assert [(one.held_by, one.seconds) for one in charges] == [("F", 17 * 60), ("F/Sub", 600.0)]


@pytest.mark.parametrize(
    ("folder", "when", "expected"),
    [
        ("F", at(8, 1), 1),
        ("F", at(8, 2), 2),  # of its subfolder, and waits longer than 1
        ("F/Sub", at(8, 2), 2),
        ("Fx", at(8, 2), None),
        ("Fx", at(8, 29), 3),
        ("F", at(8, 20), None),  # its last one starts
        ("F", at(8, 0), None),
    ],
)
def test_who_of_a_folder_was_pending(folder: str, when: float, expected: int | None) -> None:
    assert pending_at(FOUND, folder, when) == expected


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (at(7, 0), (None, at(8, 1))),
        (at(8, 30), (at(8, 20), None)),
        (at(8, 1), (None, at(8, 2))),
    ],
)
def test_the_nearest_waits_of_a_folder(
    when: float, expected: tuple[float | None, float | None]
) -> None:
    assert nearest_waits(FOUND, "F", when) == expected
