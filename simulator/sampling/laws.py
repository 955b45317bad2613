"""Laws of random spans, and how they compose: shifted, mixed, cut by bounds.

A law answers one question, asked with two bounds: how much of you lies between them, what is your
mean there, and which value belongs to each uniform there? Truncation is then exact for whatever
has been composed, since each composition only passes adjusted bounds on to its parts.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, NamedTuple, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from simulator.units import exact_duration

Floats: TypeAlias = npt.NDArray[np.float64]
Sampler: TypeAlias = Callable[[Floats], Floats]
"""Uniforms in [0, 1) to seconds, of the same shape: one uniform a draw."""

LEAST_MASS: Final = 1e-250
"""A part of a law that is less likely than this counts as nothing: it cannot be told from zero."""

SMALLEST: Final = 1e-300
LARGEST: Final = 1 - 2.0**-53
"""The probabilities next to 0 and 1 at which every quantile function is still finite."""


class Cut(NamedTuple):
    """A law kept between two bounds, both included.

    `mass` is the probability of lying there, `mean_s` the mean there, `quantile` the inverse of
    the distribution function there. Without mass there is no mean (NaN) and no quantile to ask for.
    """

    mass: float
    mean_s: float
    quantile: Sampler


Law: TypeAlias = Callable[[float, float], Cut]
"""Two bounds in seconds, of which the lower may be negative, to what lies between them."""


class Curve(Protocol):
    """A continuous law of a span in seconds, its tails told apart so that neither loses digits."""

    def below(self, value_s: float) -> float:
        """Return the probability of less than `value_s`."""

    def above(self, value_s: float) -> float:
        """Return the probability of more than `value_s`."""

    def from_below(self, probabilities: Floats) -> Floats:
        """Return the values with these probabilities below them."""

    def from_above(self, probabilities: Floats) -> Floats:
        """Return the values with these probabilities above them."""

    def mean_between(self, low_s: float, high_s: float) -> float:
        """Return the mean of the values between two bounds that have some mass between them."""


def mass_between(curve: Curve, low_s: float, high_s: float) -> float:
    """Return the probability between two bounds, taken from the tail that is the lighter one."""
    if _in_upper_half(curve, low_s):
        return curve.above(low_s) - curve.above(high_s)
    return curve.below(high_s) - curve.below(low_s)


def _in_upper_half(curve: Curve, low_s: float) -> bool:
    return curve.below(low_s) > 0.5  # noqa: PLR2004 - the median


def nothing(uniforms: Floats) -> Floats:
    """Stand for the quantile function where a law has no mass.

    Raises:
        ValueError: always, if there is anything to draw.
    """
    if uniforms.size:
        raise ValueError("nothing of this distribution lies between its bounds: widen the bounds")
    return uniforms


NOTHING: Final = Cut(0.0, math.nan, nothing)


def continuous(curve: Curve) -> Law:
    """Return the law of a continuous curve."""

    def within(low_s: float, high_s: float) -> Cut:
        mass = mass_between(curve, low_s, high_s) if low_s < high_s else 0.0
        if mass < LEAST_MASS:
            return NOTHING
        mean_s = min(max(curve.mean_between(low_s, high_s), low_s), high_s)
        if _in_upper_half(curve, low_s):
            start, draw = curve.above(low_s), _draw_from_above
        else:
            start, draw = curve.below(low_s), _draw_from_below
        return Cut(mass, mean_s, partial(draw, curve, start, mass, (low_s, high_s)))

    return within


def _draw_from_below(
    curve: Curve, start: float, mass: float, bounds_s: tuple[float, float], uniforms: Floats
) -> Floats:
    probabilities = _kept_in(start + uniforms * mass, SMALLEST, LARGEST)
    return _kept_in(curve.from_below(probabilities), *bounds_s)


def _draw_from_above(
    curve: Curve, start: float, mass: float, bounds_s: tuple[float, float], uniforms: Floats
) -> Floats:
    probabilities = _kept_in(start - uniforms * mass, SMALLEST, LARGEST)
    return _kept_in(curve.from_above(probabilities), *bounds_s)


def _kept_in(values: Floats, low: float, high: float) -> Floats:
    """Undo what rounding put outside the bounds; on short arrays far quicker than `np.clip`."""
    return np.minimum(np.maximum(values, low), high)


def one_of(values_s: Sequence[float] | Floats) -> Law:
    """Return the law in which each of `values_s` is equally likely; one value is a constant."""
    ordered = np.sort(np.asarray(values_s, dtype=np.float64))

    def within(low_s: float, high_s: float) -> Cut:
        first, last = np.searchsorted(ordered, low_s), np.searchsorted(ordered, high_s, "right")
        kept = ordered[first:last]
        if not kept.size:
            return NOTHING
        return Cut(kept.size / ordered.size, float(kept.mean()), partial(_pick, kept))

    return within


def _pick(ordered: Floats, uniforms: Floats) -> Floats:
    return ordered[(uniforms * ordered.size).astype(np.intp)]


def shifted(by_s: float, law: Law) -> Law:
    """Return `law` with each value moved up by `by_s`."""

    def within(low_s: float, high_s: float) -> Cut:
        mass, mean_s, quantile = law(low_s - by_s, high_s - by_s)
        return Cut(mass, by_s + mean_s, partial(_move, by_s, quantile))

    return within


def _move(by_s: float, quantile: Sampler, uniforms: Floats) -> Floats:
    return by_s + quantile(uniforms)


def mixture(shares: Sequence[float], laws: Sequence[Law]) -> Law:
    """Return the law that draws from each of `laws` with its share.

    Between bounds a part keeps its share in proportion to its own mass there (Bayes' rule).
    """

    def within(low_s: float, high_s: float) -> Cut:
        cuts = [law(low_s, high_s) for law in laws]
        weights = np.array([share * cut.mass for share, cut in zip(shares, cuts, strict=True)])
        mass = float(weights.sum())
        if mass < LEAST_MASS:
            return NOTHING
        means = np.array([cut.mean_s if cut.mass else 0.0 for cut in cuts])
        edges = np.concatenate(([0.0], np.cumsum(weights) / np.cumsum(weights)[-1]))
        draw = partial(_choose, edges, tuple(cut.quantile for cut in cuts))
        return Cut(mass, float(weights @ means) / mass, draw)

    return within


def _choose(edges: Floats, quantiles: tuple[Sampler, ...], uniforms: Floats) -> Floats:
    """Pick a part by each uniform, and draw from it with what the pick left of that uniform."""
    part = np.searchsorted(edges[1:], uniforms, side="right")
    rest = np.minimum((uniforms - edges[part]) / (edges[part + 1] - edges[part]), LARGEST)
    drawn = np.empty_like(rest)
    for index in np.unique(part):
        chosen = part == index
        drawn[chosen] = quantiles[index](rest[chosen])
    return drawn


def bounded(law: Law, low_s: float, high_s: float) -> Law:
    """Return `law` truncated to the values from `low_s` to `high_s`, both included.

    Raises:
        ValueError: nothing of the law lies between the bounds.
    """
    whole = law(low_s, high_s).mass
    if whole < LEAST_MASS:
        raise ValueError(f"nothing of it lies {_told(low_s, high_s)}; widen the bounds")

    def within(lower_s: float, higher_s: float) -> Cut:
        mass, mean_s, quantile = law(max(lower_s, low_s), min(higher_s, high_s))
        return Cut(mass / whole, mean_s, quantile)

    return within


def _told(low_s: float, high_s: float) -> str:
    if math.isinf(high_s):
        return f"at or above at_least {exact_duration(low_s)}"
    if not low_s:
        return f"at or below at_most {exact_duration(high_s)}"
    return f"between at_least {exact_duration(low_s)} and at_most {exact_duration(high_s)}"
