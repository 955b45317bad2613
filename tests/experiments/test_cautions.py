"""Triggers that disable themselves or are held back are told of."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
from builders_records import legend

from simulator.experiments.cautions import cautions


def figures(*rows: list[int]) -> Any:
    """The firings of the legend's four sources: created, partly guarded, guarded, …, disabled."""
    firings = np.zeros((4, 5), dtype=np.int64)
    firings[: len(rows)] = rows
    return SimpleNamespace(firings=firings)


def test_a_trigger_that_disabled_itself_is_told_of_with_how_often() -> None:
    study = [figures([5, 0, 0, 9, 1]), figures([20, 0, 0, 0, 0])]
    assert cautions(legend(), study) == (
        (
            "HR:nightly disabled itself in 1 of 2 replications: 10 firings or more in a row made "
            "no job, for a day"
        ),
    )


def test_a_guard_is_told_of_above_5_percent() -> None:
    """31 of 100 firings held back, in part or in whole; the other trigger 5 of 100."""
    study = [figures([69, 11, 20, 0, 0], [95, 0, 5, 0, 0])]
    assert cautions(legend(), study) == (
        "HR:nightly was held back by its pending guard at 31 % of its firings",
    )


def test_without_replications_there_is_nothing_to_tell() -> None:
    assert cautions(legend(), []) == ()
