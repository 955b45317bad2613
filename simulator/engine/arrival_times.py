"""When the streams of a scenario bring something: instants drawn in rising blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

import numpy as np

from simulator.engine.draws import Luck, block_sizes
from simulator.model.streams import Every, Poisson
from simulator.plan.sources import ComputedArrivals, Firings, Rates
from simulator.records.columns import Floats
from simulator.sampling.operational_time import operational_time
from simulator.units import on_grid

_FIRST_ARRIVALS: Final = 128
"""So many instants of a stream are drawn first: it hardly costs more than to draw a few."""


def instants(
    luck: Luck, arrivals: ComputedArrivals, entity: str, from_s: float, until_s: float
) -> Iterator[float]:
    """Yield the instants of an entity's stream inside the run and the span [from_s, until_s)."""
    for block in instants_by_block(luck, arrivals, entity, from_s, until_s):
        yield from block.tolist()


def instants_by_block(
    luck: Luck, arrivals: ComputedArrivals, entity: str, from_s: float, until_s: float
) -> Iterator[Floats]:
    """Yield the same in blocks, none of them empty."""
    until_s = min(until_s, luck.plan.until_s)
    for block in _blocks(luck, arrivals, entity):
        inside = block[(block >= from_s) & (block < until_s)]
        if len(inside):
            yield inside
        if len(block) and block[-1] >= until_s:
            return


def _blocks(luck: Luck, arrivals: ComputedArrivals, entity: str) -> Iterator[Floats]:
    """Yield the instants of a stream in rising blocks, without end unless they are known."""
    if isinstance(arrivals, Firings):
        yield arrivals.times_s
    elif isinstance(arrivals, Every):
        yield from _every(luck, arrivals, entity)
    elif isinstance(arrivals, Poisson):
        yield from _poisson(luck, arrivals, entity)
    elif isinstance(arrivals, Rates):
        yield from _by_rates(luck, arrivals, entity)
    else:
        yield from _sums(luck.spans(entity, "arrivals", arrivals.interarrival))


def _poisson(luck: Luck, stream: Poisson, entity: str) -> Iterator[Floats]:
    """Yield instants with exponential gaps; the sums go onto the grid, not each small gap."""
    gaps, mean_s = _unit_gaps(luck, entity), 1 / stream.poisson
    return map(on_grid, _sums(lambda count: gaps(count) * mean_s))


def _by_rates(luck: Luck, rates: Rates, entity: str) -> Iterator[Floats]:
    """Yield the instants of a rate that changes, by the same gaps as at a steady rate of 1."""
    clock = operational_time(rates.edges_s, rates.per_s)
    for operational in _sums(_unit_gaps(luck, entity)):
        yield clock.instants(operational)
        if operational[-1] >= clock.total:
            return


def _unit_gaps(luck: Luck, entity: str) -> Callable[[int], Floats]:
    """Return a function n -> the next n exponential gaps of mean 1 between arrivals."""
    uniforms = luck.uniforms(entity, "arrivals")
    return lambda count: -np.log1p(-uniforms(count))


def _sums(gaps: Callable[[int], Floats]) -> Iterator[Floats]:
    """Yield the sums of gaps, block after block, without end.

    Each is added to the one before, so that the sums do not depend on the size of the blocks.
    """
    last = 0.0
    for size in block_sizes(_FIRST_ARRIVALS):
        times: Floats = np.cumsum(np.append(last, gaps(size)))[1:]
        last = float(times[-1])
        yield times


def _every(luck: Luck, stream: Every, entity: str) -> Iterator[Floats]:
    """Yield the due times, each with its jitter; they rise although jitter may overtake."""
    jitter = None if stream.jitter is None else luck.spans(entity, "jitter", stream.jitter)
    due, held, until_s = 0, np.empty(0), luck.plan.until_s
    for size in block_sizes():
        times = on_grid(stream.first + stream.every * np.arange(due, due + size))
        due += size
        if jitter is not None:
            times = times + jitter(size)
        held = np.sort(np.concatenate([held, times[times < until_s]]))
        next_due = stream.first + stream.every * due
        if next_due >= until_s:
            yield held
            return
        safe = held < next_due
        yield held[safe]
        held = held[~safe]
