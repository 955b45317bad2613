"""Runs kept in temporary files: their records are those of a run in memory, to the bit."""

from __future__ import annotations

import os
import tempfile
import tracemalloc
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from builders import catalogue, folder, scenario
from hypothesis import HealthCheck, given, settings
from invariants.random_estates import Estate
from invariants.random_fleets import changing_estates
from invariants.random_work import busy_estates

from simulator.access.grants import access_of
from simulator.engine import firing_columns, simulate, span_log, span_order
from simulator.engine.columns import records
from simulator.engine.journal import Journal
from simulator.engine.span_log import packed
from simulator.errors import DataFileError
from simulator.plan.making import make_plan
from simulator.plan.plan import Plan
from simulator.records.codes import JobState
from simulator.records.columns import Records
from simulator.records.mapped import Column

TABLES = (
    "jobs", "occupancy", "availability", "trigger_log", "queue_items", "interruptions",
)  # fmt: skip
FEW = settings(
    max_examples=30, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)


@pytest.fixture(scope="module", params=[4], ids=["blocks of 4 rows"])
def short_blocks(request: pytest.FixtureRequest) -> Iterator[None]:
    """Have every run put together in many blocks."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (span_log, span_order, firing_columns):
            patch.setattr(module, "BLOCK", request.param)
        patch.setattr(span_order, "_STRIDE", 2)
        yield


def _columns(records: Records) -> Iterator[tuple[str, Column]]:
    for name in TABLES:
        table: Any = getattr(records, name)
        for column in fields(table):
            yield f"{name}.{column.name}", getattr(table, column.name)


def _same_either_way(estate: Estate) -> None:
    long, short = simulate(estate.plan, 1, 0, most_rows=2), simulate(estate.plan, 1, 0)
    assert long.end_s == short.end_s
    for (name, found), (_, expected) in zip(_columns(long), _columns(short), strict=True):
        assert (found.dtype, found.tobytes()) == (expected.dtype, expected.tobytes()), name
        assert not found.flags.writeable, name
        assert not expected.flags.writeable, name


@pytest.mark.usefixtures("short_blocks")
@FEW
@given(busy_estates())
def test_a_busy_estate_leaves_the_same_on_disk_as_in_memory(estate: Estate) -> None:
    _same_either_way(estate)


@pytest.mark.usefixtures("short_blocks")
@FEW
@given(changing_estates())
def test_a_changing_estate_leaves_the_same_on_disk_as_in_memory(estate: Estate) -> None:
    _same_either_way(estate)


def _planned(duration: str) -> Plan:
    """A robot whose jobs of a minute come every two, so that none waits."""
    start = {"process": "P", "by": "owner", "stream": {"every": "2m"}}
    whole = scenario(
        time={"start": "2026-01-05T00:00", "duration": duration},
        folders={"F": folder(processes={"P": {"duration": "1m"}}, starts={"S": start})},
    )
    return make_plan(whole, access_of(whole, catalogue()), {})


@pytest.mark.skipif(os.name == "nt", reason="Windows removes a file when it is closed")
def test_a_long_run_leaves_nothing_in_the_folder_for_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    records = simulate(_planned("1d"), 1, 0, most_rows=100)
    assert len(records.jobs.route) == 720
    assert list(tmp_path.iterdir()) == []


def test_without_a_folder_for_temporary_files_a_long_run_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere/at/all")
    with pytest.raises(DataFileError, match="let TMPDIR name another folder"):
        simulate(_planned("1d"), 1, 0, most_rows=100)


def _peak_bytes(jobs: int, most_rows: int) -> int:
    """Return what a run of so many jobs needs at most to be noted, and to become records."""
    plan, journal = _planned("1d"), Journal(most_rows)
    tracemalloc.start()
    for job in range(jobs):
        journal.route.append(0)
        journal.submitted_s.append(job * 5.0)
        journal.waits_for.append(job % 2)
        account, state = job % 3, JobState.SUCCESSFUL.value
        journal.spans.write(
            packed(job * 5.0 + 1, job * 5.0 + 7, job ^ 1, 0, job % 2, account, state)
        )
        if job % 1000 == 0:
            journal.spill()
    records(plan, journal, 1, jobs * 5.0 + 7)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak


@pytest.mark.parametrize("short_blocks", [256], indirect=True, ids=["blocks of 256 rows"])
@pytest.mark.usefixtures("short_blocks")
@pytest.mark.parametrize(
    ("most_rows", "least", "most"),
    [pytest.param(10**9, 100, 150, id="in memory"), pytest.param(5000, 13, 40, id="on disk")],
)
def test_a_further_job_takes_few_bytes(most_rows: int, least: int, most: int) -> None:
    """In memory, its logs and columns; on disk, its route, its time and what it waits for.

    Of two runs each the lower peak counts: in the other, Python may enlarge tables of its own.
    """
    short, long = (min(_peak_bytes(jobs, most_rows) for _ in range(2)) for jobs in (10_000, 20_000))
    assert least < (long - short) / 10_000 < most
