"""The week in tables and sentences."""

from __future__ import annotations

import math

import pytest

from simulator.report.charts import Band, StackedWeek
from simulator.report.page import plain
from simulator.report.weeks import busiest_hour, most_told, week_table

HOURS = 168
UNSEEN = (math.nan,) * HOURS


def week_of(**hours: float) -> tuple[float, ...]:
    """Return a week of zeros but for some hours, `h9` that of Monday at nine."""
    return tuple(hours.get(f"h{hour}", 0.0) for hour in range(HOURS))


BUSIEST = {
    "the largest": (week_of(h9=3.0, h40=2.0), (9, 3.0)),
    "the first of equals": (week_of(h30=2.0, h31=2.0), (30, 2.0)),
    "what was not observed is none": ((math.nan, 1.0), (1, 1.0)),
    "nothing happened": (week_of(), None),
    "nothing was observed": (UNSEEN, None),
}


@pytest.mark.parametrize(("hours", "expected"), BUSIEST.values(), ids=BUSIEST)
def test_the_busiest_hour(hours: tuple[float, ...], expected: tuple[int, float] | None) -> None:
    assert busiest_hour(hours) == expected


def test_the_busiest_hour_is_said() -> None:
    """Hour 33 is Tuesday at nine."""
    assert most_told(Band("Down", week_of(h33=4.0))) == "Down: at most 4, from Tue 09:00 on."
    assert most_told(Band("Down", week_of())) == "Down: never."


def test_a_table_has_each_number_of_a_week() -> None:
    """Seven days of two bands and a line, each with its 24 hours behind its day and its name."""
    bands = (Band("Usable", week_of(h0=1.0)), Band("Down", week_of(h24=2.5)))
    line = Band("Running a job", week_of(h167=3.0))
    found = week_table(StackedWeek("slots", "Slots", "", "Slots", bands, line))
    rows = [tuple(plain((cell,)) for cell in row) for row in found.rows]
    assert [len(row) for row in rows] == [26] * 21
    assert [row[:3] for row in rows[:2]] == [("Mon", "Usable", "1.00"), ("Mon", "Down", "0.00")]
    assert rows[4][:3] == ("Tue", "Down", "2.50")
    assert (*rows[-1][:2], rows[-1][-1]) == ("Sun", "Running a job", "3.00")
