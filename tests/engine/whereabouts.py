"""Small estates whose hosts come, go and fail, and what became of their jobs as lines of text.

As in `timelines`, times are those of the clock on the first day; after midnight the hours go on
from 24:00.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from builders import MACHINES, folder
from engine.runs import Replication, replication
from engine.timelines import clock, own_name, start

from simulator.records.codes import Interruption, PendingReason, SlotState

OF_THE_FOLDER = ("assign", "arrivals", "queues", "triggers")
UNTIL_MIDNIGHT = {"start": "2026-01-05T00:00", "duration": "1d", "drain": False}


def pressed(
    presses: Mapping[str, Sequence[str]],
    *,
    machines: Mapping[str, Any] | None = None,
    processes: Mapping[str, Any] | None = None,
    starts: Mapping[str, Any] | None = None,
    **parts: Any,
) -> Replication:
    """What becomes of the jobs where the owner presses Start for these processes at these times.

    A process lasts ten minutes unless `processes` says more of it; its start has its name, and what
    `starts` says besides. Folder F has every machine, in their order.
    """
    own = {key: parts.pop(key) for key in OF_THE_FOLDER if key in parts}
    rules, more = processes or {}, starts or {}
    here = folder(
        machines=list(MACHINES if machines is None else machines),
        processes={
            name: {"duration": "10m", **rules.get(name, {})}
            for name in dict.fromkeys((*presses, *rules))
        },
        starts={name: start(name, *times, **more.get(name, {})) for name, times in presses.items()},
        **own,
    )
    return replication(folders={"F": here}, machines=machines, **parts)


def robots(count: int, **more: Any) -> dict[str, Any]:
    """Accounts in place of the one robot: `robot-1`, `robot-2` and so on, and the owner."""
    return {"robot": {"type": "robot", "count": count, **more}, "owner": {"type": "user"}}


def window(cron: str, duration: str, running_jobs: str = "finish", **more: Any) -> dict[str, Any]:
    """An entry of a machine's `maintenance`."""
    return {"cron": cron, "duration": duration, "running_jobs": running_jobs, **more}


def daily(hour: int, duration: str, running_jobs: str = "finish") -> dict[str, Any]:
    """A window that begins at this hour of every day."""
    return window(f"0 0 {hour} ? * *", duration, running_jobs)


def fails(up: str, down: str, running_jobs: str = "restart") -> dict[str, Any]:
    """The `failures` of a machine: all its hosts are up and down for the same spans each time."""
    return {"up": up, "down": down, "running_jobs": running_jobs}


def suspends(time: str = "30m", probability: str = "99%", **more: Any) -> dict[str, Any]:
    """The rule of a process whose stretches of running nearly all end Suspended."""
    return {"suspends": {"probability": probability, "for": time, **more}}


def elastic(most: int = 2, slots: int = 1, **pool: Any) -> dict[str, Any]:
    """A machine of at most so many hosts; the rest are other keys of its `pool`."""
    return {"slots": slots, "pool": {"max": most, "boot": "2m", "idle_stop": "15m", **pool}}


def failing(kind: str, presses: Mapping[str, Sequence[str]], **parts: Any) -> Replication:
    """What becomes of the jobs where M1 is down for `down`, an hour, after each `up`, nine hours.

    `kind` is what becomes of those that run there; `machine` says more of M1, `others` come after.
    """
    rule = fails(parts.pop("up", "9h"), parts.pop("down", "1h"), kind)
    machines = {"M1": {"failures": rule} | parts.pop("machine", {}), **parts.pop("others", {})}
    return pressed(presses, machines=machines, **parts)


def spans_of(run: Replication) -> list[str]:
    """`A 08:00 M1/1 08:00-08:10`: whose job of when was Running where, and from when to when.

    Where the slot was held before that, `08:00 08:05-08:10`. In the order of the jobs.
    """
    return [f"{job} {host} {span}" for job, host, _, span in _held(run)]


def accounts_of(run: Replication) -> list[str]:
    """`A 08:00 M1/1 robot`: where each span of a job was, and under which account."""
    return [f"{job} {host} {account}" for job, host, account, _ in _held(run)]


def slots_of(run: Replication) -> list[str]:
    """`M1/1 2 usable 00:00-09:00`: how many slots of a host were in which state, and when.

    Rows that follow on each other and say the same are one; in the order of hosts, then of time.
    """
    rows, names = run.records.availability, run.legend.names
    spans: dict[tuple[int, int, int, int], list[list[float]]] = {}
    order = sorted(range(len(rows.host)), key=lambda row: rows.from_s[row])
    for row in order:
        key = (rows.host[row], rows.runtime[row], rows.slots[row], rows.state[row])
        found = spans.setdefault(tuple(map(int, key)), [])
        if found and found[-1][1] == rows.from_s[row]:
            found[-1][1] = float(rows.to_s[row])
        elif rows.to_s[row] > rows.from_s[row]:
            found.append([float(rows.from_s[row]), float(rows.to_s[row])])
    told = sorted(
        (host, from_s, state, slots, to_s)
        for (host, _, slots, state), found in spans.items()
        for from_s, to_s in found
    )
    return [
        f"{names.hosts[host]} {slots} {SlotState(state).name.lower()} {clock(from_s)}-{clock(to_s)}"
        for host, from_s, state, slots, to_s in told
    ]


def breaks_of(run: Replication) -> list[str]:
    """`A 08:00 Suspended 08:10 08:40 08:45`: why a job left its slot; left, back in line, again."""
    rows = run.records.interruptions
    return [
        f"{_job(run, int(job))} {Interruption(cause).label} {clock(left)} {clock(back)} "
        f"{clock(again)}"
        for job, cause, left, back, again in zip(
            rows.job, rows.cause, rows.left_s, rows.back_s, rows.again_s, strict=True
        )
    ]


def minutes_of(run: Replication, column: str) -> list[float]:
    """A column of the jobs, such as `running_s`, in minutes."""
    column_s = getattr(run.records.jobs, column) / 60
    minutes: list[float] = column_s.tolist()
    return minutes


def reasons_of(run: Replication) -> list[str]:
    """What each job waited for as it was submitted; empty where it did not wait."""
    return [PendingReason(reason).label for reason in run.records.jobs.reason]


def _held(run: Replication) -> list[tuple[str, str, str, str]]:
    rows, names = run.records.occupancy, run.legend.names
    order = sorted(range(len(rows.job)), key=lambda row: (rows.job[row], rows.from_s[row]))
    return [
        (
            _job(run, int(rows.job[row])),
            names.hosts[rows.host[row]],
            names.accounts[rows.account[row]],
            _span(rows.from_s[row], rows.ran_from_s[row], rows.to_s[row]),
        )
        for row in order
    ]


def _span(from_s: float, ran_from_s: float, to_s: float) -> str:
    held = "" if from_s == ran_from_s else f"{clock(from_s)} "
    return f"{held}{clock(ran_from_s)}-{clock(to_s)}"


def _job(run: Replication, job: int) -> str:
    route = run.records.jobs.route[job]
    source = run.legend.names.sources[run.legend.routes.source[route]]
    return f"{own_name(source)} {clock(run.records.jobs.submitted_s[job])}"
