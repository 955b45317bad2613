"""Break a matching rule, or a record, on purpose: the self-check that is there for it says so.

What self-checks cannot see, because nothing contradicts itself, is caught by closed forms.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import pytest
from builders import folder
from builders_checks import break_on_purpose, checked, failing, planned

from simulator.engine import dispatcher, simulate
from simulator.engine.places import Places
from simulator.engine.returns import Returns
from simulator.engine.slots import Slots
from simulator.measurement.blaming.blame import charges_of
from simulator.measurement.checking.checks import DEFINITIONS
from simulator.measurement.checking.every_check import blame_checks
from simulator.plan.eligibility import eligibility_of
from simulator.plan.masks import masks_of
from simulator.plan.plan import Plan
from simulator.policies import ordering
from simulator.records.codes import JobState, SlotState
from simulator.records.columns import Jobs, Records
from simulator.statistics.theory import priority_waits

ROBOT = {"type": "robot", "one_job_at_a_time": False}
EXECUTORS = {
    "calm": ["Automation User"],
    "keen": ["Automation User"],
    "owner": ["Folder Administrator"],
}


def _work(duration: str, **more: Any) -> dict[str, Any]:
    return {"duration": {"exponential": duration}, **more}


def _trigger(process: str, per_day: float) -> dict[str, Any]:
    return {
        "process": process,
        "event": {"poisson": f"{per_day} per day"},
        "created_by": "owner",
    }


@cache
def plan() -> Plan:
    """Two folders on shared machines: sessions, one job at a time, failures, limits, suspensions.

    Only B has the machine `apart`, which leaves it idle at times.
    """
    return planned(
        time={"start": "2026-01-05T00:00", "duration": "4d", "warm_up": "1d", "drain": False},
        machines={
            "shared": {
                "hosts": 2,
                "slots": 2,
                "windows_sessions": 1,
                "failures": {"up": {"exponential": "9h"}, "down": {"exponential": "30m"}},
            },
            "apart": {"hosts": 1, "slots": 3},
        },
        accounts={
            "keen": ROBOT,
            "calm": {**ROBOT, "one_job_at_a_time": True},
            "owner": {"type": "user"},
        },
        folders={
            "A": folder(
                assign=EXECUTORS,
                machines=["shared"],
                processes={
                    "desk": _work("9m", type="foreground", pending_limit=6),
                    "quiet": _work(
                        "12m",
                        type="background",
                        suspends={"probability": "40%", "for": {"exponential": "1h"}},
                    ),
                },
                triggers={"a": _trigger("desk", 130), "b": _trigger("quiet", 100)},
            ),
            "B": folder(
                assign=EXECUTORS,
                machines=["shared", "apart"],
                processes={
                    "desk": _work("8m", type="foreground"),
                    "file": _work("15m", type="background", pending_expiry={"exponential": "30m"}),
                },
                triggers={"a": _trigger("desk", 150), "b": _trigger("file", 150)},
            ),
        },
    )


@cache
def whole_run() -> Records:
    return simulate(plan(), 1, 1)


def test_every_check_holds_where_nothing_is_broken() -> None:
    found = checked(plan(), whole_run())
    assert [*found] == [one.name for one in DEFINITIONS]
    assert not failing(plan(), whole_run())


def test_the_run_has_something_of_all_that_is_checked() -> None:
    """Else a check could not fail here."""
    records, jobs = whole_run(), whole_run().jobs
    readings = records.readings
    assert {JobState.REFUSED, JobState.EXPIRED, JobState.SUCCESSFUL} <= {*jobs.state.tolist()}
    assert np.isnan(records.interruptions.back_s).any()
    assert SlotState.DOWN in records.availability.state
    assert readings is not None
    assert readings.window_from.waiting.sum() > 0
    assert readings.window_to.running.sum() > 0


# --- a matching rule ------------------------------------------------------------------------------


class Broken(NamedTuple):
    """Where a word is changed, which one, and what catches it."""

    owner: Any
    function: str
    right: str
    wrong: str
    caught_by: str


RULES = {
    "a free slot tells nobody": Broken(
        *(Places, "give_back", "self.stirred |= helped & self.waiting", "pass"),
        caught_by="blame.free",
    ),
    "an account works twice on a host": Broken(
        Places,
        "account_for",
        "if not busy_here >> account & 1",
        "",
        caught_by="once.account",
    ),
    "an account works anywhere despite its limit": Broken(
        *(Places, "account_for", "self.single_busy & ~busy_here", "0"),
        caught_by="once.account",
    ),
    "more sessions than there are": Broken(
        *(Places, "account_for", "[host] > 0", "[host] >= 0"), caught_by="rules.sessions"
    ),
    "a slot is given back twice": Broken(
        *(Places, "give_back", "slots_free[pool] = left + 1", "slots_free[pool] = left + 2"),
        caught_by="slots.exist",
    ),
    "a Resumed job is put into no line": Broken(
        Returns,
        "_resume",
        "self._dispatcher.put_back(job, line, at_its_place=self._by_age)",
        "pass",
        caught_by="flow.end",
    ),
    "the journal is told a later end": Broken(
        *(Slots, "on_end", "packed(from_s, now,", "packed(from_s, now + 1,"),
        caught_by="slots.time",
    ),
    "the meter misses who begins": Broken(
        *(Slots, "begin", "meter.waited_s += now", "pass"), caught_by="little.time"
    ),
}


@pytest.mark.parametrize("broken", RULES.values(), ids=RULES)
def test_a_broken_rule_is_caught(broken: Broken, monkeypatch: pytest.MonkeyPatch) -> None:
    break_on_purpose(monkeypatch, broken.owner, broken.function, broken.right, broken.wrong)
    assert broken.caught_by in failing(plan(), simulate(plan(), 1, 1))


def test_a_machine_that_the_folder_does_not_have_is_caught() -> None:
    """The engine is told by its masks that the jobs of A may use `apart`; their places say no."""
    apart = plan().lines[-1].places[-1]
    assert plan().legend.names.machines[apart.machine] == "apart"
    lines = [
        replace(line, places=(*line.places, apart)) if line.folder == 0 else line
        for line in plan().lines
    ]
    wrong = replace(plan(), masks=masks_of(lines, plan().pools, plan().hosts))
    assert failing(wrong, simulate(wrong, 1, 1)) == {"rules.mapping"}


def test_a_priority_that_is_ignored_contradicts_nothing_but_the_closed_form(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Who goes first is no matter of the books: the waits of A11 to A14 in the catalogue show it.

    M/M/1 at 80 %, half of it urgent: by Cobham's formula urgent jobs wait 13.3 min, in one line
    40 min. 30,000 jobs hold both to within 20 %, as was set beforehand.
    """
    two = planned(
        time={"start": "2026-01-05", "duration": "260d", "warm_up": "5d"},
        folders={
            "F": folder(
                processes={
                    "urgent": _work("10m", priority="High"),
                    "other": _work("10m", priority="Low"),
                },
                triggers={"a": _trigger("urgent", 57.6), "b": _trigger("other", 57.6)},
            )
        },
    )
    exact_s = priority_waits([57.6 / 86400] * 2, 600, 1)[0]
    right = simulate(two, 1, 1)
    break_on_purpose(monkeypatch, ordering, "by_priority", "priorities[line] != priority", "False")
    monkeypatch.setattr(dispatcher, "ORDERS", {"priority": ordering.by_priority})
    wrong = simulate(two, 1, 1)
    assert not failing(two, right)
    assert not failing(two, wrong)
    assert _urgent_wait_s(right) == pytest.approx(exact_s, rel=0.2)
    assert _urgent_wait_s(wrong) == pytest.approx(3 * exact_s, rel=0.2)


