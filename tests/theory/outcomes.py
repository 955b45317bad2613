"""A figure beside what was simulated, and the verdict: it holds, is run again, or fails."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from scipy import stats
from theory.figures import Figure

MOST_RUNS: Final = 4
MOST_MISSES: Final = 2
"""After which a figure fails: that many runs that were too wide, or that many that missed."""


@dataclass(frozen=True)
class Outcome:
    """A figure, what the simulation says, and whether the interval holds the exact value."""

    figure: Figure
    seed: int
    low: float
    mean: float
    high: float

    @property
    def has_interval(self) -> bool:
        """Whether there is one: a run without chance and a search for a number have none."""
        return not math.isnan(self.low)

    @property
    def covers(self) -> bool:
        """Without an interval, the ten digits that are printed must agree."""
        if not self.has_interval:
            return math.isclose(self.mean, self.figure.exact, rel_tol=1e-9)
        return self.low <= self.figure.exact <= self.high

    @property
    def width_over_limit(self) -> float:
        widest = self.figure.half_width_max
        return (self.high - self.low) / 2 / widest if widest and self.has_interval else 0.0

    @property
    def narrow_enough(self) -> bool:
        return self.width_over_limit <= 1

    @property
    def holds(self) -> bool:
        return self.covers and self.narrow_enough

    @property
    def verdict(self) -> str:
        return ("ok" if self.covers else "miss") + ("" if self.narrow_enough else ", too wide")


def is_settled(runs: Sequence[Outcome]) -> bool:
    """Return whether a figure needs no further run: it holds, or it missed twice."""
    return runs[-1].holds or sum(not one.covers for one in runs) == MOST_MISSES


@dataclass(frozen=True)
class Tally:
    """How many figures there are, and how many did not hold.

    `fewest` and `most` bound how many of as many independent intervals would miss in 99 of 100
    catalogues. Figures of one run hang together, and so do their misses: they scatter more.
    """

    figures: int
    without_interval: int
    missed: int
    too_wide: int
    failed: int
    expected: float
    fewest: int
    most: int

    def __str__(self) -> str:
        """Return the summary line."""
        return (
            f"{self.figures} figures, {self.without_interval} of them without an interval: "
            f"{self.missed} missed at first ({self.expected:.1f} expected of intervals of 99 %, "
            f"{self.fewest} to {self.most} in 99 of 100 such tables), {self.too_wide} were too "
            f"wide at first; {self.failed} failed when run again"
        )


def tally(verdicts: Sequence[Sequence[Outcome]], confidence: float = 0.99) -> Tally:
    """Count the outcomes of each figure, from its first run to its last."""
    intervals = sum(one[0].has_interval for one in verdicts)
    fewest, most = stats.binom.ppf([0.005, 0.995], intervals, 1 - confidence)
    return Tally(
        figures=len(verdicts),
        without_interval=len(verdicts) - intervals,
        missed=sum(one[0].has_interval and not one[0].covers for one in verdicts),
        too_wide=sum(not one[0].narrow_enough for one in verdicts),
        failed=sum(not one[-1].holds for one in verdicts),
        expected=round(intervals * (1 - confidence), 2),
        fewest=int(fewest),
        most=int(most),
    )
