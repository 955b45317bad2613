"""Two parts of a window that should look alike where a run has settled: its halves."""

from __future__ import annotations

from typing import Final

import numpy as np

from simulator.measurement.spans import Spans, integrals
from simulator.records.columns import Floats, Window
from simulator.units import DAY_S

WEEK_S: Final = 7 * DAY_S


def mean_in_halves(spans: Spans, window: Window) -> Floats:
    """Return the mean number of spans in the first and in the second half of a window, (2,).

    A window of two weeks or more is halved in whole weeks, as many as go into a half, from either
    end: so each half has every hour of the week as often. spans: inside the window.
    """
    half_s = window.length_s / 2
    if half_s >= WEEK_S:
        half_s = half_s // WEEK_S * WEEK_S
    edges = np.array([window.from_s, window.from_s + half_s, window.to_s - half_s, window.to_s])
    first, _, last = integrals(spans, edges)
    return np.array([first, last]) / half_s
