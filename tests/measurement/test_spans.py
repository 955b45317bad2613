"""Step functions: unions and integrals of spans, against reckoning them span by span."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.measurement.spans import Spans, Timeline, integrals


def spans_of(*pairs: tuple[float, float]) -> Spans:
    starts, ends = np.array(pairs, dtype=float).reshape(-1, 2).T
    return Spans(starts, ends)


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], 0.0),
        ([(1, 4)], 3.0),
        ([(1, 4), (4, 6)], 5.0),
        ([(1, 4), (2, 3)], 3.0),
        ([(5, 6), (1, 2), (1, 9)], 8.0),
        ([(0, 0), (3, 4), (8, 8)], 1.0),
    ],
    ids=["none", "one", "touching", "inside", "out of order", "empty ones"],
)
def test_the_union_of_spans(pairs: list[tuple[float, float]], expected: float) -> None:
    spans = spans_of(*pairs)
    groups = np.zeros(len(pairs), dtype=np.int32)
    assert Timeline(spans).by(groups, 2).covered_s().tolist() == [expected, 0.0]


def test_unions_are_by_group_and_leave_out_what_has_none() -> None:
    spans = spans_of((0, 10), (2, 4), (3, 8), (0, 99), (20, 25))
    groups = np.array([2, 0, 0, -1, 2], dtype=np.int32)
    assert Timeline(spans).by(groups, 3).covered_s().tolist() == [6.0, 0.0, 15.0]


def random_spans(count: int) -> Spans:
    draw = np.random.default_rng(7)
    starts = draw.integers(0, 90_000, count) / 16
    return Spans(starts, starts + draw.exponential(300.0, count).round(3)).within(100.0, 5500.0)


def test_the_union_of_random_spans() -> None:
    spans = random_spans(300)
    groups = np.random.default_rng(8).integers(0, 40, 300).astype(np.int32)
    for group, covered in enumerate(Timeline(spans).by(groups, 40).covered_s()):
        mine = groups == group
        covers = _busy_s(sorted(zip(spans.from_s[mine], spans.to_s[mine], strict=True)))
        assert covered == pytest.approx(covers, abs=1e-9)


def _busy_s(in_order: list[tuple[float, float]]) -> float:
    total, reached = 0.0, 0.0
    for start, end in in_order:
        total += max(end - max(start, reached), 0.0)
        reached = max(reached, end)
    return total


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], 0),
        ([(1, 4)], 1),
        ([(1, 4), (4, 6)], 1),
        ([(5, 9), (1, 6), (2, 3), (5, 7)], 3),
        ([(3, 3), (3, 3)], 0),
        ([(1, 4), (2, 2), (2, 3), (3, 5)], 2),
    ],
    ids=["none", "one", "touching", "out of order", "empty ones", "one empty"],
)
def test_the_most_spans_at_once(pairs: list[tuple[float, float]], expected: int) -> None:
    groups = np.zeros(len(pairs), dtype=np.int32)
    assert Timeline(spans_of(*pairs)).by(groups, 2).most().tolist() == [expected, 0.0]


def test_the_most_of_random_spans() -> None:
    """The number of spans is largest at the start of one of them: counted there, one by one."""
    spans = random_spans(300)
    groups = np.random.default_rng(9).integers(-1, 7, 300).astype(np.int32)
    for group, most in enumerate(Timeline(spans).by(groups, 7).most()):
        mine = Spans(spans.from_s[groups == group], spans.to_s[groups == group])
        counts = [((mine.from_s <= at) & (at < mine.to_s)).sum() for at in mine.from_s]
        assert most == max(counts)


def test_integrals_between_edges() -> None:
    spans = random_spans(500)
    edges = np.array([100.0, 160.0, 1000.0, 1000.5, 4000.0, 5500.0])
    for place, found in enumerate(integrals(spans, edges)):
        piece = spans.within(edges[place], edges[place + 1])
        assert found == pytest.approx(piece.length_s.sum(), abs=1e-6)


def test_the_integral_of_the_number_pending_is_the_sum_of_the_waits() -> None:
    """Little's law as an identity: L times the time equals the sum of the times of those inside."""
    spans = random_spans(500)
    edges = np.linspace(100.0, 5500.0, 91)
    assert integrals(spans, edges).sum() == pytest.approx(spans.length_s.sum(), abs=1e-6)
