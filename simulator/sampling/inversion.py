"""Draws from the distributions of a scenario by inverse transform, exactly one uniform a draw.

One uniform a draw keeps variants of a scenario in step: the n-th submission has the same uniform
in each, whatever distribution stands behind it (Law, "Simulation Modeling and Analysis", 5th ed.,
sections 8.2.1 and 11.2).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import partial, singledispatch
from types import MappingProxyType
from typing import Final, TypeAlias

import numpy as np

from simulator.model.distributions import (
    Constant,
    Distribution,
    Empirical,
    Erlang,
    Exponential,
    FileColumn,
    Gamma,
    Hyperexponential,
    Lognormal,
    MeanCv,
    Mixture,
    Shifted,
    Triangular,
    Truncated,
    Uniform,
    Weibull,
)
from simulator.sampling.laws import (
    Floats,
    Law,
    Sampler,
    bounded,
    continuous,
    mixture,
    one_of,
    shifted,
)
from simulator.sampling.plain_curves import ExponentialCurve, TriangularCurve, UniformCurve
from simulator.units import on_grid

Columns: TypeAlias = Mapping[tuple[str, str], tuple[float, ...]]
"""(file, column) to its values in seconds, for `empirical: {file, column}`."""

NO_COLUMNS: Final[Columns] = MappingProxyType({})

NARROWEST_CV: Final = 1e-17
"""Below it, no draw of even a hundred years leaves the grid point of its mean."""


def sampler(distribution: Distribution, columns: Columns = NO_COLUMNS) -> Sampler:
    """Return the function from uniforms in [0, 1) to draws in seconds on the grid, same shape.

    Draws are finite and never negative. The function can be pickled.

    Raises:
        ValueError: there is nothing to draw; see `problem`.
        KeyError: `columns` lacks a column the distribution names.
    """
    return partial(_drawn_on_grid, _law_of(distribution, columns)(0.0, math.inf).quantile)


def _drawn_on_grid(quantile: Sampler, uniforms: Floats) -> Floats:
    return on_grid(quantile(uniforms))


def mean_s(distribution: Distribution, columns: Columns = NO_COLUMNS) -> float:
    """Return the mean in seconds, of truncated distributions too; in closed form, unrounded.

    Raises:
        ValueError: there is nothing to draw; see `problem`.
        KeyError: `columns` lacks a column the distribution names.
    """
    return _law_of(distribution, columns)(0.0, math.inf).mean_s


def problem(distribution: Distribution, columns: Columns = NO_COLUMNS) -> str:
    """Return why nothing can be drawn, as the rest of a sentence about it; empty if all is well.

    Bounds may leave nothing of a distribution or of a part of it, and a column may be empty.

    Raises:
        KeyError: `columns` lacks a column the distribution names.
    """
    try:
        _law_of(distribution, columns)
    except ValueError as error:
        return str(error)
    return ""


def _law_of(distribution: Distribution, columns: Columns) -> Law:
    law = _whole_law(distribution, columns)
    if distribution.at_least is None and distribution.at_most is None:
        return law
    high_s = math.inf if distribution.at_most is None else distribution.at_most
    return bounded(law, distribution.at_least or 0.0, high_s)


@singledispatch
def _whole_law(distribution: Truncated, columns: Columns) -> Law:
    """Return the law of a distribution without its own bounds; one function a kind, below."""
    del columns
    raise TypeError(f"{type(distribution).__name__} is no kind of distribution")


@_whole_law.register
def _(distribution: Constant, _columns: Columns) -> Law:
    return one_of((distribution.constant,))


@_whole_law.register
def _(distribution: Exponential, _columns: Columns) -> Law:
    return continuous(ExponentialCurve(distribution.exponential))


@_whole_law.register
def _(distribution: Uniform, _columns: Columns) -> Law:
    low_s, high_s = distribution.uniform
    return one_of((low_s,)) if low_s == high_s else continuous(UniformCurve(low_s, high_s))


@_whole_law.register
def _(distribution: Triangular, _columns: Columns) -> Law:
    low_s, mode_s, high_s = distribution.triangular
    if low_s == high_s:
        return one_of((low_s,))
    return continuous(TriangularCurve(low_s, mode_s, high_s))


@_whole_law.register
def _(distribution: Lognormal, _columns: Columns) -> Law:
    from simulator.sampling.special_curves import LognormalCurve  # noqa: PLC0415 - imports SciPy

    by = distribution.lognormal
    if not isinstance(by, MeanCv):
        return continuous(LognormalCurve.by_median(by.median, by.p95))
    if by.cv < NARROWEST_CV:
        return one_of((by.mean,))
    return continuous(LognormalCurve.by_mean(by.mean, by.cv))


@_whole_law.register
def _(distribution: Gamma, _columns: Columns) -> Law:
    from simulator.sampling.special_curves import GammaCurve  # noqa: PLC0415 - imports SciPy

    by = distribution.gamma
    if by.cv < NARROWEST_CV:
        return one_of((by.mean,))
    return continuous(GammaCurve(by.cv**-2, by.mean * by.cv**2))


@_whole_law.register
def _(distribution: Erlang, _columns: Columns) -> Law:
    from simulator.sampling.special_curves import GammaCurve  # noqa: PLC0415 - imports SciPy

    by = distribution.erlang
    return continuous(GammaCurve(by.k, by.mean / by.k))


@_whole_law.register
def _(distribution: Weibull, _columns: Columns) -> Law:
    from simulator.sampling.special_curves import WeibullCurve  # noqa: PLC0415 - imports SciPy

    by = distribution.weibull
    return continuous(WeibullCurve.by_mean(by.mean, by.shape))


@_whole_law.register
def _(distribution: Hyperexponential, _columns: Columns) -> Law:
    by = distribution.hyperexponential
    return mixture(by.shares, [continuous(ExponentialCurve(mean)) for mean in by.means])


@_whole_law.register
def _(distribution: Mixture, columns: Columns) -> Law:
    parts = distribution.mixture
    return mixture([part.share for part in parts], [_law_of(part.of, columns) for part in parts])


@_whole_law.register
def _(distribution: Empirical, columns: Columns) -> Law:
    values_s = distribution.empirical
    if isinstance(values_s, FileColumn):
        file, column = values_s.file, values_s.column
        values_s = columns[file, column]
        if not values_s:
            raise ValueError(f"column {column!r} of {file} holds no value to draw from")
    return one_of(on_grid(np.asarray(values_s)))


@_whole_law.register
def _(distribution: Shifted, columns: Columns) -> Law:
    return shifted(distribution.shifted.by, _law_of(distribution.shifted.of, columns))