def _urgent_wait_s(records: Records) -> float:
    jobs = records.jobs
    return float(np.nanmean((jobs.started_s - jobs.submitted_s)[jobs.route == 0]))


# --- a record -------------------------------------------------------------------------------------


def _without(table: Any, row: int) -> Any:
    kept = {one.name: np.delete(getattr(table, one.name), row) for one in fields(table)}
    return replace(table, **kept)


def _with(table: Any, row: int, **values: Any) -> Any:
    columns = {name: getattr(table, name).copy() for name in values}
    for name, value in values.items():
        columns[name][row] = value
    return replace(table, **columns)


def _first(rows: Any) -> int:
    return int(np.flatnonzero(rows)[0])


def _waited(jobs: Jobs) -> int:
    """A job that started inside the window, after a wait of more than a minute."""
    return _first((jobs.submitted_s > 90_000) & (jobs.started_s - jobs.submitted_s > 60))


def _in_state(jobs: Jobs, state: JobState) -> int:
    return _first((jobs.state == state.value) & (jobs.submitted_s > 90_000))


def _later_start(run: Records) -> Records:
    row = _waited(run.jobs)
    return replace(run, jobs=_with(run.jobs, row, started_s=run.jobs.started_s[row] + 1))


def _later_start_and_longer_wait(run: Records) -> Records:
    row, jobs = _waited(run.jobs), run.jobs
    started_s, pending_s = jobs.started_s[row] + 1, jobs.pending_s[row] + 1
    return replace(run, jobs=_with(jobs, row, started_s=started_s, pending_s=pending_s))


