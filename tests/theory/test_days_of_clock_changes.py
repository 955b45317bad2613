"""How often an hourly trigger fires on a local day that a clock change makes longer or shorter."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from theory.catalogue import SCENARIOS

from simulator.engine import simulate
from simulator.loading import load
from simulator.plan.making import make_plan


@pytest.mark.parametrize(
    ("case", "firings"),
    [
        ("Zday-Berlin-2026-03-29", 23),
        # The catalogue says 25 and calls that not normative: Quartz fires once, at the first
        # showing of an hour that comes twice.
        ("Zday-Berlin-2026-10-25", 24),
        ("Zday-New_York-2026-03-08", 23),
        ("Zday-New_York-2026-11-01", 24),
        ("Zday-Lord_Howe-2026-04-05", 24),
        ("Zday-Kolkata-2026-03-29", 24),
    ],
)
def test_an_hourly_trigger_on_the_day_of_a_clock_change(case: str, firings: int) -> None:
    """Counted as other-figures.csv of the catalogue says: jobs submitted on that local date."""
    loaded = load(SCENARIOS / f"{case}.yaml")
    plan = make_plan(loaded.scenario, loaded.access, loaded.columns)
    window, jobs = plan.legend.window, simulate(plan, 1, 0).jobs
    day, zone = dt.date.fromisoformat(case[-10:]), ZoneInfo(window.zone)
    dates = [
        dt.datetime.fromtimestamp(window.origin_epoch_s + one, zone).date()
        for one in jobs.submitted_s
    ]
    assert dates.count(day) == firings
