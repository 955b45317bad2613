"""The smallest fleet that meets a target, found by running one size after the other.

Each size runs until the target is decided: met or missed by the whole interval, with a window twice
as long as long as it is neither. Ten looks or so go to an answer, so each has a tenth of the chance
of error that the answer may have.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from theory.figures import SCENARIOS, Figure
from theory.outcomes import Outcome

from simulator.experiments.study import run_study
from simulator.experiments.verdicts import Verdict
from simulator.loading import load

CONFIDENCE: Final = "99.9%"
MOST_DOUBLINGS: Final = 4
SIZES: Final = range(11, 20)
"""Eleven slots are the fewest that carry the load at all: 10.8 jobs run on average."""


def smallest_fleet(figure: Figure, seed: int) -> Outcome:
    """Return the fewest slots that meet the target of the figure's file; NaN if undecided.

    The answer has no interval of its own: it is right, or it is not.
    """
    answer = next(_met(figure.file, seed), math.nan)
    return Outcome(figure, seed, math.nan, answer, math.nan)


def _met(file: str, seed: int) -> Iterator[int]:
    """Yield the sizes that meet the target, as long as each before is known to miss it."""
    for slots in SIZES:
        verdict = _decided(file, slots, seed)
        if verdict.outcome == "met":
            yield slots
        elif verdict.outcome == "undecided":
            return


def _decided(file: str, slots: int, seed: int) -> Verdict:
    """Return how the target fares with so many slots, undecided only after the longest run."""
    days = load(SCENARIOS / file).scenario.time.duration / 86400
    for doublings in range(MOST_DOUBLINGS + 1):
        settings = [
            f"machines.M1.slots={slots}",
            f"time.duration={days * 2**doublings:.0f}d",
            f"run.confidence={CONFIDENCE}",
        ]
        study = run_study(load(SCENARIOS / file, overrides=settings), seed=seed)
        (verdict,) = study.verdicts
        if verdict.outcome != "undecided":
            break
    return verdict
