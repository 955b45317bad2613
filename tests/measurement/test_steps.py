"""Functions of time that change at instants."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.measurement.spans import Spans
from simulator.measurement.steps import (
    Steps,
    changes,
    combined,
    constant,
    presences,
    seconds_by_value,
    spans_present,
)

SPANS = Spans(np.array([0.0, 2.0, 1.0, 5.0]), np.array([3.0, 4.0, 2.0, 6.0]))
THINGS = np.array([0, 0, 1, 1], dtype=np.int32)
"""Thing 0 is there from 0 to 4, thing 1 from 1 to 2 and from 5 to 6."""


def told(steps: Steps) -> list[tuple[float, int]]:
    return list(zip(steps.at_s.tolist(), steps.value.tolist(), strict=True))


def test_how_many_things_are_there() -> None:
    there = spans_present(SPANS, THINGS, 2)
    before = (-np.inf, 0)
    assert told(there.total_of([0])) == [before, (0, 1), (4, 0)]
    assert told(there.total_of([1])) == [before, (1, 1), (2, 0), (5, 1), (6, 0)]
    both = [before, (0, 1), (1, 2), (2, 1), (4, 0), (5, 1), (6, 0)]
    assert told(there.total_of([0, 1])) == both
    assert told(there.total_of([])) == [before]


def test_whether_any_thing_is_there() -> None:
    """From 0 to 4 there is the one or the other or both, and from 5 to 6 again."""
    there = spans_present(SPANS, THINGS, 2).any_of([0, 1])
    assert told(there) == [(-np.inf, 0), (0, 1), (4, 0), (5, 1), (6, 0)]


def test_spans_that_touch_are_one() -> None:
    touching = Spans(np.array([0.0, 1.0]), np.array([1.0, 2.0]))
    there = spans_present(touching, np.array([0, 0], dtype=np.int32), 1)
    assert told(there.total_of([0])) == [(-np.inf, 0), (0, 1), (2, 0)]


def test_a_number_below_zero_is_not_there() -> None:
    at_s, by = np.array([0.0, 1.0, 3.0, 4.0]), np.array([-2, 3, -3, 2])
    there = presences(at_s, np.zeros(4, dtype=np.int32), by, 1)
    assert told(there.total_of([0])) == [(-np.inf, 0), (1, 1), (3, 0)]


def test_changes_are_added_up_by_thing_in_order_of_time() -> None:
    at_s, things = np.array([3.0, 1.0, 2.0]), np.array([0, 0, 1], dtype=np.int32)
    found = changes(at_s, things, np.array([-5, 5, 7]), 2)
    assert told(found.total_of([0])) == [(-np.inf, 0), (1, 5), (3, 0)]
    assert told(found.total_of([1, 0])) == [(-np.inf, 0), (1, 5), (2, 12), (3, 7)]


def test_functions_combined_change_where_their_result_does() -> None:
    one = Steps(np.array([-np.inf, 0.0, 2.0]), np.array([0, 1, 3]))
    other = Steps(np.array([-np.inf, 0.0, 4.0]), np.array([1, 0, 1]))
    assert told(combined(np.add, one, other)) == [(-np.inf, 1), (2, 3), (4, 4)]


STEPS = Steps(np.array([-np.inf, 10.0, 20.0, 30.0]), np.array([7, 8, 7, 9]))


@pytest.mark.parametrize(
    ("from_s", "to_s", "expected"),
    [
        (0.0, 40.0, {7: 20.0, 8: 10.0, 9: 10.0}),
        (0.0, 5.0, {7: 5.0}),
        (10.0, 20.0, {8: 10.0}),
        (12.5, 13.0, {8: 0.5}),
        (35.0, 50.0, {9: 15.0}),
        (15.0, 15.0, {}),
    ],
)
def test_how_long_each_value_lasts(from_s: float, to_s: float, expected: dict[int, float]) -> None:
    spans = Spans(np.array([from_s]), np.array([to_s]))
    found = {value: seconds[0] for value, seconds in seconds_by_value(spans, STEPS)}
    assert {value: seconds for value, seconds in found.items() if seconds} == expected


def test_what_never_changes_lasts() -> None:
    ((value, seconds),) = seconds_by_value(SPANS, constant(4))
    assert (value, seconds.tolist()) == (4, [3.0, 2.0, 1.0, 1.0])


def test_the_seconds_of_a_span_add_up_to_its_length_on_the_grid() -> None:
    """Instants on the grid of 2 ** -20 s, over ten years."""
    rng = np.random.default_rng(5)
    ends = np.sort(rng.integers(0, 3 * 10**8 * 2**20, (1000, 2)), axis=1) / 2**20
    spans = Spans(ends[:, 0], ends[:, 1])
    at_s = np.unique(rng.integers(0, 3 * 10**8 * 2**20, 500) / 2**20)
    steps = Steps(np.append(-np.inf, at_s), rng.integers(0, 4, len(at_s) + 1))
    total = np.sum([seconds for _, seconds in seconds_by_value(spans, steps)], axis=0)
    assert (total == spans.length_s).all()
