"""What each source of an estate asks for: how many slots at once, when, and how irregularly."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from simulator.measurement.hours import HOURS_PER_WEEK
from simulator.plan.demands import Part
from simulator.plan.offered_load import OfferedLoad
from simulator.plan.weekly_shape import Floats, irregularity, timing_of, weekly_shape


@dataclass(frozen=True, slots=True, eq=False)
class SourceLoad:
    """What one source asks for.

    due: how many slots at once if none of its jobs waited, by hour of the week, (168,), in a week
    in which it comes. variation, irregularity: squared coefficients of variation of how long its
    jobs run, and of the distances at which they come.
    """

    part: Part
    due: Floats
    variation: float
    irregularity: float

    @property
    def load(self) -> Floats:
        """Return the same on average over all weeks: less of what comes once a month."""
        mean: Floats = self.due * (self.part.load / self.due.mean())
        return mean

    @property
    def sums(self) -> tuple[float, float, float, float]:
        """Return sums over its jobs of a second.

        They are how many, the time they take, the squares of that, and how irregularly they come.
        """
        per_s, load = self.part.per_s, self.part.load
        return per_s, load, load * load / per_s * (1 + self.variation), per_s * self.irregularity


def source_loads(offered: OfferedLoad) -> tuple[SourceLoad, ...]:
    """Return what each source asks for; what follows other jobs comes when its folder's do."""
    parts = [one for one in offered.parts() if 0 < one.load < math.inf]
    shapes = [_shape(one, offered) for one in parts]
    of_folder = _by_folder(zip(parts, shapes, strict=True))
    columns = offered.holding.columns
    return tuple(
        SourceLoad(
            part=one,
            due=one.load * (of_folder[one.source.folder] if shape is None else shape),
            variation=offered.holding.variation(one.source),
            irregularity=irregularity(timing_of(one.source), one.source.item.jobs, columns),
        )
        for one, shape in zip(parts, shapes, strict=True)
    )


def _shape(part: Part, offered: OfferedLoad) -> Floats | None:
    timing = timing_of(part.source)
    if timing is None:
        return None
    return weekly_shape(timing, offered.wall, offered.holding.columns)


def _by_folder(shaped: Iterable[tuple[Part, Floats | None]]) -> Mapping[str, Floats]:
    """Return the shape of all load of each folder together; it is flat where nothing has one."""
    loads: dict[str, Floats] = defaultdict(lambda: np.zeros(HOURS_PER_WEEK))
    for part, shape in shaped:
        loads[part.source.folder] += 0.0 if shape is None else part.load * shape
    flat = np.ones(HOURS_PER_WEEK)
    return {name: load / load.mean() if load.any() else flat for name, load in loads.items()}
