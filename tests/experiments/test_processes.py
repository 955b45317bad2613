"""Results in order, whatever happens to the workers."""

from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

import pytest
from builders_work import (
    Noting,
    always_dies_in_a_worker,
    dies_at_four_in_a_worker,
    fails_at_three,
    square,
    threads_of_libraries,
    twenty_megabytes,
)

from simulator.experiments.executing.processes import in_order, processor_count


def unheard(_sentence: str) -> None:
    pytest.fail("nothing to tell of")


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_order(workers: int) -> None:
    assert list(in_order(square, range(1, 8), workers, unheard)) == [1, 4, 9, 16, 25, 36, 49]


def test_a_dead_worker_loses_nothing_and_is_told_of() -> None:
    told: list[str] = []
    found = list(in_order(dies_at_four_in_a_worker, range(1, 9), 2, told.append))
    assert found == [square(number) for number in range(1, 9)]
    assert len(told) == 1
    assert "4" in told[0]


def test_when_workers_keep_dying_the_main_process_does_the_rest() -> None:
    told: list[str] = []
    found = list(in_order(always_dies_in_a_worker, range(1, 15), 2, told.append))
    assert found == [square(number) for number in range(1, 15)]
    assert len(told) == 3


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_of_the_work_comes_through_at_its_place(workers: int) -> None:
    results = in_order(fails_at_three, range(1, 6), workers, unheard)
    assert [next(results), next(results)] == [1, 4]
    with pytest.raises(ValueError, match="three is out"):
        next(results)


def test_leaving_early_ends_the_workers_and_bounds_what_ran_ahead(tmp_path: Path) -> None:
    """Two workers may be two results ahead each: of 50, at most the first 1 + 4 were begun."""
    results = in_order(Noting(tmp_path), range(50), 2, unheard)
    assert next(results) == 0
    results.close()
    assert multiprocessing.active_children() == []
    assert len(list(tmp_path.iterdir())) <= 5


def test_leaving_while_large_results_are_under_way_does_not_hang() -> None:
    for _ in range(3):
        results = in_order(twenty_megabytes, range(8), 2, unheard)
        assert len(next(results)) == 20_000_000
        results.close()


def test_workers_use_one_thread_and_leave_the_environment_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    assert list(in_order(threads_of_libraries, [1, 2], 2, unheard)) == ["1", "1"]
    assert "OPENBLAS_NUM_THREADS" not in os.environ


def test_there_is_a_processor() -> None:
    assert processor_count() >= 1
