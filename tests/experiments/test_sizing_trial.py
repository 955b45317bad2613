"""When a test of a fleet looks, how sure it has to be, and what it decides."""

from __future__ import annotations

import math

import pytest

from simulator.experiments.sizing.sizing import TargetFigure
from simulator.experiments.sizing.trial import (
    is_decided,
    looks_until,
    outcome_of,
    trial_of,
)
from simulator.experiments.verdicts import Outcome
from simulator.model.targets import Target

TARGET = Target(measure="pending.mean", at_most="5m")


def figure(outcome: Outcome, mean: float = 1.0) -> TargetFigure:
    return TargetFigure(TARGET, mean, mean, mean, outcome)


@pytest.mark.parametrize(
    ("at_most", "looks"),
    [
        (5, (5,)),
        (10, (10,)),
        (11, (10, 11)),
        (100, (10, 15, 23, 35, 53, 80, 100)),
    ],
)
def test_looks_grow_by_half_and_end_at_the_most(at_most: int, looks: tuple[int, ...]) -> None:
    assert looks_until(at_most) == looks


def test_all_looks_at_all_targets_of_all_fleets_share_one_error() -> None:
    """5 % over 40 fleets, 2 looks and 3 targets: 1 in 4,800 for one end of each interval."""
    trial = trial_of([TARGET] * 3, error=0.05, fleets=40, at_most=15, varies=True)
    assert trial.looks == (10, 15)
    assert 1 - trial.confidence == pytest.approx(2 * 0.05 / (40 * 2 * 3))


def test_where_nothing_varies_one_replication_tells_all() -> None:
    trial = trial_of([TARGET], error=0.05, fleets=4, at_most=500, varies=False)
    assert trial.looks == (1,)


@pytest.mark.parametrize(
    ("outcomes", "fate"),
    [
        (["met", "met"], "met"),
        (["met", "missed"], "missed"),
        (["undecided", "missed"], "missed"),
        (["met", "undecided"], "undecided"),
    ],
)
def test_a_fleet_misses_by_one_target_and_meets_by_all(
    outcomes: list[Outcome], fate: Outcome
) -> None:
    figures = [figure(one) for one in outcomes]
    assert outcome_of(figures) == fate
    assert is_decided(figures) == (fate != "undecided")


def test_where_there_is_nothing_to_measure_no_replication_will_decide() -> None:
    assert is_decided([figure("met"), figure("undecided", math.nan)])
    assert not is_decided([figure("undecided"), figure("undecided", math.nan)])
