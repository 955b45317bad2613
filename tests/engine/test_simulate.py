"""One replication: the clock's events, latency, guards, loops, what stops a run."""

from __future__ import annotations

from heapq import heappop
from typing import Any

import numpy as np
import pytest
from builders import catalogue, folder, scenario

from simulator.access.grants import access_of
from simulator.engine import simulate
from simulator.engine.simulate import LOOKS
from simulator.errors import TooManySubmissions
from simulator.plan.making import make_plan
from simulator.records.codes import FiringOutcome, JobState, PendingReason
from simulator.records.columns import Records


def run(**parts: Any) -> Records:
    """Simulate replication 0 of a scenario made of parts."""
    whole = scenario(**parts)
    return simulate(make_plan(whole, access_of(whole, catalogue()), {}), 1, 0)


def one_trigger(**trigger: Any) -> dict[str, Any]:
    """Folder F, in which a trigger T starts P."""
    return {"F": folder(triggers={"T": {"process": "P", "created_by": "owner", **trigger}})}


def at(*times: str) -> dict[str, list[str]]:
    return {"at": [f"2026-01-05T{time}" for time in times]}


def test_every_arrival_and_every_end_is_an_event_of_the_clock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Five arrivals, five ends, the window's two edges, where the meter is read, and the looks.

    These are as many in any run, one at the end of each stretch of it but the last. All are on
    SimPy's heap but the arrivals after the first, each of which stands beside it while it is next.
    """
    taken = 0

    def counted(queue: list[Any]) -> Any:
        nonlocal taken
        taken += 1
        return heappop(queue)

    monkeypatch.setattr("simulator.engine.clock.heappop", counted)
    times = at("08:00", "08:01", "08:02", "08:03", "08:04")
    records = run(folders=one_trigger(event=times))
    assert len(records.jobs.route) == 5
    assert taken == 12 + LOOKS - 1 - 4


def test_what_ends_at_an_instant_serves_the_pending_before_the_newcomer() -> None:
    """P lasts 10 min: the job of 08:05 takes the slot at 08:10, High or not the one of 08:10."""
    parts = folder(
        processes={"P": {"duration": "10m"}, "Q": {"duration": "10m", "priority": "High"}},
        triggers={
            "T": {"process": "P", "created_by": "owner", "event": at("08:00", "08:05")},
            "U": {"process": "Q", "created_by": "owner", "event": at("08:10")},
        },
    )
    jobs = run(folders={"F": parts}).jobs
    assert (jobs.started_s / 60).tolist() == [480, 490, 500]


@pytest.mark.parametrize(
    ("match", "started"), [("instant", [490.0, 480.0]), ("submission", [480.0, 490.0])]
)
def test_match_once_an_instant_or_after_each_submission(match: str, started: list[float]) -> None:
    """Medium T and High U at 08:00 on one slot: which starts is the choice's whole meaning."""
    parts = folder(
        processes={"P": {"duration": "10m"}, "Q": {"duration": "10m", "priority": "High"}},
        triggers={
            "T": {"process": "P", "created_by": "owner", "event": at("08:00")},
            "U": {"process": "Q", "created_by": "owner", "event": at("08:00")},
        },
    )
    jobs = run(folders={"F": parts}, dispatch={"match": match}).jobs
    assert (jobs.started_s / 60).tolist() == started


def test_within_the_latency_a_job_is_pending_and_its_slot_is_held() -> None:
    """30 s of latency each: the slot is held 08:00:00-08:10:30 and from then on 10:30 more."""
    records = run(folders=one_trigger(event=at("08:00", "08:01")), dispatch={"latency": "30s"})
    assert records.jobs.pending_s.tolist() == [30.0, 600.0]
    assert records.jobs.running_s.tolist() == [600.0, 600.0]
    assert (records.occupancy.to_s - records.occupancy.from_s).tolist() == [630.0, 630.0]


def test_a_run_that_stops_inside_the_latency_leaves_the_job_pending_and_the_slot_held() -> None:
    records = run(
        folders=one_trigger(event=at("23:59")),
        dispatch={"latency": "5m"},
        time={"start": "2026-01-05T00:00", "duration": "1d", "drain": False},
    )
    assert records.jobs.state.tolist() == [JobState.PENDING]
    assert records.jobs.pending_s.tolist() == [60.0]
    assert records.jobs.host.tolist() == [-1]
    assert records.occupancy.to_s.tolist() == [86400.0]


