"""What goes on part by part comes to what is worked out of all at once, to the bit."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.statistics import chunks
from simulator.statistics.chunks import chunks as chunks_of
from simulator.statistics.moments import grouped_moments
from simulator.statistics.quantiles import grouped_quantiles

LEVELS = (0.0, 0.05, 0.5, 0.9, 0.95, 0.99, 1.0)


@pytest.mark.parametrize(
    ("size", "expected"),
    [(0, []), (2, [(0, 2)]), (3, [(0, 3)]), (7, [(0, 3), (3, 6), (6, 7)])],
)
def test_parts(size: int, expected: list[tuple[int, int]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks, "MOST_ROWS", 3)
    assert [(one.start, one.stop) for one in chunks_of(size)] == expected


@pytest.mark.parametrize("rows", [1, 3, 4000], ids=lambda rows: f"{rows} rows")
def test_moments_and_quantiles_part_by_part(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """These values do not lie on a grid: only sums in one and the same order have the same bits."""
    random = np.random.default_rng(7)
    groups = random.integers(0, 5, 500).astype(np.uint8)
    values = np.sort(random.exponential(600, 500))
    whole = grouped_moments(values, groups, 6), grouped_quantiles(values, groups, 6, LEVELS)
    monkeypatch.setattr(chunks, "MOST_ROWS", rows)
    moments, quantiles = (
        grouped_moments(values, groups, 6),
        grouped_quantiles(values, groups, 6, LEVELS),
    )
    for one, other in zip(moments, whole[0], strict=True):
        np.testing.assert_array_equal(one, other)
    np.testing.assert_array_equal(quantiles, whole[1])
    assert whole[0].sums[:5] == pytest.approx([values[groups == one].sum() for one in range(5)])
