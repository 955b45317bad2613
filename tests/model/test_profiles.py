"""Profiles as a file writes them: the days and hours their keys name, and what is refused."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from simulator.model.hours_of_week import WEEK, days_of, minutes_of
from simulator.model.profiles import WeeklyRates, WeeklySpan, weekly_spans

PROFILE = TypeAdapter[dict[str, dict[str, float]]](WeeklyRates)

DAYS: dict[str, tuple[int, ...]] = {
    "mon": (0,),
    "mon-fri": (0, 1, 2, 3, 4),
    "sat-mon": (5, 6, 0),
    "fri-thu": (4, 5, 6, 0, 1, 2, 3),
    "mon,wed": (0, 2),
    "wed,mon": (2, 0),
    "mon-wed,sat-sun": (0, 1, 2, 5, 6),
    "daily": (0, 1, 2, 3, 4, 5, 6),
}


@pytest.mark.parametrize(("key", "days"), DAYS.items(), ids=DAYS)
def test_the_days_a_key_names(key: str, days: tuple[int, ...]) -> None:
    assert days_of(key) == days


HOURS: dict[str, tuple[int, int]] = {
    "09:00-17:00": (540, 1020),
    "00:00-24:00": (0, 1440),
    "22:30-24:00": (1350, 1440),
    "23:59-24:00": (1439, 1440),
    "00:00-00:01": (0, 1),
}


@pytest.mark.parametrize(("key", "minutes"), HOURS.items(), ids=HOURS)
def test_the_minutes_a_key_names(key: str, minutes: tuple[int, int]) -> None:
    assert minutes_of(key) == minutes


def test_a_profile_keeps_what_the_file_says_and_is_written_so_again() -> None:
    written = {
        "mon-fri": {"09:00-17:00": "30 per hour", "17:00-24:00": "2 per day"},
        "sat": {"10:00-12:00": "5 per hour"},
    }
    read = PROFILE.validate_python(written)
    assert read == {
        "mon-fri": {"09:00-17:00": 30 / 3600, "17:00-24:00": 2 / 86400},
        "sat": {"10:00-12:00": 5 / 3600},
    }
    assert PROFILE.validate_python(PROFILE.dump_python(read)) == read


def test_the_spans_of_the_week() -> None:
    read = PROFILE.validate_python(
        {"sun-mon": {"22:00-24:00": "1 per second"}, "wed": {"00:00-01:30": "2 per second"}}
    )
    assert weekly_spans(read) == (
        WeeklySpan(6, 1320, 1440, 1.0, "sun-mon", "22:00-24:00"),
        WeeklySpan(0, 1320, 1440, 1.0, "sun-mon", "22:00-24:00"),
        WeeklySpan(2, 0, 90, 2.0, "wed", "00:00-01:30"),
    )


SOME = {"09:00-17:00": "30 per hour"}

WRONG: dict[str, tuple[object, str]] = {
    "a rate alone": ("30 per hour", r"expected days with their hours.* got '30 per hour'"),
    "nothing": (None, "expected days with their hours.* got nothing"),
    "empty": ({}, "expected days with their hours.* got an empty mapping"),
    "a list": ([SOME], "expected days with their hours.* got a list"),
    "a day without hours": ({"mon": {}}, "got an empty mapping; leave out a day on which nothing"),
    "a day with a rate": ({"mon": "5 per hour"}, "expected the hours of the day.* '5 per hour'"),
    "a day left open": ({"mon": None}, "expected the hours of the day.* got nothing"),
    "a number": ({"mon": {"09:00-17:00": 30}}, "expected a rate such as '12 per hour', got 30"),
    "a rate of nothing": ({"mon": {"09:00-17:00": "0 per hour"}}, "greater than 0"),
    "a long day": ({"monday": SOME}, "got 'monday'; did you mean 'mon'"),
    "a capital": ({"Mon": SOME}, "got 'Mon'; did you mean 'mon'"),
    "capitals": ({"MON-FRI": SOME}, "did you mean 'mon-fri'"),
    "another dash": ({"mon–fri": SOME}, "did you mean 'mon-fri'"),  # noqa: RUF001 - it is meant
    "a slip": ({"tus": SOME}, "did you mean 'tue'"),
    "spaces": ({"mon, wed": SOME}, "did you mean 'mon,wed'"),
    "working days": ({"weekdays": SOME}, "did you mean 'mon-fri'"),
    "the weekend": ({"weekend": SOME}, "did you mean 'sat-sun'"),
    "a cron's every day": ({"*": SOME}, "did you mean 'daily'"),
    "no day": ({"": SOME}, "expected days such as 'mon', 'mon-fri', 'mon,wed' or 'daily', got ''"),
    "a switch": ({"on": SOME}, "expected days such as .* got 'on'"),
    "a number of a day": ({1: SOME}, "expected days such as .* got '1'"),
    "daily and more": ({"daily,mon": SOME}, "expected days such as"),
    "a comma too many": ({"mon,": SOME}, "expected days such as"),
    "a day twice": ({"mon-wed,tue": SOME}, "'mon-wed,tue' names tue twice"),
    "from a day to itself": ({"mon-mon": SOME}, "write 'mon' or 'daily'"),
    "short hours": ({"mon": {"9-17": "1 per hour"}}, "got '9-17'; did you mean '09:00-17:00'"),
    "a short hour": ({"mon": {"9:30-17:00": "1 per hour"}}, "did you mean '09:30-17:00'"),
    "loose hours": ({"mon": {"09:00 – 17:00": "1 per hour"}}, "did you mean '09:00-17:00'"),  # noqa: RUF001 - it is meant
    "hours to 24": ({"mon": {"22-24": "1 per hour"}}, "did you mean '22:00-24:00'"),
    "an hour alone": ({"mon": {"09:00": "1 per hour"}}, "expected hours such as '09:00-17:00'"),
    "an hour too late": ({"mon": {"09:00-25:00": "1 per hour"}}, "expected hours such as"),
    "minutes too many": ({"mon": {"09:00-17:60": "1 per hour"}}, "expected hours such as"),
    "past midnight": ({"mon": {"22:00-24:30": "1 per hour"}}, "expected hours such as"),
    "from 24:00": ({"mon": {"24:00-24:00": "1 per hour"}}, "expected hours such as"),
    "other digits": ({"mon": {"0٩:00-17:00": "1 per hour"}}, "expected hours such as"),
    "over midnight": (
        {"mon": {"22:00-06:00": "1 per hour"}},
        "goes over midnight: write '22:00-24:00', and '00:00-06:00' for the day after",
    ),
    "to midnight": (
        {"mon": {"22:00-00:00": "1 per hour"}},
        "'22:00-00:00' goes over midnight: write '22:00-24:00' ",
    ),
    "no time": ({"mon": {"09:00-09:00": "1 per hour"}}, "'09:00-09:00' is empty"),
}


@pytest.mark.parametrize(("written", "why"), WRONG.values(), ids=WRONG)
def test_refused(written: object, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        PROFILE.validate_python(written)


OVERLAPS: dict[str, tuple[dict[str, dict[str, str]], list[tuple[tuple[str, ...], str]]]] = {
    "within a day": (
        {"mon": {"09:00-17:00": "1 per hour", "08:00-09:01": "1 per hour"}},
        [(("mon", "08:00-09:01"), "'08:00-09:01' overlaps '09:00-17:00' of 'mon' on mon")],
    ),
    "one key in another": (
        {"mon-fri": {"09:00-17:00": "1 per hour"}, "wed": {"12:00-13:00": "1 per hour"}},
        [(("wed", "12:00-13:00"), "'12:00-13:00' overlaps '09:00-17:00' of 'mon-fri' on wed")],
    ),
    "the narrow one first": (
        {"wed": {"12:00-13:00": "1 per hour"}, "mon-fri": {"09:00-17:00": "1 per hour"}},
        [(("mon-fri", "09:00-17:00"), "'09:00-17:00' overlaps '12:00-13:00' of 'wed' on wed")],
    ),
    "over the end of the week": (
        {"sat-mon": {"00:00-24:00": "1 per hour"}, "mon-tue": {"00:00-24:00": "1 per hour"}},
        [(("mon-tue", "00:00-24:00"), "'00:00-24:00' overlaps '00:00-24:00' of 'sat-mon' on mon")],
    ),
    "a long one over two that follow each other": (
        {
            "mon": {"00:00-24:00": "1 per hour"},
            "mon,tue": {"01:00-02:00": "1 per hour", "03:00-04:00": "1 per hour"},
        },
        [
            (("mon,tue", hours), f"'{hours}' overlaps '00:00-24:00' of 'mon' on mon")
            for hours in ("01:00-02:00", "03:00-04:00")
        ],
    ),
}


@pytest.mark.parametrize(("written", "found"), OVERLAPS.values(), ids=OVERLAPS)
def test_overlaps_are_told_at_the_later_key(
    written: dict[str, dict[str, str]], found: list[tuple[tuple[str, ...], str]]
) -> None:
    with pytest.raises(ValidationError) as refused:
        PROFILE.validate_python(written)
    assert [(error["loc"], error["msg"]) for error in refused.value.errors()] == [
        ((*key, "[key]"), f"{why}: an hour has one rate") for key, why in found
    ]


def test_what_only_touches_does_not_overlap() -> None:
    PROFILE.validate_python(
        {
            "mon": {"09:00-12:00": "1 per hour", "12:00-24:00": "2 per hour"},
            "tue": {"00:00-09:00": "3 per hour"},
        }
    )


def clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


@given(st.tuples(st.integers(0, 1440), st.integers(0, 1440)).filter(lambda two: two[0] < two[1]))
def test_all_hours_of_a_day_are_read_back(span: tuple[int, int]) -> None:
    assert minutes_of(f"{clock(span[0])}-{clock(span[1])}") == span


@given(st.sampled_from(WEEK), st.sampled_from(WEEK))
def test_a_range_goes_on_from_day_to_day(first: str, last: str) -> None:
    if first == last:
        return
    days = days_of(f"{first}-{last}")
    assert (WEEK[days[0]], WEEK[days[-1]]) == (first, last)
    assert all(later == (earlier + 1) % 7 for earlier, later in pairwise(days))


@given(st.one_of(st.text(max_size=20), st.from_regex(r"[a-z0-9:,\- ]{0,12}", fullmatch=True)))
def test_any_text_is_read_or_refused_with_a_reason(text: str) -> None:
    for read in (days_of, minutes_of):
        try:
            read(text)
        except ValueError as error:
            assert str(error)  # noqa: PT017 - either outcome is right


def test_a_guess_is_a_key_that_would_be_read() -> None:
    def message(read: Any, text: str) -> str:
        with pytest.raises(ValueError, match="expected") as refused:
            read(text)
        return str(refused.value)

    for text in ("Monday-Friday", "Sat, Sun", "thurs", "Weekdays"):
        days_of(message(days_of, text).split("did you mean '")[1].removesuffix("'?"))
    for text in ("8 - 12", "8:00-12:30", "0-24"):
        minutes_of(message(minutes_of, text).split("did you mean '")[1].removesuffix("'?"))
