"""Spans asked for by two local times, or the run's own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from builders import scenario

from simulator.errors import ScenarioError
from simulator.loading import render
from simulator.loading.spans import span_between

RUN = scenario(
    time={"start": "2026-03-02", "duration": "4w", "warm_up": "3d", "zone": "Europe/Berlin"},
    calendars={"public": {"country": "DE"}},
)


def ends(begin: str | None, end: str | None) -> tuple[str, str]:
    """The span's ends in UTC."""
    span, _ = span_between(RUN, begin, end)
    begin_s, end_s = span.origin_epoch_s + span.from_s, span.origin_epoch_s + span.to_s
    told = [f"{datetime.fromtimestamp(at, UTC):%Y-%m-%dT%H:%M}" for at in (begin_s, end_s)]
    return told[0], told[1]


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [  # the run is 31 days of 24 hours, and the clock is put forward on 29 March
        (None, None, ("2026-03-01T23:00", "2026-04-01T23:00")),
        ("2026-03-09", None, ("2026-03-08T23:00", "2026-04-01T23:00")),
        (None, "2026-03-30T08:30", ("2026-03-01T23:00", "2026-03-30T06:30")),
        ("2027-07-01 12:00", "2027-07-02", ("2027-07-01T10:00", "2027-07-01T22:00")),
    ],
    ids=["the run", "from", "to", "another year"],
)
def test_ends_are_by_the_tenants_clock(
    begin: str | None, end: str | None, expected: tuple[str, str]
) -> None:
    assert ends(begin, end) == expected


@pytest.mark.parametrize(
    ("begin", "end", "told"),
    [
        ("tomorrow", None, ["--from:1:1: expected a local date or time such as 2026-03-02"]),
        (
            "2026-13-01",
            "2026-03-02T08:00Z",
            ["--from:1:1: '2026-13-01': month", "--to:1:1: expected a local date or time"],
        ),
        (None, "2026-03-29T02:30", ["--to:1:1: 2026-03-29 02:30:00 does not exist in Europe/Ber"]),
        (
            "2026-03-09",
            "2026-03-09",
            ["nothing lies between --from 2026-03-09 and --to 2026-03-09"],
        ),
        ("2027-01-01", None, ["nothing lies between --from 2027-01-01 and the run's end"]),
        (None, "2026-03-01", ["nothing lies between the run's start and --to 2026-03-01"]),
    ],
)
def test_what_is_no_span(begin: str | None, end: str | None, told: list[str]) -> None:
    with pytest.raises(ScenarioError) as raised:
        span_between(RUN, begin, end)
    found = [render(issue) for issue in raised.value.issues]
    assert [text[: len(start)] for text, start in zip(found, told, strict=True)] == told


def test_a_time_that_comes_twice_is_the_first_with_a_doubt() -> None:
    span, (doubt,) = span_between(RUN, "2026-10-25T02:30", "2026-11-01")
    assert datetime.fromtimestamp(span.origin_epoch_s, UTC) == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )
    assert (doubt.severity, doubt.code) == ("warning", "time-twice")


@pytest.mark.parametrize(
    ("begin", "end", "codes"),
    [
        (None, None, []),
        ("2100-12-31", "2101-01-01", []),
        ("2100-12-31", "2101-01-02", ["no-holidays"]),
    ],
    ids=["the run", "the last day known", "a day more"],
)
def test_years_whose_holidays_are_not_known_are_doubtful(
    begin: str | None, end: str | None, codes: list[str]
) -> None:
    """The `holidays` package has those of Germany up to 2100."""
    _, doubts = span_between(RUN, begin, end)
    assert [doubt.code for doubt in doubts] == codes
