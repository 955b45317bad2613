"""Break a formula on purpose: the value worked out by hand that stands here no longer comes out."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import NamedTuple

import numpy as np
import pytest
from builders_checks import break_on_purpose

from simulator.statistics import intervals, quantiles

STUDENT = 4.302653
"""Student's 97.5 % at 2 degrees of freedom; the normal's is 1.96."""


def column(*values: float) -> np.ndarray:
    return np.array(values)[:, np.newaxis]


def mean_interval() -> float:
    """1, 2 and 3 have a deviation of 1: half-width 4.302653 / √3."""
    return float(intervals.mean_of_replications(column(1, 2, 3), 0.95).half_width[0])


def ratio_interval() -> float:
    """Sums 2, 3, 10 over 1, 2, 2: pseudo-values 2.5, 1 and 17/3, of deviation 2.38242."""
    found = intervals.ratio_of_sums(column(2, 3, 10), column(1, 2, 2), 0.95)
    return float(found.half_width[0])


def pooled_deviation() -> float:
    """1 and 3 in one replication, 5 in another: all three have a deviation of 2."""
    found = intervals.pooled_deviation(column(2, 1), column(2, 5), column(2, 0), 0.95)
    return float(found.mean[0])


def third_quartile() -> float:
    """Of 1, 2 and 4, by type 7: halfway from 2 to 4."""
    values, one_group = np.array([4.0, 1.0, 2.0]), np.zeros(3, dtype=int)
    return float(quantiles.grouped_quantiles(values, one_group, 1, (0.75,))[0, 0])


EXACT = {
    mean_interval: STUDENT / 3**0.5,
    ratio_interval: STUDENT * 2.382420 / 3**0.5,
    pooled_deviation: 2.0,
    third_quartile: 3.0,
}


class Broken(NamedTuple):
    """The formula, the part of it that is changed, and the value that shows it."""

    module: ModuleType
    function: str
    right: str
    wrong: str
    shown_by: Callable[[], float]


_NORMAL = "__import__('scipy.special').special.ndtri((1 + confidence) / 2)"
FORMULAS = {
    "the normal's quantile for Student's": Broken(
        *(intervals, "_around", "stdtrit(freedom, (1 + confidence) / 2)", _NORMAL), mean_interval
    ),
    "a one-sided quantile": Broken(
        *(intervals, "_around", "(1 + confidence) / 2", "confidence"), mean_interval
    ),
    "a deviation divided by n": Broken(
        *(intervals, "_around", "freedom * (freedom + 1)", "(freedom + 1) ** 2"), mean_interval
    ),
    "a jackknife without n - 1": Broken(
        *(intervals, "_jackknife", "(n - 1) * (centre - without)", "centre - without"),
        ratio_interval,
    ),
    "a pooled deviation divided by n": Broken(
        *(intervals, "_deviation", "np.maximum(counts - 1, 0)", "counts"), pooled_deviation
    ),
    "a quantile off by one": Broken(
        *(quantiles, "grouped_quantiles", "positions = np.maximum(counts - 1, 0)"),
        *("positions = counts", third_quartile),
    ),
}


@pytest.mark.parametrize("value", EXACT, ids=lambda value: value.__name__)
def test_the_values_by_hand_come_out(value: Callable[[], float]) -> None:
    assert value() == pytest.approx(EXACT[value], rel=1e-6)


@pytest.mark.parametrize("broken", FORMULAS.values(), ids=FORMULAS)
def test_a_broken_formula_shows(broken: Broken, monkeypatch: pytest.MonkeyPatch) -> None:
    break_on_purpose(monkeypatch, broken.module, broken.function, broken.right, broken.wrong)
    assert broken.shown_by() != pytest.approx(EXACT[broken.shown_by], rel=0.05)
