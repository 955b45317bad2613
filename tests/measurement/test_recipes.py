"""How a measure of a variant differs from its baseline, by the measure's own recipe."""

from __future__ import annotations

import math

import numpy as np
import pytest

from simulator.measurement.recipes import RECIPES


@pytest.mark.parametrize(
    ("values", "baseline", "difference", "half_width"),
    [
        ([5.0, 3.0, 9.0], [5.0, 3.0, 9.0], 0.0, 0.0),
        ([5.0, 2.0, 9.0], [5.0, 3.0, 9.0], 0.0, math.nan),
        ([5.0, 3.0, 8.0], [5.0, 3.0, 9.0], -1.0, math.nan),
        ([5.0, math.nan], [5.0, math.nan], 0.0, math.nan),
        ([math.nan, 5.0, 9.0], [math.nan, 5.0, 9.0], 0.0, 0.0),
        ([9.0], [9.0], 0.0, math.nan),
    ],
    ids=["all the same", "the largest alone", "another", "one counts", "two count", "a single one"],
)
def test_the_largest_is_as_before_only_where_no_replication_differs(
    values: list[float], baseline: list[float], difference: float, half_width: float
) -> None:
    own, other = (np.array(one)[:, np.newaxis] for one in (values, baseline))
    found = RECIPES["pending.max"].difference((own,), (other,), 0.95)
    assert found.mean.tolist() == [difference]
    assert found.half_width[0] == pytest.approx(half_width, nan_ok=True)
