"""Numbers, times and names as people read them."""

from __future__ import annotations

import math

import pytest

from simulator.measurement import SummaryRow
from simulator.report import wording
from simulator.report.wording import Scale

SPACE = "\N{NO-BREAK SPACE}"
NOTHING = "\N{EN DASH}"


def row(mean: float, half: float, unit: str = "s") -> SummaryRow:
    return SummaryRow("tenant", "", "x", unit, mean, mean - half, mean + half, half, 0.95, 20)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.0, "s", "0 s"),
        (45.25, "s", "45.2 s"),
        (119.0, "s", "119 s"),
        (120.0, "s", "2 min"),
        (192.6, "s", "3.21 min"),
        (7199.0, "s", "120 min"),
        (7200.0, "s", "2 h"),
        (172800.0, "s", "2 d"),
        (3.2e9, "s", "37,037 d"),
        (math.nan, "s", NOTHING),
        (0.8123, "ratio", "81.2 %"),
        (0.07, "ratio", "7 %"),
        (0.00012, "ratio", "0.012 %"),
        (1234.4, "jobs", "1,234"),
        (12.35, "jobs/h", "12.3 per hour"),
        (2.5, "hosts", "2.50 hosts"),
        (1234.5, "h", "1,234 h"),
        (4.0, "licences", "4 licences"),
    ],
)
def test_quantities_read_as_people_write_them(value: float, unit: str, text: str) -> None:
    assert wording.quantity(value, unit) == text.replace(" ", SPACE, 1)


def test_an_interval_has_the_unit_and_the_decimals_of_its_mean() -> None:
    """192.6 s is 3.21 min; 18 s to either side is 0.3 min."""
    assert wording.with_interval(row(192.6, 18.0)) == f"3.21{SPACE}min (2.91 to 3.51{SPACE}min)"


@pytest.mark.parametrize(
    ("mean", "half", "unit", "told"),
    [
        (6.0, 9.0, "s", "0.00 to 15.00 s"),
        (0.0617, 0.0744, "ratio", "0.00 to 13.61 %"),
        (0.98, 0.05, "ratio", "93.0 to 100.0 %"),
    ],
    ids=["a time", "a share near none", "a share near all"],
)
def test_no_end_is_told_beyond_what_can_be(mean: float, half: float, unit: str, told: str) -> None:
    assert wording.interval(row(mean, half, unit)).replace(SPACE, " ") == told


def test_a_single_replication_has_no_interval() -> None:
    assert wording.with_interval(row(192.6, math.nan)) == f"3.21{SPACE}min"
    assert wording.interval(row(192.6, math.nan)) == wording.NOTHING
    assert wording.interval(None) == wording.estimate(None) == wording.NOTHING


@pytest.mark.parametrize(
    ("mean", "half", "text"),
    [(192.6, 18.0, "3.2 ±0.3"), (0.0, 0.0, "0.0"), (60.0, math.nan, "1.0"), (math.nan, 0, NOTHING)],
)
def test_a_column_shares_scale_and_decimals(mean: float, half: float, text: str) -> None:
    found = wording.plus_minus(row(mean, half), Scale(60.0, "min"), 1)
    assert found.removesuffix(" ±0.0") == text


@pytest.mark.parametrize(
    ("hour", "text"), [(0, "Mon 00:00"), (9, "Mon 09:00"), (24, "Tue 00:00"), (167, "Sun 23:00")]
)
def test_hours_of_the_week_count_from_monday(hour: int, text: str) -> None:
    assert wording.hour_of_week(hour) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", r"a\x1b[31mb"),
        ("two\nlines", r"two\nlines"),
        ("\x9b", r"\x9b"),
        ("\ud800", r"\ud800"),
        ("\u2028", r"\u2028"),
        ("\ufffe", r"\ufffe"),
        ("Löhne 😀 給与", "Löhne 😀 給与"),
    ],
)
def test_control_characters_are_spelt_out(text: str, shown: str) -> None:
    assert wording.visible(text) == shown


def test_what_turns_the_text_around_it_is_spelt_out() -> None:
    """Overrides and isolates are; a script's own direction and marks within it are not."""
    assert wording.visible("a\u202eb\u2066") == r"a\u202eb\u2066"
    assert wording.visible("\u05e9\u05dc\u200f!") == "\u05e9\u05dc\u200f!"


@pytest.mark.parametrize(
    ("text", "cells", "shown"),
    [
        ("short", 5, "short"),
        ("HR/Payroll/nightly", 9, "HR/P…htly"),
        ("給与給与給与", 7, "給…与"),
        ("anything", 1, "…"),
    ],
)
def test_long_names_lose_their_middle(text: str, cells: int, shown: str) -> None:
    assert wording.shortened(text, cells) == shown


@pytest.mark.parametrize(
    ("value", "largest", "text"),
    [
        (3.44, 5.0, "3.4"),
        (0.4, 12.0, "0"),
        (12345.0, 20000.0, "12k"),
        (0.0, 0.0, "0"),
        (math.nan, 1.0, NOTHING),
    ],
)
def test_a_cell_has_two_digits_of_the_largest(value: float, largest: float, text: str) -> None:
    assert wording.compact(value, largest) == text