def _refused_that_started(run: Records) -> Records:
    row = _in_state(run.jobs, JobState.REFUSED)
    return replace(run, jobs=_with(run.jobs, row, started_s=run.jobs.submitted_s[row]))


def _started_that_is_refused(run: Records) -> Records:
    row = _in_state(run.jobs, JobState.SUCCESSFUL)
    return replace(run, jobs=_with(run.jobs, row, state=JobState.REFUSED.value))


def _withdrawn_that_is_pending(run: Records) -> Records:
    row = _in_state(run.jobs, JobState.EXPIRED)
    return replace(run, jobs=_with(run.jobs, row, state=JobState.PENDING.value))


def _ended_that_runs(run: Records) -> Records:
    row = _in_state(run.jobs, JobState.SUCCESSFUL)
    changed = _with(run.jobs, row, state=JobState.RUNNING.value, ended_s=np.nan)
    return replace(run, jobs=changed)


def _span_lost(run: Records) -> Records:
    return replace(run, occupancy=_without(run.occupancy, _first(run.occupancy.from_s > 90_000)))


def _span_told_twice(run: Records) -> Records:
    held = run.occupancy
    doubled = {one.name: np.repeat(getattr(held, one.name), 2) for one in fields(held)}
    return replace(run, occupancy=replace(held, **doubled))


def _span_on_another_slot(run: Records) -> Records:
    held = run.occupancy
    beside = (held.host[1:] == held.host[:-1]) & (held.from_s[1:] < held.to_s[:-1])
    row = _first(beside) + 1
    return replace(run, occupancy=_with(held, row, slot=held.slot[row - 1]))


def _span_under_somebody_else(run: Records) -> Records:
    owner = plan().legend.names.accounts.index("owner")
    return replace(run, occupancy=_with(run.occupancy, 100, account=owner))


def _slots_lost(run: Records) -> Records:
    return replace(run, availability=_without(run.availability, 0))


def _slots_fewer(run: Records) -> Records:
    return replace(run, availability=_with(run.availability, -1, slots=1))


def _break_lost(run: Records) -> Records:
    row = _first(run.interruptions.left_s > 90_000)
    return replace(run, interruptions=_without(run.interruptions, row))


def _back_later(run: Records) -> Records:
    breaks = run.interruptions
    row = _first((breaks.again_s - breaks.back_s > 60) & (breaks.back_s > 90_000))
    return replace(run, interruptions=_with(breaks, row, back_s=breaks.back_s[row] + 1))


RECORDS = {
    "a job starts later": (_later_start, {"jobs.times"}),
    "a job starts and waits later": (_later_start_and_longer_wait, {"little.time"}),
    "a refused job has started": (_refused_that_started, {"flow.submitted", "flow.waiting"}),
    "a job that ran is refused": (_started_that_is_refused, {"flow.submitted", "flow.end"}),
    "a withdrawn job is Pending": (_withdrawn_that_is_pending, {"flow.end", "flow.waiting"}),
    "a job that ended runs": (_ended_that_runs, {"flow.end", "flow.running"}),
    "a span is lost": (_span_lost, {"slots.time", "jobs.times"}),
    "spans are told twice": (
        _span_told_twice,
        {"once.slot", "once.job", "slots.time", "slots.exist", "slots.edges"},
    ),
    "a span is on a slot that is held": (_span_on_another_slot, {"once.slot"}),
    "a span is under somebody else": (_span_under_somebody_else, {"rules.mapping"}),
    "slots are lost": (_slots_lost, {"slots.exist", "slots.states"}),
    "slots are fewer": (_slots_fewer, {"slots.exist", "slots.states"}),
    "an interruption is lost": (_break_lost, {"little.time", "jobs.times"}),
    "a job is back later": (_back_later, {"little.time", "jobs.times"}),
}


@pytest.mark.parametrize(("breaking", "caught_by"), RECORDS.values(), ids=RECORDS)
def test_a_broken_record_is_caught(
    breaking: Callable[[Records], Records], caught_by: set[str]
) -> None:
    assert caught_by <= failing(plan(), breaking(whole_run()))


def test_a_charge_that_is_lost_is_caught() -> None:
    charges = charges_of(eligibility_of(plan()), plan().legend, whole_run())
    short = charges._replace(blame=_without(charges.blame, 0))
    assert [check.holds for check in blame_checks(whole_run().jobs, charges)] == [True, True]
    assert [check.holds for check in blame_checks(whole_run().jobs, short)] == [True, False]
