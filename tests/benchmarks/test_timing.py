"""Turns are taken, figures are worked out round by round, and what failed is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import pytest

from benchmarks import timing
from benchmarks.apart import ContestantError, sample_of
from benchmarks.figures import (
    BYTES_A_JOB,
    SHARE,
    TIMES_AS_FAST,
    TIMES_AS_LONG,
    Figure,
    at_least,
    at_most,
)
from benchmarks.rows import Group, Row
from benchmarks.samples import Contestant, Sample, contestant
from benchmarks.timing import Finding, finding, findings_of

OURS, RIVAL = contestant("ours"), contestant("rival")
AGAINST = Row("ours", "a rival", OURS, TIMES_AS_FAST, at_least(2), RIVAL, waits_within=0.1)


def found(ours: Sequence[Sample], rival: Sequence[Sample]) -> Finding:
    return finding(AGAINST, {OURS: ours, RIVAL: rival})


def test_the_figure_is_the_median_of_the_pairs() -> None:
    """The second round was on a busy machine: 40/20, 10/2, 40/10 are 2, 5, 4 times as fast."""
    ours = [Sample(40, 1.0), Sample(40, 4.0), Sample(40, 1.0)]
    rival = [Sample(40, 2.0), Sample(40, 20.0), Sample(40, 4.0)]
    row = found(ours, rival)
    assert row.figures == (2, 5, 4)
    assert (row.figure, row.met) == (4, True)
    assert row.rival is not None
    assert (row.ours.seconds, row.rival.seconds) == (1.0, 4.0)


@pytest.mark.parametrize(("seconds", "met"), [(0.5, True), (0.51, False)])
def test_a_target_is_met_or_missed(seconds: float, *, met: bool) -> None:
    assert found([Sample(1, seconds)], [Sample(1, 1.0)]).met is met


@pytest.mark.parametrize(("wait_s", "same"), [(109, True), (91, True), (111, False), (89, False)])
def test_waits_that_differ_are_no_race(wait_s: float, *, same: bool) -> None:
    row = found([Sample(1, 1.0, mean_wait_s=wait_s)], [Sample(1, 1.0, mean_wait_s=100)])
    assert row.same_work is same


MORE, LESS = Sample(2_000, 4.0, peak_mb=11.0), Sample(1_000, 1.0, peak_mb=10.0)


@pytest.mark.parametrize(
    ("figure", "value"),
    [(TIMES_AS_FAST, 0.5), (TIMES_AS_LONG, 4.0), (SHARE, 400.0), (BYTES_A_JOB, 1048.576)],
    ids=lambda one: getattr(one, "name", ""),
)
def test_figures_of_a_pair(figure: Figure, value: float) -> None:
    assert figure.of(MORE, LESS) == pytest.approx(value)


def test_a_limit_itself_is_kept() -> None:
    assert at_least(2).kept(2)
    assert at_most(2).kept(2)


def test_contestants_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    turns: list[str] = []

    def sampled(one: Contestant) -> Sample:
        turns.append(one.case)
        return Sample(1, 1.0)

    monkeypatch.setattr(timing, "sample_of", sampled)
    told = defaultdict[str, int](int)
    group = Group("both", (AGAINST, AGAINST))
    rows = findings_of(group, 3, lambda text: told.update({text: told[text] + 1}))
    assert turns == ["ours", "rival"] * 3
    assert len(rows) == 2
    assert next(iter(told)) == "both: round 1 of 3, ours"


def test_a_slow_group_has_rounds_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timing, "sample_of", lambda _one: Sample(1, 1.0))
    (row,) = findings_of(Group("slow", (AGAINST,), most_rounds=1), 5, lambda _text: None)
    assert len(row.figures) == 1


def test_a_contestant_runs_in_a_process_of_its_own() -> None:
    sample = sample_of(contestant("rivals.single_line.callbacks", jobs=500))
    assert sample.work == 500
    assert 0 < sample.seconds < 60
    assert 1 < sample.peak_mb < 1000


def test_a_contestant_that_fails_is_told() -> None:
    with pytest.raises(ContestantError, match=r"(?s)rivals.nobody failed:.*ImportError|Attribute"):
        sample_of(contestant("rivals.nobody"))
