"""Instants in a scenario that its zone or its span does not bear."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.errors import ScenarioError
from simulator.loading import load

FILE = """\
version: 1
time: {{start: 2026-03-02, duration: 4w, warm_up: 1d, zone: Europe/Berlin}}
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
"""The run ends on 2026-03-31 at 01:00: on the 29th clocks are put forward, 02:00 to 03:00."""


def told(folder: Path, trigger: str) -> list[tuple[str, str]]:
    """Load with a trigger; return codes and the last part of the path of its warnings or errors."""
    return codes(folder, FILE.format(trigger=trigger))


def codes(folder: Path, text: str) -> list[tuple[str, str]]:
    """Load a text; return codes and the last part of the path of its warnings or errors."""
    file = folder / "s.yaml"
    file.write_text(text)
    try:
        issues = load(file).warnings
    except ScenarioError as error:
        issues = error.issues
    return [(issue.code, str(issue.path[-1])) for issue in issues]


EVERY = "event: {every: 1h}"
MONDAYS = 'event: {profile: {mon: {"07:00-08:00": 1 per hour}}}'
THE_GAP = 'api: {by: olga, profile: {sun: {"02:00-03:00": 1 per hour}}}'
MORNINGS = 'time: {cron: "0 0 6 ? * MON-FRI"}'


@pytest.mark.parametrize(
    ("trigger", "expected"),
    [
        (f"{EVERY}, from: 2026-03-29T02:30", [("time-skipped", "from")]),
        (f"{EVERY}, until: 2026-03-29T02:30", [("time-skipped", "until")]),
        (f"{EVERY}, from: 2025-10-26T02:30", [("time-twice", "from")]),
        (f"{EVERY}, until: 2026-10-25T02:30", [("time-twice", "until")]),
        (f"{EVERY}, until: 2026-03-02", [("never-fires", "until")]),
        (f"{EVERY}, until: 2026-03-02T00:01", []),
        (f"{EVERY}, from: 2026-03-31T01:00", [("never-fires", "from")]),
        (f"{EVERY}, from: 2026-03-31T00:59", []),
        (f"{MORNINGS}, until: 2026-02-01", [("never-fires", "until")]),
        ("event: {at: [2026-03-31T01:00]}", [("outside-run", "0")]),
        ("api: {by: olga, at: [2026-03-31T01:00]}", [("outside-run", "0")]),
        ("event: {at: [2026-03-02, 2026-03-31T00:59:59]}", []),
        ('time: {cron: "0 0 6 ? * MON-FRI 2020"}', [("never-fires", "cron")]),
        ('time: {cron: "0 0 6 ? * MON-FRI 2026"}', []),
        ('time: {cron: "0 0 6 1 1 ?"}', [("never-fires", "cron")]),
        (f"{MORNINGS}, from: 2026-03-28, until: 2026-03-30", [("never-fires", "cron")]),
        (f"{MORNINGS}, from: 2026-03-30, until: 2026-03-31", []),
        ('time: {cron: "0 0 8,23 31 3 ?", zone: Asia/Tokyo}', [("never-fires", "cron")]),
        ('time: {cron: "0 0 7,23 31 3 ?", zone: Asia/Tokyo}', []),
        (f"{MONDAYS}, from: 2026-03-30T07:59", []),
        (f"{MONDAYS}, from: 2026-03-30T08:00", [("never-comes", "profile")]),
        (f"{MONDAYS}, from: 2026-03-31T01:00", [("never-fires", "from")]),
        (f"{THE_GAP}, from: 2026-03-23", [("never-comes", "profile")]),
        (f"{THE_GAP}, from: 2026-03-22", []),
    ],
)
def test_a_trigger_that_cannot_fire_or_meets_a_clock_change_is_told(
    trigger: str, expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    """In Tokyo the run ends at 08:00 on the 31st."""
    assert told(tmp_path, trigger) == expected


@pytest.mark.parametrize(
    ("moments", "expected"),
    [
        ("2026-03-29T02:30", [("time-skipped", "0")]),
        ("2026-03-02, 2026-03-31T01:00", [("outside-run", "1")]),
        ("2026-03-02, 2026-03-31T00:59:59", []),
    ],
)
@pytest.mark.parametrize("section", ["arrivals", "starts"])
def test_named_times_of_items_and_starts_are_told_too(
    section: str, moments: str, expected: list[tuple[str, str]], tmp_path: Path
) -> None:
    stream = f"{{at: [{moments}]}}"
    entry = {
        "arrivals": f"{{queue: Q, by: bot, items: {stream}, item_duration: 1m}}",
        "starts": f"{{process: P, by: olga, stream: {stream}}}",
    }
    text = FILE.format(trigger=EVERY).replace(
        "{P: {duration: 5m}}", "{P: {duration: 5m, queue: Q}}"
    )
    queue = f"    queues: {{Q: }}\n    arrivals: {{B: {ITEMS}}}\n"
    if section == "arrivals":
        queue = queue.replace("arrivals: {", f"arrivals: {{A: {entry[section]}, ")
    else:
        queue += f"    starts: {{A: {entry[section]}}}\n"
    assert codes(tmp_path, text + queue) == expected


ITEMS = "{queue: Q, by: bot, items: {every: 1h}, item_duration: 1m}"


def test_a_cron_of_every_second_is_not_worked_out_to_its_end(tmp_path: Path) -> None:
    """In a year it has 31.5 million firings; one is enough to know, and the last day has some."""
    text = FILE.format(trigger='time: {cron: "* * * * 12 ?"}')
    file = tmp_path / "s.yaml"
    file.write_text(text.replace("duration: 4w", "duration: 275d"))
    assert [issue.code for issue in load(file).warnings] == ["cron-doubt"]
