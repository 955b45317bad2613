"""Results in order, whatever happens to the workers."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
import tempfile
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

import pytest
from builders_work import (
    Noting,
    always_dies_in_a_worker,
    dies_at_four_in_a_worker,
    fails_at_three,
    large_where_files_are_small,
    square,
    threads_of_libraries,
    twenty_megabytes,
    where,
    writable_array,
)

from simulator.errors import DataFileError, WorkersError
from simulator.experiments.executing.opening import workforce_of
from simulator.experiments.executing.processes import Processes
from simulator.experiments.executing.workforce import Workforce, processor_count


def unheard(_sentence: str) -> None:
    pytest.fail("nothing to tell of")


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where temporary files go; none is left, and no child."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    if folder.exists():
        assert list(folder.iterdir()) == []
    assert multiprocessing.active_children() == []


@pytest.fixture(params=[1, 2])
def workforce(request: pytest.FixtureRequest) -> Iterator[Workforce]:
    with workforce_of(request.param, unheard) as hands:
        yield hands


def kill_one() -> None:
    os.kill(multiprocessing.active_children()[0].pid or 0, signal.SIGKILL)


def test_a_machine_without_room_for_so_many_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Linux refuses a process beyond its limits as EAGAIN (fork(2))."""

    def refused(*_arguments: object) -> None:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr("multiprocessing.context.SpawnProcess.start", refused)
    with (
        pytest.raises(WorkersError, match=r"Resource temporarily unavailable.*fewer than 1,000"),
        Processes(1_000, unheard) as hands,
    ):
        list(hands.in_order(square, range(10)))


def test_results_come_in_order(workforce: Workforce) -> None:
    assert list(workforce.in_order(square, range(1, 8))) == [1, 4, 9, 16, 25, 36, 49]


def test_an_error_of_the_work_comes_through_at_its_place_and_the_next_study_goes_on(
    workforce: Workforce,
) -> None:
    results = workforce.in_order(fails_at_three, range(1, 6))
    assert [next(results), next(results)] == [1, 4]
    with pytest.raises(ValueError, match="three is out"):
        next(results)
    assert list(workforce.in_order(square, [2, 3])) == [4, 9]


def test_replications_may_go_on_for_ever(workforce: Workforce) -> None:
    results = workforce.in_order(square, count(1))
    assert list(islice(results, 6)) == [1, 4, 9, 16, 25, 36]
    results.close()


def test_workers_are_kept_from_study_to_study_and_started_as_they_are_needed() -> None:
    with Processes(2, unheard) as processes:
        assert multiprocessing.active_children() == []
        first = set(processes.in_order(where, [1]))
        assert {child.pid for child in multiprocessing.active_children()} == first
        assert first < set(processes.in_order(where, range(12)))
        assert len(multiprocessing.active_children()) == 2


@pytest.mark.parametrize("study", [1, 2])
def test_a_worker_that_dies_loses_nothing_and_is_told_of(study: int) -> None:
    told: list[str] = []
    with Processes(2, told.append) as processes:
        for _ in range(1, study):
            assert list(processes.in_order(square, range(3))) == [0, 1, 4]
        found = list(processes.in_order(dies_at_four_in_a_worker, range(1, 9)))
    assert found == [square(number) for number in range(1, 9)]
    (sentence,) = told
    assert "done in the main process instead: replication" in sentence
    assert "4" in sentence


def test_a_worker_that_dies_between_studies_is_replaced() -> None:
    told: list[str] = []
    with Processes(2, told.append) as processes:
        assert list(processes.in_order(square, range(4))) == [0, 1, 4, 9]
        kill_one()
        for _ in range(1_000):  # the other one may do all of it before the death is noticed
            assert list(processes.in_order(square, range(9))) == [n * n for n in range(9)]
            if told:
                break
        assert list(processes.in_order(square, [5])) == [25]
    assert len(told) == 1


def test_when_workers_keep_dying_the_main_process_does_the_rest_of_that_study() -> None:
    told: list[str] = []
    with Processes(2, told.append) as processes:
        found = list(processes.in_order(always_dies_in_a_worker, range(1, 15)))
        assert found == [square(number) for number in range(1, 15)]
        assert [("keep dying" in sentence) for sentence in told] == [False, False, False, True]
        assert list(processes.in_order(square, [5])) == [25]
    assert len(told) == 4


