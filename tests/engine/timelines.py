"""One replication of a small scenario as a timetable: a line a job, a line an item.

Times are those of the clock on the scenario's first day, so that a schedule can be worked out and
read as one would on paper.
"""

from __future__ import annotations

from math import isnan
from typing import Any

from builders import folder
from engine.runs import Replication, replication

from simulator.records.codes import ItemStatus, JobState


def at(*times: str) -> dict[str, list[str]]:
    """A stream at these times of the first day."""
    return {"at": [f"2026-01-05T{time}" for time in times]}


def start(process: str, *times: str, **more: Any) -> dict[str, Any]:
    """The owner presses Start at these times."""
    return {"process": process, "by": "owner", "stream": at(*times), **more}


def items(*times: str, **more: Any) -> dict[str, Any]:
    """The owner adds items of ten minutes to the queue Q at these times."""
    return {"queue": "Q", "by": "owner", "items": at(*times), "item_duration": "10m", **more}


def works_at_queue(**parts: Any) -> dict[str, Any]:
    """A folder F with a queue Q, a process P that only takes its items, and perhaps others."""
    queue = {"retries": 0, **parts.pop("queue", {})}
    process = {"duration": "0s", "queue": "Q", **parts.pop("process", {})}
    processes = {"P": process, **parts.pop("processes", {})}
    return {"F": folder(processes=processes, queues={"Q": queue}, **parts)}


def limited(process: dict[str, Any], starts: dict[str, Any], **parts: Any) -> Replication:
    """What becomes of the starts where P, of ten minutes, has such limits and M1 has one slot.

    `processes` are further ones of the folder, `triggers` its triggers.
    """
    processes = {"P": {"duration": "10m", **process}, **parts.pop("processes", {})}
    own = {key: parts.pop(key) for key in ("triggers",) if key in parts}
    return replication(**parts, folders={"F": folder(processes=processes, starts=starts, **own)})


def jobs_of(run: Replication) -> list[str]:
    """`press 08:00 08:05-08:15 Successful`: who submitted it and when, when it ran, its state."""
    jobs, names = run.records.jobs, run.legend.names
    sources = run.legend.routes.source[jobs.route]
    return [
        f"{own_name(names.sources[source])} {clock(submitted)} {_span(started, ended)} "
        f"{JobState(state).label}"
        for source, submitted, started, ended, state in zip(
            sources, jobs.submitted_s, jobs.started_s, jobs.ended_s, jobs.state, strict=True
        )
    ]


def items_of(run: Replication) -> list[str]:
    """`mail 08:00 08:05-08:15 Successful 0`: added by what and when, worked at, by which job."""
    rows, names = run.records.queue_items, run.legend.names
    arrivals = run.legend.item_routes.arrival[rows.route]
    return [
        f"{own_name(names.arrivals[arrival])} {clock(added)} {_span(taken, done)} "
        f"{ItemStatus(status).label} {'-' if job < 0 else job}"
        for arrival, added, taken, done, status, job in zip(
            arrivals, rows.added_s, rows.taken_s, rows.done_s, rows.status, rows.job, strict=True
        )
    ]


def lines(text: str) -> list[str]:
    """The lines of a timetable as it is written in a test."""
    return [" ".join(line.split()) for line in text.strip().splitlines()]


def own_name(name: str) -> str:
    """A name without its folder's: `press` of `F:press`."""
    return name.rpartition(":")[2]


def clock(at_s: float) -> str:
    """A time of day, with seconds where there are any; `...` for what did not happen."""
    if isnan(at_s):
        return "..."
    minutes, seconds = divmod(at_s, 60)
    text = f"{int(minutes) // 60:02}:{int(minutes) % 60:02}"
    return text if seconds == 0 else f"{text}:{int(seconds):02}"


def _span(from_s: float, to_s: float) -> str:
    return f"{clock(from_s)}-{clock(to_s)}"
