"""Triggers that fail: what the log says of each firing, and when one disables itself.

By the vendor's page About Triggers: 10 failed launches in a row, and no success in the last day.
"""

from __future__ import annotations

from typing import Any

import pytest
from builders import ACCOUNTS, TIME, catalogue, folder, scenario
from engine.runs import Firing, Replication, replication

from simulator.access.grants import access_of
from simulator.engine.guard import Guard
from simulator.engine.journal import Journal
from simulator.plan.making import make_plan
from simulator.records.codes import FiringOutcome

HOURLY, DAILY = {"cron": "0 0 * ? * *"}, {"cron": "0 0 6 ? * *"}
HOUR_S = 3600.0
PEOPLE = {**ACCOUNTS, "spare": {"type": "robot"}, "anna": {"type": "user"}}
NAMED = {"created_by": "owner", "run_as": {"account": "spare"}}
"""The account is not in the folder: every firing fails."""

NO_SPARE = "409/InvalidStartJobRobotIds: spare with an unattended robot in F"


def of_trigger(days: int, **trigger: Any) -> Replication:
    """A trigger T of folder F over some days from midnight on."""
    parts = folder(triggers={"T": {"process": "P", **trigger}})
    time = {**TIME, "duration": f"{days}d"}
    return replication(accounts=PEOPLE, folders={"F": parts}, time=time)


def test_a_firing_whose_account_is_gone_fails_with_its_reason() -> None:
    """Three intended jobs are three Refused rows, and one line of the log."""
    found = of_trigger(1, time=DAILY, jobs=3, **NAMED)
    assert found.firings() == [Firing(6.0, 0, "refused", NO_SPARE)]
    assert [(job["state"], job["refusal_code"]) for job in found.jobs()] == [
        ("Refused", "InvalidStartJobRobotIds")
    ] * 3


def test_a_trigger_that_runs_as_its_maker_fails_where_he_has_no_access() -> None:
    found = of_trigger(1, time=DAILY, created_by="anna", run_as="myself")
    assert found.firings() == [Firing(6.0, 0, "refused", "400/1100: access to F")]


def test_a_maker_who_may_no_longer_make_triggers_does_not_stop_his_trigger() -> None:
    """Anna is not even in the folder; nobody asks when a dynamic trigger fires."""
    found = of_trigger(1, time=DAILY, created_by="anna")
    assert found.firings() == [Firing(6.0, 1, "created", None)]


def test_an_hourly_trigger_disables_itself_a_day_after_the_start() -> None:
    """From 00:00 on: the 10th failure is at 09:00, but a day without success is over only at
    00:00, with the 25th failure. That firing has its reason too, and is the last."""
    log = of_trigger(3, time=HOURLY, **NAMED).firings()
    assert log[:24] == [Firing(float(hour), 0, "refused", NO_SPARE) for hour in range(24)]
    assert log[24:] == [Firing(24.0, 0, "disabled", NO_SPARE)]


def test_a_daily_trigger_disables_itself_at_its_tenth_failure() -> None:
    """At 06:00 of the tenth day, 9 x 24 + 6 h from the start: a day has long been over."""
    log = of_trigger(12, time=DAILY, **NAMED).firings()
    assert [firing.outcome for firing in log] == ["refused"] * 9 + ["disabled"]
    assert log[-1] == Firing(222.0, 0, "disabled", NO_SPARE)


def test_the_day_without_success_counts_from_the_triggers_own_start() -> None:
    """In force from 09:30 on the 6th: 09:00 a day later is too early by half an hour."""
    log = of_trigger(4, time=HOURLY, **NAMED, **{"from": "2026-01-06T09:30"}).firings()
    assert (log[0].hour, log[-1].hour) == (34.0, 58.0)
    assert [firing.outcome for firing in log] == ["refused"] * 24 + ["disabled"]


def test_a_trigger_told_not_to_disable_itself_fails_on() -> None:
    log = of_trigger(3, time=HOURLY, auto_disable=False, **NAMED).firings()
    assert log == [Firing(float(hour), 0, "refused", NO_SPARE) for hour in range(72)]


def test_a_guarded_firing_has_no_refusal_to_tell_and_counts_as_a_failure() -> None:
    """The machine has no host: the job of 00:00 stays Pending and holds back all others. A day
    after that last success, at 00:00, 24 failures are more than enough."""
    parts = folder(triggers={"T": {"process": "P", "created_by": "owner", "time": HOURLY}})
    found = replication(
        folders={"F": parts},
        machines={"M1": {"hosts": 0}},
        time={**TIME, "duration": "2d"},
    )
    outcomes = ["created"] + ["guarded"] * 23 + ["disabled"]
    assert [firing.outcome for firing in found.firings()] == outcomes
    assert {firing.failed_why for firing in found.firings()} == {None}


def a_guard() -> tuple[Guard, Journal]:
    """The guard of a time trigger, and the journal it notes its firings in."""
    parts = folder(triggers={"T": {"process": "P", "created_by": "owner", "time": HOURLY}})
    whole = scenario(folders={"F": parts})
    journal = Journal()
    return Guard(
        0, make_plan(whole, access_of(whole, catalogue()), {}).sources[0], journal
    ), journal


def fired(guard: Guard, hours: list[float], created: int) -> None:
    for hour in hours:
        guard.note(hour * HOUR_S, 0, 1, 1, range(created))


EDGES: dict[str, tuple[list[float], float, bool]] = {
    # Failures after a success at 00:00, and the instant of one more.
    "the tenth, a day after the success": ([1, 2, 3, 4, 5, 6, 7, 8, 9], 24, True),
    "the tenth, a second before that": ([1, 2, 3, 4, 5, 6, 7, 8, 9], 24 - 1 / 3600, False),
    "the ninth, days after": ([1, 2, 3, 4, 5, 6, 7, 8], 96, False),
    "the eleventh, a day after": ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 24, True),
}


@pytest.mark.parametrize(("failures", "last", "disables"), EDGES.values(), ids=EDGES)
def test_ten_in_a_row_and_a_whole_day(
    failures: list[float], last: float, *, disables: bool
) -> None:
    guard, journal = a_guard()
    fired(guard, [0], 1)
    fired(guard, [*failures, last], 0)
    assert guard.disabled is disables
    assert journal.fired_outcome[-1] == (
        FiringOutcome.DISABLED if disables else FiringOutcome.REFUSED
    )


def test_a_success_begins_the_row_and_the_day_anew() -> None:
    """Nine failures, a success at 20 h, nine more: the tenth after it disables, once 44 h are
    over."""
    guard, _ = a_guard()
    fired(guard, [float(hour) for hour in range(1, 10)], 0)
    fired(guard, [20], 1)
    fired(guard, [float(hour) for hour in range(21, 30)], 0)
    fired(guard, [43], 0)
    assert not guard.disabled
    fired(guard, [44], 0)
    assert guard.disabled
