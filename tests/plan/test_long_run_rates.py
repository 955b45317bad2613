"""Long-run rates against counts by hand."""

from __future__ import annotations

from typing import Any

import pytest
from builders import folder, scenario

from simulator.plan.arrivals import wall_of
from simulator.plan.long_run_rates import jobs_per_s

WEEK = 7 * 86400
CALENDARS = {"New year": {"dates": ["2026-01-01", "2026-01-02", "2026-01-03"]}}
"""A Thursday, a Friday and a Saturday."""

TIME = {"start": "2026-01-05T00:00", "duration": "1d", "zone": "Europe/Berlin"}


def cron(text: str, **keys: Any) -> dict[str, Any]:
    return {"time": {"cron": text, **keys}}


RATES: dict[str, tuple[dict[str, Any], float]] = {
    "poisson": ({"event": {"poisson": "7 per week"}}, 7),
    "every": ({"event": {"every": "1h", "first": "23h"}, "jobs": 2}, 2 * 168),
    "interarrival": ({"event": {"interarrival": {"uniform": ["1h", "3h"]}}}, 84),
    "named instants are over some day": ({"event": {"at": ["2026-01-05T08:00"]}}, 0),
    "users": ({"event": {"users": 5, "think": "1m"}}, 0),
    "a profile": (
        {
            "event": {
                "profile": {
                    "mon-fri": {"09:00-17:00": "3 per hour"},
                    "sat": {"08:00-09:30": "2 per hour"},
                }
            }
        },
        5 * 8 * 3 + 1.5 * 2,
    ),
    # Of 2026 there are 261 days Monday to Friday, two of them left out.
    "a profile with a calendar": (
        {
            "event": {
                "profile": {"mon-fri": {"09:00-17:00": "3 per hour"}},
                "calendar": "New year",
            }
        },
        5 * 8 * 3 * 259 / 261,
    ),
    "a weekly cron": (cron("0 0 8,17 ? * MON-FRI"), 10),
    "a daily one, ten jobs": ({**cron("0 30 2 * * ?"), "jobs": 10}, 70),
    # 12 times in 365.25 days, all years alike that there are.
    "a monthly one": (cron("0 0 8 1 * ?"), 12 * 7 / 365.25),
    "one of a leap day": (cron("0 0 8 29 2 ?"), 7 / (4 * 365.25)),
    "one of a year": (cron("0 0 8 * * ? 2026"), 0),
    # Of 261 times in 2026 two are left out.
    "one with a calendar": (cron("0 0 8 ? * MON-FRI", calendar="New year"), 5 * 259 / 261),
    "in force after the start": (
        {"event": {"poisson": "7 per week"}, "from": "2026-01-05T12:00"},
        7,
    ),
    "not in force yet": ({"event": {"poisson": "7 per week"}, "from": "2026-01-07T12:00"}, 0),
    "no more in force": ({"event": {"poisson": "7 per week"}, "until": "2026-01-05T12:00"}, 0),
    "in force for longer": ({"event": {"poisson": "7 per week"}, "until": "2026-02-05T12:00"}, 7),
}


@pytest.mark.parametrize(("keys", "a_week"), RATES.values(), ids=RATES)
def test_jobs_a_week(keys: dict[str, Any], a_week: float) -> None:
    trigger = {"process": "P", "created_by": "owner", **keys}
    estate = scenario(
        folders={"F": folder(triggers={"T": trigger})}, calendars=CALENDARS, time=TIME
    )
    wall = wall_of(estate.time, estate.assumptions, estate.calendars)
    found = jobs_per_s(estate.folders["F"].triggers["T"], wall, {})
    assert found * WEEK == pytest.approx(a_week)