def test_start_up_is_part_of_running_and_stop_after_ends_a_job_stopped() -> None:
    process = {"duration": "10m", "start_up": "1m", "stop_after": "5m"}
    parts = folder(
        processes={"P": process},
        triggers={"T": {"process": "P", "created_by": "owner", "event": at("08:00")}},
    )
    jobs = run(folders={"F": parts}).jobs
    assert (jobs.running_s[0], jobs.state[0]) == (300.0, JobState.STOPPED)


def test_every_job_faults_where_all_do() -> None:
    parts = folder(
        processes={"P": {"duration": "1m", "faults": "100%"}},
        triggers={"T": {"process": "P", "created_by": "owner", "event": at("08:00", "09:00")}},
    )
    assert set(run(folders={"F": parts}).jobs.state.tolist()) == {JobState.FAULTED}


def test_a_time_trigger_tops_up_to_its_executions() -> None:
    """Three jobs of 40 min at 08:00, 08:30 and 09:00 on one slot: two are Pending at 08:30, so one
    is made; at 09:00 one of the first three and that one are, so again one."""
    parts = folder(
        processes={"P": {"duration": "40m"}},
        triggers={
            "T": {
                "process": "P",
                "created_by": "owner",
                "jobs": 3,
                "time": {"cron": "0 0/30 8 ? * *"},
            },
            "U": {
                "process": "P",
                "created_by": "owner",
                "jobs": 3,
                "time": {"cron": "0 0 9 ? * *"},
            },
        },
    )
    log = run(folders={"F": parts}).trigger_log
    assert list(
        zip(log.source.tolist(), log.created.tolist(), log.outcome.tolist(), strict=True)
    ) == [
        (0, 3, FiringOutcome.CREATED),
        (0, 1, FiringOutcome.PARTLY_GUARDED),
        (1, 3, FiringOutcome.CREATED),
    ]


def test_without_a_guard_every_firing_makes_all_its_jobs() -> None:
    log = run(
        folders=one_trigger(time={"cron": "0 0/30 8 ? * *"}, pending_guard="none")
    ).trigger_log
    assert log.created.tolist() == [1, 1]


def test_per_process_counts_what_others_have_pending() -> None:
    """U's job of 08:01 waits behind T's, so T's firing at 08:02 finds its process Pending."""
    cron = {"cron": "0 0,2 8 ? * *"}
    parts = folder(
        triggers={
            "T": {
                "process": "P",
                "created_by": "owner",
                "time": cron,
                "pending_guard": "per_process",
            },
            "U": {"process": "P", "created_by": "owner", "event": at("08:01")},
        }
    )
    log = run(folders={"F": parts}).trigger_log
    assert log.outcome.tolist() == [
        FiringOutcome.CREATED,
        FiringOutcome.CREATED,
        FiringOutcome.GUARDED,
    ]


def test_a_closed_loop_comes_back_a_think_time_after_its_own_job() -> None:
    """Think 50 min, work 10 min, from 00:00: 00:50, 01:50, … until the day is over: 24 jobs."""
    stream = {"users": 1, "think": "50m"}
    jobs = run(folders=one_trigger(event=stream)).jobs
    assert (jobs.submitted_s / 3600).tolist() == pytest.approx([hour + 5 / 6 for hour in range(24)])


def test_a_refused_user_of_a_loop_thinks_again() -> None:
    parts = folder(
        assign={"owner": ["Folder Administrator"]},
        triggers={
            "T": {"process": "P", "created_by": "owner", "event": {"users": 2, "think": "6h"}}
        },
    )
    jobs = run(folders={"F": parts}).jobs
    assert jobs.submitted_s.tolist() == [21600.0] * 2 + [43200.0] * 2 + [64800.0] * 2


def test_without_drain_the_run_stops_at_the_end_of_the_window() -> None:
    """23:55 on one slot, 10 min: the first still runs at midnight, the second is still Pending."""
    records = run(
        folders=one_trigger(event=at("23:55", "23:58")),
        time={"start": "2026-01-05T00:00", "duration": "1d", "drain": False},
    )
    assert records.end_s == 86400.0
    assert records.jobs.state.tolist() == [JobState.RUNNING, JobState.PENDING]
    assert records.jobs.running_s.tolist() == [300.0, 0.0]
    assert records.jobs.pending_s.tolist() == [0.0, 120.0]
    assert records.occupancy.to_s.tolist() == [86400.0]


