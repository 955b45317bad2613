"""Non-working days: public holidays by state, dates, and which firings fall on them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest

from simulator.model.calendars import Calendar
from simulator.schedules.calendars import (
    EPOCH,
    UnknownRegionError,
    non_working_days,
    on_days,
    years_between,
    years_known,
)
from simulator.schedules.clock_changes import wall_days
from simulator.schedules.zones import resolve_zone


def dates(years: range = range(2026, 2027), **parts: Any) -> list[str]:
    """The days of a calendar, as ISO dates."""
    days = non_working_days(Calendar.model_validate(parts), years)
    assert days.dtype == np.int64
    return [str(date) for date in days.astype("datetime64[D]")]


def epoch(text: str) -> int:
    return int(dt.datetime.fromisoformat(text).timestamp())


BAVARIA_2026 = [
    "2026-01-01",
    "2026-01-06",  # Epiphany
    "2026-04-03",  # Good Friday
    "2026-04-06",
    "2026-05-01",
    "2026-05-14",
    "2026-05-25",
    "2026-06-04",  # Corpus Christi
    "2026-10-03",
    "2026-11-01",  # All Saints
    "2026-12-25",
    "2026-12-26",
]
"""Art. 1 of the Bavarian Feiertagsgesetz, without Assumption, which not all of Bavaria keeps."""


def test_a_state_has_holidays_that_its_country_has_not() -> None:
    assert dates(country="DE", subdivision="BY") == BAVARIA_2026
    berlin = dates(country="DE", subdivision="BE")
    assert "2026-03-08" in berlin
    assert not {"2026-01-06", "2026-06-04", "2026-11-01"} & set(berlin)
    nationwide = dates(country="DE")
    assert set(nationwide) == set(BAVARIA_2026) & set(berlin)


def test_a_moved_holiday_counts_on_both_days() -> None:
    """US 2026: Independence Day is a Saturday, observed on Friday (5 U.S.C. 6103)."""
    assert {"2026-07-03", "2026-07-04"} <= set(dates(country="US"))


def test_new_year_observed_in_the_year_before_belongs_to_that_year() -> None:
    """1 January 2028 is a Saturday, observed on the last day of 2027."""
    assert "2027-12-31" in dates(range(2027, 2028), country="US")


def test_dates_stand_beside_holidays_in_order_each_once() -> None:
    found = dates(country="DE", dates=["2026-12-31", "2026-03-31", "2026-05-01", "2025-03-31"])
    assert found == sorted({*dates(country="DE"), "2026-03-31", "2026-12-31"})


def test_dates_alone_need_no_country() -> None:
    assert dates(dates=["2026-03-31", "2027-01-04"]) == ["2026-03-31"]
    assert dates(range(2025, 2026), dates=["2026-03-31"]) == []


def test_several_years_are_one_sorted_array() -> None:
    found = dates(range(2026, 2029), country="DE", subdivision="BY")
    assert found == sorted(found)
    assert [date[:4] for date in found].count("2027") == 12


@pytest.mark.parametrize(
    ("region", "key", "says"),
    [
        (("DEU", None), "country", "got 'DEU'; did you mean 'DE'?"),
        (("Germany", None), "country", "got 'Germany'; did you mean 'DE'?"),
        (("de", None), "country", "got 'de'; did you mean 'DE'?"),
        (("UK", None), "country", "got 'UK'; did you mean 'GB'?"),
        (("QQ", None), "country", "got 'QQ'; there is none of that code"),
        (("XNYS", None), "country", "got 'XNYS'; there is none of that code"),
        (("utils", None), "country", "got 'utils'; there is none of that code"),
        (("DE", "DE-BY"), "subdivision", "of DE, got 'DE-BY'; did you mean 'BY'?"),
        (("DE", "Bayern"), "subdivision", "of DE, got 'Bayern'; did you mean 'BY'?"),
        (("DE", "by"), "subdivision", "of DE, got 'by'; did you mean 'BY'?"),
        (("DE", "xyz"), "subdivision", "there is BB, BE, BW, BY, HB, "),
        (("US", "xyz"), "subdivision", ", …"),
        (("SE", "AB"), "subdivision", "SE has the same holidays everywhere: leave 'AB' out"),
    ],
)
def test_an_unknown_region_is_told_with_its_key(
    region: tuple[str, str | None], key: str, says: str
) -> None:
    calendar = Calendar(country=region[0], subdivision=region[1])
    for ask in (
        lambda: non_working_days(calendar, range(2026, 2027)),
        lambda: years_known(*region),
    ):
        with pytest.raises(UnknownRegionError) as error:
            ask()
        assert says in str(error.value)
        assert error.value.key == key


def test_the_years_of_a_law_are_known() -> None:
    """Germany's holidays are those since reunification."""
    known = years_known("DE", "BY")
    assert (known[0], 2026 in known, 2150 in known) == (1991, True, False)
    assert dates(range(1989, 1990), country="DE") == []


@pytest.mark.parametrize(
    ("begin", "end", "years"),
    [
        ("2026-03-02T00:00+00:00", "2026-03-30T00:00+00:00", range(2026, 2027)),
        ("2026-12-31T06:00+00:00", "2026-12-31T07:00+00:00", range(2026, 2028)),
        ("2027-01-01T12:00+00:00", "2028-06-01T00:00+00:00", range(2026, 2029)),
    ],
)
def test_a_span_lies_in_the_years_of_any_zone(begin: str, end: str, years: range) -> None:
    assert years_between(epoch(begin), epoch(end)) == years


def test_the_wall_clock_decides_which_date_an_instant_has() -> None:
    """22:30 UTC is past midnight in Berlin once its clock is put forward, on 2026-03-29."""
    instants = np.array(
        [epoch(f"2026-03-{day}T22:30+00:00") for day in (27, 28, 29, 30)], dtype=np.int64
    )
    shown = [EPOCH + dt.timedelta(days=int(day)) for day in wall_days(instants, _BERLIN)]
    assert [date.day for date in shown] == [27, 28, 30, 31]
    freeze = np.array([(dt.date(2026, 3, 30) - EPOCH).days])
    assert on_days(instants, _BERLIN, freeze).tolist() == [False, False, True, False]


def test_no_instants_have_no_dates() -> None:
    nothing = np.empty(0, dtype=np.int64)
    assert wall_days(nothing, _BERLIN).size == 0
    assert on_days(nothing, _BERLIN, np.array([20_000])).size == 0


@pytest.mark.parametrize("zone", ["Pacific/Apia", "America/St_Johns", "Asia/Kolkata", "UTC"])
def test_dates_agree_with_the_clock_of_the_standard_library(zone: str) -> None:
    """2006 to 2012: St. John's put its clock back a minute past midnight, Apia skipped a day."""
    instants = np.arange(epoch("2006-01-01T00:00+00:00"), epoch("2012-06-01T00:00+00:00"), 11_113)
    clock = resolve_zone(zone)
    shown = [(dt.datetime.fromtimestamp(int(one), clock).date() - EPOCH).days for one in instants]
    assert wall_days(instants, clock).tolist() == shown


_BERLIN = resolve_zone("Europe/Berlin")
