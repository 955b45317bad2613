"""What is known to the second, and how often triggers fire on days of clock changes."""

from __future__ import annotations

import pytest
from theory.schedule_oracles import (
    CLOCK_CHANGES,
    REPEATED_HOUR,
    SCHEDULES,
    agreements,
    days,
    fates,
)


@pytest.mark.parametrize("case", [*SCHEDULES, *CLOCK_CHANGES])
def test_a_deterministic_schedule_to_the_second(case: str) -> None:
    """Every row of schedules.csv: by process and order of submission, where and when it ran."""
    pairs = fates(case)
    assert pairs
    assert [pair for pair in pairs if pair[0] != pair[1]] == []


def test_an_hourly_trigger_on_the_day_of_a_clock_change() -> None:
    """As the catalogue says; where it calls that not normative, as Quartz does."""
    counted = list(days())
    assert len(counted) == 6
    for day in counted:
        assert day.fired == (day.expected if day.normative else REPEATED_HOUR), day


def test_every_oracle_is_met() -> None:
    found = list(agreements())
    assert [one for one in found if not one.holds] == []
    assert sum(one.rows for one in found if one.oracle[0] == "D") == 51
    assert sum(one.rows for one in found if one.oracle.startswith("quartz")) == 660