def test_with_drain_late_jobs_run_to_their_end() -> None:
    records = run(folders=one_trigger(event=at("23:55", "23:58")))
    assert records.end_s == 86400.0 + 15 * 60
    assert records.jobs.state.tolist() == [JobState.SUCCESSFUL] * 2


def test_a_trigger_fires_only_inside_its_own_span() -> None:
    times = {"from": "2026-01-05T09:00", "until": "2026-01-05T11:00"}
    jobs = run(folders=one_trigger(time={"cron": "0 0 * ? * *"}, **times)).jobs
    assert (jobs.submitted_s / 3600).tolist() == [9.0, 10.0]


def test_callers_take_turns() -> None:
    people = {name: {"type": "user", "groups": ["clerks"]} for name in ("anna", "ben")}
    start = {"process": "P", "by": "clerks", "stream": at("08:00", "09:00", "10:00")}
    whole = scenario(
        accounts={"robot": {"type": "robot"}, **people},
        folders={
            "F": folder(
                assign={"robot": ["Automation User"], "anna": ["Folder Administrator"]},
                starts={"S": start},
            )
        },
    )
    plan = make_plan(whole, access_of(whole, catalogue()), {})
    jobs, names = simulate(plan, 1, 0).jobs, plan.legend.names
    callers = [names.principals[who] for who in plan.legend.routes.principal[jobs.route]]
    assert callers == ["anna", "ben", "anna"]
    assert jobs.state.tolist() == [JobState.SUCCESSFUL, JobState.REFUSED, JobState.SUCCESSFUL]
    assert names.refusals[0].status == 400


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({}, PendingReason.TEMPLATE_FULL_CAPACITY),
        ({"machines": {"M1": {"hosts": 0}}}, PendingReason.TEMPLATE_NO_HOSTS_AVAILABLE),
        ({"machines": {"M1": {"slots": 2}}, "type": "foreground"}, PendingReason.ROBOT_BUSY),
        (
            {"machines": {"M1": {"slots": 2}}, "type": "foreground", "single": True},
            PendingReason.ROBOT_CONCURRENCY_LIMIT,
        ),
    ],
)
def test_a_waiting_job_carries_the_vendors_reason(
    parts: dict[str, Any], reason: PendingReason
) -> None:
    robot = {"type": "robot", "one_job_at_a_time": parts.get("single", False)}
    folders = one_trigger(event=at("08:00", "08:01"))
    folders["F"]["processes"]["P"]["type"] = parts.get("type", "background")
    jobs = run(
        folders=folders,
        accounts={"robot": robot, "owner": {"type": "user"}},
        machines=parts.get("machines", {"M1": {"slots": 1}}),
    ).jobs
    assert jobs.reason[1] == reason


def test_the_same_seed_gives_the_same_records_and_another_seed_others() -> None:
    parts = folder(
        processes={"P": {"duration": {"exponential": "9m"}}},
        triggers={"T": {"process": "P", "created_by": "owner", "event": {"poisson": "5 per hour"}}},
    )
    whole = scenario(folders={"F": parts})
    plan = make_plan(whole, access_of(whole, catalogue()), {})
    first, again, other = (simulate(plan, seed, 0).jobs for seed in (1, 1, 2))
    assert np.array_equal(first.submitted_s, again.submitted_s)
    assert np.array_equal(first.started_s, again.started_s)
    assert not np.array_equal(first.submitted_s[:5], other.submitted_s[:5])


def test_an_unrelated_folder_changes_nobodys_draws() -> None:
    def parts(**others: Any) -> dict[str, Any]:
        return {
            "F": folder(
                processes={"P": {"duration": {"exponential": "9m"}}},
                triggers={
                    "T": {"process": "P", "created_by": "owner", "event": {"poisson": "5 per hour"}}
                },
            ),
            **others,
        }

    extra = one_trigger(event={"poisson": "3 per hour"})["F"]
    alone, beside = run(folders=parts()).jobs, run(folders=parts(G=extra)).jobs
    own = (
        beside.route == beside.route[np.flatnonzero(beside.submitted_s == alone.submitted_s[0])[0]]
    )
    assert np.array_equal(alone.submitted_s, beside.submitted_s[own])
    assert np.array_equal(alone.running_s, beside.running_s[own])


