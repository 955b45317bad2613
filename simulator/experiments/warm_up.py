"""`warm_up: auto`: how long an estate, empty at first, takes to settle, found by a pilot.

The pilot is the first ten replications over the whole span, with nothing left out. The number of
Pending jobs is averaged over them in equal cells of time, and MSER-5 cuts that one series: a cut of
each replication's own makes intervals that hold far too seldom.

Where crons or profiles bring the day or the week round, numbers rise and fall with it, and no end
of that is to be waited for. Then each value of the series is the mean over a whole day, or week,
that begins there, and the cut is made of whole ones, so that the window begins as the run did.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Final, Literal, NamedTuple

import numpy as np

from simulator.access.sight import Sight
from simulator.engine import simulate
from simulator.errors import EndlessRun, RunInterrupted
from simulator.experiments.executing.workforce import ALONE, Workforce
from simulator.experiments.telling import told_of
from simulator.loading import Loaded
from simulator.measurement.over_time import numbers_over_time
from simulator.model.precision import FEWEST_REPLICATIONS
from simulator.plan.chance import scenario_varies
from simulator.plan.making import make_plan
from simulator.plan.plan import Plan
from simulator.plan.recurring import cycle_s
from simulator.records.columns import Floats
from simulator.statistics import mser5
from simulator.statistics.warm_up import BATCH

CELLS: Final = 500
"""Cells of time that the span of a pilot is cut into, about."""

Progress = Callable[[int, int], None]
"""Takes how many replications of a pilot are done, and of how many."""

Looked = Literal["pending.jobs", "slots.busy"]
"""What the series is of: Pending jobs or, where there are hardly ever any, busy slots."""


@dataclass(frozen=True, slots=True)
class WarmUp:
    """What a pilot found: how long an estate takes to settle, and the series that shows it.

    `averages` has a mean number for each cell of `cell_s` seconds, over the cells of a cycle from
    there on where there is one, of `cycle_s` seconds; 0 is none. `cut_s` is left out of the span.
    `is_settled` is False where the span is too short to tell.
    """

    of: Looked
    replications: int
    averages: tuple[float, ...]
    cell_s: float
    cycle_s: float
    cut_s: float
    is_settled: bool


class Cells(NamedTuple):
    """How a span is cut: into how many cells, of what length, how many to a cycle (1: no cycle)."""

    cells: int
    each_s: float
    a_cycle: int

    @property
    def edges_s(self) -> Floats:
        """Return where the cells begin, and the last one ends, in seconds: (cells + 1,)."""
        return np.arange(self.cells + 1, dtype=np.float64) * self.each_s


@dataclass(frozen=True, slots=True)
class Pilot:
    """The work of one replication of a pilot, ready to be sent to another process."""

    plan: Plan
    seed: int
    edges_s: Floats

    def __call__(self, replication: int) -> Floats:
        """Return the mean numbers of Pending jobs and busy slots in each cell, (2, cells)."""
        return numbers_over_time(simulate(self.plan, self.seed, replication), self.edges_s)


def settled(
    loaded: Loaded,
    *,
    sight: Sight | None = None,
    workforce: Workforce = ALONE,
    progress: Progress = lambda _done, _of: None,
) -> tuple[Loaded, WarmUp | None]:
    """Return a scenario with its warm-up as a length of time, and how that was found.

    None, and the scenario as it is, where it says the length itself. The same for any `workforce`.

    Raises:
        EndlessRun, TooManySubmissions: as a run raises them; with a `sight` no process is named.
        RunInterrupted: Ctrl-C came before it was found.
    """
    if loaded.scenario.time.warm_up != "auto":
        return loaded, None
    found = _found(loaded, sight, workforce, progress)
    return with_cut(loaded, found.cut_s), found


def settled_together(
    scenarios: Sequence[tuple[str, Loaded]],
    *,
    workforce: Workforce = ALONE,
    progress: Progress = lambda _done, _of: None,
) -> list[tuple[str, Loaded, WarmUp | None]]:
    """Return named scenarios with the longest of the warm-ups found, so that windows are alike.

    One that says its length itself keeps it; so does one of less than twice the longest.

    Raises:
        EndlessRun, TooManySubmissions, RunInterrupted: as `settled`.
    """
    alone: list[tuple[str, Loaded, Loaded, WarmUp | None]] = []
    for name, asked in scenarios:
        with told_of(name):
            alone.append((name, asked, *settled(asked, workforce=workforce, progress=progress)))
    longest_s = max((found.cut_s for *_, found in alone if found is not None), default=0.0)
    together: list[tuple[str, Loaded, WarmUp | None]] = []
    for name, asked, cut, found in alone:
        if found is not None and 2 * longest_s <= asked.scenario.time.duration:
            alike = replace(found, cut_s=longest_s)
            together.append((name, with_cut(asked, longest_s), alike))
        else:
            together.append((name, cut, found))
    return together


def with_cut(loaded: Loaded, cut_s: float) -> Loaded:
    """Return a scenario of which so many seconds of `duration` are its warm-up."""
    time = loaded.scenario.time
    changed = time.model_copy(update={"warm_up": cut_s, "duration": time.duration - cut_s})
    return replace(loaded, scenario=loaded.scenario.model_copy(update={"time": changed}))


def _found(loaded: Loaded, sight: Sight | None, workforce: Workforce, progress: Progress) -> WarmUp:
    scenario = loaded.scenario
    cells = _cells(scenario.time.duration, cycle_s(scenario))
    plan = make_plan(scenario, loaded.access, loaded.columns, loaded.traces)
    pilot = Pilot(plan, scenario.run.seed, cells.edges_s)
    count = FEWEST_REPLICATIONS if scenario_varies(scenario) else 1
    total = np.zeros((2, cells.cells))
    try:
        with closing(workforce.in_order(pilot, range(1, count + 1))) as results:
            for done, numbers in enumerate(results, start=1):
                total += numbers
                progress(done, count)
    except KeyboardInterrupt:
        raise RunInterrupted("interrupted while looking how long the warm-up is") from None
    except EndlessRun as error:
        if sight is None:
            raise
        raise error.without_process() from None
    pending, busy = (over_cycles(one, cells.a_cycle) for one in total / count)
    return _judged(pending, busy, cells, count)


def _cells(span_s: float, cycle: float) -> Cells:
    """Return the cells of a span: of whole seconds, or as many as divide a cycle, if there is one.

    A span shorter than its cycle has the cells of one, of which nothing can be left out.
    """
    if cycle:
        cycles = max(int(span_s // cycle), 1)
        a_cycle = max(CELLS // cycles, 2)
        return Cells(cycles * a_cycle, cycle / a_cycle, a_cycle)
    each_s = float(span_s // CELLS) or max(round(span_s / CELLS, 6), 1e-6)
    return Cells(int(span_s // each_s), each_s, 1)


def over_cycles(series: Floats, a_cycle: int) -> Floats:
    """Return the mean over the cycle that begins at each cell, (N - a_cycle + 1,)."""
    totals = np.append(0.0, np.cumsum(series))
    return np.asarray((totals[a_cycle:] - totals[:-a_cycle]) / a_cycle)


def _judged(pending: Floats, busy: Floats, cells: Cells, replications: int) -> WarmUp:
    """Return the cut of the series of Pending jobs; of busy slots, if most cells have none."""
    is_of_pending = np.count_nonzero(pending) * 2 > len(pending)
    series = pending if is_of_pending else busy
    cut = mser5(series, cells.a_cycle)
    cycle = round(cells.each_s * cells.a_cycle, 6) if cells.a_cycle > 1 else 0.0
    left_out_s = _whole_s(cut.values, cells)
    return WarmUp(
        of="pending.jobs" if is_of_pending else "slots.busy",
        replications=replications,
        averages=tuple(series.tolist()),
        cell_s=cells.each_s,
        cycle_s=cycle,
        cut_s=left_out_s,
        is_settled=cut.is_settled and left_out_s > 0,
    )


def _whole_s(values: int, cells: Cells) -> float:
    """Return a cut as time: of whole cycles, or batches, and one at least: the first begins empty.

    Never more than half of all there are; so of a single cycle, none.
    """
    unit = cells.a_cycle if cells.a_cycle > 1 else BATCH
    units = max(math.ceil(values / unit), 1)
    return round(min(units, cells.cells // unit // 2) * unit * cells.each_s, 6)
