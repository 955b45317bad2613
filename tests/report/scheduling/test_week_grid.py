"""The week in a terminal: shades, their legend, and what room it takes."""

from __future__ import annotations

import math

import pytest
from builders_tables import printed
from rich.cells import cell_len

from simulator.report.scheduling.week_grid import WeekGrid

NONE = math.nan
MONDAY = [0.0] * 6 + [1.0, 2.0, 3.0, 4.0] + [0.0] * 13 + [NONE]
WEEK = WeekGrid("The week", [MONDAY, [2.5] * 24, *[[NONE] * 24] * 5], "jobs")


def test_a_week_reads_like_this() -> None:
    assert printed(WEEK, 80) == [
        "",
        "The week",
        "     00          06          12          18              a day",
        "Mon  ············░░▒▒▓▓██··························         10",
        "Tue  ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓       60",
        "Wed",
        "Thu",
        "Fri",
        "Sat",
        "Sun",
        "     ·· none   ░░ 1   ▒▒ 2   ▓▓ 2.50 to 3   ██ 4   jobs an hour",
    ]


@pytest.mark.parametrize(
    ("width", "monday"),
    [
        (60, "Mon  ············░░▒▒▓▓██··························"),
        (40, "Mon  ······░▒▓█·············        10"),
        (29, "Mon  ······░▒▓█·············"),
    ],
)
def test_where_there_is_less_room(width: int, monday: str) -> None:
    lines = printed(WEEK, width)
    assert monday in lines
    assert max(map(cell_len, lines)) <= width


def test_where_there_is_none() -> None:
    assert printed(WEEK, 28)[2:] == ["No room here for the week:", "--format svg draws it."]


def test_a_week_with_nothing_in_it_has_no_shade() -> None:
    lines = printed(WeekGrid("", [[0.0] * 24] * 7, "jobs"), 80)
    assert lines[-1] == "     ·· none   jobs an hour"
    assert not set("░▒▓█") & set("".join(lines))
