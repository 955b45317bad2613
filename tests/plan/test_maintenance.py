"""When maintenance windows hold: worked out on the wall clock of a zone, in seconds of the run."""

from __future__ import annotations

import datetime as dt
import pickle
import time
from itertools import islice
from typing import Any

import pytest

from simulator.model.dispatch import Assumptions
from simulator.model.machines import Maintenance
from simulator.model.scenario import TimeFrame
from simulator.plan.arrivals import wall_of
from simulator.plan.maintenance import Windows, windows_of
from simulator.units import DAY_S, HOUR_S


def windows(
    cron: str,
    duration: str,
    start: str = "2026-03-02",
    tenant: str = "UTC",
    rule: str = "quartz_net",
    **more: Any,
) -> Windows:
    """The windows of a run that starts at a local time, by default Monday 2026-03-02."""
    frame = TimeFrame.model_validate({"start": start, "duration": "1w", "zone": tenant})
    assumptions = Assumptions.model_validate({"daylight_saving": rule})
    entry = Maintenance.model_validate({"cron": cron, "duration": duration, **more})
    return windows_of(entry, wall_of(frame, assumptions, {}))


def spans_h(of: Windows, count: int) -> list[tuple[float, float]]:
    """The first windows, in hours since the start of the run."""
    return [(begin_s / HOUR_S, end_s / HOUR_S) for begin_s, end_s in islice(of.spans_s(), count)]


SUNDAY_NIGHT = "0 0 22 ? * SUN"
ROWS: dict[str, tuple[str, str, str, list[tuple[float, float]]]] = {
    "a week apart": (SUNDAY_NIGHT, "4h", "2026-03-03", [(142, 146), (310, 314)]),
    "apart": ("0 0 8,12 * * ?", "3h", "2026-03-02", [(8, 11), (12, 15), (32, 35)]),
    "touching": ("0 0 8,12 * * ?", "4h", "2026-03-02", [(8, 16), (32, 40)]),
    "overlapping": ("0 0 8,10,12 * * ?", "5h", "2026-03-02", [(8, 17), (32, 41)]),
    "over midnight, into the next": ("0 0 0,20 * * ?", "6h", "2026-03-02T07:00", [(13, 23)]),
    "begun before the run": (SUNDAY_NIGHT, "4h", "2026-03-02", [(0, 2), (166, 170)]),
    "begun as the run": ("0 0 0 ? * MON", "4h", "2026-03-02", [(0, 4), (168, 172)]),
    "over as the run begins": ("0 0 20 ? * SUN", "4h", "2026-03-02", [(164, 168)]),
    "two begun before the run": ("0 0 20,23 ? * SUN", "5h", "2026-03-02", [(0, 4), (164, 172)]),
    "begun weeks before the run": ("0 0 0 1 1 ?", "9w", "2026-03-02", [(0, 72)]),
}
"""The 1st of March 2026 is a Sunday; nine weeks from New Year end with the 4th of March."""


@pytest.mark.parametrize(("cron", "duration", "start", "expected"), ROWS.values(), ids=ROWS)
def test_windows_in_hours_of_the_run(
    cron: str, duration: str, start: str, expected: list[tuple[float, float]]
) -> None:
    assert spans_h(windows(cron, duration, start), len(expected)) == expected


ZONES: dict[str, tuple[str, str | None, float]] = {
    "the tenant's": ("Europe/Berlin", None, 22),
    "its own, behind": ("Europe/Berlin", "America/New_York", 22 + 6),
    "its own, ahead": ("Europe/Berlin", "Asia/Tokyo", 22 - 8),
    "by its Windows id": ("UTC", "W. Europe Standard Time", 22 - 1),
}
"""When it is 22 h in a zone on the first day, in hours since the tenant's midnight, in winter."""


@pytest.mark.parametrize(("tenant", "own", "begins_h"), ZONES.values(), ids=ZONES)
def test_the_clock_in_its_zone_decides(tenant: str, own: str | None, begins_h: float) -> None:
    found = windows("0 0 22 ? * *", "1h", tenant=tenant, zone=own)
    later = [one for one in spans_h(found, 3) if one[0] >= begins_h]
    assert later[0] == (begins_h, begins_h + 1)


