"""Random estates that lose hosts, licences and accounts: what their jobs wait for, and how long."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from builders import catalogue, scenario
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.access.grants import access_of
from simulator.engine import simulate
from simulator.measurement import measure
from simulator.measurement.lacking import Lacking
from simulator.measurement.reasons import pending_reasons
from simulator.measurement.slices import slices_of
from simulator.plan.eligibility import eligibility_of
from simulator.plan.making import make_plan
from simulator.plan.plan import Plan
from simulator.records.columns import Records

File: TypeAlias = dict[str, Any]
"""A mapping of a file."""

FAILURES = [
    {"up": {"exponential": "3h"}, "down": "30m", "running_jobs": what}
    for what in ("restart", "pause", "fault", "kill")
]
MAINTENANCE = [
    [{"cron": "0 0 0/4 ? * *", "duration": "1h", "running_jobs": what}]
    for what in ("finish", "kill")
]
HOSTS = [
    {"hosts": 1},
    {"hosts": 2},
    {"pool": {"min": 0, "max": 2, "boot": "4m", "idle_stop": "5m"}},
    {"pool": {"min": 1, "max": 3, "boot": "1m"}},
]
"""Of pools none boots in no time: what is said at submission would be another thing at once."""


@st.composite
def machines(draw: st.DrawFn) -> File:
    """A machine of one kind or another, which may fail, be maintained, or take no foreground."""
    one = {
        **draw(st.sampled_from(HOSTS)),
        "slots": draw(st.sampled_from([1, 2])),
        "process_types": draw(st.sampled_from(["any", "any", "background"])),
    }
    if draw(st.booleans()):
        one["failures"] = draw(st.sampled_from(FAILURES))
    if draw(st.booleans()):
        one["maintenance"] = draw(st.sampled_from(MAINTENANCE))
    if draw(st.booleans()):
        one["windows_sessions"] = 1
    return one


@st.composite
def folders(draw: st.DrawFn) -> File:
    """A folder of a busy process and its starts, on one of the machines or on both."""
    process: File = {
        "duration": {"exponential": "12m"},
        "type": draw(st.sampled_from(["foreground", "background"])),
    }
    if draw(st.booleans()):
        process["pending_expiry"] = "2h"
    if draw(st.booleans()):
        same = draw(st.booleans())
        process["suspends"] = {"probability": 0.5, "for": "10m", "same_place": same}
    return {
        "assign": {"bot": ["Automation User"], "owner": ["Folder Administrator"]},
        "machines": draw(st.sampled_from([["M1"], ["M2"], ["M1", "M2"], ["M2", "M1"]])),
        "processes": {"P": process},
        "starts": {"S": {"process": "P", "by": "owner", "stream": {"poisson": "8 per hour"}}},
    }


@st.composite
def plans(draw: st.DrawFn, latencies: tuple[str, ...] = ("0s",)) -> Plan:
    """Half a day of two folders over two machines, with few licences and few accounts."""
    count = draw(st.sampled_from([1, 3]))
    found = scenario(
        time={"start": "2026-01-05T00:00", "duration": "12h", "drain": draw(st.booleans())},
        licences=draw(st.sampled_from([{}, {"unattended": 2}])),
        machines={"M1": draw(machines()), "M2": draw(machines())},
        accounts={
            "bot": {"type": "robot", "count": count, "one_job_at_a_time": draw(st.booleans())},
            "owner": {"type": "user"},
        },
        folders={"A": draw(folders()), "B": draw(folders())},
        dispatch={
            "latency": draw(st.sampled_from(latencies)),
            "blocked": draw(st.sampled_from(["skip", "block"])),
        },
        assumptions={"background_needs_account": draw(st.booleans())},
    )
    return make_plan(found, access_of(found, catalogue()), {})


QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@QUICK
@given(plans(latencies=("0s", "40s")))
def test_the_time_waited_is_the_sum_over_the_codes(plan: Plan) -> None:
    """Exactly: all times are on the grid. `pending.jobs` of a folder is that over the window."""
    records = simulate(plan, 1, 1)
    found = pending_reasons(eligibility_of(plan), plan.legend, records)
    (folders,) = (one for one in measure(plan.legend, records, ()).scopes if one.scope == "folder")
    assert found.pending_s.sum(axis=1).tolist() == folders.load.pending_s.tolist()
    assert (found.pending_s >= 0).all()
    assert found.resumed_s.sum() == _resumed_s(plan, records)


def _resumed_s(plan: Plan, records: Records) -> float:
    window, later = plan.legend.window, records.interruptions
    until_s = np.where(np.isnan(later.again_s), records.end_s, later.again_s)
    inside = [np.clip(times_s, window.from_s, window.to_s) for times_s in (later.back_s, until_s)]
    return float(np.nansum(inside[1] - inside[0]))


@QUICK
@given(plans())
def test_what_the_engine_says_at_submission_the_records_say_of_that_moment(plan: Plan) -> None:
    records, eligibility = simulate(plan, 1, 1), eligibility_of(plan)
    (whole,) = slices_of(eligibility, plan.legend, records)
    first = whole.waits.of(~whole.waits.is_later & (whole.waits.spans.length_s > 0))
    for codes, alike in Lacking(whole).parted(first):
        said = codes.over(alike.spans.from_s)
        assert said.tolist() == records.jobs.reason[alike.job].tolist()
