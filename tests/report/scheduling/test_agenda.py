"""An agenda in a terminal: read in ten seconds, whatever the names and the width."""

from __future__ import annotations

from typing import Any

import pytest
from builders import folder, scenario
from builders_agenda import agenda, catalogue, span, trigger
from builders_tables import printed
from rich.cells import cell_len

from simulator.access.grants import access_of
from simulator.plan.agenda import Agenda, agenda_over
from simulator.report.scheduling.agenda import MOST_COLLISIONS, MOST_FIRINGS, agenda_tables

FREEZE = {"freeze": {"dates": ["2026-03-03"]}}
DAY = {
    "nightly": trigger("0 0 6 * * ?", jobs=5, calendar="freeze"),
    "hourly": trigger("0 0 6-7 * * ?", jobs=3, priority="High"),
    "yearly": trigger("0 0 6 1 1 ?"),
}


def two_days() -> Agenda:
    return agenda(DAY, span("2026-03-02", "2026-03-04"), calendars=FREEZE)


def lines(found: Agenda, width: int = 100) -> list[str]:
    return printed(agenda_tables(found), width)


def test_an_agenda_reads_like_this() -> None:
    assert lines(two_days()) == [
        "Mon 2026-03-02 00:00 to Wed 2026-03-04 00:00, UTC",
        "3 time triggers fire 5 times and ask for 17 jobs.",
        "1 more firing, of 5 jobs, falls on a day that a calendar excludes.",
        "Busiest minute: Mon 2026-03-02 06:00, when 8 jobs of 2 triggers are due.",
        "Not once due: F:yearly.",
        "",
        "Jobs due by hour of the week, UTC",
        "     00          06          12          18              a day",
        "Mon  ············██▒▒································       11",
        "Tue  ············▒▒▒▒································        6",
        "Wed",
        "Thu",
        "Fri",
        "Sat",
        "Sun",
        "     ·· none   ▒▒ 3   ██ 8   jobs an hour",
        "",
        "Most jobs at once",
        "Due in the same minute   Jobs  Triggers              First on  Times",
        "─" * 68,
        "F:nightly 5, F:hourly 3     8         2  Mon 2026-03-02 06:00      1",
        "F:hourly 3                  3         1  Mon 2026-03-02 07:00      3",
        "",
        "Firings, local time in UTC",
        "Trigger   Process                      Local Jobs Priority      Day",
        "─" * 67,
        "F:nightly F:P     Mon 2026-03-02 06:00+00:00    5       45",
        "F:hourly  F:P     Mon 2026-03-02 06:00+00:00    3       65",
        "F:hourly  F:P     Mon 2026-03-02 07:00+00:00    3       65",
        "F:nightly F:P     Tue 2026-03-03 06:00+00:00    5       45 excluded",
        "F:hourly  F:P     Tue 2026-03-03 06:00+00:00    3       65",
        "F:hourly  F:P     Tue 2026-03-03 07:00+00:00    3       65",
    ]


def test_zones_are_told_where_they_differ_and_seconds_where_there_are_any() -> None:
    far = {"ny": trigger("30 0 0 * * ?", zone="America/New_York"), "t": trigger("0 0 6 * * ?")}
    text = lines(agenda(far), 120)
    assert "Firings" in text
    assert any("00:00:30-05:00 America/New_York 2026-03-02 05:00:30" in line for line in text)


def test_local_times_are_the_tenants_unless_they_are_a_triggers_own() -> None:
    over = span("2026-03-29", "2026-03-30", "Europe/Berlin")
    text = lines(agenda({"t": trigger("0 0 6 * * ?", jobs=2, zone="Europe/Berlin")}, over))
    assert text[2] == "Busiest minute: Sun 2026-03-29 06:00, when 2 jobs of 1 trigger are due."
    assert "Firings, local time in Europe/Berlin" in text
    assert any("Sun 2026-03-29 06:00+02:00 2026-03-29 04:00" in line for line in text)


def test_several_weeks_are_told_as_a_mean() -> None:
    found = agenda({"t": trigger("0 0 6 * * ?")}, span("2026-03-02", "2026-03-17"))
    assert "Jobs due by hour of the week, UTC; the mean of its weeks" in lines(found)
    assert "No two jobs are due in the same minute." in lines(found)


def test_long_lists_are_cut_with_a_word_on_the_rest() -> None:
    many = {f"t{n}": trigger(f"0 {n} * * * ?", jobs=n + 2) for n in range(MOST_COLLISIONS + 2)}
    text = lines(agenda(many))
    assert text[-1] == f"… and {10 * 24 - MOST_FIRINGS} more; --format csv has all"
    assert sum(line.startswith("F:t") for line in text) == MOST_COLLISIONS + MOST_FIRINGS


def test_many_names_in_one_minute_are_some_and_a_number() -> None:
    found = agenda({f"t{n}": trigger("0 0 6 * * ?") for n in range(9)})
    assert any(
        "F:t0 1, F:t1 1, F:t2 1, F:t3 1, F:t4 1 and 4 more" in line for line in lines(found, 120)
    )


@pytest.mark.parametrize(
    ("triggers", "said"),
    [
        ({}, ["No time trigger stands in this scenario, so nothing is due by the clock."]),
        (
            {"t": trigger("0 0 6 1 1 ?")},
            [
                "Mon 2026-03-02 00:00 to Tue 2026-03-03 00:00, UTC",
                "1 time trigger fires 0 times and asks for 0 jobs.",
                "Not once due: F:t.",
            ],
        ),
    ],
    ids=["no trigger", "no firing"],
)
def test_where_nothing_is_due(triggers: dict[str, Any], said: list[str]) -> None:
    assert lines(agenda(triggers)) == said


def test_an_agenda_of_excluded_firings_alone_lists_them() -> None:
    over = span("2026-03-03", "2026-03-04")
    text = lines(agenda({"t": DAY["nightly"]}, over, calendars=FREEZE))
    assert text[1] == "1 time trigger fires 0 times and asks for 0 jobs."
    assert text[-1].endswith("excluded")
    assert not any("Most jobs at once" in line for line in text)


@pytest.mark.parametrize("width", [20, 30, 40, 60, 80, 120])
def test_lines_keep_to_the_width_and_names_are_inert(width: int) -> None:
    hostile = "[red]x[/red] \u202e" + "long " * 20
    folders = {hostile: folder(triggers={hostile: trigger("0 0 6,7 * * ?", jobs=1000)})}
    found = scenario(folders=folders)
    over = agenda_over(span("2026-03-02", "2026-03-12"), found, access_of(found, catalogue()))
    text = lines(over, width)
    assert max(map(cell_len, text)) <= width
    assert not any(character in line for line in text for character in "\x1b\u202e")
    assert "[red]x[/red]" in "".join("".join(text).split())
