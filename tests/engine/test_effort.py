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
    "short line": (day(0.99, 2_500).text(), day(0.99, 5_000).text()),
    "long line": (day(1.6, 2_500).text(), day(1.6, 5_000).text()),
    "bank": (bank(1), bank(2)),
}
"""Each case in two lengths."""

CEILINGS = {
    "M/M/3": Effort(events=2.1, calls=20.6, c_calls=19.9, record_bytes=124),
    "20 folders": Effort(events=2.1, calls=19.8, c_calls=18.9, record_bytes=124),
    "100 folders": Effort(events=2.1, calls=18.1, c_calls=17.9, record_bytes=124),
    "short line": Effort(events=2.1, calls=23.2, c_calls=22.1, record_bytes=124),
    "long line": Effort(events=2.1, calls=23.1, c_calls=23.9, record_bytes=124),
    "bank": Effort(events=7.2, calls=84.2, c_calls=80.1, record_bytes=206),
}
"""What was counted when the ceiling was set, and about 5 % more.

Two events a job are its submission and its end; those of the bank are also of items, of hosts that
fail and of maintenance. The bytes are a row of `jobs` and one of `occupancy`, in the bank also rows
of items and firings.
"""

GROWTH = 1.10
"""What a job may cost more in a larger estate or a longer line.

In the long line every job waits, in the short one some start at once.
"""


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
