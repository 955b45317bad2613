"""Spans that overlap, and what was taken that was not there."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.measurement.checking.at_once import Change, lacking, overlaps
from simulator.measurement.spans import Spans

Row = tuple[float, float, int]
"""From when, to when, of which group."""


def at_once(*rows: Row) -> list[int]:
    from_s, to_s, groups = (np.array(column) for column in zip(*rows, strict=True))
    return overlaps(Spans(from_s, to_s), groups, 3).tolist()


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(0, 5, 0), (5, 9, 0)], []),  # one begins as the other ends
        ([(0, 5, 0), (4, 9, 1)], []),  # in another group
        ([(0, 5, 0), (1, 2, 1), (4, 9, 0)], [2]),
        ([(0, 9, 2), (1, 2, 2), (3, 4, 2)], [1]),  # the third overlaps, but not the one before it
    ],
    ids=["one after the other", "apart", "at once", "inside"],
)
def test_which_overlap(rows: list[Row], expected: list[int]) -> None:
    assert at_once(*rows) == expected


def change(*rows: tuple[float, int, int]) -> Change:
    at_s, thing, number = zip(*rows, strict=True) if rows else ((), (), ())
    return Change(
        np.array(at_s, dtype=float),
        np.array(thing, dtype=np.int32),
        np.array(number, dtype=np.int32),
    )


def test_what_comes_in_an_instant_may_go_in_it() -> None:
    assert lacking(change((0, 0, 1), (5, 0, 1)), change((0, 0, 1), (5, 0, 1)), 1) == (0, [])


def test_the_most_that_was_lacking_of_one_thing() -> None:
    """Of thing 1 three go at 2 where there is one, which makes two; of thing 0 one is lacking."""
    come = change((0, 1, 1), (3, 1, 2), (1, 0, 1))
    go = change((2, 1, 3), (0, 0, 1))
    assert lacking(come, go, 2) == (2, [1])


def test_things_do_not_help_each_other_out() -> None:
    come, go = change((0, 0, 5), (2, 1, 1)), change((9, 0, 5), (1, 1, 1))
    assert lacking(come, go, 2) == (1, [1])


def test_nothing_at_all() -> None:
    assert lacking(change(), change(), 0) == (0, [])
