"""MSER-5 and Welch's moving average against values worked out by hand, and a known start."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.statistics import mser5, welch
from simulator.statistics.warm_up import BATCH


def batches(*means: float) -> np.ndarray:
    """A series whose batches of five have these means, each batch spread around its own."""
    return np.repeat(means, BATCH) + np.tile([-2.0, -1.0, 0.0, 1.0, 2.0], len(means))


CUTS: dict[str, tuple[list[float], int, bool]] = {
    # Squares left over divided by (n - d)²; 20 values after two that are far off: d = 2.
    "two batches off": ([0.0, 4.0, *[9.0, 11.0] * 10], 2, True),
    # [4, 0, 2, 0, 2, …]: d = 0 has 80 / 36 - 256 / 216 > 5 / 25 of d = 1, …; the least is at d = 1.
    "one batch off": ([4.0, *[0.0, 2.0] * 10], 1, True),
    "nothing off": ([1.0, -1.0] * 10, 0, True),
    "always the same": ([3.0] * 12, 0, True),
    "the same after a while": ([0.0, 1.0, 2.0, *[3.0] * 12], 3, True),
    # It grows by 1 a batch: k left have (k² - 1) / 12 / k, the less the fewer are left.
    "it grows": ([float(one) for one in range(20)], 10, False),
    "half of it": ([0.0] * 10 + [5.0] * 10, 10, False),
    "a single batch": ([1.0], 0, False),
}


@pytest.mark.parametrize(("means", "cut", "is_settled"), CUTS.values(), ids=CUTS)
def test_where_a_series_is_cut(means: list[float], cut: int, is_settled: bool) -> None:
    assert mser5(batches(*means)) == (cut * BATCH, is_settled)


def test_the_least_error_by_the_formula_itself() -> None:
    """The definition, batch by batch, on a series without a pattern."""
    means = np.array([0.3, 2.0, 1.1, 4.2, 3.9, 4.4, 3.7, 4.1, 4.6, 3.8, 4.0, 4.3])
    errors = [
        ((tail - tail.mean()) ** 2).sum() / len(tail) ** 2
        for tail in map(means.__getitem__, (slice(d, None) for d in range(7)))
    ]
    assert mser5(batches(*means)) == (int(np.argmin(errors)) * BATCH, True)


def test_values_beyond_the_last_whole_batch_do_not_count() -> None:
    series = batches(0.0, *[9.0, 11.0] * 10)
    assert mser5(np.append(series, [1e6] * 4)) == mser5(series)


def test_an_autoregressive_start_is_cut_once_it_has_died_away() -> None:
    """x = 0.98 x' + noise from 50, sd 5 in the long run: 114 values from 50 down to a standard
    deviation. Averaged over ten replications, the cut lies there or somewhat later."""
    generator = np.random.default_rng(7)
    values = np.full(10, 50.0)
    series = np.empty(2_000)
    for place in range(len(series)):
        values = 0.98 * values + generator.normal(0.0, 5 * np.sqrt(1 - 0.98**2), 10)
        series[place] = values.mean()
    cut = mser5(series)
    assert 114 <= cut.values <= 400
    assert cut.is_settled


MOVING: dict[str, tuple[list[float], int, list[float]]] = {
    "no window": ([1.0, 5.0, 3.0], 0, [1.0, 5.0, 3.0]),
    # Law, section 9.5.1: the first is itself, the second over three, then over 2w + 1.
    "one neighbour": ([3.0, 6.0, 9.0, 0.0], 1, [3.0, 6.0, 5.0]),
    "two neighbours": ([5.0, 1.0, 3.0, 7.0, 9.0, 0.0], 2, [5.0, 3.0, 5.0, 4.0]),
}


@pytest.mark.parametrize(("series", "window", "expected"), MOVING.values(), ids=MOVING)
def test_moving_averages(series: list[float], window: int, expected: list[float]) -> None:
    assert welch(np.array(series), window).tolist() == pytest.approx(expected)


@pytest.mark.parametrize("window", [-1, 3])
def test_a_window_leaves_something(window: int) -> None:
    with pytest.raises(ValueError, match="expected a window from 0 to 2"):
        welch(np.array([1.0, 2.0, 3.0]), window)


def test_noise_in_eight_weeks_is_mostly_settled_and_growth_never() -> None:
    """Means over whole weeks overlap, so that the last few of them are nearly the same.

    If a cut could leave as little as five batches, two of three such series were not settled.
    """
    generator = np.random.default_rng(3)
    week = 62
    noise = [generator.normal(size=8 * week) for _ in range(200)]
    growth = np.linspace(0.0, 10.0, 8 * week)
    settled, growing = (
        [mser5(np.convolve(one + more, np.full(week, 1 / week), "valid"), week) for one in noise]
        for more in (np.zeros(8 * week), growth)
    )
    assert sum(one.is_settled for one in settled) > 0.65 * len(noise)
    assert not any(one.is_settled for one in growing)
