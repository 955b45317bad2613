"""Slots that boot, and who may count on them: pools 0 to 5, those of odd numbers with three."""

from __future__ import annotations

import pytest

from simulator.engine.booting import BootingSlots
from simulator.plan.masks import mask

EVERY = mask(range(6))


def booting() -> BootingSlots:
    """One slot each in pools 0, 2, 4; three each in 1, 3, 5; pool 6 came to no licence."""
    slots = BootingSlots()
    for pool in range(6):
        slots.add(pool, 3 if pool % 2 else 1)
    slots.add(6, 0)
    return slots


def left(slots: BootingSlots) -> list[int]:
    """How many slots each pool has left."""
    return [slots.take(1 << pool, 9) for pool in range(6)]


@pytest.mark.parametrize(
    ("pools", "wanted", "taken", "expected"),
    [
        (EVERY, 1, 1, [0, 3, 1, 3, 1, 3]),
        (EVERY, 3, 3, [0, 1, 1, 3, 1, 3]),
        (EVERY, 4, 4, [0, 0, 1, 3, 1, 3]),
        (EVERY, 5, 5, [0, 0, 0, 3, 1, 3]),
        (EVERY, 12, 12, [0, 0, 0, 0, 0, 0]),
        (EVERY, 99, 12, [0, 0, 0, 0, 0, 0]),
        (mask([2, 3]), 2, 2, [1, 3, 0, 2, 1, 3]),
        (mask([2, 3]), 9, 4, [1, 3, 0, 0, 1, 3]),
        (mask([6, 7]), 1, 0, [1, 3, 1, 3, 1, 3]),
        (EVERY, 0, 0, [1, 3, 1, 3, 1, 3]),
    ],
    ids=[
        "the first", "a part of a pool", "two pools", "three", "all", "more than there are",
        "of some pools", "all of them", "none boots there", "nothing is wanted",
    ],
)  # fmt: skip
def test_the_lowest_pools_give_their_slots_first(
    pools: int, wanted: int, taken: int, expected: list[int]
) -> None:
    slots = booting()
    assert slots.take(pools, wanted) == taken
    assert left(slots) == expected


def test_a_part_that_is_left_is_taken_next() -> None:
    slots = booting()
    assert [slots.take(EVERY, 2) for _ in range(7)] == [2, 2, 2, 2, 2, 2, 0]


def test_what_is_taken_of_a_copy_still_boots() -> None:
    slots = booting()
    assert slots.copy().take(EVERY, 12) == 12
    assert left(slots) == [1, 3, 1, 3, 1, 3]


def test_a_host_that_has_booted_takes_its_slots_with_it() -> None:
    slots = booting()
    slots.remove(mask([1, 2]))
    assert left(slots) == [1, 0, 0, 3, 1, 3]
