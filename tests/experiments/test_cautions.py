"""Triggers that disable themselves or are held back are told of."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from builders_records import legend

from simulator.experiments.doubting.cautions import cautions
from simulator.records.codes import FiringOutcome

NO_QUEUE = (0.0, 0.0, 0.0)


def figures(*rows: list[int], queue: tuple[float, float, float] = NO_QUEUE) -> Any:
    """The firings of the legend's four sources by outcome, the first of `FiringOutcome` first.

    queue: the items added, and those that waited at the window's start and at its end.
    """
    firings = np.zeros((4, len(FiringOutcome)), dtype=np.int64)
    for source, row in enumerate(rows):
        firings[source, : len(row)] = row
    added, *backlog = queue
    queues = SimpleNamespace(
        names=("HR:invoices",),
        items=SimpleNamespace(added=np.array([added])),
        backlog=np.array([backlog]),
    )
    return SimpleNamespace(firings=firings, queues=queues)


def test_a_trigger_that_disabled_itself_is_told_of_with_how_often() -> None:
    study = [figures([5, 0, 0, 9, 1]), figures([20, 0, 0, 0, 0])]
    assert cautions(legend(), study) == (
        (
            "HR:nightly disabled itself in 1 of 2 replications: 10 firings or more in a row made "
            "no job, for a day; see why they are refused"
        ),
    )


def test_a_guard_is_told_of_above_5_percent() -> None:
    """31 of 100 firings held back, in part or in whole; the other trigger 5 of 100."""
    study = [figures([69, 11, 20, 0, 0], [95, 0, 5, 0, 0])]
    assert cautions(legend(), study) == (
        (
            "HR:nightly was held back by its pending guard at 31 % of its firings: jobs that never "
            "came are in no figure; fire it less often, or give it more room"
        ),
    )


def test_days_a_calendar_excludes_are_no_firings_and_nothing_to_tell_of() -> None:
    """9 of 100 days excluded, and 5 of the 91 firings held back; the other trigger 5 of 100."""
    study = [figures([86, 0, 5, 0, 0, 9], [95, 0, 0, 0, 0, 5])]
    assert cautions(legend(), study) == (
        (
            "HR:nightly was held back by its pending guard at 5 % of its firings: jobs that never "
            "came are in no figure; fire it less often, or give it more room"
        ),
    )


def test_a_queue_that_grew_by_more_than_5_percent_is_told_of() -> None:
    """From 2 to 24 items and from 4 to 8: 13 more on average, of 130 added."""
    study = [figures(queue=(160.0, 2.0, 24.0)), figures(queue=(100.0, 4.0, 8.0))]
    assert cautions(legend(), study) == (
        (
            "HR:invoices had 13.0 more New items at the end of the window than at its start, 10 % "
            "of those added: its jobs may not keep up with them; let it start more jobs at once, "
            "or observe longer to be sure"
        ),
    )


@pytest.mark.parametrize(
    "queue",
    [(1000.0, 3.0, 53.0), (20.0, 0.0, 9.0), (100.0, 50.0, 0.0), (0.0, 0.0, 50.0)],
    ids=["by 5 percent", "by 9 items", "shrank", "of items added before"],
)
def test_a_queue_that_hardly_grew_is_not(queue: tuple[float, float, float]) -> None:
    assert cautions(legend(), [figures(queue=queue)]) == ()


def test_without_replications_there_is_nothing_to_tell() -> None:
    assert cautions(legend(), []) == ()


def test_of_many_queues_the_worst_three_are_told_in_the_order_of_the_file() -> None:
    """Five queues with 100 items added each, grown by 10, 50, 20, 40 and 30."""
    queues = SimpleNamespace(
        names=tuple(f"HR:q{number}" for number in range(5)),
        items=SimpleNamespace(added=np.full(5, 100.0)),
        backlog=np.array([[0.0, 10.0], [0.0, 50.0], [0.0, 20.0], [0.0, 40.0], [0.0, 30.0]]),
    )
    firings = np.zeros((4, len(FiringOutcome)), dtype=np.int64)
    *each, rest = cautions(legend(), [SimpleNamespace(firings=firings, queues=queues)])  # type: ignore[list-item]  # a part of it
    assert [sentence.split()[0] for sentence in each] == ["HR:q1", "HR:q3", "HR:q4"]
    assert rest == "2 more queues grew, by no larger a share of the items added"
