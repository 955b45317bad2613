"""Continuous laws whose functions are elementary: exponential, uniform, triangular."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from simulator.sampling.laws import Floats

MANY_MEANS: Final = 700.0
"""So many means away, e⁻ˣ is nothing beside 1, and eˣ still fits into a float."""


@dataclass(frozen=True, slots=True)
class ExponentialCurve:
    """Memoryless."""

    mean_s: float

    def below(self, value_s: float) -> float:
        """Return the probability of less than `value_s`."""
        return -math.expm1(-max(value_s, 0.0) / self.mean_s)

    def above(self, value_s: float) -> float:
        """Return the probability of more than `value_s`."""
        return math.exp(-max(value_s, 0.0) / self.mean_s)

    def from_below(self, probabilities: Floats) -> Floats:
        """Return the values with these probabilities below them."""
        return -self.mean_s * np.log1p(-probabilities)

    def from_above(self, probabilities: Floats) -> Floats:
        """Return the values with these probabilities above them."""
        return -self.mean_s * np.log(probabilities)

    def mean_between(self, low_s: float, high_s: float) -> float:
        """Return the mean between two bounds: from the lower one on, the law begins anew."""
        low_s = max(low_s, 0.0)
        width = (high_s - low_s) / self.mean_s
        lost = width / math.expm1(width) if width < MANY_MEANS else 0.0
        return low_s + self.mean_s * (1 - lost)


@dataclass(frozen=True, slots=True)
class UniformCurve:
    """Equally likely from `low_s` to `high_s`, which differ."""

    low_s: float
    high_s: float

    def below(self, value_s: float) -> float:
        """Return the probability of less than `value_s`."""
        return min(max((value_s - self.low_s) / (self.high_s - self.low_s), 0.0), 1.0)

    def above(self, value_s: float) -> float:
        """Return the probability of more than `value_s`."""
        return min(max((self.high_s - value_s) / (self.high_s - self.low_s), 0.0), 1.0)

    def from_below(self, probabilities: Floats) -> Floats:
        """Return the values with these probabilities below them."""
        return self.low_s + probabilities * (self.high_s - self.low_s)

    def from_above(self, probabilities: Floats) -> Floats:
        """Return the values with these probabilities above them."""
        return self.high_s - probabilities * (self.high_s - self.low_s)

    def mean_between(self, low_s: float, high_s: float) -> float:
        """Return the middle of what the bounds leave."""
        return (max(low_s, self.low_s) + min(high_s, self.high_s)) / 2


@dataclass(frozen=True, slots=True)
class TriangularCurve:
    """Likelier the nearer to `mode_s`; `low_s` and `high_s` differ, `mode_s` may equal either."""

    low_s: float
    mode_s: float
    high_s: float

    @property
    def _rising(self) -> float:
        """Width of the triangle times that of its rising side, in square seconds."""
        return (self.high_s - self.low_s) * (self.mode_s - self.low_s)

    @property
    def _falling(self) -> float:
        """Width of the triangle times that of its falling side, in square seconds."""
        return (self.high_s - self.low_s) * (self.high_s - self.mode_s)

    def below(self, value_s: float) -> float:
        """Return the probability of less than `value_s`."""
        if value_s <= self.low_s:
            return 0.0
        if value_s < self.mode_s:
            return (value_s - self.low_s) ** 2 / self._rising
        return 1 - self.above(value_s)

    def above(self, value_s: float) -> float:
        """Return the probability of more than `value_s`."""
        if value_s >= self.high_s:
            return 0.0
        if value_s >= self.mode_s:
            return (self.high_s - value_s) ** 2 / self._falling
        return 1 - self.below(value_s)

    def from_below(self, probabilities: Floats) -> Floats:
        """Return the values with these probabilities below them."""
        return np.where(
            probabilities < self.below(self.mode_s),
            self.low_s + np.sqrt(probabilities * self._rising),
            self.high_s - np.sqrt((1 - probabilities) * self._falling),
        )

    def from_above(self, probabilities: Floats) -> Floats:
        """Return the values with these probabilities above them."""
        return np.where(
            probabilities < self.above(self.mode_s),
            self.high_s - np.sqrt(probabilities * self._falling),
            self.low_s + np.sqrt((1 - probabilities) * self._rising),
        )

    def mean_between(self, low_s: float, high_s: float) -> float:
        """Return the mean between two bounds: that of the two trapezia they leave."""
        low_s, high_s = max(low_s, self.low_s), min(high_s, self.high_s)
        middle_s = min(max(self.mode_s, low_s), high_s)
        rising, rising_mean = self._trapezium(low_s, middle_s)
        falling, falling_mean = self._trapezium(middle_s, high_s)
        return (rising * rising_mean + falling * falling_mean) / (rising + falling)

    def _trapezium(self, low_s: float, high_s: float) -> tuple[float, float]:
        """Return area and centroid of what lies under the density on one side of the mode."""
        left, right = self._height(low_s), self._height(high_s)
        if high_s <= low_s or not left + right:
            return 0.0, low_s
        centroid = low_s + (high_s - low_s) * (left + 2 * right) / (3 * (left + right))
        return (high_s - low_s) * (left + right), centroid

    def _height(self, value_s: float) -> float:
        """Return the density at a value inside the triangle, with that at the mode as 1."""
        if value_s < self.mode_s:
            return (value_s - self.low_s) / (self.mode_s - self.low_s)
        if value_s > self.mode_s:
            return (self.high_s - value_s) / (self.high_s - self.mode_s)
        return 1.0
