"""Two folders that share one slot, first come, first served: how much each waits for the other.

Jobs of folder k come at rate λ_k, take S_k, and load the slot to u_k = λ_k E[S_k]. Who stands
behind the job that runs came after it, so is of any folder i with chance λ_i / λ, whatever runs.
How many they are is λ times what the job that runs waited, which does not depend on its folder, and
λ times what it has run so far. So the time that jobs wait for k is in proportion to
u_k W + λ_k E[S_k²] / 2, with W = Σ λ_j E[S_j²] / 2 (1 - u) by Pollaczek and Khinchine. In parts of
all of it that is u_k + (1 - u) λ_k E[S_k²] / Σ λ_j E[S_j²]: where all jobs are alike λ_k / λ, the
share of the work.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from builders import folder
from builders_blame import figures_of, planned, window_of

from simulator.engine import simulate
from simulator.plan.plan import Plan
from simulator.records.codes import BlameCause
from simulator.statistics.intervals import ratio_of_sums

REPLICATIONS = 20
CONFIDENCE = 0.999
"""Chosen beforehand, for eight figures: none is expected to miss."""

NEAR = 0.04
"""How wide an interval may be on either side; the shares below differ by more."""


@dataclass(frozen=True)
class Work:
    """The jobs of a folder: how many an hour, how long, in minutes, and the second moment of it."""

    per_hour: float
    duration: Any
    mean: float
    square: float


def exponential(per_hour: float, mean: float) -> Work:
    return Work(per_hour, {"exponential": f"{mean:g}m"}, mean, 2 * mean**2)


def constant(per_hour: float, mean: float) -> Work:
    return Work(per_hour, f"{mean:g}m", mean, mean**2)


CASES = {
    "alike": (exponential(6, 4), exponential(6, 4)),
    "M/M/1": (exponential(3, 4), exponential(9, 4)),
    "long and short": (exponential(5, 6), constant(9, 2)),
}


@pytest.mark.parametrize("works", CASES.values(), ids=CASES.keys())
def test_who_waits_for_whom(works: tuple[Work, Work]) -> None:
    """All four pairs of a folder that waits and one that holds the slot."""
    expected = np.outer(_of_waiting(works), _of_holding(works)).reshape(-1)
    plan = _planned(works)
    seconds = np.array([_seconds(plan, number) for number in range(REPLICATIONS)])
    totals = np.repeat(seconds.sum(axis=1, keepdims=True), 4, axis=1)
    found = ratio_of_sums(seconds, totals, CONFIDENCE)
    assert (found.half_width <= NEAR).all(), found
    assert ((found.low <= expected) & (expected <= found.high)).all(), (expected, found)


def _of_waiting(works: tuple[Work, Work]) -> list[float]:
    total = sum(one.per_hour for one in works)
    return [one.per_hour / total for one in works]


def _of_holding(works: tuple[Work, Work]) -> list[float]:
    loads = [one.per_hour * one.mean / 60 for one in works]
    squares = [one.per_hour * one.square for one in works]
    rest = 1 - sum(loads)
    return [
        load + rest * square / sum(squares) for load, square in zip(loads, squares, strict=True)
    ]


def _planned(works: tuple[Work, Work]) -> Plan:
    return planned(
        time={"start": "2026-01-05T00:00", "duration": "25d", "warm_up": "1d"},
        folders={
            name: folder(
                processes={"P": {"duration": one.duration}},
                starts={
                    "S": {
                        "process": "P",
                        "by": "owner",
                        "stream": {"poisson": f"{one.per_hour:g} per hour"},
                    }
                },
            )
            for name, one in zip("AB", works, strict=True)
        },
    )


def _seconds(plan: Plan, number: int) -> list[float]:
    """The seconds of one replication by who waits and who holds: A for A, A for B, B for A, B."""
    found = window_of(figures_of(plan, simulate(plan, 7, number)))
    assert {blamed.charge.cause for blamed in found} == {BlameCause.JOB}
    by_pair = {(one.process, one.charge.held_by): seconds for one, seconds in found.items()}
    return [by_pair[waits, holds] for waits in range(2) for holds in range(2)]
