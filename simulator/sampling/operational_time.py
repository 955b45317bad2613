"""Arrivals at a rate that changes, by inversion of the expected number of them over time.

If the gaps of a Poisson process of rate one are added up, and each sum is led back through the
integral of a rate, the instants are a non-homogeneous Poisson process of that rate (Çinlar,
"Introduction to Stochastic Processes", section 4.7; Law, "Simulation Modeling and Analysis", 5th
ed., section 8.6.2). Unlike thinning it takes one draw an arrival, so that variants stay in step.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from simulator.sampling.laws import Floats
from simulator.units import GRID_PER_SECOND, on_grid

_GRID_S: Final = 1 / GRID_PER_SECOND


@dataclass(frozen=True, slots=True, eq=False)
class OperationalTime:
    """A clock that counts the arrivals to be expected instead of seconds.

    From `edges_s[k]` to `edges_s[k + 1]`, both on the grid, the rate is `per_s[k]`; at an edge the
    clock shows `expected`. Shapes (n + 1,), (n,) and (n + 1,).
    """

    edges_s: Floats
    per_s: Floats
    expected: Floats

    @property
    def total(self) -> float:
        """Return the arrivals to be expected in all."""
        return float(self.expected[-1])

    def instants(self, operational: Floats) -> Floats:
        """Return when the clock shows each of the rising `operational` times, on the grid.

        Those it never shows are left out. None falls where the rate is zero: spans are half-open,
        and rounding takes no instant out of its own.
        """
        shown = operational[: np.searchsorted(operational, self.total)]
        span = np.searchsorted(self.expected, shown, side="right") - 1
        since_s = (shown - self.expected[span]) / self.per_s[span]
        times_s = on_grid(self.edges_s[span] + since_s)
        return np.minimum(times_s, self.edges_s[span + 1] - _GRID_S)


def operational_time(edges_s: Floats, per_s: Floats) -> OperationalTime:
    """Return the clock of a rate that is `per_s[k]` from `edges_s[k]` to `edges_s[k + 1]`."""
    expected = np.concatenate(([0.0], np.cumsum(per_s * np.diff(edges_s))))
    return OperationalTime(edges_s, per_s, expected)