def test_what_is_left_early_is_soon_no_more_worked_for(tmp_path: Path, temporary: Path) -> None:
    """Two workers may be two results ahead each: of 50, at most the first 1 + 4 were begun.

    Nothing of it comes into the next study, and none of its files stays.
    """
    seen = tmp_path / "seen"
    seen.mkdir()
    with Processes(2, unheard) as processes:
        results = processes.in_order(Noting(seen), range(50))
        assert next(results) == 0
        results.close()
        assert list(processes.in_order(square, range(30))) == [n * n for n in range(30)]
        (spool,) = temporary.iterdir()
        assert list(spool.iterdir()) == []
    assert len(list(seen.iterdir())) <= 5


def test_studies_may_be_taken_by_turns() -> None:
    with Processes(2, unheard) as processes:
        squares, more = (processes.in_order(square, range(start, 99)) for start in (0, 10))
        assert [(next(squares), next(more)) for _ in range(5)] == [
            (0, 100),
            (1, 121),
            (4, 144),
            (9, 169),
            (16, 196),
        ]
        squares.close()
        more.close()


def test_the_same_number_may_be_asked_for_twice() -> None:
    with Processes(2, unheard) as processes:
        assert list(processes.in_order(square, [3, 3, 3, 2])) == [9, 9, 9, 4]


def test_leaving_while_large_results_are_under_way_does_not_hang() -> None:
    for _ in range(2):
        with Processes(2, unheard) as processes:
            results = processes.in_order(twenty_megabytes, range(8))
            assert len(next(results)) == 20_000_000
            results.close()


def test_workers_use_one_thread_and_leave_the_environment_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    with Processes(2, unheard) as processes:
        assert list(processes.in_order(threads_of_libraries, [1, 2])) == ["1", "1"]
    assert "OPENBLAS_NUM_THREADS" not in os.environ


def test_work_that_cannot_be_sent_is_told_as_such() -> None:
    with Processes(2, unheard) as processes:
        with pytest.raises(TypeError, match=r"cannot be sent to worker processes.*top of a module"):
            list(processes.in_order(lambda number: number, [1]))
        assert multiprocessing.active_children() == []


def test_a_result_that_finds_no_room_is_a_file_that_cannot_be_written() -> None:
    """The worker may write no file of more than a kilobyte, as on a disk that is nearly full."""
    with (
        Processes(2, unheard) as processes,
        pytest.raises(DataFileError, match=r"temporary files cannot be written.*TMPDIR"),
    ):
        list(processes.in_order(large_where_files_are_small, [1]))


def test_a_folder_that_is_not_there_is_told_with_what_to_do(temporary: Path) -> None:
    temporary.rmdir()
    with (
        Processes(2, unheard) as processes,
        pytest.raises(DataFileError, match="let TMPDIR name another folder"),
    ):
        list(processes.in_order(square, [1]))


def test_children_do_not_hear_ctrl_c() -> None:
    """From their first moment on: it is blocked before they begin, and ignored once they run."""
    with Processes(2, unheard) as processes:
        assert list(processes.in_order(square, [1, 2])) == [1, 4]
        for child in multiprocessing.active_children():
            assert child.pid is not None
            assert does("SigBlk", child.pid)
            patience = time.monotonic() + 30  # one may have had nothing to do, and still begin
            while not does("SigIgn", child.pid) and time.monotonic() < patience:
                time.sleep(0.05)
            assert does("SigIgn", child.pid)


def does(what: str, process: int) -> bool:
    """Return whether a process blocks (`SigBlk`) or ignores (`SigIgn`) Ctrl-C."""
    status = Path(f"/proc/{process}/status")
    if not status.exists():
        pytest.skip("this system does not tell what a process blocks")
    masks = dict(line.split(":\t") for line in status.read_text().splitlines())
    return bool(int(masks[what], 16) & (1 << (signal.SIGINT - 1)))


def test_arrays_arrive_as_they_were_made() -> None:
    with Processes(2, unheard) as processes:
        (found,) = processes.in_order(writable_array, [3])
    assert found.flags.writeable


def test_there_is_a_processor() -> None:
    assert processor_count() >= 1


@pytest.mark.parametrize("workers", [0, -1])
def test_fewer_workers_than_one_are_refused(workers: int) -> None:
    with pytest.raises(ValueError, match=f"{workers} workers do nothing"):
        workforce_of(workers)
