"""Random numbers for one replication, drawn in blocks, each from the stream of its own name.

Draws belong to the n-th submission a source intends, whether it is refused, held back by a guard
or runs: the same submission has the same duration in every variant of a scenario.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import count, repeat
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from simulator.engine.courses import Courses, Draw
from simulator.engine.work_draws import Drawn, Link, WorkDraws
from simulator.model.distributions import Constant, Distribution
from simulator.plan.items import ItemWork
from simulator.plan.plan import Plan
from simulator.plan.sources import Source, Work
from simulator.records.codes import ItemException
from simulator.sampling.inversion import sampler
from simulator.sampling.laws import Sampler
from simulator.sampling.streams import generator

_FIRST_BLOCK, _LARGEST_BLOCK = 16, 4096

Uniforms = Callable[[int], npt.NDArray[np.float64]]


DrawnItem: TypeAlias = tuple[float, int]
"""What an attempt at an item brings: how long it takes, in seconds; the `ItemException` it ends in.
"""

NO_LINKS: Final = repeat(None)

_WITHIN: Final = "\x1f"
"""Between an entity's name and what is told apart within it; no name of a scenario may have it."""


def within(entity: str, *parts: object) -> str:
    """Return the name of a part of an entity, for streams of its own: a user, a child, a retry."""
    return _WITHIN.join((entity, *map(str, parts)))


@dataclass(frozen=True)
class Luck:
    """The random streams of one replication."""

    plan: Plan
    seed: int
    replication: int
    _samplers: dict[int, Sampler] = field(default_factory=dict, compare=False)
    """By the distribution's identity: a retried item needs draws anew, its law only once."""

    def uniforms(self, entity: str, purpose: str) -> Uniforms:
        """Return the stream of an entity and purpose: n -> the next n numbers in [0, 1)."""
        return generator(self.seed, self.replication, entity, purpose).random

    def one_by_one(self, entity: str, purpose: str) -> Callable[[], float]:
        """Return the same stream as a function that gives one number a call."""
        uniforms = self.uniforms(entity, purpose)
        numbers = (number for size in block_sizes() for number in uniforms(size).tolist())
        return lambda: next(numbers)

    def spans(
        self, entity: str, purpose: str, distribution: Distribution
    ) -> Callable[[int], npt.NDArray[np.float64]]:
        """Return a function n -> the next n draws of a distribution, in seconds on the grid."""
        draw = self._sampler(distribution)
        if isinstance(distribution, Constant):
            return lambda count: draw(np.zeros(count))
        uniforms = self.uniforms(entity, purpose)
        return lambda count: draw(uniforms(count))

    def _sampler(self, distribution: Distribution) -> Sampler:
        if id(distribution) not in self._samplers:
            self._samplers[id(distribution)] = sampler(distribution, self.plan.columns)
        return self._samplers[id(distribution)]

    def works(
        self, work: Work, entity: str, links: Iterable[Link | None] = NO_LINKS
    ) -> Iterator[Drawn]:
        """Yield what each submission of an entity brings; it takes the next of the `links`."""
        duration, draws = self.work_draws(work, entity)
        return _one_by_one(map(duration, block_sizes()), draws, links)

    def work_draws(self, work: Work, entity: str) -> tuple[Draw, WorkDraws]:
        """Return what draws how long the jobs of an entity last, and what draws the rest."""
        duration = self.spans(entity, "duration", work.duration)
        again = None
        if work.suspends is not None:
            again = self.spans(entity, "duration again", work.duration)
        return duration, self._rest(work, entity, again)

    def works_lasting(
        self,
        durations: Iterable[npt.NDArray[np.float64]],
        work: Work,
        entity: str,
        links: Iterable[Link | None] = NO_LINKS,
    ) -> Iterator[Drawn]:
        """Yield the same where the durations, in seconds, come from elsewhere, block by block.

        Each stretch of a job that is Suspended in between lasts as long.
        """
        return _one_by_one(durations, self._rest(work, entity, None), links)

    def _rest(self, work: Work, entity: str, again: Draw | None) -> WorkDraws:
        """Return what draws all but durations; later stretches last as `again`, or as the first."""
        uniforms, spans = partial(self.uniforms, entity), partial(self.spans, entity)
        courses = Courses(work, uniforms, spans, again) if self.needs_courses(work) else None
        return WorkDraws(work, uniforms, spans, courses)

    def needs_courses(self, work: Work) -> bool:
        """Return whether how long jobs run is not known when they are drawn."""
        return work.suspends is not None or self._has_duration_factors

    @cached_property
    def _has_duration_factors(self) -> bool:
        """Asked for each source, which may be as many as there are machines to look at."""
        return self.plan.has_duration_factors

    def item_works(self, work: ItemWork, entity: str) -> Iterator[DrawnItem]:
        """Yield for each attempt at an entity's items how long it takes, and what it fails of."""
        duration = self.spans(entity, "item duration", work.duration)
        return self.item_works_lasting(map(duration, block_sizes()), work, entity)

    def item_works_lasting(
        self, durations: Iterable[npt.NDArray[np.float64]], work: ItemWork, entity: str
    ) -> Iterator[DrawnItem]:
        """Yield the same where the durations, in seconds, come from elsewhere, block by block."""
        fails = work.faults + work.business_faults > 0
        faults = self.uniforms(entity, "item faults") if fails else None
        for lasting in durations:
            size = len(lasting)
            ends = np.full(size, ItemException.NONE.value, dtype=np.int8)
            if faults is not None:
                drawn = faults(size)
                ends[drawn < work.faults + work.business_faults] = ItemException.BUSINESS.value
                ends[drawn < work.faults] = ItemException.APPLICATION.value
            yield from zip(lasting.tolist(), ends.tolist(), strict=True)

    def links(self, source: Source, entity: str) -> Iterable[Link | None]:
        """Return the links of an entity's submissions: of each, if it may begin a chain."""
        if self.plan.processes[source.process].then < 0:
            return NO_LINKS
        been = frozenset({source.process})
        return (Link(entity, nth, 0, been) for nth in count())

    def one_after_the_other(
        self, entity: str, purpose: str, distribution: Distribution
    ) -> Iterator[float]:
        """Yield the draws of a distribution, in seconds on the grid, one at a time."""
        draw = self.spans(entity, purpose, distribution)
        for size in block_sizes():
            yield from draw(size).tolist()


def _one_by_one(
    durations: Iterable[npt.NDArray[np.float64]], draws: WorkDraws, links: Iterable[Link | None]
) -> Iterator[Drawn]:
    """Yield what submissions bring whose durations are these, block by block."""
    link = iter(links)
    for lasting_s in durations:
        yield from draws.block(lasting_s).drawn(link)


def block_sizes(first: int = _FIRST_BLOCK) -> Iterator[int]:
    """Yield how many to draw at a time: few at first, for a source that submits but once."""
    size = first
    while True:
        yield size
        size = min(2 * size, _LARGEST_BLOCK)
