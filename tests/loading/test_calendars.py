"""Calendars that cannot be, and triggers that follow one in vain: told where the file says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.errors import Issue, ScenarioError
from simulator.loading import load

FILE = """\
version: 1
time: {{start: 2026-03-30, duration: 1w, zone: {zone}}}
calendars:
  public: {{{public}}}
machines: {{vm: {{}}}}
accounts: {{olga: {{type: user}}, bot: {{type: robot}}}}
folders:
  HR:
    assign: {{bot: [Automation User], olga: [Folder Administrator]}}
    machines: [vm]
    processes: {{P: {{duration: 5m}}}}
    triggers:
      T: {{process: P, created_by: olga, {trigger}}}
"""
"""A week from a Monday on, with Good Friday, 2026-04-03; the run ends with Easter Sunday."""

DAILY = 'time: {cron: "0 0 6 * * ?", calendar: public}'
GERMANY = "country: DE, subdivision: BY"


def told(
    folder: Path, *, public: str = GERMANY, trigger: str = DAILY, zone: str = "Europe/Berlin"
) -> list[Issue]:
    """Load the file; return its warnings, or its errors."""
    file = folder / "s.yaml"
    file.write_text(FILE.format(public=public, trigger=trigger, zone=zone))
    try:
        return list(load(file).warnings)
    except ScenarioError as error:
        return list(error.issues)


def short(issues: list[Issue]) -> list[tuple[str, str, str]]:
    return [(one.code, ".".join(map(str, one.path)), one.severity) for one in issues]


def test_a_calendar_that_is_used_has_nothing_to_tell(tmp_path: Path) -> None:
    assert told(tmp_path) == []
    assert told(tmp_path, public="dates: [2019-01-01, 2026-04-01]") == []


@pytest.mark.parametrize(
    ("public", "key", "column", "says"),
    [
        ("country: DEU", "country", 21, "got 'DEU'; did you mean 'DE'?"),
        ("country: DE, subdivision: BX", "subdivision", 38, "got 'BX'; there is BB, BE, BW, BY,"),
        ("country: NO, subdivision: Oslo", "subdivision", 38, "got 'Oslo'; did you mean '03'?"),
    ],
)
def test_an_unknown_region_is_an_error_at_its_key(
    public: str, key: str, column: int, says: str, tmp_path: Path
) -> None:
    issues = told(tmp_path, public=public)
    assert short(issues) == [(f"unknown-{key}", f"calendars.public.{key}", "error")]
    assert issues[0].position is not None
    assert (issues[0].position.line, issues[0].position.column) == (4, column)
    assert says in issues[0].message


@pytest.mark.parametrize(
    ("trigger", "path"),
    [
        ('time: {cron: "0 0 6 * * ?", calendar: pubic}', "time.calendar"),
        ('event: {profile: {mon: {"09:00-10:00": 1 per hour}}, calendar: pubic}', "event.calendar"),
        (
            'api: {by: olga, profile: {mon: {"09:00-10:00": 1 per hour}}, calendar: pubic}',
            "api.calendar",
        ),
    ],
)
def test_an_unknown_calendar_is_an_error_where_it_is_named(
    trigger: str, path: str, tmp_path: Path
) -> None:
    issues = told(tmp_path, trigger=trigger)
    assert short(issues) == [("unknown-calendar", f"folders.HR.triggers.T.{path}", "error")]
    assert issues[0].hint == "did you mean 'public'?"
    assert issues[0].position is not None
    assert issues[0].position.line == 13


def test_a_country_of_which_a_year_is_not_known_is_a_warning(tmp_path: Path) -> None:
    file = tmp_path / "s.yaml"
    text = FILE.format(public=GERMANY, trigger=DAILY, zone="UTC").replace(
        "2026-03-30", "2101-03-30"
    )
    file.write_text(text)
    issues = list(load(file).warnings)
    assert short(issues) == [("no-holidays", "calendars.public.country", "warning")]
    assert "known from 1991 to 2100" in issues[0].message


OWN_ZONE = 'time: {{cron: "0 0 6 * * ?", zone: {zone}, calendar: public}}'


@pytest.mark.parametrize(
    ("tenant", "own", "warns"),
    [
        ("Europe/Berlin", "Asia/Tokyo", True),
        ("Europe/Berlin", "Europe/Berlin", False),
        ("Europe/Berlin", "W. Europe Standard Time", False),
    ],
)
def test_a_zone_of_its_own_beside_a_calendar_is_a_warning(
    tenant: str, own: str, warns: bool, tmp_path: Path
) -> None:
    issues = told(tmp_path, trigger=OWN_ZONE.format(zone=own), zone=tenant)
    place = "folders.HR.triggers.T.time.zone"
    assert short(issues) == ([("zone-with-calendar", place, "warning")] if warns else [])


def test_a_zone_that_is_none_is_told_once(tmp_path: Path) -> None:
    issues = told(tmp_path, trigger=OWN_ZONE.format(zone="Europe/Berlim"))
    assert [one.code for one in issues] == ["unknown-zone"]


@pytest.mark.parametrize(
    ("cron", "never"),
    [
        ("0 0 6 3 4 ?", True),  # Good Friday alone
        ("0 0/10 * 3 4 ?", True),
        ("0 0 6 ? * FRI", True),
        ("0 0 6 2,3 4 ?", False),
        ("0 0 0 30 3 ?", False),  # the first instant of the run
    ],
)
def test_a_trigger_due_on_its_calendars_days_alone_never_fires(
    cron: str, never: bool, tmp_path: Path
) -> None:
    issues = told(tmp_path, trigger=f'time: {{cron: "{cron}", calendar: public}}')
    place = "folders.HR.triggers.T.time.calendar"
    assert short(issues) == ([("never-fires", place, "warning")] if never else [])


def test_a_trigger_never_fires_where_the_first_day_is_off_and_no_other_is_due(
    tmp_path: Path,
) -> None:
    """On the first day each time counts, on a later one the first: both are the calendar's."""
    trigger = 'time: {cron: "0 0 6-20 30,31 3 ?", calendar: public}'
    off = "dates: [2026-03-30, 2026-03-31]"
    assert [one.code for one in told(tmp_path, public=off, trigger=trigger)] == ["never-fires"]
    assert told(tmp_path, public="dates: [2026-03-30]", trigger=trigger) == []


def test_a_calendar_nothing_uses_is_a_warning(tmp_path: Path) -> None:
    issues = told(tmp_path, trigger="event: {every: 1h}")
    assert short(issues) == [("unused-calendar", "calendars.public", "warning")]
    assert issues[0].hint == "name it in a trigger's time or in a profile"
