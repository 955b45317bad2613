"""Quantiles of all groups at once are those NumPy finds group by group."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.statistics.quantiles import grouped_quantiles

LEVELS = (0.0, 0.05, 0.5, 0.9, 0.95, 0.99, 1.0)


@pytest.mark.parametrize("kind", [np.int64, np.int32, np.uint16], ids=lambda kind: kind.__name__)
def test_equal_to_numpy_group_by_group(kind: type[np.integer]) -> None:
    random = np.random.default_rng(5)
    groups = random.integers(0, 300, 4000).astype(kind)
    values = np.round(random.exponential(600, 4000), 1)
    found = grouped_quantiles(values, groups, 300, LEVELS)
    for group in range(300):
        expected = np.quantile(values[groups == group], LEVELS, method="linear")
        assert np.array_equal(found[group], expected), group


def test_type_seven_by_hand() -> None:
    """Of 1, 2, 4 the position of P75 is 0.75 · 2 = 1.5: halfway from 2 to 4."""
    found = grouped_quantiles(np.array([4.0, 1.0, 2.0]), np.zeros(3, dtype=int), 1, (0.75,))
    assert found.tolist() == [[3.0]]


def test_empty_groups_are_nan() -> None:
    found = grouped_quantiles(np.array([7.0]), np.array([1]), 3, (0.5, 0.9))
    assert np.isnan(found[[0, 2]]).all()
    assert found[1].tolist() == [7.0, 7.0]


def test_no_values_at_all() -> None:
    found = grouped_quantiles(np.empty(0), np.empty(0, dtype=int), 2, LEVELS)
    assert found.shape == (2, 7)
    assert np.isnan(found).all()
