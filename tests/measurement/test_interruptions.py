"""Jobs that are Suspended or lose their host: every number worked out by hand beside it."""

from __future__ import annotations

import numpy as np
import pytest
from builders_records import CLOSE_BOOKS, NAN, PAYROLL, Break, Job, legend, ran, records

from simulator.measurement import Summary, measure, summarise
from simulator.records.codes import Interruption, JobState
from simulator.records.columns import Records

WINDOW = legend(from_s=100.0, to_s=1100.0)
RESTARTED = Interruption.RESTARTED


def run() -> Records:
    """Six jobs, and what came between their stretches of running."""
    return records(
        ran(100.0, 100.0, 900.0),  # 0: Suspended twice, and again at once the second time
        ran(50.0, 50.0, 1000.0),  # 1: of the warm-up: its time counts, its wait does not
        ran(300.0, 300.0, NAN, state=JobState.RESUMED),  # 2: never runs again
        ran(250.0, 300.0, 800.0, host=1, account=1, route=PAYROLL),  # 3: restarted
        ran(500.0, 500.0, NAN, state=JobState.SUSPENDED),  # 4: still Suspended
        ran(200.0, 200.0, 350.0, state=JobState.FAULTED),  # 5: ended as it was to run again
        breaks=(
            Break(1, 150.0, 250.0, 350.0),
            Break(0, 200.0, 400.0, 450.0),
            Break(5, 250.0, 300.0),
            Break(2, 400.0, 1000.0),
            Break(0, 500.0, 700.0, 700.0),
            Break(3, 500.0, 500.0, 560.0, RESTARTED),
            Break(4, 600.0),
        ),
    )


def summary() -> Summary:
    return summarise([measure(WINDOW, run(), (55.0,))], WINDOW, 0.95)


EXPECTED = [  # the waits that ended, of jobs of the window: 50 and 0 of job 0, 60 of job 3
    ("tenant", "", "resumed.mean", 110 / 3),
    ("tenant", "", "resumed.p50", 50.0),
    ("tenant", "", "resumed.max", 60.0),
    ("tenant", "", "resumed.sd", float(np.std([50.0, 0.0, 60.0], ddof=1))),
    ("tenant", "", "resumed.share", 2 / 3),
    ("tenant", "", "resumed.over(55s)", 1 / 3),
    ("tenant", "", "resumed.jobs", (50 + 0 + 100 + 100 + 60 + 50) / 1000),
    ("tenant", "", "suspended.jobs", (200 + 200 + 100 + 600 + 500 + 50) / 1000),
    ("tenant", "", "pending.jobs", 50 / 1000),  # of job 3, before its first start
    ("tenant", "", "pending.max", 50.0),
    ("folder", "HR", "resumed.mean", 25.0),
    ("folder", "HR/Payroll", "resumed.mean", 60.0),
    ("folder", "HR/Payroll", "suspended.jobs", 0.0),
    ("machine", "shared-vm", "resumed.mean", 110 / 3),
    ("host", "shared-vm/2", "resumed.p95", 60.0),
    ("account", "fin-bot", "resumed.over(55s)", 1.0),
    ("account", "hr-bot", "resumed.over(55s)", 0.0),
]


@pytest.mark.parametrize(
    ("scope", "name", "measure_name", "expected"),
    EXPECTED,
    ids=[" ".join(row[:3]) for row in EXPECTED],
)
def test_each_later_wait_counts(scope: str, name: str, measure_name: str, expected: float) -> None:
    row = summary().find(scope, name, measure_name)
    assert row is not None
    assert row.mean == pytest.approx(expected, rel=1e-12)


def test_where_nothing_was_interrupted_there_is_no_wait() -> None:
    found = summarise([measure(WINDOW, records(ran(100.0, 100.0, 200.0)), ())], WINDOW, 0.95)
    mean, resumed = (found.find("tenant", "", name) for name in ("resumed.mean", "resumed.jobs"))
    assert mean is not None
    assert (np.isnan(mean.mean), mean.n) == (True, 0)
    assert resumed is not None
    assert (resumed.mean, resumed.n) == (0.0, 1)
    assert found.find("folder", "HR", "resumed.mean") is None


WAITS_ONLY = {
    "Suspended": (Break(0, 60.0), JobState.SUSPENDED),
    "Resumed": (Break(0, 60.0, 80.0), JobState.RESUMED),
}


@pytest.mark.parametrize(("one", "state"), WAITS_ONLY.values(), ids=WAITS_ONLY)
def test_a_folder_is_told_of_whose_only_job_was_away_all_the_time(
    one: Break, state: JobState
) -> None:
    away = Job(50.0, 50.0, route=CLOSE_BOOKS, host=0, account=0, state=state)
    found = summarise([measure(WINDOW, records(away, breaks=(one,)), ())], WINDOW, 0.95)
    row = found.find("folder", "Finance", f"{state.name.lower()}.jobs")
    assert row is not None
    assert row.mean == 1.0
