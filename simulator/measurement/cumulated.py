"""Numbers of things added up over time, so that what any span saw of them is two look-ups."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from simulator.measurement.spans import Spans
from simulator.measurement.steps import Steps
from simulator.records.columns import Floats


class Cumulated(NamedTuple):
    """The integral of a number over time, `total[i]` at `at_s[i]` and straight between, (E,) each.

    The number is zero before and after. On the time grid whole numbers add up exactly.
    """

    at_s: Floats
    total: Floats

    def at(self, times_s: Floats) -> Floats:
        """Return the integral up to some instants, of the same shape."""
        return np.interp(times_s, self.at_s, self.total)

    def over(self, spans: Spans) -> Floats:
        """Return the integral over each span."""
        return self.at(spans.to_s) - self.at(spans.from_s)

    def times(self, weight: Steps) -> Cumulated:
        """Return the integral of the number times a weight."""
        at_s, grown = self._grown(weight)
        return Cumulated(at_s, np.append(0.0, np.cumsum(grown * weight.over(at_s[:-1]))))

    def divided_by(self, parts: Steps) -> Cumulated:
        """Return the integral of the number divided by another, which is 1 or more."""
        at_s, grown = self._grown(parts)
        return Cumulated(at_s, np.append(0.0, np.cumsum(grown / parts.over(at_s[:-1]))))

    def _grown(self, steps: Steps) -> tuple[Floats, Floats]:
        """Return the instants of both, and by how much the integral grows between them."""
        at_s = np.union1d(self.at_s, steps.at_s[1:])
        return at_s, np.diff(self.at(at_s))


def cumulated(steps: Steps) -> Cumulated:
    """Return the integral of a function that is zero at first and in the end."""
    at_s = steps.at_s[1:]
    if not len(at_s):
        return Cumulated(np.zeros(1), np.zeros(1))
    return Cumulated(at_s, np.append(0.0, np.cumsum(steps.value[1:-1] * np.diff(at_s))))
