"""Moments by group, with their digits kept."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.statistics.moments import grouped_moments


def test_moments_by_hand() -> None:
    """Group 0: 1 and 3 (mean 2, squares 1 + 1); group 1: nothing; group 2: 5."""
    found = grouped_moments(np.array([1.0, 5.0, 3.0]), np.array([0, 2, 0]), 3)
    assert found.counts.tolist() == [2, 0, 1]
    assert found.means == pytest.approx([2, np.nan, 5], nan_ok=True)
    assert found.squares.tolist() == [2, 0, 0]


def test_a_large_mean_costs_no_digits() -> None:
    """Around 1e9 a sum of plain squares would be off by hundreds."""
    values = np.random.default_rng(1).normal(0, 1, 1000)
    near = grouped_moments(values, np.zeros(1000, dtype=int), 1)
    far = grouped_moments(values + 1e9, np.zeros(1000, dtype=int), 1)
    assert far.squares == pytest.approx(near.squares, rel=1e-6)


def test_no_values_at_all() -> None:
    found = grouped_moments(np.empty(0), np.empty(0, dtype=int), 2)
    assert found.squares.dtype == np.float64
    assert found.counts.tolist() == [0, 0]
