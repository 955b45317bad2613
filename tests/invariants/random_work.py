"""What random estates have to do beside streams: queues, chains, limits, and time triggers.

Every duration is constant and on a grid of half minutes, so that much falls into the same instant,
and whatever fails does so always or never: what comes of it all is known without a draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Final

from hypothesis import strategies as st
from invariants.random_estates import (
    LARGE,
    MACHINES,
    Estate,
    File,
    Size,
    any_of,
    estate_of,
    files,
    folders_of,
    some_of,
    submitters,
)

TIMES = any_of(
    start=["2026-01-05T07:55"],
    duration=["35m", "1h10m", "3h"],
    warm_up=[None, None, "15m"],
    drain=[True, True, False],
)
"""The first ends while the streams still come, the last long after them."""

WORK = any_of(
    start_up=[None, None, None, "2m30s", "5m"],
    faults=[*[None] * 7, "100%"],
    stop_after=[*[None] * 4, "10m", "11m30s", "30m"],
    queue=[None, "I", "I", "I", "J"],
    pending_limit=[*[None] * 5, 0, 1, 2],
    pending_expiry=[*[None] * 5, "5m", "12m30s", "20m"],
)
"""What a process may have beside its duration."""

ONE_WAY: Final[Sequence[dict[str, str]]] = ({}, {}, {"P": "Q"}, {"P": "Q"}, {"Q": "P"})
CIRCLES: Final[Sequence[dict[str, str]]] = ({"P": "P"}, {"P": "Q", "Q": "P"})
"""Which processes start which: one the other, or none; itself, or each other."""

FOLLOWS = any_of(after=["0s", "0s", "5m", "12m30s"], stop_after=[None, None, "5m"])
RETURNS = any_of(after=["20m", "25m"])
"""What comes back to where it was takes its time, and comes alone."""

QUEUE = any_of(retries=[0, 1, 2], sla=[None, None, "20m"])
ARRIVAL = any_of(
    queue=["I", "I", "J"],
    by=["owner", "owner", "owner", "clerks", "anna", "rc"],
    jobs=[1, 1, 2, 3, 5],
    item_duration=["0s", "2m30s", "5m", "5m", "15m"],
    deadline=[None, None, "10m", "30m"],
    priority=[None, None, 25, 65],
    defer=[None, None, "5m", "12m30s"],
)
FAILURES: Final[Sequence[File]] = ({}, {}, {}, {"faults": "100%"}, {"business_faults": "100%"})
ITEMS = st.lists(
    st.sampled_from(
        [f"2026-01-05T{hour:02}:{minute:02}" for hour in (8, 9) for minute in (0, 5, 20, 40)]
    ),
    min_size=1,
    max_size=6,
).map(lambda instants: {"at": sorted(instants)})

ACTIVATION = any_of(
    minimum=[1, 1, 2, 4],
    per_job=[1, 1, 2, 3],
    at_most=[1, 2, 4],
    recheck=["never", "10m", "12m30s", None],
    on_job_end=[False, True],
)
SPAN = any_of(
    **{"from": [None, None, "2026-01-05T08:10"], "until": [None, None, "2026-01-05T08:35"]}
)
CRON = st.sampled_from(["0 0/10 8 * * ?", "0 5/20 * * * ?", "0 0,5,15 8,9 * * ?"])
GUARDED = any_of(pending_guard=[None, "per_trigger", "per_process", "none"])
MAKER = any_of(created_by=["owner", "owner", "anna"])


@st.composite
def chains(draw: st.DrawFn, machines: File) -> dict[str, File]:
    """The `then` of each process that has one; in a circle, each with one job."""
    targets = draw(st.sampled_from([*ONE_WAY, *CIRCLES]))
    found = {}
    for process, target in targets.items():
        then = {**draw(submitters(machines)), "start": target}
        del then["process"]
        found[process] = {
            **then,
            **(draw(RETURNS) | {"jobs": 1} if targets in CIRCLES else draw(FOLLOWS)),
        }
    return found


@st.composite
def queue_triggers(draw: st.DrawFn, machines: File) -> dict[str, File]:
    """At most one a queue, of any process, be it one that works at that queue or not."""
    found = {}
    for queue in draw(st.sampled_from(["I", "I", "IJ", ""])):
        trigger = {**draw(submitters(machines)), **draw(MAKER), **draw(SPAN)}
        del trigger["jobs"]
        found[f"fill {queue}"] = {**trigger, "queue": {"name": queue, **draw(ACTIVATION)}}
    return found


@st.composite
def time_triggers(draw: st.DrawFn, machines: File) -> dict[str, File]:
    """At most one, by the clock, with any pending guard."""
    if not draw(st.booleans()):
        return {}
    trigger = {**draw(submitters(machines)), **draw(MAKER), **draw(GUARDED)}
    return {"nightly": {**trigger, "time": {"cron": draw(CRON)}}}


@st.composite
def arrivals(draw: st.DrawFn) -> dict[str, File]:
    """One or two things that add items."""
    return {
        name: {**draw(ARRIVAL), **draw(st.sampled_from(FAILURES)), "items": draw(ITEMS)}
        for name in draw(st.sampled_from([("mail",), ("mail", "post")]))
    }


def _let_in(draw: st.DrawFn, folder: File) -> None:
    """Leave some streams, so that not all is full, and for the most part somebody who may run."""
    streams = draw(some_of(("on mail", "on file", "hook", "by hand"), 0))
    for section in ("triggers", "starts"):
        folder[section] = {name: one for name, one in folder[section].items() if name in streams}
    if "personal" not in folder and draw(st.sampled_from([True, True, False])):
        everywhere = {name: {"propagate": False} for name in MACHINES}
        folder["machines"] = {**everywhere, **folder["machines"]}
        folder["assign"].update({name: ["Folder Administrator"] for name in ("owner", "r1", "rc")})


@st.composite
def busy_files(draw: st.DrawFn, luck: tuple[str, ...] = (), size: Size = LARGE) -> File:
    """A file in which every folder has queues, chains and limits of some kind."""
    file: File = deepcopy(draw(files(luck, size)))
    machines = file["machines"]
    for _, (folder, *_above) in folders_of(file):
        _let_in(draw, folder)
        for process in folder["processes"].values():
            process.update(draw(WORK))
        for name, then in draw(chains(machines)).items():
            folder["processes"][name]["then"] = then
        folder["queues"] = {"I": draw(QUEUE), "J": draw(QUEUE)}
        folder["arrivals"] = draw(arrivals())
        folder["triggers"].update(draw(queue_triggers(machines)))
        folder["triggers"].update(draw(time_triggers(machines)))
    return {**file, "time": draw(TIMES)}


def busy_estates(luck: tuple[str, ...] = ()) -> st.SearchStrategy[Estate]:
    """An estate in which jobs come to be in every way; `luck` are choices that draw at random."""
    return busy_files(luck).map(estate_of)
