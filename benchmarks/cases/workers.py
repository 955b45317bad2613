"""What two workers gain over one, of a study and of two loops that do nothing but count.

No two processors of a machine do twice the work of one: they share caches, memory and the clock
that heat allows, and whatever else runs there. So beside the study stands a loop as long, in as
many pieces, in processes started and fed the same way. What the study loses beyond the loop is
ours: results that are sent, a main process that summarises, workers that wait for it.

The work of a sample is the seconds it takes one worker, its time is what it takes two: work per
second is the gain. What it takes to start workers is paid once a command and is in no gain.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.samples import Sample
from simulator.experiments.executing.processes import Processes
from simulator.experiments.executing.workforce import ALONE, Workforce
from simulator.experiments.study import run_study
from simulator.loading import Loaded, load

FLAGSHIP: Final = Path(__file__).parents[2] / "scenarios" / "flagship-shared-machines.yaml"
CALIBRATION: Final = 1_000_000
FIRST: Final = 4
"""Pieces that warm up, and that tell how long one takes."""


def study(replications: int) -> Sample:
    """Time the flagship scenario by one worker and by two."""
    return gained(partial(studied, load(FLAGSHIP)), replications)


def loop(replications: int) -> Sample:
    """Time a loop as long as that study by one worker and by two."""
    scenario = load(FLAGSHIP)
    studied(scenario, ALONE, FIRST)  # imports what it needs
    one_s = timed(partial(studied, scenario, ALONE, FIRST)) / FIRST
    turns = round(CALIBRATION * one_s / timed(partial(spin, 0, CALIBRATION)))
    return gained(partial(looped, turns), replications)


def gained(work: Callable[[Workforce, int], None], pieces: int) -> Sample:
    """Do the work alone and by two, both warmed up by a few pieces of it."""
    with Processes(2, print) as two:
        for workforce in (ALONE, two):
            work(workforce, FIRST)
        return Sample(timed(partial(work, ALONE, pieces)), timed(partial(work, two, pieces)))


def studied(scenario: Loaded, workforce: Workforce, replications: int) -> None:
    """Run the study, and look at what came of it."""
    found = run_study(scenario, workforce=workforce, replications=replications)
    assert found.replications == replications


def looped(turns: int, workforce: Workforce, pieces: int) -> None:
    """Count as often as there are replications."""
    done = workforce.in_order(partial(spin, turns=turns), range(pieces))
    assert sum(done) == turns * pieces


def spin(_piece: int, turns: int) -> int:
    """Do nothing but count."""
    count = 0
    while count < turns:
        count += 1
    return count


def timed(what: Callable[[], object]) -> float:
    """Return the seconds it takes."""
    began = time.perf_counter()
    what()
    return time.perf_counter() - began
