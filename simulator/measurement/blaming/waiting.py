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
from simulator.measurement.scopes import total_by
from simulator.measurement.spans import Spans
from simulator.measurement.steps import Changes, Steps, changes
from simulator.measurement.waits import Waits, spans_with_latency
from simulator.plan.eligibility import Eligibility
from simulator.records.columns import NONE, Ints, Legend, Records, numbers_of


class Crowd(NamedTuple):
    """The jobs of a process that waited in one kind of line.

    number: of those without a slot; latencies: the spans in which others had one already, and
    waited out the dispatch latency; total_s: how long all of them waited.
    """

    process: int
    number: Cumulated
    latencies: Chargeable
    total_s: float


class Waiting:
    """Jobs that waited for their first start, by what they needed and by process."""

    def __init__(
        self, eligibility: Eligibility, legend: Legend, records: Records, waits: Waits
    ) -> None:
        """Take the first waits; any of them may be left out."""
        self._legend, self._records, self._waits = legend, records, waits
        of_lines = [needs_of(line, blocks=eligibility.blocks) for line in eligibility.lines]
        self._needs = numbers_of(dict.fromkeys(of_lines))
        needs = np.array([self._needs[one] for one in of_lines], dtype=np.int64)[waits.line]
        self._processes = len(legend.names.processes)
        process = legend.routes.process[records.jobs.route[waits.job]]
        keys, self._crowd = np.unique(needs * self._processes + process, return_inverse=True)
        self._keys: list[int] = keys.tolist()

    def by_needs(self) -> Iterator[tuple[Needs, Steps, Iterator[Crowd]]]:
        """Yield all who waited, those with the same needs together, and how many did at once."""
        crowds: defaultdict[int, list[int]] = defaultdict(list)
        for crowd, key in enumerate(self._keys):
            crowds[key // self._processes].append(crowd)
        for needs, number in self._needs.items():
            if number in crowds:
                together = self._numbers.total_of(crowds[number])
                yield needs, together, map(self._crowd_of, crowds[number])

    def _crowd_of(self, crowd: int) -> Crowd:
        return Crowd(
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
        crowds = np.full(len(self._records.jobs.route), NONE, dtype=np.int32)
        crowds[self._waits.job] = self._crowd
        rows, is_later = spans_with_latency(self._records)
        crowd = crowds[self._records.occupancy.job[rows]]
        kept = ~is_later & (crowd >= 0)
        return rows[kept], crowd[kept]
