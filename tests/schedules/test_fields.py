from __future__ import annotations

import pytest

from simulator.schedules.fields import (
    DAY_OF_MONTH,
    DAY_OF_WEEK,
    HOURS,
    MINUTES,
    MONTH,
    SECONDS,
    YEAR,
    CronError,
    Field,
    parse_values,
)


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        (SECONDS, "0", (0,)),
        (MINUTES, "30,0,30", (0, 30)),
        (MINUTES, "0/15", (0, 15, 30, 45)),
        (MINUTES, "*/25", (0, 25, 50)),
        (MINUTES, "/25", (0, 25, 50)),
        (MINUTES, "5/20", (5, 25, 45)),
        (HOURS, "8-11", (8, 9, 10, 11)),
        (HOURS, "8-16/4", (8, 12, 16)),
        (HOURS, "22-2", (0, 1, 2, 22, 23)),
        (HOURS, "22-2/3", (1, 22)),
        (HOURS, "*", tuple(range(24))),
        (DAY_OF_MONTH, "30-2", (1, 2, 30, 31)),
        (MONTH, "NOV-FEB", (1, 2, 11, 12)),
        (MONTH, "JAN,7", (1, 7)),
        (DAY_OF_WEEK, "FRI-MON", (1, 2, 6, 7)),
        (DAY_OF_WEEK, "2-6", (2, 3, 4, 5, 6)),
        (DAY_OF_WEEK, "2/2", (2, 4, 6)),
        (YEAR, "2028-2030", (2028, 2029, 2030)),
        (YEAR, "2098/1", (2098, 2099)),
    ],
)
def test_a_field_is_a_set_of_numbers(field: Field, text: str, expected: tuple[int, ...]) -> None:
    assert parse_values(field, text) == expected


@pytest.mark.parametrize(
    ("field", "text", "message"),
    [
        (HOURS, "24", "hours: 24 is outside 0-23"),
        (DAY_OF_WEEK, "0", r"day of week: 0 is outside 1-7 \(1 is SUN, 7 is SAT\)"),
        (DAY_OF_WEEK, "MO", "day of week: 'MO' is not one of 1-7 .*; did you mean 'MON'"),
        (DAY_OF_WEEK, "MONDAY", "'MONDAY' is not one of 1-7 .* did you mean 'MON'"),
        (MONTH, "13", r"month: 13 is outside 1-12 \(1 is JAN, 12 is DEC\)"),
        (YEAR, "2100", "year: 2100 is outside 1970-2099"),
        (YEAR, "2030-2028", "year: '2030-2028' ends before it begins"),
        (DAY_OF_WEEK, "MON/2", "day of week: 'MON/2' has a step on a name"),
        (DAY_OF_WEEK, "MON-FRI/2", "day of week: 'MON-FRI/2' has a step on a name"),
        (DAY_OF_WEEK, "MON-6", "day of week: 'MON-6' mixes a name and a number"),
        (MINUTES, "*/0", r"minutes: the step of '\*/0' must be a number of 1-59"),
        (HOURS, "0/24", "hours: the step of '0/24' must be a number of 1-23"),
        (HOURS, "0/x", "hours: the step of '0/x' must be a number of 1-23"),
        (MINUTES, "", r"minutes: expected 0-59, with , - \* /, got nothing"),
        (MINUTES, "1,,2", "minutes: expected 0-59, .* got nothing"),
        (MINUTES, "1-", "minutes: expected 0-59, .* got '1-'"),
        (MINUTES, "-5", "minutes: expected 0-59, .* got '-5'"),
        (MINUTES, "*-5", r"minutes: expected 0-59, .* got '\*-5'"),
        (MINUTES, "1-2-3", "minutes: expected 0-59, .* got '1-2-3'"),
        (
            MINUTES,
            "?",
            "minutes: expected 0-59, .* got '.'; . stands alone, and only in a day field",
        ),
        (MINUTES, "9" * 5000, "minutes: '99.*' is not one of 0-59"),
        (MINUTES, "\u0661", "minutes: expected 0-59"),
        (DAY_OF_MONTH, "1.5", r"day of month: expected 1-31, with , - \* / \? L W, got '1.5'"),
    ],
)
def test_what_cannot_be_read_is_refused_with_field_finding_and_range(
    field: Field, text: str, message: str
) -> None:
    with pytest.raises(CronError, match=message):
        parse_values(field, text)
