"""Every firing of every time trigger: the oracle's instants, spans, limits, order, and speed."""

from __future__ import annotations

import csv
import time
from itertools import groupby
from pathlib import Path

import pytest
from builders_agenda import agenda, span, trigger, utc

from simulator.errors import ScenarioError
from simulator.loading import load
from simulator.plan.agenda import Agenda, agenda_over
from simulator.plan.arrivals import window_of

DATA = Path(__file__).parents[1] / "data"
VALIDATION = DATA / "validation" / "scenarios"


def of_run(file: Path) -> Agenda:
    loaded = load(file)
    run = window_of(loaded.scenario.time)
    return agenda_over(run, loaded.scenario, loaded.access)


def oracle() -> dict[str, list[str]]:
    """The instants of `dst.csv` by case, worked out with another library."""
    with (DATA / "schedules" / "dst.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {
        case: [row["utc"].removesuffix("Z") for row in found]
        for case, found in groupby(rows, key=lambda row: row["case_id"])
    }


@pytest.mark.parametrize(("case", "expected"), oracle().items(), ids=oracle())
def test_firings_across_a_clock_change_are_the_oracles(case: str, expected: list[str]) -> None:
    assert utc(of_run(VALIDATION / f"{case}.yaml")) == expected


@pytest.mark.parametrize(
    ("place", "day", "rule", "expected"),
    [  # an hourly cron on a day of 23, 25, 24.5 and 24 hours; Quartz.NET fires 02:00 once in autumn
        ("Berlin", "2026-03-29", "quartz_net", 23),
        ("Berlin", "2026-03-29", "quartz_java", 23),
        ("Berlin", "2026-10-25", "quartz_net", 24),
        ("Berlin", "2026-10-25", "quartz_java", 24),
        ("New_York", "2026-03-08", "quartz_net", 23),
        ("New_York", "2026-11-01", "quartz_net", 24),
        ("Lord_Howe", "2026-04-05", "quartz_net", 24),
        ("Kolkata", "2026-03-29", "quartz_net", 24),
    ],
)
def test_an_hourly_cron_on_the_day_of_a_clock_change(
    place: str, day: str, rule: str, expected: int
) -> None:
    file = VALIDATION / f"Zday-{place}-{day}.yaml"
    loaded = load(file, overrides=[f"assumptions.daylight_saving={rule}"])
    run = window_of(loaded.scenario.time)
    zone = run.zone
    over = span(f"{day}T00:00", f"{day}T23:59:59", zone)
    assert agenda_over(over, loaded.scenario, loaded.access).utc_s.size == expected


def test_the_two_rules_part_at_a_time_that_the_clock_skips() -> None:
    """02:30 on the short day: Quartz.NET fires at 03:30, Quartz for Java not at all."""
    over = span("2026-03-29", "2026-03-30", "Europe/Berlin")
    at_half_past_two = {"t": trigger("0 30 2 * * ?", zone="Europe/Berlin")}
    java = agenda(at_half_past_two, over, assumptions={"daylight_saving": "quartz_java"})
    assert utc(agenda(at_half_past_two, over)) == ["2026-03-29T01:30:00"]
    assert utc(java) == []


def test_firings_of_one_instant_stand_in_the_files_order() -> None:
    found = agenda({"b": trigger("0 0 6,7 * * ?"), "a": trigger("0 0 6 * * ?", jobs=5)})
    assert [found.triggers[place].name for place in found.trigger] == ["F:b", "F:a", "F:b"]
    assert utc(found) == ["2026-03-02T06:00:00", "2026-03-02T06:00:00", "2026-03-02T07:00:00"]
    assert found.jobs_of.tolist() == [1, 5]


def test_a_span_is_half_open_and_need_not_be_the_runs() -> None:
    nightly = {"t": trigger("0 0 6 * * ?")}  # the run is 2026-01-05 alone
    found = agenda(nightly, span("2030-03-02T06:00", "2030-03-04T06:00"))
    assert utc(found) == ["2030-03-02T06:00:00", "2030-03-03T06:00:00"]


def test_a_trigger_fires_from_its_from_and_not_at_its_until() -> None:
    limited = trigger("0 0 6 * * ?", **{"from": "2026-03-03T06:00", "until": "2026-03-05T06:00"})
    found = agenda({"t": limited}, span("2026-03-01", "2026-03-10"))
    assert utc(found) == ["2026-03-03T06:00:00", "2026-03-04T06:00:00"]


def test_a_firing_on_a_day_of_its_calendar_is_there_as_excluded() -> None:
    """Outside the run too: the calendar's days are those of the years asked about."""
    daily = trigger("0 0 6 * * ?", calendar="freeze")
    found = agenda(
        {"t": daily, "free": trigger("0 0 6 * * ?")},
        span("2030-12-31", "2031-01-03"),
        calendars={"freeze": {"dates": ["2030-12-31", "2031-01-02", "2031-01-04"]}},
    )
    assert found.trigger.tolist() == [0, 1] * 3
    assert found.excluded.tolist() == [True, False, False, False, True, False]


def test_what_a_trigger_is_told_by() -> None:
    """Its zone by the IANA name where the file has the Windows id, its own priority."""
    found = agenda({"t": trigger("0 0 6 * * ?", zone="W. Europe Standard Time", priority="High")})
    (one,) = found.triggers
    assert (one.name, one.process, one.folder) == ("F:t", "F:P", "F")
    assert (one.zone.key, one.jobs, one.priority) == ("Europe/Berlin", 1, 65)


def test_other_sources_are_not_on_it() -> None:
    found = agenda({"t": {"process": "P", "event": {"every": "1h"}, "created_by": "owner"}})
    assert found.triggers == ()
    assert found.utc_s.size == found.trigger.size == found.excluded.size == 0


def test_too_many_firings_are_refused_before_they_are_worked_out() -> None:
    each_second = {"t": trigger("* * * * * ?")}
    with pytest.raises(ScenarioError) as raised:
        agenda(each_second, span("2000-01-01", "2100-01-01"))
    (issue,) = raised.value.issues
    assert issue.code == "too-many-firings"
    assert "ask for a shorter span with --from and --to" in issue.hint


def test_a_rare_cron_over_a_century_is_not_too_many() -> None:
    """Every second of one 1 January: 86,400 a year, though it might be every day's."""
    rare = {"t": trigger("* * * 1 1 ? 2050")}
    assert agenda(rare, span("2000-01-01", "2100-01-01")).utc_s.size == 86_400


def test_a_year_of_a_thousand_triggers_takes_seconds() -> None:
    many = {f"t{n}": trigger(f"0 {n % 60} {n % 24} * * ?") for n in range(1000)}
    began = time.perf_counter()
    found = agenda(many, span("2026-01-01", "2027-01-01"))
    assert found.utc_s.size == 365_000
    assert time.perf_counter() - began < 5
