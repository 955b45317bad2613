"""What submissions bring, a block at a time: how long their jobs run, and how they end."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from itertools import islice, repeat
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from simulator.engine.courses import Course, Courses, Draw, Seconds
from simulator.model.distributions import Distribution
from simulator.plan.sources import Work
from simulator.records.codes import JobState


class Link(NamedTuple):
    """Where a job stands in a chain of `then`: the n-th submission of the chain's `root`.

    `been` are the processes the chain has been at, this job's included; `lap` counts the steps
    since it first came back to one of them.
    """

    root: str
    nth: int
    lap: int
    been: frozenset[int]


Drawn: TypeAlias = tuple[float, int, float, Link | None, Course | None]
"""What a submission brings: how long its job runs, in seconds; the `JobState` it ends in; how long
it stays Pending at most; its link, if its end submits another job; and its course, in place of the
first two, where it may be Suspended, or runs longer on some hosts.
"""


class WorkBlock(NamedTuple):
    """What some submissions bring: (n,) each, as in `Drawn`; None for what none of them has."""

    runs_s: Seconds
    ends_as: npt.NDArray[np.int8]
    patience_s: Seconds | None
    courses: list[Course] | None

    def drawn(self, links: Iterable[Link | None]) -> Iterator[Drawn]:
        """Yield it one by one, each with the next of the links; there are enough of these."""
        size = len(self.runs_s)
        patience_s = self.patience_s
        patience = repeat(math.inf, size) if patience_s is None else patience_s.tolist()
        courses = repeat(None, size) if self.courses is None else self.courses
        runs, ends = self.runs_s.tolist(), self.ends_as.tolist()
        return zip(runs, ends, patience, islice(links, size), courses, strict=True)


class WorkDraws:
    """Draws what the submissions of one entity bring.

    `uniforms` and `spans` give the entity's random streams by their purpose; `courses` draws the
    courses of its jobs, None where they have no need of one.
    """

    def __init__(
        self,
        work: Work,
        uniforms: Callable[[str], Draw],
        spans: Callable[[str, Distribution], Draw],
        courses: Courses | None,
    ) -> None:
        self._work, self._courses = work, courses
        self._start_up = spans("start-up", work.start_up)
        self._faults = uniforms("faults") if work.faults else None
        self._patience = None if work.patience is None else spans("patience", work.patience)

    def block(self, lasting_s: Seconds) -> WorkBlock:
        """Draw the rest for the next submissions, whose jobs' own work lasts that long, (n,)."""
        size, work = len(lasting_s), self._work
        start_up_s = self._start_up(size)
        runs_s = lasting_s + start_up_s
        ends_as = np.full(size, JobState.SUCCESSFUL.value, dtype=np.int8)
        if self._faults is not None:
            ends_as[self._faults(size) < work.faults] = JobState.FAULTED.value
        courses = None
        if self._courses is not None:
            courses = self._courses.block(start_up_s, lasting_s, ends_as)
        if not math.isinf(work.stop_after_s):
            ends_as[runs_s > work.stop_after_s] = JobState.STOPPED.value
            runs_s = np.minimum(runs_s, work.stop_after_s)
        patience_s = None if self._patience is None else self._patience(size)
        return WorkBlock(runs_s, ends_as, patience_s, courses)
