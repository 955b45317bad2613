"""Maintenance windows over any span: by the wall clock, and as far as they lie in it."""

from __future__ import annotations

from typing import Any

import pytest
from builders import scenario
from builders_agenda import span

from simulator.errors import ScenarioError
from simulator.plan import outages
from simulator.plan.arrivals import wall_over
from simulator.plan.outages import Outage, outages_over
from simulator.records.columns import Window
from simulator.report.clock_times import local_minute

WEEK = span("2026-03-23", "2026-03-30", "Europe/Berlin")


def found(machines: dict[str, Any], over: Window = WEEK) -> tuple[Outage, ...]:
    made = scenario(machines=machines, folders={})
    return outages_over(wall_over(over, made.assumptions, made.calendars), made)


def told(outage: Outage) -> str:
    ends = (local_minute(end_s, outage.zone) for end_s in outage[:2])
    return f"{outage.machine} {' to '.join(ends)}{' kill' if outage.kills else ''}"


def kept(*entries: dict[str, str]) -> dict[str, Any]:
    return {"maintenance": list(entries)}


CASES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "none": ({"m": {}}, []),
    "one a week": (
        {"m": kept({"cron": "0 0 22 ? * FRI", "duration": "4h", "running_jobs": "kill"})},
        ["m Fri 2026-03-27 22:00 to Sat 2026-03-28 02:00 kill"],
    ),
    "one that lasts in and one that lasts out": (
        {"m": kept({"cron": "0 0 22 ? * SUN", "duration": "4h"})},
        [
            "m Mon 2026-03-23 00:00 to Mon 2026-03-23 02:00",
            "m Sun 2026-03-29 22:00 to Mon 2026-03-30 00:00",
        ],
    ),
    "elapsed time, across a clock change too": (
        {"m": kept({"cron": "0 0 1 ? * SUN", "duration": "4h"})},
        ["m Sun 2026-03-29 01:00 to Sun 2026-03-29 06:00"],
    ),
    "one after the other is one": (
        {"m": kept({"cron": "0 0 1,2 ? * WED", "duration": "1h"})},
        ["m Wed 2026-03-25 01:00 to Wed 2026-03-25 03:00"],
    ),
    "by begin, then as in the file, each with its own zone": (
        {
            "b": kept(
                {"cron": "0 0 1 ? * THU", "duration": "1h"},
                {"cron": "0 0 1 ? * TUE", "duration": "1h", "zone": "Asia/Tokyo"},
            ),
            "a": kept({"cron": "0 0 1 ? * THU", "duration": "30m"}),
        },
        [
            "b Tue 2026-03-24 01:00 to Tue 2026-03-24 02:00",
            "b Thu 2026-03-26 01:00 to Thu 2026-03-26 02:00",
            "a Thu 2026-03-26 01:00 to Thu 2026-03-26 01:30",
        ],
    ),
    "for ever": (
        {"m": kept({"cron": "0 0 * * * ?", "duration": "1h"})},
        ["m Mon 2026-03-23 00:00 to Mon 2026-03-30 00:00"],
    ),
    "years ago": ({"m": kept({"cron": "0 0 0 1 1 ? 2020", "duration": "1h"})}, []),
}


def test_one_of_many_months_is_one() -> None:
    """Up to the clock change of October, when the cron leaves one hour out."""
    months = span("2026-01-01", "2026-10-01", "Europe/Berlin")
    hourly = {"m": kept({"cron": "0 0 * * * ?", "duration": "1h"})}
    assert [told(one) for one in found(hourly, months)] == [
        "m Thu 2026-01-01 00:00 to Thu 2026-10-01 00:00"
    ]


@pytest.mark.parametrize(("machines", "expected"), CASES.values(), ids=CASES)
def test_windows_of_a_week(machines: dict[str, Any], expected: list[str]) -> None:
    assert [told(one) for one in found(machines)] == expected


def test_what_lies_before_a_spans_own_from_is_left_out() -> None:
    """The warm-up of a run: its window begins a day after its origin."""
    run = Window(86_400.0, 172_800.0, WEEK.origin_epoch_s, WEEK.zone)
    daily = {"m": kept({"cron": "0 0 23 * * ?", "duration": "2h"})}
    assert [told(one) for one in found(daily, run)] == [
        "m Tue 2026-03-24 00:00 to Tue 2026-03-24 01:00",
        "m Tue 2026-03-24 23:00 to Wed 2026-03-25 00:00",
    ]


def test_too_many_windows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outages, "MOST_OUTAGES", 6)
    nightly = {"m": kept({"cron": "0 0 1 * * ?", "duration": "1h"})}
    with pytest.raises(ScenarioError) as raised:
        found(nightly)
    (issue,) = raised.value.issues
    assert (issue.code, issue.hint) == (
        "too-many-windows",
        "ask for a shorter span with --from and --to",
    )
