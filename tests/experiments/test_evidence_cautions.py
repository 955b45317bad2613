"""Thin evidence is told of, and nothing else is."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from builders import scenario

from simulator.experiments.doubting.evidence_cautions import evidence_cautions
from simulator.experiments.long_run import Growing, LongRun

STEADY = LongRun(steady=True)
WEEKLY = LongRun(weekly=True)
FIXED = LongRun(varies=False)
GROWING = LongRun(growing=(Growing({"folder": frozenset({"HR"})}, "too much"),), steady=True)

LASTING = {"start": "2026-01-05T00:00", "duration": "4w", "warm_up": "1w"}
A_DAY = {"start": "2026-01-05T00:00", "duration": "1d"}


def figures(first: float, second: float, count: float = 30_000.0) -> Any:
    """A replication: Pending jobs in both halves, and how many waits HR and its queue have."""
    spread = SimpleNamespace(count=np.array([count]))
    of_jobs = {"waits": spread, "resumes": spread, "turnarounds": spread}
    return SimpleNamespace(
        halves_pending=np.array([first, second]),
        scopes=(SimpleNamespace(scope="folder", names=("HR",), **of_jobs),),
        queues=SimpleNamespace(names=("HR:post",), waits=spread, turnarounds=spread),
    )


def told(
    replications: list[Any], long_run: LongRun = STEADY, time: Any = LASTING, **more: Any
) -> tuple[str, ...]:
    return evidence_cautions(scenario(time=time, folders={}, **more), replications, long_run)


def settled(count: int) -> list[Any]:
    """Halves that differ by turns, and by nothing on average."""
    return [figures(5.0 + (-1) ** one, 5.0 - (-1) ** one) for one in range(count)]


def growing(count: int) -> list[Any]:
    """The second half has 2 more on average, and between 1 and 3 in each replication."""
    return [figures(4.0, 6.0 + (-1) ** one) for one in range(count)]


NUMBERS = {
    1: (
        (
            "1 replication gives no interval, so figures may be luck: run 10 or more before "
            "relying on them"
        ),
    ),
    2: ("2 replications are few, so intervals are rough: run 10 or more",),
    9: ("9 replications are few, so intervals are rough: run 10 or more",),
    10: (),
}


@pytest.mark.parametrize(("count", "expected"), NUMBERS.items(), ids=map(str, NUMBERS))
def test_few_replications_are_told_of(count: int, expected: tuple[str, ...]) -> None:
    single = [figures(5.0, 5.0)] * count
    assert told(single) == expected


def test_where_nothing_is_left_to_chance_one_replication_tells_all() -> None:
    assert told([figures(1.0, 9.0)], FIXED) == ()


def test_nothing_is_said_of_nothing() -> None:
    assert told([]) == ()


GROWN = (
    "4 jobs were Pending on average in the first half of the window and 6 in the second: it has "
    "not settled; observe a longer one, after a longer warm_up"
)
SETTLING: dict[str, tuple[list[Any], LongRun, dict[str, str], tuple[str, ...]]] = {
    "it grew": (growing(10), STEADY, LASTING, (GROWN,)),
    "week by week": (growing(10), WEEKLY, LASTING, (GROWN,)),
    "by chance alone": (settled(10), STEADY, LASTING, ()),
    "by too little to matter": (
        [figures(100.0, 103.0 + (-1) ** one) for one in range(10)],
        STEADY,
        LASTING,
        (),
    ),
    "halves that need not be alike": (growing(10), LongRun(), LASTING, ()),
    "a week that is halved": (growing(10), WEEKLY, {**LASTING, "duration": "1w"}, ()),
    "a steady week that is halved": (growing(10), STEADY, {**LASTING, "duration": "1w"}, (GROWN,)),
    "a day that begins empty": (growing(10), STEADY, A_DAY, ()),
    "weeks that begin empty": (growing(10), STEADY, {**A_DAY, "duration": "4w"}, (GROWN,)),
    "load that is told of already": (growing(10), GROWING, LASTING, ()),
    "it fell": (
        [figures(6.0 + (-1) ** one, 4.0) for one in range(10)],
        STEADY,
        LASTING,
        (GROWN.replace("4 jobs", "6 jobs").replace("6 in the", "4 in the"),),
    ),
}


@pytest.mark.parametrize(
    ("replications", "long_run", "time", "expected"), SETTLING.values(), ids=SETTLING
)
def test_a_run_that_has_not_settled_is_told_of(
    replications: list[Any], long_run: LongRun, time: dict[str, str], expected: tuple[str, ...]
) -> None:
    assert told(replications, long_run, time) == expected


HR_P99 = {"folder": "HR", "measure": "pending.p99", "at_most": "1h"}
POST_P99 = {"queue": "HR:post", "measure": "items.wait.p99", "at_most": "1h"}
TARGETS: dict[str, tuple[list[dict[str, str]], float, str]] = {
    "enough": ([HR_P99, POST_P99], 20_000, ""),
    "too few": ([HR_P99], 19_999, "P99 Pending of HR, 19,999"),
    "several": (
        [HR_P99, POST_P99],
        500,
        "P99 Pending of HR, 500; P99 wait of the items of queue HR:post, 500",
    ),
    "another quantile": ([{**HR_P99, "measure": "pending.p95"}], 500, ""),
    "of turnarounds": ([{**HR_P99, "measure": "turnaround.p99"}], 500, "P99 turnaround of HR, 500"),
    "of waits as Resumed": (
        [{**HR_P99, "measure": "resumed.p99"}],
        500,
        "P99 wait to run again of HR, 500",
    ),
    "of what never ran": ([{**HR_P99, "folder": "IT"}], 30_000, "P99 Pending of IT, 0"),
}


@pytest.mark.parametrize(("targets", "count", "names"), TARGETS.values(), ids=TARGETS)
def test_a_p99_of_few_jobs_is_told_of_where_a_target_is_about_it(
    targets: list[dict[str, str]], count: float, names: str
) -> None:
    """200 jobs beyond the quantile are 20,000 jobs a replication."""
    found = told([figures(5.0, 5.0, count)] * 10, targets=targets)
    sentence = (
        "a P99 that a target is about rests on fewer than 20,000 jobs or items a replication "
        f"({names}), so its interval is too narrow: observe a longer window, or ask for P95"
    )
    assert found == ((sentence,) if names else ())


def test_a_p99_without_a_long_run_value_is_told_of_as_such_alone() -> None:
    assert told([figures(5.0, 5.0, 500)] * 10, GROWING, targets=[HR_P99]) == ()
