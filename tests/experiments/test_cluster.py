"""Studies on a Dask cluster of this machine: the same bytes, whoever dies."""

from __future__ import annotations

import json
import os
import re
import shlex
import socket
import sys
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

import pytest
from builders_cluster import EXAMPLE, cluster
from builders_commands import invoked
from builders_files import PARALLEL, scenario_file
from builders_work import (
    DiesElsewhere,
    fails_at_three,
    square,
    where,
    writable_array,
)
from documentation.pages import ROOT

from simulator.errors import ClusterError, DataFileError
from simulator.experiments.executing.cluster import connecting, line, parcel
from simulator.experiments.executing.opening import workforce_of
from simulator.experiments.keeping.publishing import run_and_keep
from simulator.experiments.study import Study, run_study
from simulator.loading import Loaded, load

PAGE = (ROOT / "docs" / "cluster.md").read_text(encoding="utf-8")
SHOWN = [
    shlex.split(command)[1:]
    for block in re.findall(r"```console cluster\n(.*?)```", PAGE, re.DOTALL)
    for command in re.findall(r"^\$ (.*)", block, re.MULTILINE)
]
"""The page's commands, without `dask` and `simulator`: a scheduler, workers, a run."""


def unheard(sentence: str) -> None:
    pytest.fail(f"nothing to tell of, and yet: {sentence}")


