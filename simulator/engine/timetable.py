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
from simulator.records.columns import Codes, Floats, Ints

Submission: TypeAlias = tuple[float, int, int, Drawn]
"""When, in seconds; the number of its source; its route; what it brings."""

_AT_A_TIME: Final = 16_384
"""So many submissions, or a few more, are drawn before some are put in order."""


class Columns(NamedTuple):
    """Submissions, (n,) each, named as in `Submission` and `Drawn`."""

    at_s: Floats
    source: Ints
    route: Ints
    runs_s: Floats
    ends_as: Codes
    patience_s: Floats

    def rows(self, which: npt.NDArray[np.intp] | slice) -> Columns:
        """Return some of them."""
        return Columns._make(column[which] for column in self)


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


def _stretches(streams: Sequence[Iterator[Columns]]) -> Iterator[Iterator[Submission]]:
    """Yield them a stretch at a time.

    What is drawn and not yet due waits; due is what comes before the earliest instant at which any
    stream may still draw something. As much is drawn as waits already, so that nothing waits long.
    """
    drawn_until = [(-math.inf, number) for number in range(len(streams))]
    later: list[Columns] = []
    while True:
        drawn, fresh = later, 0
        enough = max([_AT_A_TIME, *(len(one.at_s) for one in later)])
        while drawn_until and (fresh < enough or drawn_until[0][0] == -math.inf):
            _, number = heappop(drawn_until)
            block = next(streams[number], None)
            if block is not None:
                drawn.append(block)
                fresh += len(block.at_s)
                heappush(drawn_until, (float(block.at_s[-1]), number))
        if not drawn:
            return
        ordered = _in_order(Columns(*map(np.concatenate, zip(*drawn, strict=True))))
        due_until_s = drawn_until[0][0] if drawn_until else math.inf
        due = int(np.searchsorted(ordered.at_s, due_until_s))
        later = [ordered.rows(slice(due, None))] if due < len(ordered.at_s) else []
        for first in range(0, due, _AT_A_TIME):
            yield _one_by_one(ordered.rows(slice(first, min(first + _AT_A_TIME, due))))


def _blocks(stream: OpenStream, luck: Luck) -> Iterator[Columns]:
    """Yield the submissions of one stream; as its callers take turns, so do their routes."""
    number, source, arrivals = stream
    routes, fired = np.array(source.routes, dtype=np.int32), 0
    duration, draws = luck.work_draws(source.work, source.entity)
    for at_s in instants_by_block(luck, arrivals, source.entity, source.from_s, source.until_s):
        size = len(at_s)
        work = draws.block(duration(size))
        yield Columns(
            at_s=at_s,
            source=np.full(size, number, dtype=np.int32),
            route=routes[np.arange(fired, fired + size) % len(routes)],
            runs_s=work.runs_s,
            ends_as=work.ends_as,
            patience_s=np.full(size, math.inf) if work.patience_s is None else work.patience_s,
        )
        fired += size


def _in_order(drawn: Columns) -> Columns:
    """Return submissions in the order of time, then of their sources, then as they were drawn.

    Where no two instants are equal, any way of sorting does, and the one that is not stable takes a
    sixth of the time.
    """
    order = np.argsort(drawn.at_s)
    if np.any(np.diff(drawn.at_s[order]) == 0):
        order = np.lexsort((drawn.source, drawn.at_s))
    return drawn.rows(order)


def _one_by_one(columns: Columns) -> Iterator[Submission]:
    at_s, source, route, *work = (column.tolist() for column in columns)
    works = zip(*work, repeat(None), repeat(None), strict=False)
    return zip(at_s, source, route, works, strict=False)
