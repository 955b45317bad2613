"""Random numbers for one replication, drawn in blocks, each from the stream of its own name.

Draws belong to the n-th submission a source intends, whether it is refused, held back by a guard
or runs: the same submission has the same duration in every variant of a scenario.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from simulator.model.distributions import Constant, Distribution
from simulator.model.streams import ClosedLoop, Every, Interarrival, Poisson
from simulator.plan.plan import Plan
from simulator.plan.sources import Firings, Source, Work
from simulator.records.columns import JobState
from simulator.sampling.inversion import sampler
from simulator.sampling.streams import generator
from simulator.units import on_grid

_FIRST_BLOCK, _LARGEST_BLOCK = 16, 4096

Uniforms = Callable[[int], npt.NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Luck:
    """The random streams of one replication."""

    plan: Plan
    seed: int
    replication: int

    def uniforms(self, entity: str, purpose: str) -> Uniforms:
        """Return the stream of an entity and purpose: n -> the next n numbers in [0, 1)."""
        return generator(self.seed, self.replication, entity, purpose).random

    def one_by_one(self, entity: str, purpose: str) -> Callable[[], float]:
        """Return the same stream as a function that gives one number a call."""
        uniforms = self.uniforms(entity, purpose)
        numbers = (number for size in _block_sizes() for number in uniforms(size).tolist())
        return lambda: next(numbers)

    def spans(
        self, entity: str, purpose: str, distribution: Distribution
    ) -> Callable[[int], npt.NDArray[np.float64]]:
        """Return a function n -> the next n draws of a distribution, in seconds on the grid."""
        draw = sampler(distribution, self.plan.columns)
        if isinstance(distribution, Constant):
            return lambda count: draw(np.zeros(count))
        uniforms = self.uniforms(entity, purpose)
        return lambda count: draw(uniforms(count))

    def works(self, work: Work, entity: str) -> Iterator[tuple[float, JobState]]:
        """Yield for each submission of an entity how long its job runs, and how it ends."""
        duration = self.spans(entity, "duration", work.duration)
        start_up = self.spans(entity, "start-up", work.start_up)
        faults = self.uniforms(entity, "faults") if work.faults else None
        for size in _block_sizes():
            seconds = duration(size) + start_up(size)
            ends = np.full(size, JobState.SUCCESSFUL.value, dtype=np.int8)
            if faults is not None:
                ends[faults(size) < work.faults] = JobState.FAULTED.value
            if not math.isinf(work.stop_after_s):
                ends[seconds > work.stop_after_s] = JobState.STOPPED.value
                seconds = np.minimum(seconds, work.stop_after_s)
            yield from zip(seconds.tolist(), ends.tolist(), strict=True)

    def instants(self, source: Source) -> Iterator[float]:
        """Yield the instants at which an open source submits, inside the run and its own span."""
        from_s, until_s = source.from_s, min(source.until_s, self.plan.until_s)
        for block in self._blocks(source):
            inside = block[(block >= from_s) & (block < until_s)]
            yield from inside.tolist()
            if len(block) and block[-1] >= until_s:
                return

    def _blocks(self, source: Source) -> Iterator[npt.NDArray[np.float64]]:
        """Yield the instants of a stream in rising blocks, without end unless they are known."""
        arrivals = source.arrivals
        if isinstance(arrivals, Firings):
            yield arrivals.times_s
        elif isinstance(arrivals, Every):
            yield from self._every(arrivals, source.entity)
        elif isinstance(arrivals, Poisson):
            yield from self._poisson(arrivals, source.entity)
        else:
            assert isinstance(arrivals, Interarrival)  # noqa: S101 - closed loops are not open
            yield from self._renewals(arrivals, source.entity)

    def _poisson(self, stream: Poisson, entity: str) -> Iterator[npt.NDArray[np.float64]]:
        """Yield instants with exponential gaps; the sums go onto the grid, not each small gap."""
        uniforms, mean_s = self.uniforms(entity, "arrivals"), 1 / stream.poisson
        last = 0.0
        for size in _block_sizes():
            gaps = -np.log1p(-uniforms(size)) * mean_s
            times: npt.NDArray[np.float64] = last + np.cumsum(gaps)
            last = float(times[-1])
            yield on_grid(times)

    def _renewals(self, stream: Interarrival, entity: str) -> Iterator[npt.NDArray[np.float64]]:
        gaps = self.spans(entity, "arrivals", stream.interarrival)
        last = 0.0
        for size in _block_sizes():
            times = last + np.cumsum(gaps(size))
            last = float(times[-1])
            yield times

    def _every(self, stream: Every, entity: str) -> Iterator[npt.NDArray[np.float64]]:
        """Yield the due times, each with its jitter; they rise although jitter may overtake."""
        jitter = None if stream.jitter is None else self.spans(entity, "jitter", stream.jitter)
        due, held, until_s = 0, np.empty(0), self.plan.until_s
        for size in _block_sizes():
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

    def thinks(self, loop: ClosedLoop, entity: str) -> Iterator[float]:
        """Yield the think times of a user of a closed loop, in seconds."""
        draw = self.spans(entity, "think", loop.think)
        for size in _block_sizes():
            yield from draw(size).tolist()


def _block_sizes() -> Iterator[int]:
    size = _FIRST_BLOCK
    while True:
        yield size
        size = min(2 * size, _LARGEST_BLOCK)
