"""Random estates in which most jobs wait, and for anything that may keep them.

Three folders share three machines that are short of slots, sessions, licences and accounts, and
whose hosts go and come. Times are drawn at random, by the product.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from invariants.random_estates import Estate, File, any_of, estate_of, some_of

MACHINES = ("M1", "M2", "M3")

HOSTS: list[File] = [
    {"hosts": 1},
    {"hosts": 1},
    {"hosts": 2},
    {"hosts": 0},
    {"pool": {"min": 0, "max": 2, "boot": "4m", "idle_stop": "5m"}},
    {"pool": {"min": 0, "max": 3, "boot": {"exponential": "8m"}, "idle_stop": "0s"}},
    {"pool": {"min": 1, "max": 2, "boot": "1m"}},
]
SHORT_OF = ("slots", "sessions", "accounts")
SLOTS_AND_SESSIONS = {
    "slots": any_of(
        slots=[1, 2, 3, {"unattended": 1, "headless": 1}, {"unattended": 2, "headless": 1}],
        windows_sessions=[None, None, 0, 1, 1, 2],
    ),
    "sessions": any_of(slots=[4, 6], windows_sessions=[1, 2, 2, 3]),
    "accounts": any_of(slots=[4, 6], windows_sessions=[None, None, 4]),
}
"""What each host has, by what there is least of."""

ROBOTS = {
    "slots": some_of(("r1", "r2", "r3"), 1),
    "sessions": st.just(("r1", "r2", "r3")),
    "accounts": st.sampled_from([("r1",), ("r1", "r2"), ("r3",)]),
}
"""Who executes in each folder, likewise; r3 are two."""

MACHINE = any_of(
    process_types=[*[None] * 6, "background", "foreground"],
    accounts=[None, None, None, ["r1", "r2"], ["r2", "r3-1"]],
    maintenance=[
        None,
        None,
        [{"cron": "0 20 * ? * *", "duration": "15m", "running_jobs": "finish"}],
        [{"cron": "0 0/25 * ? * *", "duration": "8m", "running_jobs": "kill"}],
    ],
    failures=[
        None,
        None,
        *(
            {"up": {"exponential": "25m"}, "down": {"exponential": "9m"}, "running_jobs": what}
            for what in ("restart", "pause", "pause", "fault", "kill")
        ),
    ],
)
PROCESS = any_of(
    duration=[{"exponential": "6m"}, {"exponential": "11m"}, "9m"],
    type=["background", "foreground", "foreground"],
    runtime=[None, None, None, "headless"],
    priority=[None, None, "High", "Low"],
    pending_expiry=[*[None] * 4, "10m", {"exponential": "20m"}],
    suspends=[*[None] * 4, {"probability": "60%", "for": "7m", "same_place": True}],
    pending_limit=[*[None] * 5, 3],
)
STREAM = st.sampled_from(["6 per hour", "10 per hour", "15 per hour"])
RUN_AS = st.sampled_from([*["dynamic"] * 5, {"account": "r1"}, {"machine": "M1"}])
TIMES = any_of(
    start=["2026-03-02T07:40", "2026-03-29T00:40"],
    zone=[None, "Europe/Berlin", "Asia/Kathmandu"],
    duration=["100m"],
    warm_up=[None, "25m"],
    drain=[True, False],
)
"""On a Monday, and on the Sunday on which Berlin's clocks go from 2 to 3."""

DISPATCH = any_of(
    order=["priority", "oldest", "round_robin", "random"],
    hosts=["first", "least_used", "random"],
    accounts=["first", "random"],
    blocked=["skip", "block"],
    latency=["0s", "0s", "40s", "5m"],
)
LICENCES = any_of(unattended=[None, None, 1, 2, 3], headless=[None, None, 0, 1])
ASSUMPTIONS = any_of(
    background_needs_account=[False, True],
    busy_session=[*["wait"] * 4, "fault"],
    resumed_place=["original", "resume_time"],
)


@st.composite
def _folders(draw: st.DrawFn, short_of: str) -> File:
    """A folder with two processes and their starts, on some machines and under some robots."""
    robots = {name: ["Automation User"] for name in draw(ROBOTS[short_of])}
    return {
        "assign": {"owner": ["Folder Administrator"], **robots},
        "machines": draw(some_of(MACHINES, 1)),
        "processes": {"P": draw(PROCESS), "Q": draw(PROCESS)},
        "starts": {
            f"start {process}": {
                "process": process,
                "by": "owner",
                "run_as": draw(RUN_AS),
                "stream": {"poisson": draw(STREAM)},
            }
            for process in ("P", "Q")
        },
    }


@st.composite
def crowded_files(draw: st.DrawFn) -> File:
    """An hour and forty minutes of three folders, the second below the first."""
    short_of = draw(st.sampled_from(SHORT_OF))
    first, below, second = (draw(_folders(short_of)) for _ in range(3))
    offers = SLOTS_AND_SESSIONS[short_of]
    single: dict[str, Any] = {
        "type": "robot",
        "one_job_at_a_time": draw(st.sampled_from([True, True, False])),
    }
    return {
        "time": draw(TIMES),
        "licences": draw(LICENCES),
        "machines": {
            name: draw(MACHINE) | draw(offers) | draw(st.sampled_from(HOSTS)) for name in MACHINES
        },
        "accounts": {
            "owner": {"type": "user"},
            "r1": single,
            "r2": {"type": "robot"},
            "r3": {**single, "count": 2},
        },
        "folders": {"A": {**first, "folders": {"S": below}}, "B": second},
        "dispatch": draw(DISPATCH),
        "assumptions": draw(ASSUMPTIONS),
    }


def crowded_estates() -> st.SearchStrategy[Estate]:
    """An estate in which most jobs wait."""
    return crowded_files().map(estate_of)
