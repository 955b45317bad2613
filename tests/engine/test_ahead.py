"""The n-th of an endless row, in whatever order it is asked for."""

from __future__ import annotations

from itertools import count

from simulator.engine.ahead import Ahead


def test_things_are_taken_in_any_order() -> None:
    letters = Ahead(chr(97 + number) for number in count())
    assert [letters.take(nth) for nth in (2, 0, 3, 1)] == ["c", "a", "d", "b"]


def test_no_more_is_drawn_than_was_asked_for() -> None:
    drawn: list[int] = []
    ahead = Ahead(drawn.append(number) or number for number in count())
    ahead.take(2)
    ahead.take(1)
    assert drawn == [0, 1, 2]
