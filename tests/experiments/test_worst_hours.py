"""Which replication's worst hours are shown, and what one account sees of them."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from builders_views import seen_by_anna, viewed

from simulator.experiments.study import run_study
from simulator.experiments.worst_hours import shown_hours


def figures(*pending_s: float | None) -> Any:
    """A replication each, from 1 on; None where no job waited."""
    return [
        SimpleNamespace(
            replication=number,
            worst_hours=None if one is None else SimpleNamespace(pending_s=one),
        )
        for number, one in enumerate(pending_s, start=1)
    ]


@pytest.mark.parametrize(
    ("pending_s", "replication", "waiting"),
    [
        ((5.0,), 1, 1),
        ((9.0, 1.0, 5.0), 3, 3),
        ((9.0, 1.0, 5.0, 7.0), 3, 4),
        ((None, 8.0, None, 2.0, 3.0), 5, 3),
        ((4.0, 4.0, 4.0), 2, 3),
    ],
    ids=["one", "the middle", "the lower of two", "of those that waited", "equals in order"],
)
def test_the_middle_one_is_shown(
    pending_s: tuple[float | None, ...], replication: int, waiting: int
) -> None:
    found = shown_hours(figures(*pending_s))
    assert found is not None
    assert (found.replication, found.waiting) == (replication, waiting)


def test_where_no_job_waited_nothing_is_shown() -> None:
    assert shown_hours(figures(None, None)) is None
    assert shown_hours([]) is None


def test_one_account_sees_that_slots_were_held_and_by_no_other_name(tmp_path: Path) -> None:
    """In each of four hours zebra holds the box for 30 minutes, unseen, then Ours for 10."""
    found = seen_by_anna(viewed(tmp_path)).worst_hours
    assert found is not None
    strip = found.hours.strip
    assert (strip.host.tolist(), strip.left_out) == ([0], 0)
    assert found.hours.pending_s == 4 * 1800.0
    lengths = strip.held.spans.length_s
    assert lengths[strip.held.job < 0].tolist() == [1800.0] * 4
    assert lengths[strip.held.job >= 0].tolist() == [600.0] * 4
    assert set(strip.held.folder.tolist()) == {-1, 0}


def test_a_study_without_a_report_of_its_own_is_the_same_but_for_them(tmp_path: Path) -> None:
    """As comparisons, sweeps and sizings are made of: none of their pages shows these hours."""
    whole, plain = (run_study(viewed(tmp_path), in_detail=one) for one in (True, False))
    assert whole.worst_hours is not None
    assert plain.worst_hours is None
    assert plain.summary.to_csv() == whole.summary.to_csv()
