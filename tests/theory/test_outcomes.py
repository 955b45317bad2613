from __future__ import annotations

from dataclasses import replace
from math import nan

import pytest
from theory.figures import Figure
from theory.outcomes import Outcome, is_settled, tally

FIGURE = Figure("A01.yaml", "tenant", "", "pending.mean", None, 100.0, 5.0, "all mean")


def outcome(low: float, high: float) -> Outcome:
    return Outcome(FIGURE, 1, low, (low + high) / 2, high)


@pytest.mark.parametrize(
    ("low", "high", "verdict", "holds"),
    [
        (98.0, 103.0, "ok", True),
        (100.0, 104.0, "ok", True),
        (100.1, 104.0, "miss", False),
        (94.0, 104.1, "ok, too wide", False),
        (101.0, 112.0, "miss, too wide", False),
    ],
)
def test_the_verdict_on_an_interval(low: float, high: float, verdict: str, holds: bool) -> None:
    assert (outcome(low, high).verdict, outcome(low, high).holds) == (verdict, holds)


def test_without_an_interval_ten_digits_must_agree() -> None:
    exact = Outcome(FIGURE, 1, nan, 100.00000001, nan)
    assert exact.holds
    assert not exact.has_interval
    assert replace(exact, mean=100.000001).verdict == "miss"


@pytest.mark.parametrize(
    ("runs", "settled"),
    [
        ([(98, 103)], True),
        ([(94, 105)], False),
        ([(101, 104)], False),
        ([(94, 105), (98, 103)], True),
        ([(94, 105), (101, 104)], False),
        ([(101, 104), (102, 105)], True),
    ],
    ids=["holds", "too wide", "misses", "narrow then", "misses then", "misses twice"],
)
def test_a_figure_is_run_until_it_holds_or_missed_twice(
    runs: list[tuple[float, float]], settled: bool
) -> None:
    assert is_settled([outcome(*one) for one in runs]) is settled


def test_what_missed_is_counted_beside_what_was_to_be_expected() -> None:
    """Of 200 intervals of 99 %, two miss on average; by the binomial law at most six in 99 of 100
    such tables (P(N ≤ 6) = 0.9957, P(N ≤ 5) = 0.984), at least none (P(N = 0) = 0.134)."""
    good, missed, wide = outcome(98, 103), outcome(101, 104), outcome(94, 105)
    exact = Outcome(FIGURE, 1, nan, 100.0, nan)
    table = [*[[good]] * 196, [missed, good], [missed, missed], [missed, good], [wide, good]]
    counted = tally([*table, [exact]])
    assert (counted.figures, counted.without_interval) == (201, 1)
    assert (counted.missed, counted.too_wide, counted.failed) == (3, 1, 1)
    assert (counted.expected, counted.fewest, counted.most) == (pytest.approx(2.0), 0, 6)