CHANGES: dict[str, tuple[str, str, str, str, list[tuple[float, float]]]] = {
    "spring, round the change": (
        *("0 0 1 * * ?", "3h", "2026-03-29", "quartz_net"),
        [(1, 4), (24, 27), (48, 51)],
    ),
    "spring, in the gap": (
        *("0 30 2 * * ?", "1h", "2026-03-29", "quartz_net"),
        [(2.5, 3.5), (25.5, 26.5)],
    ),
    "spring, in the gap, in Java": (
        *("0 30 2 * * ?", "1h", "2026-03-29", "quartz_java"),
        [(25.5, 26.5), (49.5, 50.5)],
    ),
    "autumn, round the change": (
        *("0 0 1 * * ?", "3h", "2026-10-25", "quartz_net"),
        [(1, 4), (26, 29), (50, 53)],
    ),
    "autumn, shown twice": (
        *("0 30 2 * * ?", "1h", "2026-10-25", "quartz_net"),
        [(2.5, 3.5), (27.5, 28.5)],
    ),
    "autumn, shown twice, in Java": (
        *("0 30 2 * * ?", "1h", "2026-10-25", "quartz_java"),
        [(3.5, 4.5), (27.5, 28.5)],
    ),
}
"""The day begins at midnight in Berlin; 02:00 is 03:00 in March, 03:00 is 02:00 in October.

A window lasts its duration on any clock; which of two showings is meant is the Quartz rule's.
"""


@pytest.mark.parametrize(
    ("cron", "duration", "day", "rule", "expected"), CHANGES.values(), ids=CHANGES
)
def test_where_the_clock_changes(
    cron: str, duration: str, day: str, rule: str, expected: list[tuple[float, float]]
) -> None:
    found = windows(cron, duration, day, "Europe/Berlin", rule)
    assert spans_h(found, len(expected)) == expected


def test_a_cron_of_some_far_year_is_found() -> None:
    """On the 29th of February 2032: six years ahead."""
    leap = (dt.date(2032, 2, 29) - dt.date(2026, 3, 2)).days * 24
    found = windows("0 0 6 29 2 ? 2032", "1h")
    assert list(found.spans_s()) == [((leap + 6) * HOUR_S, (leap + 7) * HOUR_S)]


def test_yearly_windows_go_on_for_centuries() -> None:
    """New Year's Days from 2027 to 2299, the last year there is."""
    found = list(windows("0 0 0 1 1 ?", "1d").spans_s())
    assert len(found) == 2299 - 2026
    assert {end_s - begin_s for begin_s, end_s in found} == {DAY_S}


@pytest.mark.parametrize(
    ("cron", "last_h"),
    [("0 0 6 2 3 ? 2026", [(6, 7)]), ("0 0 6 2 3 ? 2025", [])],
    ids=["once more", "never again"],
)
def test_a_cron_that_is_never_due_again_ends(cron: str, last_h: list[tuple[float, float]]) -> None:
    assert spans_h(windows(cron, "1h"), 9) == last_h


def test_windows_without_a_gap_are_told_in_parts_and_in_time() -> None:
    """Due each hour for an hour: without end. Each part goes on as the one before it ends."""
    began = time.perf_counter()
    found = spans_h(windows("0 0 * * * ?", "1h", "2026-03-02"), 3)
    assert time.perf_counter() - began < 5
    assert found[0][0] == 0
    assert [before[1] for before in found[:2]] == [after[0] for after in found[1:]]
    assert all(end - begin > 30 * 24 for begin, end in found)


def test_what_kills_and_how_long_it_lasts_are_the_entrys() -> None:
    found = windows(SUNDAY_NIGHT, "90m", running_jobs="kill")
    assert (found.kills, found.duration_s) == (True, 5400.0)
    assert not windows(SUNDAY_NIGHT, "90m").kills


def test_windows_can_be_sent_to_another_process() -> None:
    found = windows(SUNDAY_NIGHT, "4h", tenant="Europe/Berlin", zone="Asia/Tokyo")
    again: Windows = pickle.loads(pickle.dumps(found))  # noqa: S301 - what was just made here
    assert again == found
    assert spans_h(again, 3) == spans_h(found, 3)
