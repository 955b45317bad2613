"""Where the time of a run is cut, and what passes by between two cuts: counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.measurement.slices import Passing, cuts_of


@pytest.mark.parametrize(
    ("begun_s", "expected"),
    [
        ([0, 1, 2], []),  # one slice
        ([2, 1, 0, 3], []),  # not in order
        ([0, 1, 2, 3], [0, 3, 9]),
        ([0, 1, 2, 3, 4, 5, 6], [0, 3, 6, 9]),
        ([0, 1, 1, 1, 1, 7], [0, 1, 7, 9]),  # more in one instant than go into a slice
        ([5, 5, 5, 5], [0, 5, 9]),
    ],
    ids=["short", "unsorted", "one too many", "even", "at once", "all at once"],
)
def test_cuts(begun_s: list[float], expected: list[float]) -> None:
    assert cuts_of((np.array(begun_s, dtype=float),), 9.0, 3) == expected


def test_the_column_with_most_rows_says_where_to_cut() -> None:
    """The second has three up to 3, the first three more up to 8."""
    columns = np.array([0.0, 2, 4, 5, 7, 8]), np.array([0.0, 1, 2, 3])
    assert cuts_of(columns, 9.0, 3) == [0, 3, 8, 9]


def test_what_passes_by() -> None:
    """Row 0 is there up to 9, row 1 up to 3, row 2 up to 4, row 3 for no time."""
    ends_s = np.array([9.0, 3, 4, 4])
    passing = Passing(np.array([0.0, 1, 2, 4]), lambda rows: ends_s[rows])
    found = [passing.until(to_s) for to_s in (2.0, 3.0, 4.0, 10.0)]
    assert [(carried, rows.tolist()) for carried, rows in found] == [
        (0, [0, 1]),
        (2, [0, 1, 2]),
        (2, [0, 2]),
        (1, [0, 3]),
    ]
