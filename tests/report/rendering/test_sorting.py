"""What cells are sorted by: numbers as people read them, days of the week, and no name."""

from __future__ import annotations

import pytest

from simulator.report.page import Span, named
from simulator.report.rendering.sorting import sort_value
from simulator.report.wording import NOTHING, quantity


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", None),
        ("0.042", None),
        ("1,234", "1234"),
        ("42.8\xa0%", "42.8"),
        ("3.2\xa0min", "192"),
        ("1.1\xa0h", "3960"),
        ("2.5\xa0d", "216000"),
        ("9.35\xa0s", "9.35"),
        ("1.71\xa0slots", "1.71"),
        ("at most 15\xa0min", "900"),
        ("at least 80\xa0%", "80"),
        ("< 0.001", "0.001"),
        ("-4.12 to 10.54\xa0h", "-14832"),
        ("3.21\xa0min (2.90 to 3.52\xa0min)", "192.6"),
        ("+24.6 (+19.1 to +30.1)\xa0min", "1476"),
        ("-1.00 (-1.50 to -0.50)", "-1"),
        ("3.2 ±0.3", "3.2"),
        ("2 to 8", "2"),
        (NOTHING, None),
        ("", None),
        ("ruled out", None),
        ("2026-03-02 09:00", None),
        ("Thu 1970-01-01 00:01:00", "60"),
        ("Fri 1970-01-02 00:00:00", "86400"),
    ],
)
def test_a_number_is_sorted_by_what_it_is_worth(text: str, value: str | None) -> None:
    assert sort_value(text, numeric=True) == value


@pytest.mark.parametrize("seconds", [1.0, 119.0, 121.0, 7_300.0, 200_000.0, 5_000_000.0])
def test_a_time_is_sorted_by_its_seconds(seconds: float) -> None:
    """To the three digits that are written."""
    told = sort_value(quantity(seconds, "s"), numeric=True)
    worth = seconds if told is None else float(told)
    assert worth == pytest.approx(seconds, rel=0.005)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("Mon", "0"),
        ("Sun", "144"),
        ("Tue 07:00", "31"),
        (named("Mon"), None),
        (Span("4 met", "met"), None),
        ("Monday", None),
        ("7 jobs", None),
    ],
    ids=str,
)
def test_a_text_is_sorted_as_it_stands_but_for_days(cell: str | Span, value: str | None) -> None:
    assert sort_value(cell, numeric=False) == value
