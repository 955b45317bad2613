"""The course of a job that may be Suspended, or whose host makes it slower: stretch by stretch."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from itertools import islice, repeat
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from simulator.model.distributions import Distribution
from simulator.plan.sources import Work
from simulator.records.codes import JobState
from simulator.units import to_grid

Seconds: TypeAlias = npt.NDArray[np.float64]
Draw: TypeAlias = Callable[[int], Seconds]
"""n -> the next n draws."""

_STOPPED, _SUSPENDED = int(JobState.STOPPED), int(JobState.SUSPENDED)


class Stretch(NamedTuple):
    """A further stretch of running, after the job has been Suspended for `away_s`."""

    away_s: float
    start_up_s: float
    duration_s: float


class Course(NamedTuple):
    """What is before a job: the stretch that is next, those that follow, and how it ends then.

    `stop_after_s` is how long it may still be Running, all stretches together.
    """

    start_up_s: float
    duration_s: float
    ends_as: int
    stop_after_s: float
    further: tuple[Stretch, ...]

    def on(self, factor: float) -> tuple[float, int]:
        """Return how long the stretch lasts on a host of that `duration_factor`, and how it ends.

        In seconds on the grid, and the `JobState` it leaves the job in.
        """
        run_s, left_s = self.start_up_s + slowed(self.duration_s, factor), self.stop_after_s
        if run_s > left_s or (run_s == left_s and self.further):
            return left_s, _STOPPED
        return run_s, _SUSPENDED if self.further else self.ends_as

    def after(self, ran_s: float) -> Course:
        """Return the course of the job from the stretch that follows one of `ran_s` on."""
        _, start_up_s, duration_s = self.further[0]
        left_s = self.stop_after_s - ran_s
        return Course(start_up_s, duration_s, self.ends_as, left_s, self.further[1:])


def slowed(duration_s: float, factor: float) -> float:
    """Return a duration on a host with that factor, in seconds on the grid."""
    return duration_s if factor == 1 else to_grid(duration_s * factor)


def number_of_suspensions(uniforms: Seconds, probability: float) -> npt.NDArray[np.int64]:
    """Return how often each of some jobs is Suspended: geometric, by inversion; same shape."""
    if not probability:
        return np.zeros(len(uniforms), dtype=np.int64)
    times: npt.NDArray[np.int64] = np.floor(np.log1p(-uniforms) / math.log(probability)).astype(int)
    return times


class Courses:
    """Draws courses. All that a submission's job goes through is drawn with it, and belongs to it.

    `uniforms` and `spans` give the submitter's random streams by their purpose; `again` draws the
    durations of further stretches, which last as long as the first where it is None.
    """

    def __init__(
        self,
        work: Work,
        uniforms: Callable[[str], Draw],
        spans: Callable[[str, Distribution], Draw],
        again: Draw | None,
    ) -> None:
        self._stop_after_s = work.stop_after_s
        self._probability = 0.0 if work.suspends is None else work.suspends.probability
        self._again = again
        if work.suspends is not None:
            self._often = uniforms("suspensions")
            self._away = spans("suspended", work.suspends.for_)
            self._start_up = spans("start-up again", work.start_up)

    def block(
        self, start_up_s: Seconds, duration_s: Seconds, ends_as: npt.NDArray[np.int8]
    ) -> list[Course]:
        """Return the courses of jobs whose first stretches are these, (n,) each."""
        first = zip(start_up_s.tolist(), duration_s.tolist(), ends_as.tolist(), strict=True)
        return [
            Course(*stretch, self._stop_after_s, further)
            for stretch, further in zip(first, self._further(duration_s), strict=True)
        ]

    def _further(self, duration_s: Seconds) -> Iterator[tuple[Stretch, ...]]:
        """Yield the further stretches of each job, of which `duration_s` has the first."""
        size = len(duration_s)
        if not self._probability:
            yield from repeat((), size)
            return
        times = number_of_suspensions(self._often(size), self._probability)
        count = int(times.sum())
        lasting = np.repeat(duration_s, times) if self._again is None else self._again(count)
        drawn = self._away(count).tolist(), self._start_up(count).tolist(), lasting.tolist()
        stretches = map(Stretch, *drawn)
        for more in times.tolist():
            yield tuple(islice(stretches, more))
