"""Two parts of a window that should look alike where a run has settled: its halves."""

from __future__ import annotations

from typing import Final

import numpy as np

from simulator.records.columns import Floats, Window
from simulator.units import DAY_S

WEEK_S: Final = 7 * DAY_S


def edges_of_halves(window: Window) -> Floats:
    """Return where the first half of a window begins and ends, and the second, (4,).

    A window of two weeks or more is halved in whole weeks, as many as go into a half, from either
    end: so each half has every hour of the week as often.
    """
    half_s = window.length_s / 2
    if half_s >= WEEK_S:
        half_s = half_s // WEEK_S * WEEK_S
    return np.array([window.from_s, window.from_s + half_s, window.to_s - half_s, window.to_s])


def mean_in_halves(totals_s: Floats, window: Window) -> Floats:
    """Return a mean number in the first and in the second half of a window, (2,).

    totals_s: (3,), its integral between neighbouring edges of the halves.
    """
    return totals_s[::2] / np.diff(edges_of_halves(window))[::2]