def test_a_group_of_applications_alone_can_press_nothing() -> None:
    """Applications get nothing through groups, so the start has no caller and never fires."""
    accounts = {
        "robot": {"type": "robot"},
        "owner": {"type": "user"},
        "app": {"type": "application", "groups": ["apps"]},
    }
    for stream in ({"every": "6h"}, {"users": 2, "think": "6h"}):
        starts = {"S": {"process": "P", "by": "apps", "stream": stream}}
        parts = folder(starts=starts)
        parts["assign"] = {**parts["assign"], "apps": ["Automation User"]}
        assert len(run(accounts=accounts, folders={"F": parts}).jobs.route) == 0


def test_a_guard_holds_back_the_users_of_a_closed_loop_too() -> None:
    """Three users think 1 h, jobs take 10 h on one slot. At 01:00 each user is a firing: the first
    job takes no slot before the instant's match, so it is Pending, and the other two are held back;
    at 02:00 it runs, so one more comes in; from then on one is Pending."""
    event = {"users": 3, "think": "1h"}
    folders = one_trigger(event=event, pending_guard="per_trigger")
    folders["F"]["processes"]["P"]["duration"] = "10h"
    log = run(folders=folders).trigger_log
    hours = (log.fired_s / 3600).tolist()
    assert hours[:5] == [1.0, 1.0, 1.0, 2.0, 2.0]
    created, guarded = FiringOutcome.CREATED, FiringOutcome.GUARDED
    assert log.outcome.tolist()[:5] == [created, guarded, guarded, created, guarded]


def test_jobs_of_one_instant_that_find_no_slot_left_say_so() -> None:
    """Two foreground jobs at once on one slot: the second finds it taken, not its robot busy."""
    folders = one_trigger(event=at("08:00"), jobs=2)
    folders["F"]["processes"]["P"]["type"] = "foreground"
    jobs = run(folders=folders).jobs
    assert jobs.reason.tolist() == [PendingReason.NONE, PendingReason.TEMPLATE_FULL_CAPACITY]


def test_a_loop_goes_on_after_a_job_that_faulted_as_it_was_submitted() -> None:
    """Before 18.2, matching after each submission: the job of 06:00 faults at once at the session
    that T's job holds, and its user thinks again and comes back at 12:00."""
    parts = folder(
        processes={"P": {"duration": "9h", "type": "foreground"}},
        triggers={
            "T": {"process": "P", "created_by": "owner", "event": at("05:00")},
            "U": {"process": "P", "created_by": "owner", "event": {"users": 1, "think": "6h"}},
        },
    )
    jobs = run(
        folders={"F": parts},
        machines={"M1": {"slots": 2, "windows_sessions": 1}},
        dispatch={"match": "submission"},
        assumptions={"busy_session": "fault"},
    ).jobs
    assert (jobs.submitted_s / 3600).tolist() == [5.0, 6.0, 12.0, 18.0]
    assert jobs.state[1] == JobState.FAULTED


def test_a_stream_faster_than_the_grid_keeps_its_rate() -> None:
    """4 million a second for 10 ms: 40,000 on average, standard deviation 200; within 5 of them."""
    time = {"start": "2026-01-05T00:00", "duration": "10ms"}
    jobs = run(folders=one_trigger(event={"poisson": "4000000 per second"}), time=time).jobs
    assert len(jobs.route) == pytest.approx(40_000, abs=1000)


def test_every_keeps_its_period_however_short() -> None:
    """1 ms is no multiple of the grid; a hundred seconds have 100,000 of them all the same."""
    time = {"start": "2026-01-05T00:00", "duration": "100s"}
    jobs = run(folders=one_trigger(event={"every": "1ms"}), time=time).jobs
    assert len(jobs.route) == 100_000


def test_jitter_longer_than_the_window_is_drawn_no_further_than_the_window() -> None:
    stream = {"every": "1s", "jitter": "5w"}
    time = {"start": "2026-01-05T00:00", "duration": "1h"}
    assert len(run(folders=one_trigger(event=stream), time=time).jobs.route) == 0


@pytest.mark.parametrize("roles", [["Automation User"], []], ids=["admitted", "refused"])
def test_submissions_without_end_stop_the_run(
    monkeypatch: pytest.MonkeyPatch, roles: list[str]
) -> None:
    """A limit of ten stands in for the hundred million; refused submissions count as well."""
    monkeypatch.setattr("simulator.engine.orchestrator.MOST_SUBMISSIONS", 10)
    parts = folder(
        assign={"owner": ["Folder Administrator"], **({"robot": roles} if roles else {})},
        triggers={"T": {"process": "P", "created_by": "owner", "event": {"every": "1m"}}},
    )
    with pytest.raises(TooManySubmissions, match="more than 10 submissions"):
        run(folders={"F": parts})
