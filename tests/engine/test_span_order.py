"""Spans in the order of jobs, and of starts: as if all were sorted at once."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest

from simulator.engine import span_log, span_order
from simulator.engine.span_log import SPAN, SpanLog, SpanRows
from simulator.engine.span_order import RowsByJob, by_job, by_start

COUNT = 500


@pytest.fixture(autouse=True)
def _short_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (span_log, span_order):
        monkeypatch.setattr(module, "BLOCK", 8)
    monkeypatch.setattr(span_order, "_STRIDE", 3)


def _rows(jobs: npt.NDArray[np.intp], starts_s: npt.NDArray[np.float64]) -> SpanRows:
    rows = np.zeros(len(jobs), dtype=SPAN)
    rows["job"], rows["from_s"], rows["slot"] = jobs, starts_s, np.arange(len(jobs))
    return rows


def _logged(rows: SpanRows) -> SpanLog:
    log = SpanLog()
    log.write(rows.tobytes())
    return log


def _cases() -> dict[str, SpanRows]:
    draw = np.random.default_rng(1)
    jobs = np.arange(COUNT)
    near = np.argsort(jobs + draw.exponential(3, COUNT))
    several = np.sort(draw.integers(0, 40, COUNT))
    return {
        "in order": _rows(jobs, jobs * 2.0),
        "nearly": _rows(jobs[near], near * 2.0),
        "the other way round": _rows(jobs[::-1], jobs[::-1] * 2.0),
        "without any": _rows(draw.permutation(jobs), draw.exponential(9, COUNT)),
        "several of a job": _rows(several, np.sort(draw.integers(0, 60, COUNT)) * 1.0),
        "all at once": _rows(jobs, np.zeros(COUNT)),
        "of one job": _rows(np.zeros(COUNT, dtype=np.intp), jobs * 1.0),
        "none": _rows(jobs[:0], np.empty(0)),
    }


CASES = _cases()


@pytest.mark.parametrize("rows", CASES.values(), ids=CASES)
def test_spans_by_job_are_those_of_its_block_in_the_order_of_time(rows: SpanRows) -> None:
    blocks = list(by_job(_logged(rows), COUNT))
    expected = np.lexsort((rows["from_s"], rows["job"]))
    assert np.concatenate([found.rows for _, _, found in blocks]).tolist() == expected.tolist()
    for first, last, found in blocks:
        assert found.spans.tolist() == rows[found.rows].tolist()
        assert ((found.spans["job"] >= first) & (found.spans["job"] < last)).all()
    assert (blocks[0][0], blocks[-1][1]) == (0, COUNT)
    assert all(one[1] == after[0] for one, after in pairwise(blocks))


@pytest.mark.parametrize("rows", CASES.values(), ids=CASES)
def test_spans_by_start_are_all_of_them_then_by_job(rows: SpanRows) -> None:
    blocks = list(by_start(_logged(rows)))
    expected = np.lexsort((rows["job"], rows["from_s"]))
    assert np.concatenate([found.rows for found in blocks]).tolist() == expected.tolist()
    assert all(found.spans.tolist() == rows[found.rows].tolist() for found in blocks)


def test_without_jobs_there_is_one_empty_block() -> None:
    ((first, last, found),) = by_job(SpanLog(), 0)
    assert (first, last, len(found.spans)) == (0, 0, 0)


@pytest.mark.parametrize(
    ("case", "blocks"),
    [
        pytest.param("nearly", 63, id="nearly in order: of 8 jobs each"),
        pytest.param("without any", 16, id="in no order: larger ones"),
    ],
)
def test_blocks_are_small_where_the_log_is_nearly_in_order(case: str, blocks: int) -> None:
    """In no order, each of the 63 blocks of the log is looked at for each block of jobs."""
    assert len(list(by_job(_logged(CASES[case]), COUNT))) == blocks


def test_rows_about_jobs_are_by_job_and_then_as_they_were_logged() -> None:
    rows = RowsByJob(np.array([5, 2, 5, 9, 0], dtype=np.int32))
    assert rows.between(2, 9).tolist() == [1, 0, 2]
    assert rows.between(6, 9).tolist() == []
