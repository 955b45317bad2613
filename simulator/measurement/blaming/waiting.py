"""How many jobs of each process waited, added up over time, those with the same needs together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from simulator.measurement.blaming.chargeable import Chargeable, Payer, chargeable
from simulator.measurement.blaming.grounds import Needs, needs_of
from simulator.measurement.cumulated import Cumulated, cumulated
from simulator.measurement.scopes import numbered, total_by
from simulator.measurement.slices import TimeSlice
from simulator.measurement.spans import Spans
from simulator.measurement.steps import Changes, Steps, changes
from simulator.measurement.waits import Waits, spans_with_latency
from simulator.plan.eligibility import Eligibility
from simulator.records.columns import NONE, Ints, numbers_of


class Crowd(NamedTuple):
    """The jobs of a process that waited in one kind of line.

    kind: the number of its needs. number: of those without a slot; latencies: the spans in which
    others had one already, and waited out the dispatch latency; total_s: how long all waited.
    """

    kind: int
    process: int
    number: Cumulated
    latencies: Chargeable
    total_s: float


class KindsOfNeeds:
    """The different needs of lines, in order, and which of them each line has."""

    def __init__(self, eligibility: Eligibility) -> None:
        needs = [needs_of(line, blocks=eligibility.blocks) for line in eligibility.lines]
        numbers = numbers_of(dict.fromkeys(needs))
        self.needs = tuple(numbers)
        self.of_line = np.array([numbers[one] for one in needs], dtype=np.int64)


class Waiting:
    """Jobs that waited for their first start in a slice, by what they needed and by process."""

    def __init__(self, part: TimeSlice, waits: Waits, kinds: KindsOfNeeds) -> None:
        """Take the first waits; any of them may be left out."""
        self._legend, self._records, self._waits = part.legend, part.records, waits
        self._kinds, self._processes = kinds, len(part.legend.names.processes)
        process = part.legend.routes.process[part.records.jobs.route[waits.job]]
        crowd = kinds.of_line[waits.line] * self._processes + process
        self._keys, place = numbered(crowd, len(kinds.needs) * self._processes)
        self._crowd = place.astype(np.int32)

    def by_needs(self) -> Iterator[tuple[Needs, Steps, Iterator[Crowd]]]:
        """Yield all who waited, those with the same needs together, and how many did at once."""
        crowds: defaultdict[int, list[int]] = defaultdict(list)
        for crowd, key in enumerate(self._keys):
            crowds[key // self._processes].append(crowd)
        for kind, alike in crowds.items():
            together = self._numbers.total_of(alike)
            yield self._kinds.needs[kind], together, map(self._crowd_of, alike)

    def _crowd_of(self, crowd: int) -> Crowd:
        return Crowd(
            kind=self._keys[crowd] // self._processes,
            process=self._keys[crowd] % self._processes,
            number=cumulated(self._numbers.total_of((crowd,))),
            latencies=self._latencies.of((crowd,)),
            total_s=float(self._totals_s[crowd]),
        )

    @cached_property
    def _totals_s(self) -> npt.NDArray[np.float64]:
        return total_by(self._crowd, len(self._keys), self._waits.spans.length_s)

    @cached_property
    def _numbers(self) -> Changes:
        """Return how many of each crowd wait for a slot."""
        waits, (rows, crowd) = self._waits.spans, self._of_latencies
        held = self._records.occupancy
        by = np.repeat(
            np.array([1, -1, -1, 1], dtype=np.int32),
            (len(self._crowd), len(self._crowd), len(rows), len(rows)),
        )
        at_s = np.concatenate((*waits, held.from_s[rows], held.ran_from_s[rows]))
        things = np.concatenate((self._crowd, self._crowd, crowd, crowd))
        return changes(at_s, things, by, len(self._keys))

    @cached_property
    def _latencies(self) -> Chargeable:
        held, (rows, crowd) = self._records.occupancy, self._of_latencies
        machines = np.array(self._legend.names.host_machine, dtype=np.int32)
        return chargeable(
            Spans(held.from_s[rows], held.ran_from_s[rows]),
            Payer(NONE, machines[held.host[rows]]),
            self._legend.window,
            crowd,
            len(self._keys),
        )

    @cached_property
    def _of_latencies(self) -> tuple[npt.NDArray[np.intp], Ints]:
        """Return the spans held before the job ran, in a first wait, and whose crowd each is of."""
        rows, is_later = spans_with_latency(self._records)
        rows, waiting = rows[~is_later], self._waits.job
        job = self._records.occupancy.job[rows]
        order = np.argsort(waiting, kind="stable")
        place = np.searchsorted(waiting, job, sorter=order).clip(max=len(waiting) - 1)
        crowd = order[place]
        kept = waiting[crowd] == job
        return rows[kept], self._crowd[crowd[kept]]
