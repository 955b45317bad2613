"""What a further job costs, counted: a guard against slowness that no slow machine sets off.

Times are for `make bench`. Who adds a call for every job finds it here; who saves one lowers the
ceiling, so that it stays saved.
"""

from __future__ import annotations

from functools import cache

import pytest
from counting import Effort, effort_of_a_further_job

from benchmarks.cases.simulating import planned
from benchmarks.estates.bank import bank
from benchmarks.estates.shared_fleet import Fleet, day
from benchmarks.estates.single_line import mm3

RUNS = {
    "M/M/3": (mm3(5_000), mm3(10_000)),
    "20 folders": (Fleet(20, 40, 0.85, 2_500).text(), Fleet(20, 40, 0.85, 5_000).text()),
    "100 folders": (Fleet(100, 500, 0.85, 4_000).text(), Fleet(100, 500, 0.85, 8_000).text()),
    "short line": (day(1.3, 2_500).text(), day(1.3, 5_000).text()),
    "long line": (day(1.6, 2_500).text(), day(1.6, 5_000).text()),
    "bank": (bank(1), bank(2)),
}
"""Each case in two lengths."""

CEILINGS = {
    "M/M/3": Effort(events=1.1, calls=12.6, c_calls=16.4, record_bytes=124),
    "20 folders": Effort(events=1.1, calls=10.6, c_calls=14.9, record_bytes=124),
    "100 folders": Effort(events=1.1, calls=8.8, c_calls=13.8, record_bytes=124),
    "short line": Effort(events=1.1, calls=15.8, c_calls=20.1, record_bytes=124),
    "long line": Effort(events=1.1, calls=15.8, c_calls=20.7, record_bytes=124),
    "bank": Effort(events=7.2, calls=81.8, c_calls=80.5, record_bytes=206),
}
"""What was counted when the ceiling was set, and about 5 % more.

The event of a job on the heap is its end; its submission stands beside it. Those of the bank, whose
triggers have guards, are also of submissions, of items, of hosts that fail and of maintenance. The
bytes are a row of `jobs` and one of `occupancy`, in the bank also rows of items and firings.
"""

GROWTH = 1.10
"""What a job may cost more in a larger estate or a longer line."""


@cache
def effort(case: str) -> Effort:
    return effort_of_a_further_job(*map(planned, RUNS[case]))


@pytest.mark.parametrize("case", RUNS)
def test_a_further_job_costs_no_more_than_it_did(case: str) -> None:
    found, ceiling = effort(case), CEILINGS[case]
    above = [name for name in Effort._fields if getattr(found, name) > getattr(ceiling, name)]
    assert not above, f"{case}: {found}, of which {', '.join(above)} above {ceiling}"


@pytest.mark.parametrize(
    ("larger", "smaller"), [("100 folders", "20 folders"), ("long line", "short line")]
)
def test_a_job_costs_no_more_in_a_larger_estate(larger: str, smaller: str) -> None:
    more, less = effort(larger), effort(smaller)
    assert more.calls <= GROWTH * less.calls, f"{larger}: {more}, {smaller}: {less}"
    assert more.c_calls <= GROWTH * less.c_calls, f"{larger}: {more}, {smaller}: {less}"
