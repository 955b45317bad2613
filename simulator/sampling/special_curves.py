"""Continuous laws that need special functions: lognormal, gamma (and Erlang), Weibull.

SciPy's special functions take a quarter of a second to import; `sampling.inversion` therefore
imports this module only for a scenario that uses one of these laws.

The mean between bounds is the law's mean times the share of it that comes from values there: the
mass of the size-biased law there (Patil & Rao 1978, "Weighted distributions and size-biased
sampling", Biometrics 34), over the mass of the law itself.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from scipy.special import gammainc, gammaincc, gammainccinv, gammaincinv, ndtr, ndtri

from simulator.sampling.laws import Floats, mass_between

NORMAL_P95: Final = float(ndtri(0.95))
"""The standard normal value that 95 % stay below."""

LARGEST_EXPONENT: Final = 709.0
"""The largest number whose exponential is a float."""


@dataclass(frozen=True, slots=True)
class LognormalCurve:
    """The logarithm of the seconds is normal, with mean `location` and deviation `scale`."""

    location: float
    scale: float

    @classmethod
    def by_mean(cls, mean_s: float, cv: float) -> LognormalCurve:
        """Return the law with this mean and coefficient of variation."""
        variance = math.log1p(cv**2)
        return cls(math.log(mean_s) - variance / 2, math.sqrt(variance))

    @classmethod
    def by_median(cls, median_s: float, p95_s: float) -> LognormalCurve:
        """Return the law with this median and 95 % quantile."""
        return cls(math.log(median_s), math.log(p95_s / median_s) / NORMAL_P95)

    def below(self, value_s: float) -> float:
        """Return the probability of less than `value_s`."""
        return float(ndtr(self._standard(value_s)))

    def above(self, value_s: float) -> float:
        """Return the probability of more than `value_s`."""
        return float(ndtr(-self._standard(value_s)))

    def _standard(self, value_s: float) -> float:
        return (math.log(value_s) - self.location) / self.scale if value_s > 0 else -math.inf

    def from_below(self, probabilities: Floats) -> Floats:
        """Return the values with these probabilities below them."""
        return np.exp(self.location + self.scale * ndtri(probabilities))

    def from_above(self, probabilities: Floats) -> Floats:
        """Return the values with these probabilities above them."""
        return np.exp(self.location - self.scale * ndtri(probabilities))

    def mean_between(self, low_s: float, high_s: float) -> float:
        """Return the mean between two bounds."""
        size_biased = replace(self, location=self.location + self.scale**2)
        share = mass_between(size_biased, low_s, high_s) / mass_between(self, low_s, high_s)
        return math.exp(self.location + self.scale**2 / 2) * share


@dataclass(frozen=True, slots=True)
class GammaCurve:
    """Gamma of `shape` stages (a whole number makes it Erlang), each of mean `stage_s`."""

    shape: float
    stage_s: float

    def below(self, value_s: float) -> float:
        """Return the probability of less than `value_s`."""
        return float(gammainc(self.shape, max(value_s, 0.0) / self.stage_s))

    def above(self, value_s: float) -> float:
        """Return the probability of more than `value_s`."""
        return float(gammaincc(self.shape, max(value_s, 0.0) / self.stage_s))

    def from_below(self, probabilities: Floats) -> Floats:
        """Return the values with these probabilities below them."""
        return np.asarray(gammaincinv(self.shape, probabilities) * self.stage_s)

    def from_above(self, probabilities: Floats) -> Floats:
        """Return the values with these probabilities above them."""
        return np.asarray(gammainccinv(self.shape, probabilities) * self.stage_s)

    def mean_between(self, low_s: float, high_s: float) -> float:
        """Return the mean between two bounds."""
        size_biased = replace(self, shape=self.shape + 1)
        share = mass_between(size_biased, low_s, high_s) / mass_between(self, low_s, high_s)
        return self.shape * self.stage_s * share


@dataclass(frozen=True, slots=True)
class WeibullCurve:
    """The span over `scale_s`, to the power of `shape`, is exponential."""

    shape: float
    scale_s: float

    @classmethod
    def by_mean(cls, mean_s: float, shape: float) -> WeibullCurve:
        """Return the law with this mean, which is the scale times Γ(1 + 1/shape)."""
        return cls(shape, mean_s / math.gamma(1 + 1 / shape))

    def below(self, value_s: float) -> float:
        """Return the probability of less than `value_s`."""
        return -math.expm1(-self._power(value_s))

    def above(self, value_s: float) -> float:
        """Return the probability of more than `value_s`."""
        return math.exp(-self._power(value_s))

    def _power(self, value_s: float) -> float:
        if value_s <= 0:
            return 0.0
        exponent = self.shape * math.log(value_s / self.scale_s)
        return math.exp(exponent) if exponent < LARGEST_EXPONENT else math.inf

    def from_below(self, probabilities: Floats) -> Floats:
        """Return the values with these probabilities below them."""
        return self.scale_s * (-np.log1p(-probabilities)) ** (1 / self.shape)

    def from_above(self, probabilities: Floats) -> Floats:
        """Return the values with these probabilities above them."""
        return self.scale_s * (-np.log(probabilities)) ** (1 / self.shape)

    def mean_between(self, low_s: float, high_s: float) -> float:
        """Return the mean between two bounds; the size-biased power is gamma distributed."""
        size_biased = GammaCurve(1 + 1 / self.shape, 1.0)
        share = mass_between(size_biased, self._power(low_s), self._power(high_s))
        return (
            self.scale_s
            * math.gamma(1 + 1 / self.shape)
            * share
            / mass_between(self, low_s, high_s)
        )
