"""The log of spans: a row each, the same wherever the earlier ones are."""

from __future__ import annotations

import numpy as np
import pytest

from simulator.engine import span_log
from simulator.engine.span_log import OPEN, SPAN, SpanLog, SpanRows, packed


@pytest.fixture(autouse=True)
def _short_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(span_log, "BLOCK", 4)


def logged(count: int, spill_after: tuple[int, ...] = ()) -> SpanLog:
    """Return a log of spans of a second each, the n-th of job n, moved to disk after some."""
    log = SpanLog()
    for job in range(count):
        log.write(packed(job, job + 1.0, job, 1, 2, 3, 6))
        if job + 1 in spill_after:
            log.spill()
    return log


def _all(log: SpanLog) -> SpanRows:
    return np.concatenate([np.empty(0, SPAN), *log.blocks()])


def test_a_row_holds_what_was_noted() -> None:
    log = SpanLog()
    log.write(packed(0.5, OPEN, 9, 8, 7, -1, 6))
    assert [rows.tolist() for rows in log.blocks()] == [[(0.5, -1.0, 9, 8, 7, -1, 6)]]


SPILLS = {
    "never": (),
    "once, whole blocks": (8,),
    "within a block": (5,),
    "often": (1, 2, 6, 9, 10),
    "with nothing new": (5, 10),
    "all": (11,),
}


@pytest.mark.parametrize("spill_after", SPILLS.values(), ids=SPILLS)
def test_rows_on_disk_read_as_those_in_memory(spill_after: tuple[int, ...]) -> None:
    log = logged(11, spill_after)
    assert len(log) == 11
    assert _all(log)["job"].tolist() == list(range(11))
    assert [len(rows) for rows in log.blocks()] == [4, 4, 3]
    assert log.last_s() == 11.0
    log.clear()


@pytest.mark.parametrize(
    ("ends_s", "last_s"),
    [
        pytest.param([], 0.0, id="none"),
        pytest.param([OPEN], 0.0, id="none has ended"),
        pytest.param([2.0, 5.0, OPEN], 5.0, id="one is open"),
    ],
)
def test_the_last_end_is_of_spans_that_ended(ends_s: list[float], last_s: float) -> None:
    log = SpanLog()
    for end_s in ends_s:
        log.write(packed(1.0, end_s, 0, 0, 0, 0, 0))
    assert log.last_s() == last_s
