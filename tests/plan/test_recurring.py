"""What is the same each week, or at any time; and what is left to chance."""

from __future__ import annotations

from typing import Any

import pytest
from builders import folder, scenario

from simulator.plan.chance import scenario_varies
from simulator.plan.recurring import cycle_s, is_same_at_any_time, is_same_each_week


def event(stream: dict[str, Any], **keys: Any) -> dict[str, Any]:
    return {"process": "P", "event": stream, "created_by": "owner", **keys}


def cron(text: str, **keys: Any) -> dict[str, Any]:
    return {"process": "P", "time": {"cron": text, **keys}, "created_by": "owner"}


CALENDARS = {"off": {"dates": ["2026-01-01"]}}
TRIGGERS: dict[str, tuple[dict[str, Any], bool, bool, bool]] = {
    "every": (event({"every": "1h"}), True, True, False),
    "every, with jitter": (
        event({"every": "1h", "jitter": {"uniform": ["0s", "1m"]}}),
        True,
        True,
        True,
    ),
    "poisson": (event({"poisson": "1 per hour"}), True, True, True),
    "users": (event({"users": 3, "think": {"exponential": "1h"}}), True, True, True),
    "users by the clock": (event({"users": 3, "think": "1h"}), True, True, False),
    "poisson until a day": (
        event({"poisson": "1 per hour"}, until="2026-01-05T12:00"),
        True,
        False,
        True,
    ),
    "profile": (event({"profile": {"mon": {"09:00-17:00": "1 per hour"}}}), False, True, True),
    "profile with days off": (
        event({"profile": {"mon": {"09:00-17:00": "1 per hour"}}, "calendar": "off"}),
        False,
        False,
        True,
    ),
    "named instants": (event({"at": ["2026-01-05T12:00"]}), False, False, False),
    "weekly": (cron("0 0 8 ? * MON-FRI"), False, True, False),
    "daily": (cron("0 0 8 * * ?"), False, True, False),
    "daily with days off": (cron("0 0 8 * * ?", calendar="off"), False, False, False),
    "monthly": (cron("0 0 8 1 * ?"), False, False, False),
    "last of month": (cron("0 0 8 L * ?"), False, False, False),
    "in summer": (cron("0 0 8 ? 6-8 MON"), False, False, False),
}


@pytest.mark.parametrize(("trigger", "steady", "weekly", "varies"), TRIGGERS.values(), ids=TRIGGERS)
def test_of_a_trigger(trigger: dict[str, Any], steady: bool, weekly: bool, varies: bool) -> None:
    estate = scenario(folders={"F": folder(triggers={"T": trigger})}, calendars=CALENDARS)
    assert is_same_at_any_time(estate) is steady
    assert is_same_each_week(estate) is weekly
    assert scenario_varies(estate) is varies


EIGHT_TO_SIX = {"08:00-18:00": "1 per hour"}
CYCLES: dict[str, tuple[dict[str, Any], int]] = {
    "at any time": (event({"poisson": "1 per hour"}), 0),
    "named instants": (event({"at": ["2026-01-05T12:00"]}), 0),
    "each day": (cron("0 0 8 * * ?"), 1),
    "each day, by its name": (cron("0 0 8 ? * *"), 1),
    "each minute": (cron("0 * * * * ?"), 1),
    "each day but some": (cron("0 0 8 * * ?", calendar="off"), 7),
    "each working day": (cron("0 0 8 ? * MON-FRI"), 7),
    "each month": (cron("0 0 8 1 * ?"), 7),
    "each day in summer": (cron("0 0 8 * 6-8 ?"), 7),
    "hours of any day": (event({"profile": {"daily": EIGHT_TO_SIX}}), 1),
    "hours of any day, in parts": (
        event({"profile": {"mon-fri": EIGHT_TO_SIX, "sat,sun": EIGHT_TO_SIX}}),
        1,
    ),
    "hours of working days": (event({"profile": {"mon-fri": EIGHT_TO_SIX}}), 7),
    "hours of any day but some": (
        event({"profile": {"daily": EIGHT_TO_SIX}, "calendar": "off"}),
        7,
    ),
}


@pytest.mark.parametrize(("trigger", "days"), CYCLES.values(), ids=CYCLES)
def test_after_how_many_days_things_come_round(trigger: dict[str, Any], days: int) -> None:
    estate = scenario(folders={"F": folder(triggers={"T": trigger})}, calendars=CALENDARS)
    assert cycle_s(estate) == days * 86_400


def test_maintenance_brings_the_day_round_too() -> None:
    nightly = [{"cron": "0 0 22 * * ?", "duration": "1h"}]
    assert cycle_s(scenario(machines={"M1": {"maintenance": nightly}})) == 86_400


VARYING: dict[str, tuple[dict[str, Any], bool]] = {
    "nothing": ({}, False),
    "a duration": ({"processes": {"P": {"duration": {"uniform": ["1m", "2m"]}}}}, True),
    "a uniform of one value": (
        {"processes": {"P": {"duration": {"uniform": ["2m", "2m"]}}}},
        False,
    ),
    "a shifted one": (
        {"processes": {"P": {"duration": {"shifted": {"by": "1m", "of": "2m"}}}}},
        False,
    ),
    "some faults": ({"processes": {"P": {"duration": "1m", "faults": "5%"}}}, True),
    "nothing but faults": ({"processes": {"P": {"duration": "1m", "faults": "100%"}}}, False),
    "items": (
        {
            "queues": {"Q": {}},
            "arrivals": {
                "A": {
                    "queue": "Q",
                    "by": "owner",
                    "items": {"every": "1h"},
                    "item_duration": "1m",
                    "faults": "10%",
                }
            },
        },
        True,
    ),
}


@pytest.mark.parametrize(("parts", "varies"), VARYING.values(), ids=VARYING)
def test_of_jobs_and_items(parts: dict[str, Any], varies: bool) -> None:
    assert scenario_varies(scenario(folders={"F": folder(**parts)})) is varies


FLEETS: dict[str, dict[str, Any]] = {
    "hosts that fail": {"machines": {"M1": {"failures": {"up": "1d", "down": "1h"}}}},
    "lots drawn": {"dispatch": {"hosts": "random"}},
}


@pytest.mark.parametrize("parts", FLEETS.values(), ids=FLEETS)
def test_of_a_fleet(parts: dict[str, Any]) -> None:
    assert scenario_varies(scenario(**parts))