def by_id(study: Study, path: Path) -> None:
    path.write_text(study.run_id, encoding="utf-8")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A cluster of two workers, started as the page says."""
    folder = tmp_path_factory.mktemp("cluster")
    with cluster(folder, SHOWN[0], SHOWN[1:2]) as started:
        yield started.address


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    return load(scenario_file(tmp_path))


def test_a_study_on_a_cluster_is_the_same_bytes(
    address: str, loaded: Loaded, tmp_path: Path
) -> None:
    kept = []
    for place in (None, address):
        with workforce_of(1, unheard, place) as hands:
            out = tmp_path / str(len(kept))
            folder = run_and_keep(loaded, out=out, report=by_id, workforce=hands).folder
        kept.append({path.name: path.read_bytes() for path in folder.iterdir()})
    alone, away = kept
    alone.pop("timing.json")
    assert f"the cluster at {address}".encode() in away.pop("timing.json")
    assert alone == away


def test_the_command_of_the_page_runs(
    address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SIMULATOR_WORKERS", raising=False)
    scenario_file(tmp_path)
    done = invoked(*[part.replace(EXAMPLE, address) for part in SHOWN[2]])
    assert (done.exit_code, "Report: " in done.stdout) == (0, True)
    (timing,) = tmp_path.glob("reports/estate/*/timing.json")
    found = json.loads(timing.read_text(encoding="utf-8"))
    assert (found["workers"], found["where"]) == (2, f"the cluster at {address}")


def test_one_study_after_the_other_goes_to_all_workers(address: str) -> None:
    with workforce_of(1, unheard, address) as hands:
        assert list(hands.in_order(square, range(1, 8))) == [1, 4, 9, 16, 25, 36, 49]
        processes = set(hands.in_order(where, range(8)))
    assert hands.workers == len(processes) == 2
    assert os.getpid() not in processes


def test_an_error_of_the_work_comes_through_at_its_place(address: str) -> None:
    with workforce_of(1, unheard, address) as hands:
        results = hands.in_order(fails_at_three, range(1, 6))
        assert [next(results), next(results)] == [1, 4]
        with pytest.raises(ValueError, match="three is out"):
            next(results)


def test_replications_may_go_on_for_ever_and_be_left(address: str) -> None:
    with workforce_of(1, unheard, address) as hands:
        results = hands.in_order(square, count(1))
        assert list(islice(results, 6)) == [1, 4, 9, 16, 25, 36]
        results.close()
        assert list(hands.in_order(square, [5])) == [25]


def test_arrays_arrive_as_they_were_made(address: str) -> None:
    with workforce_of(1, unheard, address) as hands:
        (found,) = hands.in_order(writable_array, [3])
    assert found.flags.writeable


def test_work_that_cannot_be_sent_is_told_as_such(address: str) -> None:
    with (
        workforce_of(1, unheard, address) as hands,
        pytest.raises(TypeError, match="cannot be sent to worker processes"),
    ):
        list(hands.in_order(lambda number: number, [1]))


def test_a_trace_that_a_worker_does_not_find_is_told_with_the_reason(
    address: str, tmp_path: Path
) -> None:
    trace = tmp_path / "jobs.csv"
    trace.write_text("submitted_at\n0\n60\n")
    stream = PARALLEL.replace("{poisson: 4 per hour}", "{trace: jobs.csv}")
    found = load(scenario_file(tmp_path, stream))
    trace.unlink()
    reason = r"'jobs\.csv'.*a worker of the cluster.*same path on every worker"
    with workforce_of(1, unheard, address) as hands, pytest.raises(DataFileError, match=reason):
        run_study(found, workforce=hands)


def test_a_cluster_of_other_versions_is_refused(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = {**parcel.versions(), "simpy": "0.1"}
    monkeypatch.setattr(parcel, "versions", lambda: other)
    parcel.setting.cache_clear()
    told = r"worker tcp://127\.0\.0\.1:\d+ has simpy \d\S* \(here 0\.1\); worker tcp"
    with pytest.raises(ClusterError, match=told), workforce_of(1, unheard, address):
        pass
    parcel.setting.cache_clear()


def test_a_worker_that_joins_later_is_asked_too() -> None:
    other = parcel.Parcel("of another", {**parcel.setting(), "numpy": "1.0"}, b"")
    with pytest.raises(ClusterError, match=r"has numpy .* \(here 1\.0\)"):
        parcel.done(other, 1)


@pytest.mark.parametrize("there", [{"worker w": ImportError("No module named 'simulator'")}])
def test_a_worker_without_the_simulator_is_told(there: dict[str, Exception]) -> None:
    with pytest.raises(ClusterError, match="worker w has no simulator like this one"):
        parcel.assert_equal(parcel.setting(), there)


UNREACHABLE = {
    "tcp://127.0.0.1:9": "no Dask scheduler answers at tcp://127.0.0.1:9: Timed out",
    "tcp://no-such-host.invalid:8786": "no Dask scheduler answers at tcp://no-such",
    "127.0.0.1:8786": "is no address of a scheduler, such as tcp://host:8786",
    "tcp://host": "is no address",
    "tcp://[::1": "is no address",
    "tcp://host:99999": "is no address",
    "": "is no address",
}


@pytest.mark.parametrize("where_to", UNREACHABLE)
def test_an_address_where_nobody_answers_is_told(
    where_to: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "CONNECT_S", 0.3)
    with (
        pytest.raises(ClusterError, match=re.escape(UNREACHABLE[where_to])),
        workforce_of(1, unheard, where_to),
    ):
        pass


def test_something_else_that_listens_is_no_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "CONNECT_S", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        with (
            pytest.raises(ClusterError, match=r"no Dask scheduler answers at tcp\S+: it is silent"),
            workforce_of(1, unheard, address),
        ):
            pass


def test_without_dask_it_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with (
        pytest.raises(ClusterError, match=r"pip install 'rpa-capacity-simulator\[dask\]'"),
        workforce_of(1, unheard, "tcp://127.0.0.1:8786"),
    ):
        pass


def test_a_worker_killed_midway_changes_no_byte(loaded: Loaded, tmp_path: Path) -> None:
    """The other one does again what it took along, and nobody need be told."""
    with cluster(tmp_path) as started, workforce_of(1, unheard, started.address) as hands:

        def kill_a_worker(done: int, _of: int) -> None:
            if done == 2:
                started.workers[0].kill()

        killed = run_study(loaded, replications=12, workforce=hands, progress=kill_a_worker)
    assert hands.workers == 2
    assert killed.summary.to_csv() == run_study(loaded, replications=12).summary.to_csv()


def test_when_the_scheduler_dies_this_process_does_the_rest(
    loaded: Loaded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connecting, "CONNECT_S", 3)
    told: list[str] = []
    with cluster(tmp_path) as started, workforce_of(1, told.append, started.address) as hands:

        def kill_the_scheduler(done: int, _of: int) -> None:
            if done == 2:
                started.scheduler.kill()

        killed = run_study(loaded, replications=6, workforce=hands, progress=kill_the_scheduler)
        assert list(hands.in_order(square, [5])) == [25]
    assert killed.summary.to_csv() == run_study(loaded, replications=6).summary.to_csv()
    (sentence,) = told
    assert "is lost, the connection broke: the rest is done in the main process" in sentence


def test_what_kills_its_workers_and_what_finds_none_is_done_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of two workers dies of replication 4, the other in the middle of the next study.

    The scheduler gives up at the first death, and on all that a dead worker had before it.
    """
    monkeypatch.setattr(line, "WITHOUT_WORKERS_S", 0.2)
    told: list[str] = []
    mortal = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    with (
        cluster(tmp_path, **mortal) as started,
        workforce_of(1, told.append, started.address) as hands,
    ):
        found = hands.in_order(DiesElsewhere(4, os.getpid()), range(1, 9))
        assert list(found) == [square(number) for number in range(1, 9)]
        results = hands.in_order(where, range(1, 9))
        assert next(results) != os.getpid()
        for worker in started.workers:
            worker.kill()
        assert list(results)[-1] == os.getpid()
    assert "keep dying of replication" in told[0]
    assert "is lost, it has no workers any more: the rest is done" in told[-1]


def test_a_cluster_without_workers_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "FIRST_WORKER_S", 0.2)
    with (
        cluster(tmp_path, workers=()) as started,
        pytest.raises(ClusterError, match="has no workers; start some: dask worker tcp://127"),
        workforce_of(1, unheard, started.address),
    ):
        pass
