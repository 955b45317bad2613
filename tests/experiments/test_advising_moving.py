"""Where a time trigger could be moved: exact crons, and times that meet less of others' work."""

from __future__ import annotations

from pathlib import Path

import pytest
from builders_advice import HEAD, estate

from simulator.experiments.advising.alternatives import Alternative
from simulator.experiments.advising.moving import moving
from simulator.experiments.advising.shifting import obstacle, shifted
from simulator.loading import OpenScenario, open_scenario
from simulator.plan.arrivals import wall_of
from simulator.schedules.quartz import parse_cron


@pytest.mark.parametrize(
    ("cron", "minutes", "moved"),
    [
        ("0 15 8 ? * MON-FRI", 30, "0 45 8 ? * MON-FRI"),
        ("0 15 8 ? * MON-FRI", -30, "0 45 7 ? * MON-FRI"),
        ("0 0 8-18 ? * MON-FRI", -15, "0 45 7-17 ? * MON-FRI"),
        ("0 0 6,12,18 1 * ? 2026", 60, "0 0 7,13,19 1 * ? 2026"),
        ("30 0 * ? * *", 15, "30 15 * ? * *"),
        ("0 30 23 ? * *", 30, None),
        ("0 15 0 ? * *", -30, None),
        ("0 50 * ? * *", 15, None),
    ],
    ids=[
        "same hour",
        "hour before",
        "range",
        "list and year",
        "each hour",
        "midnight",
        "midnight before",
        "each hour over midnight",
    ],
)
def test_a_cron_moves_within_its_day(cron: str, minutes: int, moved: str | None) -> None:
    assert shifted(parse_cron(cron), minutes) == moved


@pytest.mark.parametrize(
    ("cron", "why"),
    [
        ("0 0/30 8 ? * *", "its cron fires at several minutes of an hour"),
        ("0,30 0 8 ? * *", "its cron fires at several seconds of a minute"),
        ("0 0 8 ? * *", ""),
    ],
    ids=["minutes", "seconds", "one of each"],
)
def test_what_keeps_a_cron_where_it_is(cron: str, why: str) -> None:
    assert obstacle(parse_cron(cron)) == why


def timed(path: Path, cron: str, other: str = "0 0 8 ? * *") -> OpenScenario:
    """Two folders share one slot: A's four jobs of 10 minutes, and B's four at another time."""
    file = path / "timed.yaml"
    folder = """\
  NAME:
    assign: {bot: [Automation User], olga: [Folder Administrator]}
    machines: [vm]
    processes: {P: {duration: 10m}}
    triggers: {T: {process: P, jobs: 4, created_by: olga, time: {cron: "CRON"}}}
"""
    folders = "".join(
        folder.replace("NAME", name).replace("CRON", each)
        for name, each in (("A", cron), ("B", other))
    )
    file.write_text(f"{HEAD}machines: {{vm: {{}}}}\nfolders:\n{folders}", encoding="utf-8")
    return open_scenario(file)


def moves(source: OpenScenario, window_s: float) -> list[tuple[str, ...]]:
    """The words and changes of all moves, or why there is none."""
    loaded = source.load()
    scenario = loaded.scenario
    wall = wall_of(scenario.time, scenario.assumptions, scenario.calendars)
    return [
        (one.words, *one.texts) if isinstance(one, Alternative) else (one.words, one.reason)
        for one in moving(estate(source), wall, window_s)
    ]


def test_the_nearest_times_that_meet_nothing_come_first(tmp_path: Path) -> None:
    """40 minutes of work each: A at 08:00 beside B at 08:00 meets none 45 minutes off."""
    found = moves(timed(tmp_path, "0 0 8 ? * *"), 3600)
    assert found[:2] == [
        ("Moving A:T from 08:00 to 07:15", 'folders.A.triggers.T.time.cron="0 15 7 ? * *"'),
        ("Moving A:T from 08:00 to 08:45", 'folders.A.triggers.T.time.cron="0 45 8 ? * *"'),
    ]
    assert [words for words, *_ in found[2:]] == [
        "Moving B:T from 08:00 to 07:15",
        "Moving B:T from 08:00 to 08:45",
    ]


def test_a_trigger_that_meets_nothing_stays(tmp_path: Path) -> None:
    assert moves(timed(tmp_path, "0 0 12 ? * *"), 3600) == []


def test_no_window_moves_nothing(tmp_path: Path) -> None:
    assert moves(timed(tmp_path, "0 0 8 ? * *"), 0) == []


def test_what_cannot_be_moved_is_told(tmp_path: Path) -> None:
    found = moves(timed(tmp_path, "0 0/30 8 ? * *"), 900)
    assert found[0] == ("Moving A:T", "its cron fires at several minutes of an hour")
