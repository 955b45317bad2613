"""The mean number of spans in the two halves of a window: areas by hand."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.measurement.halves import WEEK_S, edges_of_halves, mean_in_halves
from simulator.measurement.spans import Spans, integrals
from simulator.records.columns import Window

HOUR = 3600.0


def means(window: Window, *spans: tuple[float, float]) -> list[float]:
    from_s, to_s = np.array(spans, dtype=np.float64).reshape(-1, 2).T
    totals_s = integrals(Spans(from_s, to_s), edges_of_halves(window))
    return mean_in_halves(totals_s, window).tolist()


def test_a_short_window_is_cut_in_the_middle() -> None:
    """Hours 2 to 6 after two of warm-up: one span over [2, 3), one over [3, 5)."""
    window = Window(2 * HOUR, 6 * HOUR, 0, "UTC")
    found = means(window, (2 * HOUR, 3 * HOUR), (3 * HOUR, 5 * HOUR))
    assert found == pytest.approx([(1 + 1) / 2, 1 / 2])


def test_a_long_window_is_halved_in_whole_weeks() -> None:
    """Five weeks: the first two and the last two; what is in the third counts nowhere."""
    window = Window(WEEK_S, 6 * WEEK_S, 0, "UTC")
    found = means(window, (WEEK_S, 2 * WEEK_S), (3 * WEEK_S, 4 * WEEK_S), (5 * WEEK_S, 6 * WEEK_S))
    assert found == pytest.approx([0.5, 0.5])


def test_nothing_is_none() -> None:
    assert means(Window(0.0, 3 * WEEK_S, 0, "UTC")) == [0.0, 0.0]
