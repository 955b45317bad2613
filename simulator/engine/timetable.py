"""Submissions that nothing can hold back, of all sources together, drawn ahead and put in order.

Most jobs of most estates come from triggers without a guard: when, and what they bring, is known
before anything has happened. One list of them all in the order of time is read from front to back,
which is kinder to a processor's memory than hundreds of streams, each with its own next firing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from itertools import chain, repeat
from typing import Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from simulator.engine.arrival_times import instants_by_block
from simulator.engine.draws import Luck
from simulator.engine.work_draws import Drawn
from simulator.plan.sources import ComputedArrivals, Source

Submission: TypeAlias = tuple[float, int, int, Drawn]
"""When, in seconds; the number of its source; its route; what it brings."""

Rows: TypeAlias = npt.NDArray[np.void]
"""Submissions with the fields of `_ROW`."""

_ROW: Final = np.dtype(
    [
        ("at_s", np.float64),
        ("source", np.int32),
        ("route", np.int32),
        ("runs_s", np.float64),
        ("ends_as", np.int8),
        ("patience_s", np.float64),
    ]
)

_AT_A_TIME: Final = 16_384
"""So many submissions, or a few more, are drawn before some are put in order."""


class OpenStream(NamedTuple):
    """A source whose submissions nothing can hold back: its number, itself, when it fires."""

    number: int
    source: Source
    arrivals: ComputedArrivals


def open_streams(luck: Luck) -> dict[int, OpenStream]:
    """Return the sources of a plan whose submissions nothing can hold back, by number.

    They have no guard and no pending limit, their jobs set nothing else off, and all that these
    bring is plain numbers. They submit one job at a time: several would all have to come before the
    first of them can end.
    """
    found = {}
    for number, source in enumerate(luck.plan.sources):
        arrivals = source.arrivals
        if (
            isinstance(arrivals, ComputedArrivals)
            and source.routes
            and source.jobs == 1
            and not source.notes_firings
            and luck.plan.processes[source.process].then < 0
            and not luck.needs_courses(source.work)
        ):
            found[number] = OpenStream(number, source, arrivals)
    return found


def timetable(streams: Sequence[OpenStream], luck: Luck) -> Iterator[Submission]:
    """Return the submissions of all streams in the order of time, and in an instant of numbers."""
    return chain.from_iterable(_stretches([_blocks(stream, luck) for stream in streams]))


def _stretches(streams: Sequence[Iterator[Rows]]) -> Iterator[Iterator[Submission]]:
    """Yield them a stretch at a time.

    What is drawn and not yet due waits; due is what comes before the earliest instant at which any
    stream may still draw something. As much is drawn as waits already, so that nothing waits long.
    """
    drawn_until = [(-math.inf, number) for number in range(len(streams))]
    later = np.empty(0, dtype=_ROW)
    while drawn_until or len(later):
        drawn, fresh = [later], 0
        enough = max(_AT_A_TIME, len(later))
        while drawn_until and (fresh < enough or drawn_until[0][0] == -math.inf):
            _, number = heappop(drawn_until)
            rows = next(streams[number], None)
            if rows is not None:
                drawn.append(rows)
                fresh += len(rows)
                heappush(drawn_until, (float(rows["at_s"][-1]), number))
        due_until_s = drawn_until[0][0] if drawn_until else math.inf
        rows = _in_order(np.concatenate(drawn))
        due = int(np.searchsorted(rows["at_s"], due_until_s))
        later = rows[due:].copy()
        for first in range(0, due, _AT_A_TIME):
            yield _one_by_one(rows[first : min(first + _AT_A_TIME, due)])


def _blocks(stream: OpenStream, luck: Luck) -> Iterator[Rows]:
    """Yield the submissions of one stream; as its callers take turns, so do their routes."""
    number, source, arrivals = stream
    routes, fired = np.array(source.routes, dtype=np.int32), 0
    duration, draws = luck.work_draws(source.work, source.entity)
    for at_s in instants_by_block(luck, arrivals, source.entity, source.from_s, source.until_s):
        rows = np.empty(len(at_s), dtype=_ROW)
        work = draws.block(duration(len(rows)))
        rows["at_s"], rows["source"] = at_s, number
        rows["route"] = routes[np.arange(fired, fired + len(rows)) % len(routes)]
        fired += len(rows)
        rows["runs_s"], rows["ends_as"] = work.runs_s, work.ends_as
        rows["patience_s"] = math.inf if work.patience_s is None else work.patience_s
        yield rows


def _in_order(rows: Rows) -> Rows:
    """Return submissions in the order of time, then of their sources, then as they were drawn."""
    at_s = rows["at_s"]
    order = np.argsort(at_s, kind="stable")
    if np.any(np.diff(at_s[order]) == 0):
        order = np.lexsort((rows["source"], at_s))
    return rows[order]


def _one_by_one(rows: Rows) -> Iterator[Submission]:
    at_s, source, route, *work = (rows[name].tolist() for name in _ROW.names or ())
    works = zip(*work, repeat(None), repeat(None), strict=False)
    return zip(at_s, source, route, works, strict=False)
