"""Traces at run time: the rows of a file are taken one by one, and read a block at a time.

What a file does not say is drawn as for any stream: the n-th submission, or item, has the n-th
draw. All jobs or items of a batch last as long as its row says.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from simulator.engine.draws import DrawnItem, Luck
from simulator.engine.work_draws import Drawn, Link
from simulator.plan.items import ItemSource
from simulator.plan.sources import Source
from simulator.traces.reading import blocks
from simulator.traces.rows import Block, TraceRows

Firing: TypeAlias = tuple[float, int]
"""When, in seconds since origin, and on which route."""

Adding: TypeAlias = tuple[float, int]
"""When items are added, in seconds since origin, and their priority."""


class Replay:
    """The rows of a trace in the span [from_s, until_s), and how long what they bring lasts.

    A row brings `batch` jobs or items. The durations of a block are there when it is given out.
    """

    def __init__(self, trace: TraceRows, from_s: float, until_s: float, batch: int) -> None:
        self._trace, self._from_s, self._until_s = trace, from_s, until_s
        self._batch = batch
        self._waiting: deque[npt.NDArray[np.float64]] = deque()

    def blocks(self) -> Iterator[Block]:
        """Yield the rows, a block at a time.

        Raises:
            DataFileError: the file cannot be read, or is no longer what it was.
        """
        for block in blocks(self._trace):
            inside = block.between(self._from_s, self._until_s)
            if inside.durations_s is not None:
                self._waiting.append(np.repeat(inside.durations_s, self._batch))
            yield inside

    def durations(self) -> Iterator[npt.NDArray[np.float64]]:
        """Yield how long each job or item lasts, of the blocks given out so far, one block each."""
        while self._waiting:
            yield self._waiting.popleft()


def replayed(
    trace: TraceRows, source: Source, luck: Luck, links: Iterable[Link | None]
) -> tuple[Iterator[Firing], Iterator[Drawn]]:
    """Return the firings of a source and what its submissions bring; they are taken in turn."""
    until_s = min(source.until_s, luck.plan.until_s)
    replay = Replay(trace, source.from_s, until_s, source.jobs)
    firings = _firings(replay, trace, source.routes)
    if not trace.has_durations:
        return firings, luck.works(source.work, source.entity, links)
    return firings, luck.works_lasting(replay.durations(), source.work, source.entity, links)


def replayed_items(
    trace: TraceRows, source: ItemSource, luck: Luck
) -> tuple[Iterator[Adding], Iterator[DrawnItem]]:
    """Return when a source adds items of which priority, and what attempts at them bring."""
    replay = Replay(trace, 0.0, luck.plan.until_s, source.items)
    adding = _adding(replay, source.priority)
    if not trace.has_durations:
        return adding, luck.item_works(source.work, source.entity)
    return adding, luck.item_works_lasting(replay.durations(), source.work, source.entity)


def _firings(replay: Replay, trace: TraceRows, routes: tuple[int, ...]) -> Iterator[Firing]:
    """Yield the firings: callers take turns, each by his route of the row's priority."""
    bands, fired = max(len(trace.priorities), 1), 0
    for block in replay.blocks():
        callers = (fired + np.arange(len(block.at_s))) % (len(routes) // bands)
        fired += len(callers)
        rows = callers * bands
        if block.priorities is not None:
            rows += np.searchsorted(-np.array(trace.priorities), -block.priorities)
        yield from zip(block.at_s.tolist(), (routes[row] for row in rows.tolist()), strict=True)


def _adding(replay: Replay, priority: int) -> Iterator[Adding]:
    for block in replay.blocks():
        if block.priorities is None:
            yield from zip(block.at_s.tolist(), repeat(priority), strict=False)
        else:
            yield from zip(block.at_s.tolist(), block.priorities.tolist(), strict=True)
