"""Profiles in a file: faults at their keys, and override paths into them."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.errors import ScenarioError
from simulator.loading import load
from simulator.model.streams import Profile

FILE = """\
version: 1
time: {start: 2026-03-02, duration: 1w}
machines: {vm: {}}
accounts: {olga: {type: user}, bot: {type: robot}}
calendars: {freeze: {dates: [2026-03-07]}}
folders:
  HR:
    assign: {bot: [Automation User], olga: [Folder Administrator]}
    machines: [vm]
    processes: {P: {duration: 5m}}
    triggers:
      t:
        process: P
        created_by: olga
        event:
          profile:
            mon-fri: {09:00-17:00: 30 per hour}
            sat: {"10:00-12:00": 5 per hour}
"""
MON_FRI, SATURDAY = {"09:00-17:00": 30 / 3600}, {"10:00-12:00": 5 / 3600}
PATH = "folders.HR.triggers.t.event"


def profile(folder: Path, *overrides: str) -> Profile:
    file = folder / "s.yaml"
    file.write_text(FILE)
    stream = load(file, overrides=overrides).scenario.folders["HR"].triggers["t"].event
    assert isinstance(stream, Profile)
    return stream


OVERRIDES: dict[str, tuple[str, dict[str, dict[str, float]]]] = {
    "a rate": (
        'profile.mon-fri."09:00-17:00"=60 per hour',
        {"mon-fri": {"09:00-17:00": 60 / 3600}, "sat": SATURDAY},
    ),
    "further hours": (
        "profile.sat.'12:00-13:00'=1 per hour",
        {"mon-fri": MON_FRI, "sat": {**SATURDAY, "12:00-13:00": 1 / 3600}},
    ),
    "a further day": (
        'profile.sun={"10:00-12:00": 5 per hour}',
        {"mon-fri": MON_FRI, "sat": SATURDAY, "sun": SATURDAY},
    ),
    "a day less": ("profile.sat=null", {"mon-fri": MON_FRI}),
    "another profile": ('profile={daily: {"10:00-12:00": 5 per hour}}', {"daily": SATURDAY}),
}


@pytest.mark.parametrize(("override", "expected"), OVERRIDES.values(), ids=OVERRIDES)
def test_an_override_walks_the_files_own_keys(
    override: str, expected: dict[str, dict[str, float]], tmp_path: Path
) -> None:
    assert profile(tmp_path, f"{PATH}.{override}").profile == expected


FAULTS: dict[str, tuple[str, str, list[tuple[int, int, str]]]] = {
    "a day": (
        *("sat: {", "Saturday: {"),
        [(18, 13, "expected days such as 'mon', 'mon-fri', 'mon,wed' or 'daily', got 'Saturday'")],
    ),
    "hours": ("09:00-17:00", "9-17", [(17, 23, "expected hours such as '09:00-17:00'")]),
    "a rate": ("5 per hour", "5", [(18, 34, "expected a rate such as '12 per hour', got 5")]),
    "an overlap": (
        *("sat: {", "fri-sat: {"),
        [(18, 23, "'10:00-12:00' overlaps '09:00-17:00' of 'mon-fri' on fri: an hour has one")],
    ),
    "a day and its rate": (
        'sat: {"10:00-12:00": 5 per hour}',
        'Sat: {"10:00-12:00": 5}',
        [(18, 13, "expected days such as"), (18, 34, "expected a rate such as")],
    ),
    "a key that YAML 1.1 takes for yes": ("sat: {", "on: {", [(18, 13, "expected days such as")]),
    "no hours": ('{"10:00-12:00": 5 per hour}', "{}", [(18, 13, "expected the hours of the day")]),
    "a rate for a day": (
        '{"10:00-12:00": 5 per hour}',
        "5 per hour",
        [(18, 18, "expected the hours of the day")],
    ),
    "a calendar there is not": (
        *("          profile:", "          calendar: freze\n          profile:"),
        [(16, 21, "freze")],
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_at_its_key(
    old: str, new: str, expected: list[tuple[int, int, str]], tmp_path: Path
) -> None:
    file = tmp_path / "s.yaml"
    file.write_text(FILE.replace(old, new))
    with pytest.raises(ScenarioError) as refused:
        load(file)
    found = [(one.position, one.message) for one in refused.value.issues]
    places = [(place.line, place.column) for place, _ in found if place is not None]
    assert places == [(line, column) for line, column, _ in expected]
    for (_, message), (*_, words) in zip(found, expected, strict=True):
        assert words in message


IDLE: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "in the run": ("profile={sun: {'23:59-24:00': 1 per hour}}", []),
    "on a working day too": ("calendar=freeze", []),
    "all its days off": (
        "={profile: {sat: {'10:00-12:00': 5 per hour}}, calendar: freeze}",
        [("never-comes", "calendar")],
    ),
}


@pytest.mark.parametrize(("override", "expected"), IDLE.values(), ids=IDLE)
def test_a_profile_that_never_comes_is_told(
    override: str, expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    """The run is from a Monday to a Sunday; Saturday is a day off."""
    file = tmp_path / "s.yaml"
    file.write_text(FILE)
    path = f"{PATH}{'' if override.startswith('=') else '.'}{override}"
    told = [(issue.code, str(issue.path[-1])) for issue in load(file, overrides=[path]).warnings]
    assert [one for one in told if one[0] != "unused-calendar"] == expected
