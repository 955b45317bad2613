"""The worst hours on a page: when they were, who waited, and no name of what is out of sight."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders_files import scenario_file
from builders_views import leaks, seen_by_anna, viewed

from simulator.experiments.study import Study, run_study
from simulator.loading import Loaded, load
from simulator.report.charts import GanttStrip
from simulator.report.drawing.charts import draw
from simulator.report.page import Section, Span, Table
from simulator.report.rendering.page_html import html
from simulator.report.running.page import page
from simulator.report.running.sections.worst_hours import worst_hours

NBSP = "\N{NO-BREAK SPACE}"

PATCHED = """\
version: 1
name: patched
time: {start: 2026-01-05T00:00, duration: 1d, zone: Europe/Berlin}
run: {replications: 1, seed: 1}
machines:
  vm:
    hosts: 1
    slots: 2
    maintenance:
      - {cron: "0 0 8 ? * *", duration: 2h}
accounts: {bot: {type: robot}, olga: {type: user}}
folders:
  HR:
    assign: {bot: [Automation User], olga: [Folder Administrator]}
    machines: [vm]
    processes: {P: {duration: 10m}}
    starts: {often: {process: P, by: olga, stream: {every: 30m, first: 30m}}}
"""
"""Every half hour a job of 10 minutes; those of 8:00 to 9:30 wait for the end of maintenance.

