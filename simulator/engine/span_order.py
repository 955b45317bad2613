"""Spans in another order than that in which they ended, a block at a time.

A log of spans is nearly in the order of jobs, and in that of starts, so that a block in either
order is taken from a few blocks of the log. Where it is far from it, blocks are made larger, as
otherwise the whole log would be looked through for each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.engine.span_log import BLOCK, SpanLog, SpanRows
from simulator.records.columns import Floats, Ints

Rows = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]

_STRIDE: Final = 64
"""One start in so many is looked at, to find out where blocks in the order of starts begin."""

_MOST_LOOKS: Final = 16
"""How often a block of the log is looked at, at most and on average."""


class SpanBlock(NamedTuple):
    """Spans in some order, and their rows in the log."""

    spans: SpanRows
    rows: Rows


class _Order(NamedTuple):
    """The field that spans are ordered by, the one that decides between equals, and edges.

    Edges are the values between which there is a block each: in [edges[n], edges[n + 1]).
    """

    first: Literal["job", "from_s"]
    then: Literal["job", "from_s"]
    edges: Sequence[float]


def by_job(log: SpanLog, jobs: int) -> Iterator[tuple[int, int, SpanBlock]]:
    """Yield the spans of a block of jobs after the other, from which job and up to which.

    They are by job, and then in the order of time. There is at least one block, be it of none of
    `jobs`, the number of all there are.
    """
    order = _Order("job", "from_s", [*range(0, max(jobs, 1), BLOCK), jobs])
    yield from ((int(low), int(high), block) for low, high, block in _blocks(log, order))


def by_start(log: SpanLog) -> Iterator[SpanBlock]:
    """Yield all spans in the order in which they began, then by job; at least one block."""
    starts = [rows["from_s"][::_STRIDE].copy() for rows in log.blocks()]
    step = max(BLOCK // _STRIDE, 1)
    edges = np.unique(np.sort(np.concatenate([np.empty(0), *starts]))[step::step])
    order = _Order("from_s", "job", [-np.inf, *edges.tolist(), np.inf])
    yield from (block for _, _, block in _blocks(log, order))


def _blocks(log: SpanLog, order: _Order) -> Iterator[tuple[float, float, SpanBlock]]:
    """Yield the spans in an order, and between which edges they are."""
    extremes = [(rows[order.first].min(), rows[order.first].max()) for rows in log.blocks()]
    least, most = np.array(extremes, dtype=np.float64).reshape(-1, 2).T
    edges, overlaps = _few_looks(np.array(order.edges), least, most)
    for low, high, overlap in zip(edges, edges[1:], overlaps, strict=False):
        places = np.flatnonzero(overlap) * BLOCK
        found = [_between(log, int(place), order.first, low, high) for place in places]
        spans = np.concatenate([log.block(0)[:0], *(block.spans for block in found)])
        rows = np.concatenate([np.empty(0, dtype=np.intp), *(block.rows for block in found)])
        in_order = np.lexsort((spans[order.then], spans[order.first]))
        yield low, high, SpanBlock(spans.take(in_order), rows[in_order])


def _few_looks(edges: Floats, least: Floats, most: Floats) -> tuple[Floats, Mask]:
    """Return edges, fewer where it must be, and which block of the log has to do with which block.

    least, most: of each block of the log, (L,). The mask is (edges - 1, L).
    """
    while True:
        overlaps = (least < edges[1:, None]) & (most >= edges[:-1, None])
        if len(edges) == 2 or overlaps.sum() <= _MOST_LOOKS * len(least):  # noqa: PLR2004 - one block
            return edges, overlaps
        edges = np.append(edges[:-1:2], edges[-1])


def _between(log: SpanLog, place: int, field: str, low: float, high: float) -> SpanBlock:
    """Return the spans of the block at `place` of the log whose field is in [low, high)."""
    spans = log.block(place)
    rows = np.flatnonzero((spans[field] >= low) & (spans[field] < high))
    return SpanBlock(spans.take(rows), rows + place)


class RowsByJob:
    """Which rows of a log are about some jobs; a job's are in the order of the log."""

    def __init__(self, job: Ints) -> None:
        self._order = np.argsort(job, kind="stable")
        self._job = job[self._order]

    def between(self, low: int, high: int) -> Rows:
        """Return the rows about jobs in [low, high), by job."""
        first, last = np.searchsorted(self._job, (low, high))
        return self._order[first:last]
