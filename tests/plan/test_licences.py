"""Licences as they are taken: so many as there are slots, while there are any."""

from __future__ import annotations

import math

import pytest

from simulator.plan.licences import Stock

ROWS: dict[str, tuple[int, list[int], list[int], int]] = {
    "enough for all": (6, [2, 2, 2], [2, 2, 2], 0),
    "the vendor's example": (4, [2, 2, 2], [2, 2, 0], 0),
    "one host in part": (5, [2, 2, 2], [2, 2, 1], 0),
    "some left": (9, [2, 2, 2], [2, 2, 2], 3),
    "none at all": (0, [2, 1], [0, 0], 0),
    "a small host after a large one": (3, [4, 2], [3, 0], 0),
}
"""Licences, what each host asks for in turn, what it gets, and what is left."""


@pytest.mark.parametrize(("licences", "asked", "given", "left"), ROWS.values(), ids=ROWS)
def test_hosts_take_licences_in_turn(
    licences: int, asked: list[int], given: list[int], left: int
) -> None:
    stock = Stock({"unattended": licences})
    assert [stock.take("unattended", slots) for slots in asked] == given
    assert stock.left("unattended") == left


def test_each_runtime_type_has_licences_of_its_own() -> None:
    stock = Stock({"unattended": 1, "headless": 2})
    assert (stock.take("unattended", 2), stock.take("headless", 2)) == (1, 2)


def test_of_a_type_that_is_not_named_there_is_any_number() -> None:
    stock = Stock({"unattended": 1})
    assert stock.take("agent", 10_000) == 10_000
    assert stock.left("agent") == math.inf