Then two of them run at once: at 10:00, at 10:10, and at 10:20 the one of 10:00. So they wait 120,
90, 70, 40 and 20 minutes.
"""


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return viewed(tmp_path_factory.mktemp("viewed"))


@pytest.fixture(scope="module")
def whole(loaded: Loaded) -> Study:
    return run_study(loaded)


@pytest.fixture(scope="module")
def seen(loaded: Loaded) -> Study:
    return seen_by_anna(loaded)


@pytest.fixture(scope="module")
def patched(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return run_study(load(scenario_file(tmp_path_factory.mktemp("patched"), PATCHED)))


def section(study: Study) -> Section:
    (found,) = worst_hours(study)
    return found


def strip(study: Study) -> GanttStrip:
    chart = section(study).figures[0].chart
    assert isinstance(chart, GanttStrip)
    return chart


def text(cell: str | Span) -> str:
    return (cell if isinstance(cell, str) else cell.text).replace(NBSP, " ")


def rows(table: Table) -> list[list[str]]:
    return [[text(cell) for cell in row] for row in table.rows]


def lead(study: Study) -> list[str]:
    return ["".join(map(text, phrase)) for phrase in section(study).lead]


def test_it_says_when_they_were_and_where_to_read_on(patched: Study) -> None:
    """All 340 minutes lie in the four hours from 7:00 on, and in those from 8:00 on."""
    first, last = lead(patched)
    when = "Mon 2026-01-05 07:00 to 11:00 (Europe/Berlin) in replication 1: its 4 h with most time"
    assert first.startswith(f"{when} Pending, 5.67 job-hours.")
    assert "simulator explain RUN JOB --replication 1" in last


def test_a_strip_has_a_row_a_slot_with_jobs_and_maintenance(patched: Study) -> None:
    found = strip(patched)
    assert found.rows == ("vm/1, slot 0", "vm/1, slot 1")
    assert found.length == 4 * 3600.0
    assert [tick.name for tick in found.ticks] == ["07:00", "08:00", "09:00", "10:00", "11:00"]
    assert found.reasons == ("In maintenance",)
    assert [one[2:] for one in found.gaps] == [(3600.0, 10800.0)] * 2
    assert sorted({(one.begin / 60, one.end / 60) for one in found.bars}) == [
        *((0, 10), (30, 40)),
        *((180, 190), (190, 200), (200, 210), (210, 220)),
    ]
    assert [group.name for group in found.groups] == ["HR"]
    assert max(found.groups[0].numbers) == 4.0


def test_jobs_stand_longest_wait_first_by_the_tenants_clock(patched: Study) -> None:
    table = rows(section(patched).figures[0].table)
    assert table[0][1:] == [
        *("HR", "HR:P", "vm/1, slot 0", "08:00:00", "10:00:00", "10:10:00", "2 h"),
    ]
    assert [row[-1] for row in table[:5]] == ["2 h", "90 min", "70 min", "40 min", "20 min"]


def test_a_column_over_midnight_has_every_day_so_that_it_can_be_sorted(patched: Study) -> None:
    """Otherwise `23:59:00` of the day before would stand among the times of this one."""
    shown = patched.worst_hours
    assert shown is not None
    earlier = shown.hours.jobs.submitted_s.copy()
    earlier[0] -= 86400.0
    jobs = replace(shown.hours.jobs, submitted_s=earlier)
    moved = replace(patched, worst_hours=replace(shown, hours=replace(shown.hours, jobs=jobs)))
    table = rows(section(moved).figures[0].table)
    assert [row[4] for row in table[:2]] == ["Sun 2026-01-04 08:00:00", "Mon 2026-01-05 08:30:00"]
    assert table[0][5] == "10:00:00"


def test_what_else_the_picture_shows_is_in_tables(patched: Study) -> None:
    numbers, unusable = section(patched).tables
    assert rows(numbers)[0] == ["08:00", "HR", "1.00"]
    assert ["09:55", "HR", "4.00"] in rows(numbers)
    assert rows(unusable) == [
        [f"vm/1, slot {slot}", "08:00:00", "10:00:00", "In maintenance"] for slot in (0, 1)
    ]


def test_of_several_replications_it_says_why_this_one(whole: Study) -> None:
    assert lead(whole)[1].startswith("Each of 2 replications has such hours.")


def test_whoever_does_not_see_it_is_told_of_each_folder(patched: Study) -> None:
    told = strip(patched).description
    assert told == "HR: at most 4 Pending, 100 % of the time of slots held."


def test_one_account_sees_no_name_but_its_own(seen: Study) -> None:
    found = section(seen)
    assert not leaks(str(found))
    assert [group.name for group in strip(seen).groups] == ["Ours", "Outside your folders"]
    assert not any("simulator explain" in line for line in lead(seen))
    (outside,) = (one for one in found.tables if one.caption.startswith("When"))
    assert rows(outside)[0] == ["box/1, slot 0", "00:00:00", "00:30:00", "Outside your folders"]
    assert len(outside.rows) == 4


def test_where_no_job_waited_there_is_no_section(patched: Study, study: Study) -> None:
    assert worst_hours(replace(patched, worst_hours=None)) == ()
    assert "worst-hours" not in {one.key for one in page(study).sections}


def test_slots_and_spans_that_are_not_drawn_are_counted(patched: Study) -> None:
    shown = patched.worst_hours
    assert shown is not None
    cut = replace(shown.hours.strip, left_out=3, spans_left_out=1)
    fewer = replace(shown, hours=replace(shown.hours, strip=cut))
    note = section(replace(patched, worst_hours=fewer)).figures[0].note
    assert note == "3 further slots, which stood free longer. 1 further job, the shortest."


def test_the_page_has_it_after_the_week(patched: Study) -> None:
    keys = [one.key for one in page(patched).sections]
    assert keys.index("worst-hours") == keys.index("week") + 1
    assert "vm/1, slot 1" in html(page(patched))


def test_names_are_only_text(patched: Study, hostile: str) -> None:
    names = replace(patched.legend.names, folders=(hostile,), hosts=(hostile,))
    found = section(replace(patched, legend=replace(patched.legend, names=names)))
    assert "<script>" not in draw(found.figures[0].chart)


def test_findings_come_first_then_what_they_mean_and_rest_on(whole: Study) -> None:
    """The order of a reader's questions: who waits, who makes them, how full, when, who may not."""
    order = [
        *("pending", "blame", "utilisation", "week", "worst-hours", "refusals", "queues"),
        *("processes", "measures", "choices", "checks"),
    ]
    assert [one.key for one in page(whole).sections if one.key in order] == order
