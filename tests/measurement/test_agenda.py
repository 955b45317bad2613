"""What an agenda adds up to, counted by hand."""

from __future__ import annotations

import math

import numpy as np
from builders_agenda import agenda, span, trigger

from simulator.measurement.agenda import Totals, collisions, due_minutes, mean_week, totals

FREEZE = {"freeze": {"dates": ["2026-03-02"]}}


def test_totals_leave_out_what_a_calendar_forbids() -> None:
    found = agenda(
        {
            "a": trigger("0 0 6,7 * * ?", jobs=3),
            "off": trigger("0 0 6 * * ?", jobs=4, calendar="freeze"),
            "never": trigger("0 0 6 ? * SUN"),
        },
        calendars=FREEZE,
    )
    assert totals(found) == Totals(2, 6, 1, 4, (True, False, False))


def test_totals_of_nothing() -> None:
    assert totals(agenda({})) == Totals(0, 0, 0, 0, ())


def test_jobs_due_in_a_minute_whatever_the_second() -> None:
    found = agenda(
        {
            "a": trigger("0 0 6 * * ?", jobs=5),
            "b": trigger("59 0 6 * * ?", jobs=2),
            "c": trigger("0 1 6 * * ?"),
            "off": trigger("0 0 6 * * ?", jobs=100, calendar="freeze"),
        },
        calendars=FREEZE,
    )
    minutes = due_minutes(found)
    assert minutes.jobs.tolist() == [7, 1]
    assert minutes.jobs_at(found.utc_s).tolist() == [7, 7, 7, 1]  # the excluded one's minute too
    assert minutes.jobs_at(np.array([0, found.utc_s[-1] + 60])).tolist() == [0, 0]


def test_nothing_is_due_where_all_is_excluded() -> None:
    found = agenda({"t": trigger("0 0 6 * * ?", calendar="freeze")}, calendars=FREEZE)
    minutes = due_minutes(found)
    assert minutes.utc_s.size == 0
    assert minutes.jobs_at(found.utc_s).tolist() == [0]
    assert collisions(found, minutes, 10) == ()


def test_minutes_with_the_very_same_due_are_one_collision() -> None:
    """Two days: 06:00 has a and b, 07:00 has c alone, 08:00 two firings of d in a minute."""
    found = agenda(
        {
            "a": trigger("0 0 6 * * ?", jobs=2),
            "b": trigger("30 0 6 * * ?", jobs=3),
            "c": trigger("0 0 7 * * ?"),
            "d": trigger("0,30 0 8 * * ?", jobs=4),
        },
        span("2026-03-02", "2026-03-04"),
    )
    first, second = collisions(found, due_minutes(found), 10)  # c's single job collides with none
    assert (first.jobs, first.minutes, first.due) == (8, 2, ((3, 8),))
    assert (second.jobs, second.minutes, second.due) == (5, 2, ((1, 3), (0, 2)))
    assert np.datetime64(first.utc_s, "s") == np.datetime64("2026-03-02T08:00:00")


def test_equal_triggers_that_fire_differently_often_differ() -> None:
    """At 06:00 once, at 07:00 twice within the minute."""
    found = agenda({"a": trigger("0 0 6 * * ?", jobs=2), "b": trigger("0,1 0 7 * * ?", jobs=2)})
    assert [one.due for one in collisions(found, due_minutes(found), 10)] == [((1, 4),), ((0, 2),)]


def test_as_many_collisions_as_asked_for_the_worst_and_then_the_earliest() -> None:
    jobs = {"a": 2, "b": 9, "c": 5, "d": 5}
    crons = {name: f"0 0 {hour} * * ?" for hour, name in enumerate(jobs)}
    found = agenda({name: trigger(crons[name], jobs=count) for name, count in jobs.items()})
    worst = collisions(found, due_minutes(found), 2)
    assert [(one.jobs, one.due[0][0]) for one in worst] == [(9, 1), (5, 2)]


def test_the_week_is_of_the_tenants_clock() -> None:
    """06:00 in Berlin is 05:00 UTC in winter; what the span never has is not zero."""
    over = span("2026-03-02", "2026-03-03", "Europe/Berlin")
    week = mean_week(agenda({"t": trigger("0 0 5 * * ?", zone="UTC", jobs=3)}, over))
    assert week.shape == (7, 24)
    assert week[0].tolist() == [3.0 if hour == 6 else 0.0 for hour in range(24)]
    assert all(math.isnan(jobs) for jobs in week[1:].ravel())


def test_several_weeks_are_their_mean() -> None:
    """Two weeks and a Monday; of three Mondays the last is excluded."""
    found = agenda(
        {"t": trigger("0 0 6 * * ?", jobs=3, calendar="last")},
        span("2026-03-02", "2026-03-17"),
        calendars={"last": {"dates": ["2026-03-16"]}},
    )
    week = mean_week(found)
    assert (week[0, 6], week[1, 6], week[0, 7]) == (2.0, 3.0, 0.0)


def test_part_of_an_hour_is_no_more_than_what_is_due_in_it() -> None:
    """From 06:45 on: the one job at 06:50 is one job, not four an hour."""
    over = span("2026-03-02T06:45", "2026-03-02T08:00")
    assert mean_week(agenda({"t": trigger("0 50 6 * * ?")}, over))[0, 6] == 1.0


def test_the_two_parts_of_an_hour_are_one_hour() -> None:
    """A week from Monday 06:30 on: its hour of 06 lies on two Mondays."""
    over = span("2026-03-02T06:30", "2026-03-09T06:30")
    assert mean_week(agenda({"t": trigger("0 0/15 6 ? * MON")}, over))[0, 6] == 4.0
