"""What stands in the cells of data files."""

from __future__ import annotations

import pytest

from simulator.records.columns import Window
from simulator.traces.cells import Instants, priority_in, seconds_of

WINTER = Window(0.0, 86400.0, 1767571200, "UTC")
"""From 2026-01-05T00:00 on."""

BERLIN = Window(0.0, 86400.0 * 365, 1767567600, "Europe/Berlin")
"""From the same midnight on, of Berlin's clock: an hour earlier."""


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90", 90.0), ("1.5", 1.5), ("2e1", 20.0), ("1.5m", 90.0), ("PT2M", 120.0), ("0", 0.0)],
)
def test_a_number_is_seconds_and_text_has_a_unit(text: str, seconds: float) -> None:
    assert seconds_of(text) == seconds


@pytest.mark.parametrize(
    "text", ["", "-1", "nan", "inf", "1e10", "1,5", "200w200w", "5 minutes", "101000w", "٣"]
)
def test_no_other_span_is_taken(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected|longer"):
        seconds_of(text)


@pytest.mark.parametrize(("text", "number"), [("1", 1), ("100", 100), ("045", 45), ("High", 65)])
def test_a_priority_is_a_number_or_a_band(text: str, number: int) -> None:
    assert priority_in(text) == number


@pytest.mark.parametrize("text", ["", "0", "101", "45.0", "-1", "high", "nan", "²"])
def test_no_other_priority_is_taken(text: str) -> None:
    with pytest.raises(ValueError, match="expected a priority from 1 to 100 or one of Lowest"):
        priority_in(text)


@pytest.mark.parametrize(
    ("text", "window", "seconds"),
    [
        ("0", WINTER, 0.0),
        ("-3.5", WINTER, -3.5),
        ("2026-01-05", WINTER, 0.0),
        ("2026-01-05T08:00", WINTER, 28800.0),
        ("2026-01-05 08:00:01", WINTER, 28801.0),
        ("2026-01-05T08:00:01.5", WINTER, 28801.5),
        ("2026-01-05T08:00:01.5000000Z", WINTER, 28801.5),
        ("2026-01-05T08:00Z", WINTER, 28800.0),
        ("2026-01-05T08:00:00-02:30", WINTER, 37800.0),
        ("2026-01-05T08:00+0100", WINTER, 25200.0),
        ("2026-01-05T08:00", BERLIN, 28800.0),
        ("2026-01-05T08:00Z", BERLIN, 32400.0),
        ("2026-07-01T00:00", BERLIN, 177 * 86400.0 - 3600),  # the clock was put forward in March
        ("2026-03-29T04:00", BERLIN, 83 * 86400.0 + 3 * 3600),
        ("2026-10-25T04:00", BERLIN, 293 * 86400.0 + 4 * 3600),
    ],
)
def test_an_instant_is_in_seconds_since_the_start(
    text: str, window: Window, seconds: float
) -> None:
    assert Instants(window).read(text) == seconds


def test_a_time_shown_twice_is_the_first() -> None:
    """Berlin's clock is put back at 03:00 on 2026-10-25: 02:30 comes at 00:30 and 01:30 UTC."""
    instants = Instants(BERLIN)
    first = instants.read("2026-10-25T02:30")
    assert instants.is_twice
    assert first == Instants(BERLIN).read("2026-10-25T00:30Z")
    assert instants.read("2026-10-25T03:00") == Instants(BERLIN).read("2026-10-25T02:00Z")
    assert not instants.is_twice


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "got nothing"),
        ("nan", "expected a time such as"),
        ("1e999", "within a hundred years"),
        ("yesterday", "expected a time such as"),
        ("05.01.2026 08:00", "expected a time such as"),
        ("2026-01-05T8:00", "expected a time such as"),
        ("2026-02-30", "'2026-02-30': day is out of range for month"),
        ("2026-01-05T08:61", "minute must be in 0..59"),
        ("2026-01-05T08:00+99:00", "'2026-01-05T08:00\\+99:00'"),
        ("0001-01-01T00:00:00", "a year from 1970 to 2198"),
        ("2026-03-29T02:30", "does not exist in Europe/Berlin"),
    ],
)
def test_no_other_instant_is_taken(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Instants(BERLIN).read(text)


@pytest.mark.parametrize(
    ("first", "then", "kind"),
    [
        ("0", "2026-01-05", "seconds"),
        ("2026-01-05", "60", "local times"),
        ("2026-01-05", "2026-01-05T08:00Z", "local times"),
        ("2026-01-05T08:00Z", "2026-01-05T08:00", "times with an offset"),
    ],
)
def test_all_instants_of_a_file_are_of_one_kind(first: str, then: str, kind: str) -> None:
    instants = Instants(WINTER)
    instants.read(first)
    with pytest.raises(ValueError, match=f"expected {kind}, as in the rows above, got '{then}'"):
        instants.read(then)
